"""The files of a queue directory as they are found: where each is, and which event it holds.

Consumers move them at any time, so whatever is found here may be elsewhere a moment later.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from tidende.model.event import SHARD_DIGITS
from tidende.queue.layout import DIRECTORIES, REASON, file_names, is_shard, parse_name

Names: TypeAlias = tuple[str, ...]

PUBLISHED: Names = tuple(name for name in DIRECTORIES if name != "tmp")
"""The directories that an event may be in once it is published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFile:
    """A file that has an event's name, and the directory of the queue that it is in."""

    place: str
    path: Path
    sequence: int
    id: str


def event_files(queue: Path, places: Names = PUBLISHED) -> Iterator[QueueFile]:
    """Yield the files with an event's name below these directories of a queue."""
    for place, path in _files(queue, places):
        if name := parse_name(path.name):
            yield QueueFile(place=place, path=path, sequence=name.sequence, id=name.id)


def strange_files(queue: Path) -> Iterator[Path]:
    """Yield the files that no event's name, nor a dead one's reason, accounts for."""
    for place, path in _files(queue, DIRECTORIES):
        explains = place in {"dead", "returned"} and path.name.endswith(REASON)
        if parse_name(path.name) is None and not explains:
            yield path


def find_event(queue: Path, file_name: str) -> list[Path]:
    """Return where an event's file is, wherever in the queue; costs a look a directory."""
    shard = file_name[:SHARD_DIGITS]
    folders = [queue / place for place in DIRECTORIES]
    folders += [queue / place / shard for place in ("ready", "done")]
    folders += [queue / "claimed" / consumer for consumer in file_names(queue / "claimed")]
    return [folder / file_name for folder in folders if os.path.lexists(folder / file_name)]


def highest_sequence(queue: Path) -> int:
    """Return the highest sequence of a published event's file, 0 when there is none."""
    places = [queue / place for place in PUBLISHED if place not in ("ready", "done")]
    for place in ("ready", "done"):
        shards = sorted(filter(is_shard, file_names(queue / place)), reverse=True)
        # The newest shard that holds anything is enough: names sort as sequences do.
        newest = next((queue / place / s for s in shards if file_names(queue / place / s)), None)
        places += [newest] if newest else []
    found = (parse_name(path.name) for folder in places for _, path in _files(folder, ("",)))
    return max((name.sequence for name in found if name), default=0)


def _files(queue: Path, places: Names) -> Iterator[tuple[str, Path]]:
    for place in places:
        for folder, folders, names in os.walk(queue / place):
            folders.sort()
            for name in sorted(names):
                yield place, Path(folder, name)
