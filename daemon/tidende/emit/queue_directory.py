"""The queue directory: events as files that consumers take with `mv`.

An event is written to `tmp/` and made durable inside the ledger's transaction (`stage`), and
renamed into `ready/<shard>/` after its commit (`publish`). After a crash `recover` finishes what
the ledger says was begun. The protocol is in docs/queue.md.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Literal, TypeAlias

from tidende.durable import (
    explained,
    fsync,
    make_folder,
    raise_unless_gone,
    sync,
    sync_file_system,
    write_durably,
)
from tidende.emit.queue_files import event_files
from tidende.emit.shards import Shards
from tidende.model.event import Event
from tidende.queue.layout import DIRECTORIES, VERSION, is_laid_out

Sync: TypeAlias = Literal["batch", "file", "none"]

FEW = 3
"""Up to so many files an fsync each is cheaper than a syncfs, which flushes others' pages too."""


class QueueDirectory:
    """The queue below one directory; only the holder of the data directory makes one."""

    def __init__(self, path: Path, *, sync: Sync = "batch") -> None:
        self.path = path
        self._sync = sync
        self._tmp = path / "tmp"
        self._ready = path / "ready"
        _lay_out(path)
        self.shards = Shards(path, durable=sync != "none")

    def stage(self, events: Sequence[Event]) -> None:
        """Write the events' files to tmp and make them durable; the ledger hasn't committed yet.

        Raises TransientError or StoreError when the disk doesn't take them: the transaction must
        be undone.
        """
        with explained(self._tmp):
            for event in events:
                self._write(self._tmp / event.file_name, event.body)
            self._make_durable(self._tmp, events)

    def discard(self, events: Sequence[Event]) -> None:
        """Remove what `stage` wrote of events that were not recorded, as far as it can be."""
        for event in events:
            with suppress(OSError):
                (self._tmp / event.file_name).unlink()

    def publish(self, events: Sequence[Event]) -> None:
        """Rename committed events into ready; consumers see them from here on.

        May be called again with the same events after a TransientError: those that aren't in tmp
        any more are out. Raises StoreError when nothing can be done but start anew.
        """
        with explained(self._ready):
            for event in events:
                self._publish_one(event)
            self.shards.make_durable(event.shard for event in events)

    def recover(self, outbox: Sequence[Event], withheld: Sequence[Event] = ()) -> list[Event]:
        """Finish what a crash interrupted, and return the events that were published now.

        `outbox` is what the ledger recorded and doesn't know to be published. A file in tmp that
        isn't in it was never committed and goes; an event of it without a file in tmp is out.
        The files of the events `withheld` stay in tmp.
        """
        staged = set(os.listdir(self._tmp))
        pending = [event for event in outbox if event.file_name in staged]
        for name in staged - {event.file_name for event in (*pending, *withheld)}:
            with suppress(IsADirectoryError):  # nothing of ours: the doctor tells of it
                (self._tmp / name).unlink()
        self.publish(pending)
        # Those that were renamed before: the rename itself may not be on the disk yet.
        self.shards.make_durable(event.shard for event in outbox)
        return pending

    def _publish_one(self, event: Event) -> None:
        staged = self._tmp / event.file_name
        try:
            self.shards.receive(staged, event.shard)
        except FileNotFoundError:
            if staged.exists():  # its shard was taken away by hand
                self.shards.receive(staged, event.shard)

    def _write(self, file: Path, body: bytes) -> None:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o644)
        try:
            view = memoryview(body)
            while view:
                view = view[os.write(descriptor, view) :]
            if self._sync == "file":
                fsync(descriptor, file)
        finally:
            os.close(descriptor)

    def _make_durable(self, directory: Path, events: Sequence[Event]) -> None:
        if self._sync == "none":
            return
        if self._sync == "batch" and len(events) > FEW:
            sync_file_system(directory)
            return
        if self._sync == "batch":
            for event in events:
                sync(directory / event.file_name)
        sync(directory)


def ready_files(queue: Path) -> Iterator[Path]:
    """Yield the files that are ready, in order of sequence; one may be taken meanwhile.

    Raises OSError for a directory that can't be listed: it isn't empty.
    """
    return (file.path for file in event_files(queue, ("ready",), hear=raise_unless_gone))


def _lay_out(path: Path) -> None:
    make_folder(path)
    known = is_laid_out(path)
    for name in DIRECTORIES:
        (path / name).mkdir(exist_ok=True)
    if not known:
        write_durably(path / "VERSION", f"{VERSION}\n".encode())
    sync(path)
