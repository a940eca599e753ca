"""How much waits in the queue, and what stands where."""

import os

import pytest

from shelf import Shelf
from tidende.clock import now
from tidende.emit.backlog import Backlog, Counts, Waiting, claimed_by, count


@pytest.fixture
def backlog(shelf: Shelf) -> Backlog:
    """Return a measure by a clock on which every folder changed long ago."""
    return Backlog(shelf.path, wall=lambda: now().timestamp() + 3600)


def test_what_is_ready_claimed_or_returned_waits(shelf: Shelf, backlog: Backlog) -> None:
    """What is done or dead doesn't; nor does what is no event."""
    events = shelf.publish(5)
    for event, place in zip(events, ["claimed/a", "returned", "done/x", "dead"], strict=False):
        shelf.put(event, place)
    (shelf.path / "returned" / "notes.txt").write_text("x")
    waiting = [events[0], events[1], events[4]]
    assert backlog.measure() == Waiting(events=3, bytes=sum(len(event.body) for event in waiting))


def test_it_follows_what_happens(shelf: Shelf, backlog: Backlog) -> None:
    assert backlog.measure() == Waiting()
    [event] = shelf.publish()
    assert backlog.measure().events == 1
    shelf.put(event, "claimed/a")
    assert backlog.measure().events == 1
    shelf.put(event, f"done/{event.shard}")
    assert backlog.measure() == Waiting()


def test_a_folder_that_has_not_changed_is_not_read_again(shelf: Shelf, backlog: Backlog) -> None:
    [event] = shelf.publish()
    before = backlog.measure()
    file = shelf.path / "ready" / event.shard / event.file_name
    file.write_bytes(event.body * 2)
    assert backlog.measure() == before
    os.utime(file.parent)
    assert backlog.measure().bytes == 2 * before.bytes


def test_a_folder_that_changed_just_now_is_read_again(shelf: Shelf) -> None:
    """Its time needn't tell that it changed once more within a tick."""
    backlog = Backlog(shelf.path, wall=lambda: now().timestamp())
    [event] = shelf.publish()
    backlog.measure()
    (shelf.path / "ready" / event.shard / event.file_name).write_bytes(event.body * 2)
    assert backlog.measure().bytes == 2 * len(event.body)


def test_the_counts_of_every_part(shelf: Shelf) -> None:
    events = shelf.publish(6)
    places = ["claimed/a", "claimed/b", "returned", "done/x", "dead"]
    for event, place in zip(events, places, strict=False):
        shelf.put(event, place)
    (shelf.path / "dead" / f"{events[4].file_name}.reason.json").write_text("{}")
    (shelf.path / "claimed" / "idle").mkdir()
    assert count(shelf.path) == Counts(ready=1, claimed=2, returned=1, done=1, dead=1)
    assert claimed_by(shelf.path) == {"a": 1, "b": 1}
