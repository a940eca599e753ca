"""Files in the queue that no protocol put there: they are left alone, and told of once."""

import os
import stat
from pathlib import Path

from tidende.logs import get_logger


class Strangers:
    """Remembers which were told of; `end_round` forgets those that have gone."""

    def __init__(self) -> None:
        self._told: set[Path] = set()
        self._seen: set[Path] = set()

    def note(self, path: Path) -> None:
        """Log a path, unless it was logged before; names that begin with a dot are drafts."""
        if path.name.startswith("."):
            return
        self._seen.add(path)
        if path not in self._told:
            self._told.add(path)
            get_logger().warning("foreign_file_found", file=str(path))

    def end_round(self) -> None:
        """Forget what wasn't noted since the last call: should it come again, it is news."""
        self._told &= self._seen
        self._seen = set()


def look(path: Path) -> os.stat_result | None:
    """Return a file's status, None when it has gone."""
    try:
        return path.lstat()
    except FileNotFoundError:
        return None


def is_event_file(status: os.stat_result) -> bool:
    """Say whether a file can be an event's.

    An empty one can't: `touch` makes one in place of a claim that was lost.
    """
    return stat.S_ISREG(status.st_mode) and status.st_size > 0
