"""Events that were handed back, and their way on: into ready again, or into dead.

Once a file is in returned/, only the holder of the data directory touches it: what is decided of it
in the ledger can be carried out at leisure, also after a crash.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from tidende.durable import explained, sync, write_durably
from tidende.emit.shards import Shards
from tidende.emit.strangers import Strangers, is_event_file, look
from tidende.queue.layout import REASON, EventName, event_names, file_names, parse_name

REASON_BYTES = 65_536
MESSAGE_LENGTH = 500
ABANDONED_SECONDS = 86_400.0
"""So old is a reason that no event will follow: its consumer lost the event, or died."""
UNSAID = "handed back without a reason"


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """An event in returned/; `ctime_ns` tells one return of an event from the next."""

    name: EventName
    ctime_ns: int
    consumer: str | None
    message: str


class Returns:
    """The folders returned/ and dead/ of one queue."""

    def __init__(
        self, queue: Path, *, shards: Shards, strangers: Strangers, wall: Callable[[], float]
    ) -> None:
        self._returned = queue / "returned"
        self._dead = queue / "dead"
        self._shards = shards
        self._strangers = strangers
        self._wall = wall

    def find(self) -> Iterator[EventName]:
        """Yield the names of what was handed back, in order of sequence; raises as `restore`."""
        with explained(self._returned):
            files = file_names(self._returned)
        for file in sorted(files):
            name = parse_name(file)
            if name is not None:
                yield name
            elif parse_name(file.removesuffix(REASON)) is None:
                self._strangers.note(self._returned / file)

    def read(self, name: EventName) -> Returned | None:
        """Return what was handed back, with what its consumer said; None when it isn't there."""
        status = look(self._returned / name.file)
        if status is None:
            return None
        if not is_event_file(status):
            self._strangers.note(self._returned / name.file)
            return None
        consumer, message = _said(self._returned / name.reason)
        return Returned(name=name, ctime_ns=status.st_ctime_ns, consumer=consumer, message=message)

    def restore(self, name: EventName) -> bool:
        """Move a returned event into ready; say whether it went.

        Raises TransientError when the disk doesn't take it now, StoreError when it never will.
        """
        return self._receive(self._returned, name)

    def bury(self, name: EventName, why: Mapping[str, Any]) -> bool:
        """Move a returned event into dead, beside a file that says why; as `restore`."""
        source, target = self._returned / name.file, self._dead / name.file
        if target.exists():
            self._strangers.note(source)
            return False
        with explained(self._dead):
            # First the reason, durably: what stands in dead can always be explained.
            write_durably(self._dead / name.reason, orjson.dumps(why, option=_READABLE))
            self._drop_reason(self._returned, name)
            try:
                os.rename(source, target)
            except FileNotFoundError:  # forgotten meanwhile
                self._drop_reason(self._dead, name)
                return False
            sync(self._dead)
        return True

    def revive(self, name: EventName) -> bool:
        """Move a dead event into ready; as `restore`."""
        return self._receive(self._dead, name)

    def make_durable(self, names: list[EventName]) -> None:
        """Sync the moves into ready to the disk; raises as `restore`."""
        with explained(self._returned):
            self._shards.make_durable(name.shard for name in names)

    def path(self, name: EventName) -> Path:
        """Return where a returned event's file stands."""
        return self._returned / name.file

    def dead(self) -> list[EventName]:
        """Return the dead events, in order of sequence."""
        return list(event_names(self._dead))

    def tidy(self) -> None:
        """Remove reasons, and drafts of them, that no event has followed."""
        for file in file_names(self._returned):
            event = file.removeprefix(".").partition(REASON)[0]
            path = self._returned / file
            if REASON not in file or (self._returned / event).exists():
                continue
            with suppress(OSError):
                if self._wall() - path.lstat().st_mtime >= ABANDONED_SECONDS:
                    path.unlink()

    def _receive(self, folder: Path, name: EventName) -> bool:
        source, target = folder / name.file, self._returned.parent / "ready" / name.shard
        if (target / name.file).exists():
            self._strangers.note(source)  # a copy: only we put into ready, so this can be relied on
            return False
        with explained(source):
            if folder == self._returned:
                # Before it is out: should it come back, its next reason has this name.
                self._drop_reason(folder, name)
            try:
                self._shards.receive(source, name.shard)
            except FileNotFoundError:
                if source.exists():
                    raise
                return False  # forgotten meanwhile
            if folder == self._dead:
                self._drop_reason(folder, name)
        return True

    def _drop_reason(self, folder: Path, name: EventName) -> None:
        with suppress(OSError):  # it was never there, or is no file: the event goes on all the same
            (folder / name.reason).unlink()


_READABLE = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE


def _said(file: Path) -> tuple[str | None, str]:
    """Return who handed an event back and why, as far as the file beside it can be read."""
    try:
        # Not to be held up by a pipe, nor led elsewhere by a link.
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        descriptor = os.open(file, flags)
    except FileNotFoundError:
        return None, UNSAID
    except OSError as error:
        return None, f"{file.name} can't be read: {error.strerror}"
    try:
        found = orjson.loads(os.read(descriptor, REASON_BYTES))
    except (OSError, orjson.JSONDecodeError) as error:
        return None, f"{file.name} can't be read: {error}"
    finally:
        os.close(descriptor)
    said = found if isinstance(found, dict) else {}
    consumer, message = said.get("consumer"), said.get("message")
    one_line = " ".join(message.split()) if isinstance(message, str) else ""
    return (
        consumer[:MESSAGE_LENGTH] if isinstance(consumer, str) else None,
        one_line[:MESSAGE_LENGTH] or UNSAID,
    )
