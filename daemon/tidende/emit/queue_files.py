"""The files of a queue directory as they are found: where each is, and which event it holds.

Consumers move them at any time, so whatever is found here may be elsewhere a moment later.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from tidende.model.event import SHARD_DIGITS
from tidende.queue.layout import DIRECTORIES, REASON, file_names, is_shard, parse_name

Names: TypeAlias = tuple[str, ...]
Hear: TypeAlias = Callable[[OSError], object]

PUBLISHED: Names = tuple(name for name in DIRECTORIES if name != "tmp")
"""The directories that an event may be in once it is published."""
LOOKS = 2
LAST_SEQUENCE = 2**63 - 1
"""The ledger's numbers end there: a name with a higher one was never an event's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFile:
    """A file that has an event's name, and the directory of the queue that it is in."""

    place: str
    path: Path
    sequence: int
    id: str


def event_files(
    queue: Path, places: Names = PUBLISHED, *, nested: bool = True, hear: Hear | None = None
) -> Iterator[QueueFile]:
    """Yield the files with an event's name in these directories, in order of their names.

    `nested` ones are yielded too, a directory's own before those below. `hear` is told of each
    directory that can't be listed.
    """
    for place, path in _files(queue, places, nested=nested, hear=hear):
        if file := _event_file(place, path):
            yield file


def strange_files(queue: Path) -> Iterator[Path]:
    """Yield what no event's name accounts for: files, but for reasons, and folders in tmp."""
    for place, path in _files(queue, DIRECTORIES):
        explains = place in {"dead", "returned"} and path.name.endswith(REASON)
        if _event_file(place, path) is None and not explains:
            yield path
    yield from (path for path in sorted((queue / "tmp").glob("*")) if path.is_dir())


def find_event(queue: Path, file_name: str) -> list[Path]:
    """Return where an event's file is, wherever in the queue; costs a look a directory.

    Whoever moves it meanwhile can't hide it: it is looked for in the order in which events move,
    and twice, for what was handed back goes back to ready.
    """
    misses = 0
    while misses < LOOKS:
        seen = [path for path in _places(queue, file_name) if os.path.lexists(path)]
        # Seen twice on its way it is in one place all the same.
        if found := [path for path in seen if os.path.lexists(path)]:
            return found
        misses += not seen
    return []


def newest_file(queue: Path) -> QueueFile | None:
    """Return the published event's file with the highest sequence, None when there is none."""
    places = [name for name in PUBLISHED if name not in ("ready", "done")]
    for place in ("ready", "done"):
        shards = sorted(filter(is_shard, file_names(queue / place)), reverse=True)
        # The newest shard that holds anything is enough: names sort as sequences do.
        places += [f"{place}/{s}" for s in shards if file_names(queue / place / s)][:1]
    found = event_files(queue, tuple(places))
    return max(found, key=lambda file: file.sequence, default=None)


def _places(queue: Path, file_name: str) -> Iterator[Path]:
    """Yield each path that an event's file can have, in the order in which it moves."""
    shard = file_name[:SHARD_DIGITS]
    for place in DIRECTORIES:
        folder = queue / place
        yield folder / file_name
        if place in ("ready", "done"):
            yield folder / shard / file_name
        elif place == "claimed":
            yield from (folder / consumer / file_name for consumer in file_names(folder))


def _event_file(place: str, path: Path) -> QueueFile | None:
    name = parse_name(path.name)
    if name is None or name.sequence > LAST_SEQUENCE:
        return None
    return QueueFile(place=place, path=path, sequence=name.sequence, id=name.id)


def _files(
    queue: Path, places: Names, *, nested: bool = True, hear: Hear | None = None
) -> Iterator[tuple[str, Path]]:
    for place in places:
        for folder, folders, names in os.walk(queue / place, onerror=hear):
            folders[:] = sorted(folders) if nested else ()
            for name in sorted(names):
                yield place, Path(folder, name)
