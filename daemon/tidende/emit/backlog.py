"""How many events stand where in the queue, and how much of it still waits for its consumers."""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tidende.durable import explained
from tidende.queue.layout import file_names, parse_name

RACY_SECONDS = 1.0
"""A folder changed so recently may change again without its time telling."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Events that still go to a consumer or are with one, and the bytes of their files."""

    events: int = 0
    bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many events stand in each part of the queue."""

    ready: int
    claimed: int
    returned: int
    done: int
    dead: int


class Backlog:
    """Measures what waits in one queue, again and again.

    A folder that hasn't changed since the last time isn't read again: of a long queue, only the
    shards at its two ends are.
    """

    def __init__(self, queue: Path, *, wall: Callable[[], float]) -> None:
        self._queue = queue
        self._wall = wall
        self._measured: dict[Path, tuple[int, Waiting]] = {}

    def measure(self) -> Waiting:
        """Return what waits in ready, claimed and returned; raises TransientError, StoreError."""
        queue, before, self._measured = self._queue, self._measured, {}
        with explained(queue):
            parts = [
                self._measure(folder, before.get(folder))
                for folder in (
                    *_folders(queue / "ready"),
                    *_folders(queue / "claimed"),
                    queue / "returned",
                )
            ]
        return Waiting(
            events=sum(part.events for part in parts), bytes=sum(part.bytes for part in parts)
        )

    def _measure(self, folder: Path, before: tuple[int, Waiting] | None) -> Waiting:
        try:
            changed = folder.stat().st_mtime_ns
        except FileNotFoundError:
            return Waiting()
        if before is not None and before[0] == changed:
            found = before[1]
        else:
            sizes = list(_sizes(folder))
            found = Waiting(events=len(sizes), bytes=sum(sizes))
        if self._wall() - changed / 1e9 >= RACY_SECONDS:
            self._measured[folder] = (changed, found)
        return found


def count(queue: Path) -> Counts:
    """Return how many events stand where; one that moves meanwhile may be missed."""

    def below(part: str) -> int:
        return sum(_count(folder) for folder in _folders(queue / part))

    return Counts(
        ready=below("ready"),
        claimed=below("claimed"),
        returned=_count(queue / "returned"),
        done=below("done"),
        dead=_count(queue / "dead"),
    )


def claimed_by(queue: Path) -> dict[str, int]:
    """Return how many events each consumer holds, of those that hold any."""
    held = {folder.name: _count(folder) for folder in _folders(queue / "claimed")}
    return {consumer: count for consumer, count in sorted(held.items()) if count}


def _folders(folder: Path) -> list[Path]:
    return [folder / name for name in file_names(folder)]


def _count(folder: Path) -> int:
    return sum(1 for name in file_names(folder) if parse_name(name) is not None)


def _sizes(folder: Path) -> Iterator[int]:
    try:
        entries = os.scandir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return
    with entries:
        for entry in entries:
            if parse_name(entry.name) is not None:
                with suppress(FileNotFoundError):  # taken meanwhile
                    yield entry.stat(follow_symlinks=False).st_size
