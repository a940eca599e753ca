"""Reads an inbox whole with scandir: the truth about which files are there."""

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress

from tidende.intake.inbox import Inbox, stamp_of
from tidende.logs import get_logger
from tidende.model.seed import Candidate, Stamp


def scan(inbox: Inbox) -> Iterator[Candidate]:
    """Yield everything in an inbox that is no folder and isn't ignored, in no particular order.

    Raises OSError when the inbox itself can't be read; a folder that can't is passed over.
    """
    folders = [""]
    while folders:
        folder = folders.pop()
        try:
            entries = os.scandir(os.path.join(inbox.path, folder))
        except OSError as error:
            if not folder:
                raise
            if not isinstance(error, FileNotFoundError | NotADirectoryError):
                get_logger().warning(
                    "folder_unreadable", inbox=inbox.name, path=folder, message=error.strerror
                )
            continue
        with entries:
            for entry in entries:
                if inbox.ignores(entry.name):
                    continue
                path = os.path.join(folder, entry.name)
                if entry.is_dir(follow_symlinks=False):
                    folders.append(path)
                    continue
                with suppress(FileNotFoundError):
                    yield inbox.candidate(path, entry.stat(follow_symlinks=False))


def find(inbox: Inbox, path: str) -> Candidate | None:
    """Return what is at a path below an inbox, None for a folder and where nothing is."""
    try:
        status = os.lstat(os.path.join(inbox.path, path))
    except (FileNotFoundError, NotADirectoryError):
        return None
    return None if stat.S_ISDIR(status.st_mode) else inbox.candidate(path, status)


def look(file: str) -> Stamp | None:
    """Return a regular file's stamp now, None when it is gone or something else has its place."""
    try:
        status = os.lstat(file)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return stamp_of(status) if stat.S_ISREG(status.st_mode) else None


def oldest_first(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return candidates in the order in which they are taken in: mtime, then path."""
    return sorted(candidates, key=lambda candidate: (candidate.stamp.mtime_ns, candidate.path))
