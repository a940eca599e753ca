"""The scanner: every regular file of an inbox, and nothing else."""

import os
import socket
from dataclasses import replace
from pathlib import Path

import pytest

from desk import sighted
from tidende.intake.inbox import Inbox
from tidende.intake.scanner import find, look, oldest_first, scan


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    """Return an empty inbox."""
    (tmp_path / "in").mkdir()
    return Inbox(name="wire", path=tmp_path / "in", ignore=("*.part",))


def _paths(inbox: Inbox) -> list[str]:
    return sorted(candidate.path for candidate in scan(inbox))


def test_files_at_any_depth_are_found(inbox: Inbox) -> None:
    """Folders are searched, and are no seeds themselves."""
    (inbox.path / "a" / "b").mkdir(parents=True)
    for path in ("x", "a/y", "a/b/z"):
        (inbox.path / path).write_text("x")
    assert _paths(inbox) == ["a/b/z", "a/y", "x"]


def test_a_candidate_has_the_file_s_stamp(inbox: Inbox) -> None:
    """Size, times and inode are the file system's; an old file counts like any other."""
    file = inbox.path / "x"
    file.write_text("four")
    os.utime(file, ns=(0, 631_152_000_000_000_000))
    (found,) = scan(inbox)
    assert (found.stamp.size, found.stamp.mtime_ns) == (4, 631_152_000_000_000_000)
    assert found.stamp.inode == file.stat().st_ino
    assert found == find(inbox, "x")


def test_what_is_ignored_is_not_found(inbox: Inbox) -> None:
    """Neither such files nor what lies in such folders."""
    for folder in (".git", "b.part"):
        (inbox.path / folder).mkdir()
        (inbox.path / folder / "x").write_text("x")
    (inbox.path / "a.part").write_text("x")
    assert _paths(inbox) == []


def test_what_is_no_regular_file_is_found_as_such(inbox: Inbox, tmp_path: Path) -> None:
    """It is refused with a reason, and never opened: a link may point anywhere."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "x").write_text("x")
    (inbox.path / "folder").symlink_to(tmp_path / "outside")
    (inbox.path / "file").symlink_to(tmp_path / "outside" / "x")
    (inbox.path / "broken").symlink_to(tmp_path / "nowhere")
    os.mkfifo(inbox.path / "pipe")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(os.path.relpath(inbox.path / "socket"))
    assert _paths(inbox) == ["broken", "file", "folder", "pipe", "socket"]
    assert not any(found.regular for found in scan(inbox))
    pipe = find(inbox, "pipe")
    assert pipe is not None
    assert not pipe.regular
    assert look(pipe.file) is None


def test_a_name_that_is_no_utf_8_is_found(inbox: Inbox) -> None:
    """Nothing is lost for its name."""
    (inbox.path / os.fsdecode(b"caf\xe9")).write_text("x")
    (found,) = scan(inbox)
    assert found.path == "caf\\xe9"
    assert look(found.file) == found.stamp


def test_an_inbox_that_is_gone_is_an_error(inbox: Inbox) -> None:
    """An empty inbox and a missing one aren't the same."""
    inbox.path.rmdir()
    with pytest.raises(FileNotFoundError):
        list(scan(inbox))


def test_a_folder_that_goes_during_the_scan_is_passed_over(inbox: Inbox) -> None:
    """Whoever tidies up doesn't disturb."""
    (inbox.path / "x").write_text("x")
    (inbox.path / "folder").mkdir()
    files = scan(inbox)
    assert next(files).path == "x"
    (inbox.path / "folder").rmdir()
    assert list(files) == []


def test_a_file_that_is_gone_has_no_stamp(inbox: Inbox) -> None:
    """There is nothing to say of it."""
    assert look(str(inbox.path / "x")) is None
    assert find(inbox, "x") is None


def test_files_are_taken_in_by_age_and_then_by_path(inbox: Inbox) -> None:
    """The oldest first; of those as old, the first by name."""
    (inbox.path / "x").write_text("x")
    one = sighted(inbox.path / "x")
    files = [
        replace(one, path=path, stamp=replace(one.stamp, mtime_ns=mtime))
        for path, mtime in [("c", 1), ("b", 2), ("a", 2), ("d", 0)]
    ]
    assert [file.path for file in oldest_first(files)] == ["d", "c", "a", "b"]
