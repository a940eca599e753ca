"""The daemon's part in the leases: what expired, what was handed back, what is dead."""

import os
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson
import pytest
from structlog.testing import capture_logs

from program import wait_until
from shelf import ATTEMPTS, LEASE, CrashError, Shelf
from tidende.emit.returns import ABANDONED_SECONDS, UNSAID, Returned
from tidende.errors import TransientError
from tidende.model.event import Event
from tidende.queue import Queue
from tidende.queue.layout import EventName

DAY = 86_400.0


def _claim(shelf: Shelf, consumer: str = "a") -> Event:
    [event] = shelf.publish()
    shelf.put(event, f"claimed/{consumer}")
    return event


def _attempts(shelf: Shelf) -> list[tuple[int, int]]:
    query = "SELECT sequence, attempts FROM deliveries ORDER BY sequence"
    with shelf.ledger.read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(query)]


def _raise_crash(*_given: object) -> None:
    raise CrashError


def _raise_locked() -> None:
    raise TransientError("locked")


def _fail_until_dead(shelf: Shelf, event: Event) -> None:
    for _ in range(ATTEMPTS):
        shelf.put(event, "returned")
        shelf.sweep()


def test_what_failed_goes_out_again_after_a_while_that_grows(shelf: Shelf) -> None:
    """What failed it may be down; how long is no longer than the time until the last attempt."""
    shelf.restart(retry_seconds=10)
    [event] = shelf.publish()
    for pause in (10, 20):
        shelf.put(event, "returned")
        shelf.sweep()
        shelf.clock.pass_by(pause - 1)
        shelf.sweep()
        assert shelf.part(event) == "returned"
        shelf.clock.pass_by(1)
        shelf.sweep()
        assert shelf.part(event) == "ready"
    shelf.put(event, "returned")
    shelf.sweep()
    assert shelf.part(event) == "dead"


def test_a_restart_counts_no_failure_anew_that_waits(shelf: Shelf) -> None:
    shelf.restart(retry_seconds=10)
    [event] = shelf.publish()
    shelf.put(event, "returned")
    shelf.sweep()
    shelf.clock.pass_by(4)
    shelf.restart(retry_seconds=10)
    shelf.sweep()
    assert shelf.part(event) == "returned"
    shelf.clock.pass_by(6)
    shelf.sweep()
    assert shelf.part(event) == "ready"
    assert _attempts(shelf) == [(event.sequence, 1)]


@pytest.mark.parametrize("place", ["tmp_path", "/dev/shm"])  # noqa: S108  # a tmpfs on most machines
def test_a_rename_changes_the_time_that_leases_run_from(tmp_path: Path, place: str) -> None:
    """On the file systems at hand: a claim would run out at once where it doesn't."""
    with TemporaryDirectory(dir=tmp_path if place == "tmp_path" else place) as folder:
        file = Path(folder, "event")
        file.write_text("{}")
        before = file.stat().st_ctime_ns
        wait_until(lambda: _renamed(file) > before, "the next tick of the file system's clock")


def _renamed(file: Path) -> int:
    there = file.with_name("claimed")
    file.rename(there)
    changed = there.stat().st_ctime_ns
    there.rename(file)
    return changed


