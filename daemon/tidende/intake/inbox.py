"""An inbox, and the files in it as names: what to leave alone, how a path is printed."""

import os
import re
import stat
from dataclasses import dataclass
from fnmatch import translate
from functools import cached_property
from pathlib import Path

from tidende.model.seed import Candidate, Stamp

_ESCAPED = re.compile(r"\\(\\|x[89a-f][0-9a-f])")
_SURROGATE = re.compile(r"[\udc80-\udcff]")


@dataclass(frozen=True, kw_only=True)
class Inbox:
    """A watched directory.

    `source` says who delivers here; None takes the first folder below the inbox, or else the
    inbox's name. `polled` says that it is only scanned, and inotify isn't asked.
    """

    name: str
    path: Path
    source: str | None = None
    ignore: tuple[str, ...] = ()
    polled: bool = False

    def ignores(self, name: str) -> bool:
        """Say whether a file or folder of this name is left alone: hidden or not yet named."""
        return name.startswith(".") or bool(self._ignored and self._ignored.match(name))

    @cached_property
    def _ignored(self) -> re.Pattern[str] | None:
        return re.compile("|".join(translate(p) for p in self.ignore)) if self.ignore else None

    def relative(self, file: str) -> str | None:
        """Return a file's path below the inbox, None when it lies outside or is to be ignored."""
        root = os.fspath(self.path)
        if not file.startswith(root + os.sep):
            return None
        path = file[len(root) + 1 :]
        return None if any(self.ignores(name) for name in path.split(os.sep)) else path

    def candidate(self, path: str, status: os.stat_result) -> Candidate:
        """Return the candidate for what is at a path below the inbox, by its lstat."""
        return Candidate(
            inbox=self.name,
            path=escape(path),
            file=os.path.join(self.path, path),
            source=escape(self.source or self._folder(path)),
            stamp=stamp_of(status),
            regular=stat.S_ISREG(status.st_mode),
        )

    def file(self, path: str) -> Path:
        """Return where the file of a candidate's path is, or was."""
        return self.path / unescape(path)

    def _folder(self, path: str) -> str:
        first, slash, _ = path.partition(os.sep)
        return first if slash else self.name


def escape(path: str) -> str:
    r"""Return a path that can be printed, stored and sent as UTF-8.

    Bytes that are no UTF-8 (Python's surrogate escapes) become `\xNN`; a path with such bytes or
    with a backslash has its backslashes doubled, so that no two paths look the same.
    """
    if "\\" not in path and not _SURROGATE.search(path):
        return path
    doubled = path.replace("\\", "\\\\")
    return _SURROGATE.sub(lambda found: f"\\x{ord(found[0]) - 0xDC00:02x}", doubled)


def unescape(path: str) -> str:
    """Return the path that `escape` made printable, as the system has it."""
    return _ESCAPED.sub(lambda found: _undo(found[1]), path)


def _undo(escaped: str) -> str:
    return "\\" if escaped == "\\" else chr(0xDC00 + int(escaped[1:], 16))


def stamp_of(status: os.stat_result) -> Stamp:
    """Return what a stat says of a file."""
    return Stamp(
        size=status.st_size,
        mtime_ns=status.st_mtime_ns,
        ctime_ns=status.st_ctime_ns,
        inode=status.st_ino,
    )
