"""Reads an inbox whole with scandir: the truth about which files are there."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import TypeAlias

from tidende.intake.inbox import Inbox, stamp_of
from tidende.model.seed import Candidate, Stamp

OnUnreadable: TypeAlias = Callable[[str, OSError], None]
"""Hears of a folder, by its path below the inbox, that can't be read, or not to its end."""


def scan(
    inbox: Inbox, on_unreadable: OnUnreadable = lambda _folder, _error: None
) -> Iterator[Candidate]:
    """Yield everything in an inbox that is no folder and isn't ignored, in no particular order.

    Raises OSError when the inbox itself can't be read; a folder that can't is passed over.
    """
    folders = [""]
    while folders:
        folder = folders.pop()
        try:
            yield from _read(inbox, folder, folders)
        except OSError as error:
            if not folder:
                raise
            if not isinstance(error, FileNotFoundError | NotADirectoryError):
                on_unreadable(folder, error)


def _read(inbox: Inbox, folder: str, folders: list[str]) -> Iterator[Candidate]:
    """Yield what a folder holds but its folders, which are added to `folders`."""
    with os.scandir(os.path.join(inbox.path, folder)) as entries:
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
    """Return what is at a path below an inbox, None for a folder and where nothing can be seen."""
    try:
        status = os.lstat(os.path.join(inbox.path, path))
    except OSError:
        return None  # gone; or out of reach, and a scan will find it when it is back
    return None if stat.S_ISDIR(status.st_mode) else inbox.candidate(path, status)


def look(file: str) -> Stamp | None:
    """Return a regular file's stamp now.

    None says that it is gone, that something else has its place, or that it is out of reach.
    """
    try:
        status = os.lstat(file)
    except OSError:
        return None
    return stamp_of(status) if stat.S_ISREG(status.st_mode) else None


def oldest_first(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return candidates in the order in which they are taken in: mtime, then path."""
    return sorted(candidates, key=lambda candidate: (candidate.stamp.mtime_ns, candidate.path))
