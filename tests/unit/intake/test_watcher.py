"""The watch: what happens in an inbox is marked, and what goes wrong with it can be seen."""

import errno
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from watchdog.observers.inotify import InotifyEmitter
from watchdog.observers.inotify_c import WATCHDOG_ALL_EVENTS, InotifyFD

from program import wait_until
from tidende.intake.inbox import Inbox
from tidende.intake.marks import Mark, Marks, News
from tidende.intake.watcher import Watch


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    """Return an empty inbox."""
    (tmp_path / "in").mkdir()
    return Inbox(name="wire", path=tmp_path / "in")


@pytest.fixture
def marks() -> Iterator[Marks]:
    """Return an empty queue."""
    marks = Marks()
    yield marks
    marks.close()


def _limit(monkeypatch: pytest.MonkeyPatch, name: str, number: int = errno.ENOSPC) -> None:
    """Have the kernel refuse to watch the folder of this name."""
    add = InotifyFD.add_callback

    def refuse(self: InotifyFD, path: bytes, *rest: Any) -> Any:
        if path.endswith(name.encode()):
            raise OSError(number, "no more")
        return add(self, path, *rest)

    monkeypatch.setattr(InotifyFD, "add_callback", refuse)


def _wait_for(marks: Marks, path: str | None) -> None:
    seen: list[News] = []

    def has_come() -> bool:
        seen.extend(marks.drain())
        return any(isinstance(one, Mark) and one.path == path for one in seen)

    wait_until(has_come, f"a mark of {path}")


def test_a_file_is_marked_and_a_folder_asks_for_a_scan(inbox: Inbox, marks: Marks) -> None:
    """In folders that come later, too."""
    watch = Watch(inbox, marks)
    (inbox.path / "a").write_text("x")
    _wait_for(marks, "a")
    (inbox.path / "folder").mkdir()
    _wait_for(marks, None)
    (inbox.path / "folder" / "b").write_text("x")
    _wait_for(marks, "folder/b")
    assert watch.is_alive()
    assert not watch.limited
    watch.stop()
    assert not watch.is_alive()
    assert not watch.has_crashed()


@pytest.mark.parametrize("draft", ["in/.a.tmp", "a.tmp"])
def test_a_file_that_is_renamed_in_is_marked_as_moved_and_no_more(
    inbox: Inbox, marks: Marks, draft: str
) -> None:
    """Wherever it was written; of a hidden draft nothing is told."""
    file = inbox.path.parent / draft
    watch = Watch(inbox, marks)
    file.write_text("x")
    file.rename(inbox.path / "a")
    (inbox.path / "a").rename(inbox.path.parent / "archived")
    (inbox.path / "b").write_text("x")
    told: list[tuple[str | None, str]] = []

    def is_written() -> bool:
        told.extend((one.path, one.hint) for one in marks.drain() if isinstance(one, Mark))
        return ("b", "written") in told

    wait_until(is_written, "the mark of what came last")
    watch.stop()
    assert told == [("a", "moved"), ("b", "created"), ("b", "opened"), ("b", "written")]


def test_a_change_of_attributes_is_not_taken_for_a_move(
    inbox: Inbox, marks: Marks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even if the kernel is asked for it: a file that is still written may have its mode set."""
    monkeypatch.setattr(InotifyEmitter, "get_event_mask_from_filter", lambda _: WATCHDOG_ALL_EVENTS)
    watch = Watch(inbox, marks)
    (inbox.path / "a").touch()
    (inbox.path / "a").chmod(0o600)
    (inbox.path / "b").write_text("x")
    told: list[News] = []

    def is_written() -> bool:
        told.extend(marks.drain())
        return Mark(inbox=inbox, path="b", hint="written") in told

    wait_until(is_written, "the mark of what came last")
    watch.stop()
    assert not any(isinstance(one, Mark) and one.hint == "moved" for one in told)


def test_a_removed_inbox_ends_the_watch_without_a_crash(inbox: Inbox, marks: Marks) -> None:
    """Watchdog does so by itself."""
    watch = Watch(inbox, marks)
    inbox.path.rmdir()
    wait_until(lambda: not watch.is_alive(), "the end of the watch")
    assert not watch.has_crashed()
    watch.stop()


def test_a_folder_beyond_the_limit_is_noticed(
    inbox: Inbox, marks: Marks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the start; watchdog passes it over in silence."""
    (inbox.path / "folder").mkdir()
    _limit(monkeypatch, "folder")
    watch = Watch(inbox, marks)
    assert watch.limited
    assert watch.is_alive()
    watch.stop()


def test_a_later_folder_beyond_the_limit_is_noticed(
    inbox: Inbox, marks: Marks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the watch goes on with the others."""
    _limit(monkeypatch, "folder")
    watch = Watch(inbox, marks)
    limited = [watch.limited]
    (inbox.path / "folder").mkdir()
    _wait_for(marks, None)
    assert [*limited, watch.limited] == [False, True]
    (inbox.path / "a").write_text("x")
    _wait_for(marks, "a")
    watch.stop()


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EMFILE])
def test_an_inbox_beyond_the_limit_is_an_error(
    inbox: Inbox, marks: Marks, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """Nothing is left running."""
    _limit(monkeypatch, "in", number)
    with pytest.raises(OSError, match="no more") as raised:
        Watch(inbox, marks)
    assert raised.value.errno == number


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_reader_that_has_died_is_noticed(
    inbox: Inbox, marks: Marks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Watchdog's observer says that it is alive; it will never hear of anything again."""

    def fail(*_: object) -> None:
        raise OSError(errno.EIO, "broken")

    watch = Watch(inbox, marks)
    monkeypatch.setattr(InotifyFD, "handle_event", fail)
    assert not watch.has_crashed()
    (inbox.path / "a").write_text("x")
    wait_until(watch.has_crashed, "the crash")
    assert not watch.is_alive()
    watch.stop()
