"""Retention: what goes when its time has come, and what stays."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from desk import BINARY, BRIDGE, FERRY, Desk
from tidende.emit.queue_files import QueueFile, event_files
from tidende.service import retention as module
from tidende.service.retention import Retention
from tidende.settings import RetentionSettings
from tidende.store.retention import refusals_before
from tidende.store.tables import events

DAY = 86_400.0


def _retention(desk: Desk, digests: tuple[str, ...] = (), **days: float) -> Retention:
    return Retention(
        ledger=desk.ledger,
        data=desk.data,
        shards=desk.queue.shards,
        catalogue=desk.catalogue,
        keep=RetentionSettings(**{**dict.fromkeys(RetentionSettings.model_fields, 0), **days}),
        window_days=0,
        digests=digests,
        now=desk.clock.now,
    )


def _take(desk: Desk, files: int) -> None:
    for number in range(files):
        desk.drop(f"{number}.txt", f"{FERRY}\nNummer {number}.\n")
    desk.take_all()
    desk.committer.settle_outbox()


def _acknowledge(desk: Desk) -> list[Path]:
    """Move what is ready into done, as consumers do, and let the clock be theirs."""
    done = []
    for file in sorted((desk.data.queue / "ready").glob("*/*.json")):
        target = desk.data.queue / "done" / file.parent.name / file.name
        target.parent.mkdir(exist_ok=True)
        done.append(file.rename(target))
    desk.clock.pass_by(max(file.stat().st_ctime for file in done) - desk.clock.wall())
    return done


def _rows(desk: Desk) -> list[tuple[bool, bool]]:
    """Return for each event if it is pruned, and if it has a body."""
    with desk.ledger.read() as connection:
        query = select(events.c.pruned, events.c.body).order_by(events.c.sequence)
        return [(pruned is not None, bool(body)) for pruned, body in connection.execute(query)]


def test_acknowledged_events_go_after_their_days(desk: Desk) -> None:
    """The ledger knows that they are gone, and keeps their texts."""
    _take(desk, 3)
    done = _acknowledge(desk)
    desk.clock.pass_by(7 * DAY - 60)
    _retention(desk, done_days=7).apply()
    assert all(file.exists() for file in done)
    desk.clock.pass_by(120)
    with capture_logs() as logs:
        _retention(desk, done_days=7).apply()
    assert not any(file.exists() for file in done)
    assert _rows(desk) == [(True, True)] * 3
    assert [(line["event"], line["done_files"]) for line in logs] == [("retention_applied", 3)]


@pytest.mark.parametrize("place", ["ready", "claimed/desk", "returned", "dead"])
def test_events_that_nobody_acknowledged_stay(desk: Desk, place: str) -> None:
    """However old they are."""
    _take(desk, 1)
    [file] = _acknowledge(desk)
    target = desk.data.queue / place / file.name
    target.parent.mkdir(exist_ok=True)
    file.rename(target)
    desk.clock.pass_by(400 * DAY)
    _retention(desk, done_days=7).apply()
    assert target.exists()
    assert _rows(desk) == [(False, True)]


def _shelve(desk: Desk, shards: int) -> list[Path]:
    """Put a file into each of so many shards of done, as if it came there now."""
    files = []
    for number in range(shards):
        folder = desk.data.queue / "done" / f"{number:016d}"
        folder.mkdir(exist_ok=True)
        files.append(folder / f"{number:016d}9999-{'a' * 32}.json")
        files[-1].write_text("{}")
    desk.clock.pass_by(files[-1].stat().st_ctime - desk.clock.wall())
    return files


def test_many_files_in_done_keep_no_text_from_going(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each part has its own time, and what one run has looked at isn't looked at by the next."""
    desk.drop("a.bin", BINARY)
    _take(desk, 3)
    _shelve(desk, 9)
    desk.clock.pass_by(400 * DAY)
    seconds = count()
    monkeypatch.setattr(module, "monotonic", lambda: next(seconds) * module.PART_SECONDS / 8)
    retention = _retention(desk, texts_days=365, quarantine_days=90, done_days=500)
    assert retention.apply()
    assert [has_body for _, has_body in _rows(desk)] == [False] * 4
    assert list(desk.data.quarantine.iterdir()) == []
    assert [retention.apply() for _ in range(3)][-1] is False


