"""The queue directory's names: its folders, and what the name of an event's file says.

Both sides use it, the publisher's in `emit/` and the consumer's here.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tidende.errors import StoreError, TidendeError
from tidende.model.event import SHARD_DIGITS

VERSION = "1"
DIRECTORIES = ("tmp", "ready", "claimed", "returned", "done", "dead")
REASON = ".reason.json"
"""Ends the name of the file that says why an event was handed back, or is dead."""

_EVENT = re.compile(r"([0-9]{20})-([0-9A-Za-z]{1,64})\.json")
_SHARD = re.compile(rf"[0-9]{{{SHARD_DIGITS}}}")
_CONSUMER = re.compile(r"(?!\.)[A-Za-z0-9._-]{1,64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class EventName:
    """The name of an event's file, and what it says."""

    file: str
    sequence: int
    id: str

    @property
    def shard(self) -> str:
        """The folder of ready and done in which the file stands."""
        return self.file[:SHARD_DIGITS]

    @property
    def reason(self) -> str:
        """The name of the file that says why it was handed back, or is dead."""
        return f"{self.file}{REASON}"


def parse_name(file: str) -> EventName | None:
    """Return what the name of an event's file says; None for any other name."""
    match = _EVENT.fullmatch(file)
    if match is None:
        return None
    return EventName(file=file, sequence=int(match[1]), id=match[2])


def is_shard(name: str) -> bool:
    """Say whether a folder of this name can be a shard."""
    return _SHARD.fullmatch(name) is not None


def is_consumer(name: str) -> bool:
    """Say whether a consumer may have this name."""
    return _CONSUMER.fullmatch(name) is not None


def event_names(folder: Path) -> Iterator[EventName]:
    """Yield the events in a folder in order of sequence; none when it isn't there."""
    for name in sorted(file_names(folder)):
        event = parse_name(name)
        if event is not None:
            yield event


def file_names(folder: Path) -> list[str]:
    """Return all names in a folder, unsorted; none when it isn't there or is no folder."""
    try:
        return os.listdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        return []


def check_version(queue: Path) -> None:
    """Raise TidendeError when a directory is no queue, StoreError as `is_laid_out`."""
    if not is_laid_out(queue):
        raise TidendeError(
            f"{queue}: no queue yet: nothing was ever taken in; --data names another place"
        )


def is_laid_out(queue: Path) -> bool:
    """Say whether a queue stands in a directory; raises StoreError for a protocol we don't know."""
    file = queue / "VERSION"
    try:
        found = file.read_text(encoding="utf-8", errors="replace").strip()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise StoreError(f"{file}: can't be read: {error.strerror}") from error
    if found != VERSION:
        raise StoreError(
            f"{file}: version {found[:20]!r}, made by another version of Tidende; "
            f"this one knows {VERSION}"
        )
    return True
