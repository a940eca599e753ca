"""The committer's order of steps: whatever fails or ends in between, each event is told once."""

import errno
import os
from pathlib import Path
from shutil import rmtree

import pytest
from structlog.testing import capture_logs

from desk import BRIDGE, FERRY, Desk
from tidende.durable import explained
from tidende.emit.backlog import Waiting
from tidende.emit.backpressure import Backpressure
from tidende.errors import StoreError, TransientError
from tidende.store import events, seeds


class Cut(BaseException):
    """The process ends here."""


class Full(Backpressure):
    """A queue without room."""

    def __init__(self, path: Path) -> None:
        super().__init__(path=path, count=Waiting, reserve_bytes=2**60)


def full_disk(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def full_disk_explained(*_: object) -> None:
    with explained(Path("ready")):
        full_disk()


def _outbox(desk: Desk) -> list[int]:
    with desk.ledger.read() as connection:
        return [event.sequence for event in events.unpublished(connection)]


def test_published_events_leave_the_outbox_with_the_next_commit(desk: Desk) -> None:
    """It costs no transaction of its own."""
    desk.drop("a", FERRY)
    desk.take("a")
    assert _outbox(desk) == [1]
    desk.drop("b", BRIDGE)
    desk.take("b")
    assert _outbox(desk) == [2]


def test_a_stop_settles_the_outbox(desk: Desk) -> None:
    """The next start finds nothing to do."""
    desk.drop("a", FERRY)
    desk.take("a")
    desk.committer.settle_outbox()
    desk.committer.settle_outbox()
    assert _outbox(desk) == []


@pytest.mark.parametrize("step", ["stage", "publish"])
def test_a_batch_that_is_cut_short_is_told_once_after_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Before the commit it is decided again; after it, it is published at the next start."""

    def cut(*_: object) -> None:
        raise Cut

    with Desk(tmp_path) as desk:
        desk.drop("a", FERRY)
        monkeypatch.setattr(desk.queue, step, cut)
        with pytest.raises(Cut):
            desk.take("a")
        assert desk.events() == []
    with Desk(tmp_path) as desk:
        late = desk.committer.recover()
        assert late == (1 if step == "publish" else 0)
        taken = desk.take_all()
        assert len(taken) == 1 - late
        assert desk.told() == ["new"]
        desk.committer.settle_outbox()
        assert _outbox(desk) == []


def test_a_batch_that_finds_no_room_is_not_decided(desk: Desk) -> None:
    """The same batch goes through when there is."""
    desk.committer = desk.committer_of(desk.catalogue, Full(desk.data.queue))
    desk.drop("a", FERRY)
    with pytest.raises(TransientError, match="reserve"):
        desk.take("a")
    desk.committer = desk.committer_of(desk.catalogue)
    assert len(desk.take_all()) == 1
    assert desk.told() == ["new"]


def test_a_disk_that_fills_up_leaves_nothing_staged(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a batch of files in tmp would take room that nobody gives back."""
    monkeypatch.setattr(desk.queue, "_make_durable", full_disk)
    desk.drop("a", FERRY)
    with pytest.raises(TransientError, match="No space"):
        desk.take("a")
    assert list((desk.data.queue / "tmp").iterdir()) == []
    monkeypatch.undo()
    assert len(desk.take_all()) == 1


def test_what_is_committed_goes_out_when_it_can_be_renamed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The seed is decided; its event follows, and nothing overtakes it."""
    monkeypatch.setattr(desk.queue, "publish", full_disk_explained)
    desk.drop("a", FERRY)
    with capture_logs() as logs:
        assert len(desk.take("a")) == 1
    assert [line["event"] for line in logs] == ["publication_postponed"]
    desk.drop("b", BRIDGE)
    with pytest.raises(TransientError):
        desk.take("b")
    assert desk.events() == []
    monkeypatch.undo()
    desk.committer.publish_due()
    assert desk.told() == ["new"]
    assert desk.take_all()
    assert [event["sequence"][-1] for event in desk.events()] == ["1", "2"]


def test_what_was_published_before_a_crash_is_not_published_again(tmp_path: Path) -> None:
    """Not even when a consumer has taken it meanwhile."""
    with Desk(tmp_path) as desk:
        desk.drop("a", FERRY)
        desk.take("a")
        rmtree(desk.data.queue / "ready")
        (desk.data.queue / "ready").mkdir()
    with Desk(tmp_path) as desk:
        assert desk.committer.recover() == 0
        assert _outbox(desk) == []
        assert desk.take_all() == []
        assert desk.events() == []


def test_a_queue_that_takes_nothing_leaves_the_ledger_as_it_was(tmp_path: Path) -> None:
    """The batch is undone, and its seeds are found by the next start's scan."""
    with Desk(tmp_path) as desk:
        desk.drop("a", FERRY)
        (desk.data.queue / "tmp").rmdir()
        with pytest.raises(StoreError):
            desk.take("a")
        with desk.ledger.read() as connection:
            assert (seeds.last_id(connection), events.last_sequence(connection)) == (0, 0)
    with Desk(tmp_path) as desk:
        assert [seed.decision for seed in desk.take_all()] == ["new"]


def test_a_quarantine_that_takes_nothing_leaves_the_ledger_as_it_was(desk: Desk) -> None:
    """A refusal without its copy is none."""
    desk.drop("a", b"\0")
    desk.quarantine.path.write_text("in the way")
    with pytest.raises(StoreError):
        desk.take("a")
    with desk.ledger.read() as connection:
        assert (seeds.last_id(connection), events.last_sequence(connection)) == (0, 0)


def test_after_a_failed_sync_nothing_is_tried_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second sync would succeed, and the row be marked published for a rename that is lost."""
    synced: list[object] = []

    def fail(*_: object) -> None:
        synced.append(1)
        raise StoreError("can't be synced")

    monkeypatch.setattr(desk.queue.shards, "make_durable", fail)
    desk.drop("a", FERRY)
    desk.drop("b", BRIDGE)
    with pytest.raises(StoreError):
        desk.take("a")
    monkeypatch.undo()
    for attempt in (
        desk.committer.settle_outbox,
        desk.committer.publish_due,
        lambda: desk.take("b"),
    ):
        with pytest.raises(StoreError, match="synced"):
            attempt()
    assert len(synced) == 1
    assert _outbox(desk) == [1]


def test_what_cannot_be_published_is_said_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk.queue, "publish", full_disk_explained)
    desk.drop("a", FERRY)
    with capture_logs() as logs:
        desk.take("a")
        desk.committer.publish_due()
    assert len(logs) == 1
    assert "No space" in str(desk.committer.postponed)
    monkeypatch.undo()
    desk.committer.publish_due()
    assert desk.committer.postponed is None
