"""Files of a queue as they are found, while consumers move them."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from shelf import Shelf
from tidende.emit.queue_files import event_files, find_event, newest_file, strange_files


@pytest.fixture
def before_look(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path, Callable[[], object]], None]:
    """Return a function that has something done once, just before a path is looked at."""
    look = os.path.lexists

    def arrange(path: Path, act: Callable[[], object]) -> None:
        waiting = [act]

        def look_later(at: Path) -> bool:
            if at == path and waiting:
                waiting.pop()()
            return look(at)

        monkeypatch.setattr(os.path, "lexists", look_later)

    return arrange


def test_an_event_that_is_acknowledged_meanwhile_is_found(
    shelf: Shelf, before_look: Callable[..., None]
) -> None:
    """Wherever we look next, the rename comes just before."""
    [event] = shelf.publish()
    claimed = shelf.put(event, "claimed/desk")
    done = shelf.path / "done" / event.shard / event.file_name
    before_look(claimed, lambda: claimed.rename(done))
    assert find_event(shelf.path, event.file_name) == [done]


def test_an_event_that_goes_back_to_ready_meanwhile_is_found(
    shelf: Shelf, before_look: Callable[..., None]
) -> None:
    """It moves against the order in which we look."""
    [event] = shelf.publish()
    returned = shelf.put(event, "returned")
    ready = shelf.path / "ready" / event.shard / event.file_name
    before_look(returned, lambda: returned.rename(ready))
    assert find_event(shelf.path, event.file_name) == [ready]


def test_an_event_on_its_way_is_found_once(shelf: Shelf, before_look: Callable[..., None]) -> None:
    """Seen in two places, it is in the second."""
    [event] = shelf.publish()
    ready = shelf.path / "ready" / event.shard / event.file_name
    (shelf.path / "claimed" / "desk").mkdir()
    claimed = shelf.path / "claimed" / "desk" / event.file_name
    before_look(claimed, lambda: ready.rename(claimed))
    assert find_event(shelf.path, event.file_name) == [claimed]


def test_an_event_that_is_nowhere_is_not_found(shelf: Shelf) -> None:
    """One that stands twice is found twice."""
    [event] = shelf.publish()
    (shelf.path / "dead" / event.file_name).write_bytes(b"{}")
    assert len(find_event(shelf.path, event.file_name)) == 2
    assert find_event(shelf.path, f"{'0' * 19}7-x.json") == []


def test_the_newest_file_is_found_wherever_it_is(shelf: Shelf) -> None:
    """Not in tmp: what is there isn't published."""
    assert newest_file(shelf.path) is None
    *_, last = shelf.publish(3)
    (shelf.path / "tmp" / f"{9:020d}-x.json").write_bytes(b"{}")
    for place in (f"ready/{last.shard}", "claimed/desk", "returned", f"done/{last.shard}", "dead"):
        path = shelf.put(last, place)
        found = newest_file(shelf.path)
        assert found is not None
        assert (found.path, found.sequence) == (path, 3)


def test_what_no_event_accounts_for_is_strange(shelf: Shelf) -> None:
    """Other names, numbers that no ledger gives, and folders where only files are."""
    [event] = shelf.publish()
    dead = shelf.put(event, "dead")
    dead.with_name(f"{dead.name}.reason.json").write_text("{}")
    strange = [
        shelf.path / "ready" / "notes.json",
        shelf.path / "done" / f"{'9' * 20}-x.json",
        shelf.path / "tmp" / "folder",
    ]
    for path in strange[:2]:
        path.write_text("{}")
    strange[2].mkdir()
    assert sorted(strange_files(shelf.path)) == sorted(strange)
    assert [file.path for file in event_files(shelf.path)] == [dead]
