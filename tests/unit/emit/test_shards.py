"""The shards of ready and done: there when they are needed, gone when they are not."""

from pathlib import Path

import pytest

from shelf import Shelf

OLD, NEW = "0" * 16, "0" * 15 + "1"


@pytest.fixture
def long(shelf: Shelf) -> Shelf:
    """Return a queue whose events fill one shard and begin the next."""
    shelf.publish(10_001)
    return shelf


def _shards(path: Path) -> list[str]:
    return sorted(each.name for each in path.iterdir())


def test_a_shard_of_done_comes_with_that_of_ready(shelf: Shelf) -> None:
    shelf.publish()
    assert _shards(shelf.path / "done") == [OLD]


def test_a_queue_of_an_older_program_gets_its_shards_of_done(shelf: Shelf) -> None:
    """Also of what is claimed already."""
    [event] = shelf.publish()
    shelf.put(event, "claimed/a")
    for part in ("ready", "done"):
        (shelf.path / part / OLD).rmdir()
    shelf.restart()
    assert _shards(shelf.path / "done") == [OLD]


def test_empty_shards_of_ready_go_but_for_the_newest(long: Shelf) -> None:
    for file in (long.path / "ready").glob("*/*.json"):
        file.rename(long.path / "done" / file.parent.name / file.name)
    long.queue.shards.tidy()
    assert _shards(long.path / "ready") == [NEW]


def test_a_shard_with_events_stays(long: Shelf) -> None:
    long.queue.shards.tidy()
    assert _shards(long.path / "ready") == [OLD, NEW]


def test_a_removed_shard_is_made_again(long: Shelf) -> None:
    """For an event that comes back."""
    for file in (long.path / "ready" / OLD).iterdir():
        file.rename(long.path / "done" / OLD / file.name)
    long.queue.shards.tidy()
    file = next((long.path / "done" / OLD).iterdir())
    long.queue.shards.receive(file, OLD)
    assert (long.path / "ready" / OLD / file.name).exists()


def test_publishing_makes_a_shard_again_that_was_taken_away_by_hand(shelf: Shelf) -> None:
    [first] = shelf.publish()
    shelf.put(first, f"done/{OLD}")
    (shelf.path / "ready" / OLD).rmdir()
    [second] = shelf.publish()
    assert shelf.part(second) == "ready"


@pytest.mark.parametrize("place", [f"ready/{OLD}", "claimed/a", "returned"])
def test_a_shard_of_done_stays_while_an_event_may_come_to_it(shelf: Shelf, place: str) -> None:
    [event] = shelf.publish()
    shelf.put(event, place)
    if not place.startswith("ready"):
        (shelf.path / "ready" / OLD).rmdir()
    assert not shelf.queue.shards.retire(OLD)
    assert _shards(shelf.path / "done") == [OLD]


def test_a_shard_of_done_that_no_event_needs_is_retired(shelf: Shelf) -> None:
    """Not while it has files; and should an event be revived, it is made again."""
    [event] = shelf.publish()
    (shelf.path / "ready" / NEW).mkdir()
    shelf.put(event, f"done/{OLD}")
    shelf.queue.shards.tidy()
    assert not shelf.queue.shards.retire(OLD)
    file = shelf.put(event, "dead")
    assert shelf.queue.shards.retire(OLD)
    assert _shards(shelf.path / "done") == []
    shelf.queue.shards.receive(file, OLD)
    assert _shards(shelf.path / "done") == [OLD]


def test_what_is_no_shard_is_left_alone(shelf: Shelf) -> None:
    (shelf.path / "ready" / "notes").mkdir()
    shelf.restart()
    shelf.queue.shards.tidy()
    assert _shards(shelf.path / "ready") == ["notes"]
    assert _shards(shelf.path / "done") == []