class TestLeases:
    def test_a_claim_stays_as_long_as_its_lease_runs(self, shelf: Shelf) -> None:
        event = _claim(shelf)
        shelf.sweep()
        shelf.clock.pass_by(LEASE - 1)
        shelf.sweep()
        assert shelf.part(event) == "claimed"
        assert _attempts(shelf) == []

    def test_a_claim_whose_lease_ran_out_is_ready_again(self, shelf: Shelf) -> None:
        shelf.sweep()
        event = _claim(shelf)
        shelf.sweep()
        shelf.clock.pass_by(LEASE)
        shelf.sweep()
        assert shelf.part(event) == "ready"
        assert _attempts(shelf) == [(event.sequence, 1)]

    def test_a_touch_begins_the_lease_anew(self, shelf: Shelf) -> None:
        event = _claim(shelf)
        shelf.sweep()
        for _ in range(3):
            shelf.clock.pass_by(LEASE - 1)
            os.utime(shelf.path / "claimed" / "a" / event.file_name, ns=(1, _ + 1))
            shelf.sweep()
        assert shelf.part(event) == "claimed"

    def test_a_lease_begins_when_the_claim_is_first_seen(self, shelf: Shelf) -> None:
        """Whatever the wall clock says: it may have been set."""
        shelf.sweep()
        event = _claim(shelf)
        shelf.clock.pass_by(100 * DAY)
        shelf.sweep()
        assert shelf.part(event) == "claimed"

    def test_after_a_start_a_claim_is_as_old_as_its_file_says(self, shelf: Shelf) -> None:
        event = _claim(shelf)
        shelf.let_age(event, LEASE / 2)
        shelf.sweep()
        assert shelf.part(event) == "claimed"
        shelf.let_age(event, LEASE + 1)
        shelf.sweep()
        assert shelf.part(event) == "ready"

    def test_a_clock_that_was_set_back_makes_no_claim_older_or_younger_than_now(
        self, shelf: Shelf
    ) -> None:
        event = _claim(shelf)
        shelf.clock.pass_by(-DAY)
        shelf.sweep()
        shelf.clock.pass_by(LEASE - 1)
        shelf.sweep()
        assert shelf.part(event) == "claimed"
        shelf.clock.pass_by(1)
        shelf.sweep()
        assert shelf.part(event) == "ready"

    def test_the_consumer_that_lost_it_is_told_of_when_it_dies(self, shelf: Shelf) -> None:
        [event] = shelf.publish()
        shelf.sweep()
        for consumer in "abc":
            shelf.put(event, f"claimed/{consumer}")
            shelf.sweep()
            shelf.clock.pass_by(LEASE)
            shelf.sweep()
        assert shelf.part(event) == "dead"
        reason = shelf.reason(event)
        assert (reason["consumer"], reason["message"]) == ("c", "its lease ran out")

    def test_a_folder_that_shuts_us_out_keeps_nobody_else(
        self, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Another user's consumer is told of, and the others' leases still run out."""
        shut, event = _claim(shelf, "shut"), _claim(shelf, "a")
        shelf.let_age(event, LEASE + 1)
        real = os.listdir

        def listdir(path: Path) -> Sequence[str]:
            if Path(path).name == "shut":
                raise PermissionError(13, "Permission denied")
            return real(path)

        with monkeypatch.context() as patch, capture_logs() as logs:
            patch.setattr("tidende.emit.leases.os.listdir", listdir)
            shelf.sweep()
        assert (shelf.part(shut), shelf.part(event)) == ("claimed", "ready")
        assert logs[0]["event"] == "foreign_file_found"


class TestHandedBack:
    def test_it_is_ready_again_and_its_reason_gone(self, shelf: Shelf) -> None:
        [event] = shelf.publish()
        next(Queue(shelf.path, "a").take()).nack("no index")
        with capture_logs() as logs:
            shelf.sweep()
        assert shelf.part(event) == "ready"
        assert list((shelf.path / "returned").iterdir()) == []
        [line] = logs
        assert line["event"] == "delivery_failed"
        assert (line["consumer"], line["attempts"], line["message"]) == ("a", 1, "no index")

    def test_it_dies_of_the_last_attempt_with_every_reason(self, shelf: Shelf) -> None:
        [event] = shelf.publish()
        queue = Queue(shelf.path, "a")
        for number in range(ATTEMPTS):
            next(queue.take()).nack(f"no {number}")
            shelf.sweep()
        assert shelf.part(event) == "dead"
        reason = shelf.reason(event)
        assert reason.pop("when").startswith(f"{shelf.clock.now():%Y-%m-%dT%H:%M}")
        assert reason == {
            "attempts": ATTEMPTS,
            "consumer": "a",
            "message": "no 2",
            "failures": ["no 0", "no 1", "no 2"],
        }
        assert list((shelf.path / "returned").iterdir()) == []

    @pytest.mark.parametrize(
        ("said", "consumer", "message"),
        [
            (None, None, UNSAID),
            (b"", None, "can't be read"),
            (b"[1]", None, UNSAID),
            (b'{"message": 7, "consumer": 7}', None, UNSAID),
            (b'{"message": "  a\\n  b "}', None, "a b"),
            (b'{"message": "x", "consumer": "c"}', "c", "x"),
            (b'{"message": "' + b"x" * 100_000 + b'"}', None, "can't be read"),
        ],
    )
    def test_whatever_a_consumer_says_it_goes_on(
        self, shelf: Shelf, said: bytes | None, consumer: str | None, message: str
    ) -> None:
        [event] = shelf.publish()
        shelf.put(event, "returned")
        if said is not None:
            (shelf.path / "returned" / f"{event.file_name}.reason.json").write_bytes(said)
        with capture_logs() as logs:
            shelf.sweep()
        assert shelf.part(event) == "ready"
        assert logs[0]["consumer"] == consumer
        assert message in logs[0]["message"]

    def test_they_go_on_in_order_of_sequence(self, shelf: Shelf) -> None:
        events = shelf.publish(20)
        for event in reversed(events):
            shelf.put(event, "returned")
        found = [name.sequence for name in shelf.deliveries._returns.find()]
        assert found == [event.sequence for event in events]

    def test_who_says_much_is_cut_short(self, shelf: Shelf) -> None:
        [event] = shelf.publish()
        shelf.put(event, "returned")
        (shelf.path / "returned" / f"{event.file_name}.reason.json").write_bytes(
            orjson.dumps({"message": "x" * 5000, "consumer": "c" * 5000})
        )
        with capture_logs() as logs:
            shelf.sweep()
        assert (logs[0]["consumer"], logs[0]["message"]) == ("c" * 500, "x" * 500)

    @pytest.mark.parametrize("kind", ["pipe", "link", "folder"])
    def test_a_reason_that_is_no_file_holds_nobody_up(self, shelf: Shelf, kind: str) -> None:
        [event] = shelf.publish()
        reason = shelf.path / "returned" / f"{event.file_name}.reason.json"
        if kind == "pipe":
            os.mkfifo(reason)
        elif kind == "link":
            reason.symlink_to("/etc/hostname")
        else:
            reason.mkdir()
        shelf.put(event, "returned")
        shelf.sweep()
        assert shelf.part(event) == "ready"

    def test_one_that_cannot_be_moved_now_keeps_no_other(
        self, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """And it is counted once, however often it is tried."""
        first, second = shelf.publish(2)
        for event in (first, second):
            shelf.put(event, "returned")
        receive = shelf.queue.shards.receive

        def full(file: Path, shard: str) -> None:
            if file.name == first.file_name:
                raise OSError(28, "No space left on device")
            receive(file, shard)

        with monkeypatch.context() as patch, capture_logs():
            patch.setattr(shelf.queue.shards, "receive", full)
            for _ in range(2):
                with pytest.raises(TransientError, match="No space left"):
                    shelf.sweep()
        assert (shelf.part(first), shelf.part(second)) == ("returned", "ready")
        shelf.sweep()
        assert shelf.part(first) == "ready"
        assert _attempts(shelf) == [(1, 1), (2, 1)]


class TestCrash:
    """The process ends between the ledger's commit and the file's way on."""

    @pytest.mark.parametrize("how", ["returned", "claimed/a"])
    def test_a_failure_is_counted_once(
        self, shelf: Shelf, monkeypatch: pytest.MonkeyPatch, how: str
    ) -> None:
        [event] = shelf.publish()
        shelf.put(event, how)
        shelf.let_age(event, LEASE + 1)
        monkeypatch.setattr(shelf.queue.shards, "receive", _raise_crash)
        with capture_logs(), pytest.raises(CrashError):
            shelf.sweep()
        assert shelf.part(event) == "returned"
        shelf.restart()
        shelf.sweep()
        assert shelf.part(event) == "ready"
        assert _attempts(shelf) == [(event.sequence, 1)]

    @pytest.mark.parametrize("step", ["write_durably", "os.rename", "sync"])
    def test_what_was_dying_is_dead_after_the_restart(
        self, shelf: Shelf, monkeypatch: pytest.MonkeyPatch, step: str
    ) -> None:
        [event] = shelf.publish()
        for _ in range(ATTEMPTS - 1):
            shelf.put(event, "returned")
            shelf.sweep()
        shelf.put(event, "returned")
        monkeypatch.setattr(f"tidende.emit.returns.{step}", _raise_crash)
        with capture_logs(), pytest.raises(CrashError):
            shelf.sweep()
        monkeypatch.undo()
        shelf.restart()
        shelf.sweep()
        assert shelf.part(event) == "dead"
        assert shelf.reason(event)["attempts"] == ATTEMPTS
        assert _attempts(shelf) == [(event.sequence, ATTEMPTS)]

    def test_nothing_is_counted_or_moved_when_the_ledger_takes_nothing(
        self, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The consumer that lost the event is still known when it is counted."""
        event = _claim(shelf)
        shelf.let_age(event, LEASE + 1)
        monkeypatch.setattr(shelf.ledger, "write", _raise_locked)
        with pytest.raises(TransientError):
            shelf.sweep()
        monkeypatch.undo()
        assert shelf.part(event) == "returned"
        with capture_logs() as logs:
            shelf.sweep()
        assert shelf.part(event) == "ready"
        assert (logs[0]["consumer"], logs[0]["attempts"]) == ("a", 1)


class TestRevival:
    def test_a_dead_event_is_ready_again_with_its_attempts_begun_anew(self, shelf: Shelf) -> None:
        [event] = shelf.publish()
        _fail_until_dead(shelf, event)
        assert shelf.deliveries.revive([event.file_name]) == [
            {"sequence": event.sequence, "id": event.id, "file": event.file_name}
        ]
        assert shelf.part(event) == "ready"
        assert list((shelf.path / "dead").iterdir()) == []
        shelf.put(event, "returned")
        shelf.sweep()
        assert _attempts(shelf) == [(event.sequence, 1)]

    def test_only_those_that_are_named_or_all(self, shelf: Shelf) -> None:
        events = shelf.publish(3)
        for event in events:
            _fail_until_dead(shelf, event)
        shelf.deliveries.revive([events[1].file_name])
        assert [shelf.part(event) for event in events] == ["dead", "ready", "dead"]
        assert len(shelf.deliveries.revive([])) == 2
        assert [shelf.part(event) for event in events] == ["ready"] * 3

    def test_done_again_after_a_crash_it_finishes(
        self, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        [event] = shelf.publish()
        _fail_until_dead(shelf, event)
        monkeypatch.setattr(shelf.queue.shards, "receive", _raise_crash)
        with pytest.raises(CrashError):
            shelf.deliveries.revive([])
        shelf.restart()
        shelf.deliveries.revive([])
        assert shelf.part(event) == "ready"


class TestStrangers:
    def _plant(self, shelf: Shelf, event: Event) -> list[Path]:
        """Put all that doesn't belong there where consumers may have put it."""
        name = event.file_name.replace("-e", "-f")  # the ledger has no such id
        files = [
            shelf.path / "claimed" / "notes.txt",
            shelf.path / "claimed" / ".hidden" / name,
            shelf.path / "claimed" / "a" / "notes.txt",
            shelf.path / "claimed" / "a" / name / "x",
            shelf.path / "returned" / "notes.txt",
            shelf.path / "returned" / name,
        ]
        for file in files:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(b"x")
        return files

    def test_they_are_left_alone_and_told_of_once(self, shelf: Shelf) -> None:
        [event] = shelf.publish()
        files = self._plant(shelf, event)
        told: list[Any] = []
        for _ in range(3):
            with capture_logs() as logs:
                shelf.sweep()
            told.append([line["event"] for line in logs])
            shelf.clock.pass_by(LEASE)
        assert told == [["foreign_file_found"] * 5, [], []]
        assert all(file.exists() for file in files)

    def test_what_touch_made_of_a_lost_claim_is_no_event(self, shelf: Shelf) -> None:
        """It must not take the place of the event itself, which is ready again."""
        event = _claim(shelf)
        shelf.sweep()
        shelf.clock.pass_by(LEASE)
        shelf.sweep()
        empty = shelf.path / "claimed" / "a" / event.file_name
        empty.touch()
        shelf.sweep()
        shelf.clock.pass_by(LEASE)
        shelf.sweep()
        ready = shelf.path / "ready" / event.shard / event.file_name
        assert (ready.read_bytes(), empty.read_bytes()) == (event.body, b"")

    @pytest.mark.parametrize("place", ["claimed/a", "returned"])
    def test_a_copy_never_takes_the_place_of_the_event(self, shelf: Shelf, place: str) -> None:
        [event] = shelf.publish()
        folder = shelf.path / place
        folder.mkdir(exist_ok=True)
        (folder / event.file_name).write_bytes(b"another")
        shelf.clock.pass_by(2 * LEASE)
        with capture_logs() as logs:
            shelf.sweep()
        assert (shelf.path / "ready" / event.shard / event.file_name).read_bytes() == event.body
        assert logs[-1]["event"] == "foreign_file_found"


class TestTidying:
    def test_a_folder_long_unused_goes_when_it_is_empty(self, shelf: Shelf) -> None:
        event = _claim(shelf, "busy")
        (shelf.path / "claimed" / "gone").mkdir()
        shelf.sweep()
        assert (shelf.path / "claimed" / "gone").is_dir()
        shelf.clock.pass_by(DAY + LEASE)
        shelf.restart()
        os.utime(shelf.path / "claimed" / "busy" / event.file_name)
        shelf.sweep()
        left = {path.name for path in (shelf.path / "claimed").iterdir()}
        assert "gone" not in left

    def test_reasons_that_no_event_follows_go_after_a_day(self, shelf: Shelf) -> None:
        [event] = shelf.publish()
        returned = shelf.path / "returned"
        (returned / f"{event.file_name}.reason.json").write_bytes(b"{}")
        (returned / f".{event.file_name}.reason.json.a").write_bytes(b"{}")
        shelf.sweep()
        assert len(list(returned.iterdir())) == 2
        shelf.clock.pass_by(ABANDONED_SECONDS + LEASE)
        shelf.restart()
        shelf.sweep()
        assert list(returned.iterdir()) == []

    def test_a_reason_stays_while_its_event_waits(self, shelf: Shelf) -> None:
        """However old its file says that it is."""
        shelf.restart(retry_seconds=10)
        [event] = shelf.publish()
        reason = shelf.path / "returned" / f"{event.file_name}.reason.json"
        reason.write_bytes(b"{}")
        os.utime(reason, (1, 1))
        shelf.put(event, "returned")
        shelf.sweep()
        assert reason.exists()


def test_what_waits_is_not_read_again(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """A long outage leaves many of them, and a sweep runs every second."""
    shelf.restart(retry_seconds=10)
    [event] = shelf.publish()
    shelf.put(event, "returned")
    shelf.sweep()
    monkeypatch.setattr(shelf.deliveries._returns, "read", _raise_crash)
    shelf.sweep()
    shelf.clock.pass_by(10)
    with pytest.raises(CrashError):
        shelf.sweep()


@pytest.mark.parametrize("failures", [1, ATTEMPTS])
def test_an_event_that_is_forgotten_in_the_middle_of_a_sweep_is_no_trouble(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, failures: int
) -> None:
    """Nor is a reason left in dead for it."""
    [event] = shelf.publish()
    for _ in range(failures):
        shelf.put(event, "returned")
        if _ < failures - 1:
            shelf.sweep()
    read = shelf.deliveries._returns.read

    def read_and_forget(name: EventName) -> Returned | None:
        found = read(name)
        (shelf.path / "returned" / name.file).unlink()
        return found

    monkeypatch.setattr(shelf.deliveries._returns, "read", read_and_forget)
    shelf.sweep()
    assert shelf.parts_of(event) == []
    assert list((shelf.path / "dead").iterdir()) == []


def test_a_claim_that_cannot_be_taken_back_holds_up_nobody_else(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its trouble is raised when all the rest is done."""
    pair = shelf.publish(2)
    shelf.put(pair[0], "claimed/other")
    shelf.put(pair[1], "returned")
    shelf.sweep()
    shelf.clock.pass_by(LEASE)
    assert shelf.part(pair[1]) == "ready"
    shelf.put(pair[1], "returned")
    monkeypatch.setattr(shelf.deliveries._leases, "_take_back", lambda _claim: _raise_locked())
    with pytest.raises(TransientError, match="locked"):
        shelf.sweep()
    assert shelf.part(pair[1]) == "ready"