def test_a_shard_is_looked_at_when_something_in_it_may_be_due(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not each time, and not in the order of the shards: an old event may be acknowledged late."""
    looked: list[str] = []

    def look(queue: Path, places: tuple[str], *, nested: bool = True) -> Iterator[QueueFile]:
        looked.extend(place.removeprefix("done/") for place in places)
        return event_files(queue, places, nested=nested)

    monkeypatch.setattr(module, "event_files", look)
    retention = _retention(desk, done_days=7)
    first, second = _shelve(desk, 2)
    retention.apply()
    assert looked == ["", first.parent.name, second.parent.name]
    desk.clock.pass_by(6 * DAY)
    retention.apply()
    assert len(looked) == 3
    desk.clock.pass_by(2 * DAY)
    retention.apply()
    assert (first.exists(), second.exists()) == (False, False)


def test_only_shards_that_are_done_with_go(desk: Desk) -> None:
    """Not the newest, and none to which a consumer may still bring something."""
    _take(desk, 1)
    [done] = _acknowledge(desk)
    (desk.data.queue / "claimed" / "desk").mkdir()
    claimed = desk.data.queue / "claimed" / "desk" / f"{10_005:020d}-{'a' * 32}.json"
    claimed.write_text("{}")
    for shard in (1, 2, 3):
        (desk.data.queue / "done" / f"{shard:016d}").mkdir()
    desk.clock.pass_by(8 * DAY)
    _retention(desk, done_days=7).apply()
    assert not done.exists()
    # Events of shard 0 may be in ready, for all that done can know.
    left = sorted(path.name[-1] for path in (desk.data.queue / "done").iterdir())
    assert left == ["0", "1", "3"]


def test_texts_go_after_their_days(desk: Desk) -> None:
    """What was decided stays: the same text is a duplicate still."""
    _take(desk, 2)
    desk.clock.pass_by(366 * DAY)
    desk.drop("new.txt", BRIDGE)
    desk.take_all()
    desk.committer.settle_outbox()
    _retention(desk, texts_days=365).apply()
    assert _rows(desk) == [(False, False), (False, False), (False, True)]
    desk.drop("again.txt", f"{FERRY}\nNummer 1.\n")
    [recorded] = desk.take_all()
    assert recorded.decision == "duplicate"


def test_texts_that_no_edition_has_covered_stay(desk: Desk) -> None:
    """A digest that is late finds all it needs."""
    _take(desk, 1)
    desk.digests.make("daily")
    desk.drop("b.txt", BRIDGE)
    desk.take_all()
    desk.committer.settle_outbox()
    desk.clock.pass_by(400 * DAY)
    _retention(desk, ("daily",), texts_days=365).apply()
    assert [has_body for _, has_body in _rows(desk)] == [False, True, True]


def test_a_text_that_is_not_out_yet_stays(desk: Desk) -> None:
    """A restart may need it."""
    desk.drop("a.txt", FERRY)
    desk.take_all()
    desk.clock.pass_by(400 * DAY)
    _retention(desk, texts_days=365).apply()
    assert _rows(desk) == [(False, True)]


def test_copies_of_refused_seeds_go_after_their_days(desk: Desk) -> None:
    """That they were refused, and why, stays."""
    desk.drop("a.bin", BINARY)
    desk.take_all()
    retention = _retention(desk, quarantine_days=90)
    desk.clock.pass_by(89 * DAY)
    retention.apply()
    assert len(list(desk.data.quarantine.iterdir())) == 2
    desk.clock.pass_by(2 * DAY)
    retention.apply()
    assert list(desk.data.quarantine.iterdir()) == []
    with desk.ledger.read() as connection:
        assert refusals_before(connection, 2e10, after=0, limit=9)


def test_no_days_are_for_ever(desk: Desk) -> None:
    """Nothing goes, and nothing is logged."""
    _take(desk, 2)
    desk.drop("a.bin", BINARY)
    desk.take_all()
    done = _acknowledge(desk)
    desk.clock.pass_by(10_000 * DAY)
    with capture_logs() as logs:
        _retention(desk).apply()
    assert (all(file.exists() for file in done), logs) == (True, [])


def test_a_run_that_is_cut_short_is_gone_on_with(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long it takes, a stop waits for one piece."""
    _take(desk, 3)
    desk.clock.pass_by(400 * DAY)
    retention = _retention(desk, texts_days=365)
    monkeypatch.setattr(module, "PART_SECONDS", 0.0)
    retention.apply_if_due()
    assert _rows(desk) == [(False, True)] * 3
    monkeypatch.undo()
    retention.apply_if_due()
    assert _rows(desk) == [(False, False)] * 3
