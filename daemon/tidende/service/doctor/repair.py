"""The whole repair: holds the data directory, and says line by line what it does.

A damaged ledger is read into a new one, which is mended before it takes the damaged one's place;
the damaged one is kept. A crash in between leaves either the old ledger, or the mended one beside
it, with which the next repair goes on; nothing starts on what is neither.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from sqlalchemy import select

from tidende.durable import explained, make_folder, sync
from tidende.emit import lock
from tidende.emit.queue_directory import QueueDirectory, Sync
from tidende.emit.queue_files import PUBLISHED, QueueFile, event_files
from tidende.errors import TidendeError
from tidende.intake.inbox import Inbox
from tidende.intake.quarantine import REASON, Quarantine
from tidende.queue.layout import is_laid_out
from tidende.service.doctor.adoption import Adoption
from tidende.service.doctor.events_and_files import check_events
from tidende.service.doctor.ledger_file import check_ledger
from tidende.service.doctor.mending import Mending
from tidende.service.doctor.salvage import salvage
from tidende.service.doctor.surroundings import expect_something
from tidende.service.layout import DataDirectory
from tidende.store.events import read_events
from tidende.store.ledger import Ledger
from tidende.store.tables import events

Tell: TypeAlias = Callable[[str], None]
"""Takes a line that says what was done."""


class Repair:
    """Mends one data directory."""

    def __init__(
        self, data: DataDirectory, inboxes: Sequence[Inbox], *, now: datetime, tell: Tell
    ) -> None:
        self._data = data
        self._inboxes = {inbox.name: inbox for inbox in inboxes}
        self._now = now
        self._tell = tell

    def run(self, *, sync: Sync, restore_missing: bool) -> None:
        """Mend what can be mended; raises HeldError when a daemon runs."""
        expect_something(self._data)
        is_laid_out(self._data.queue)  # raises for one whose folders may mean something else
        with lock.hold(self._data.queue), explained(self._data.root), _readable_errors(self._data):
            if self._data.salvaged.exists():
                self._tell("a repair that was interrupted is finished")
                self._put_in_place()
            elif check_ledger(self._data).is_damaged:
                self._salvage()
                self._put_in_place()
            else:
                self._mend(self._data.ledger, staged=False)
            if restore_missing:
                self._restore_missing(sync)

    def _salvage(self) -> None:
        """Read the damaged ledger into a new one, mend that, and leave it beside the damaged."""
        draft = self._data.root / f"{self._data.salvaged.name}.tmp"
        for ending in ("", "-wal", "-shm"):
            draft.with_name(draft.name + ending).unlink(missing_ok=True)
        found = salvage(self._data.ledger, draft)
        for table, count in found.rows.items():
            lost = found.lost.get(table, [])
            gaps = ", ".join(f"{low}-{high}" if high > low else str(low) for low, high in lost)
            self._tell(
                f"{table}: {count} entries read" + (f"; not readable: {gaps}" if gaps else "")
            )
        self._mend(draft, staged=True)
        sync(draft)
        draft.replace(self._data.salvaged)
        sync(self._data.root)

    def _put_in_place(self) -> None:
        """Keep the damaged ledger under another name, and let the mended one have its place."""
        ledger = self._data.ledger
        kept = f"{ledger.name}.damaged-{self._now:%Y%m%dT%H%M%SZ}"
        for ending in ("", "-wal"):
            old = ledger.with_name(ledger.name + ending)
            with suppress(FileNotFoundError, FileExistsError):
                os.link(old, ledger.with_name(kept + ending))
        sync(self._data.root)
        # Its -wal goes first: SQLite would play it into the new file.
        for ending in ("-wal", "-shm"):
            ledger.with_name(ledger.name + ending).unlink(missing_ok=True)
        sync(self._data.root)
        self._data.salvaged.replace(ledger)
        sync(self._data.root)
        if ledger.with_name(kept).exists():
            self._tell(f"the damaged ledger is kept as {ledger.with_name(kept)}")
        self._tell(f"{ledger} is a new one")

    def _mend(self, file: Path, *, staged: bool) -> None:
        """Mend the ledger in a file; `staged` takes back what is in tmp too."""
        places = (*PUBLISHED, "tmp") if staged else PUBLISHED
        files = sorted(event_files(self._data.queue, places), key=lambda each: each.sequence)
        ledger = Ledger.create_or_open(file)
        try:
            with ledger.write() as connection:
                # Orphans are put right before the end: until then they are allowed.
                connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
                Mending(
                    connection=connection,
                    adoption=Adoption(connection, self._locate, self._reason_exists),
                    files=tuple(files),
                    moment=self._now.timestamp(),
                    salvaged=staged,
                    tell=self._tell,
                    set_aside=self._set_aside,
                ).mend()
            if staged:
                ledger.checkpoint()
        finally:
            ledger.close()

    def _restore_missing(self, sync: Sync) -> None:
        """Publish again what should be in the queue and isn't."""
        queue = QueueDirectory(self._data.queue, sync=sync)
        ledger = Ledger.create_or_open(self._data.ledger)
        try:
            names = check_events(ledger, self._data, lambda _more, _total: None).missing
            for name in names:
                query = select(events).where(events.c.sequence == int(name.partition("-")[0]))
                with ledger.read() as connection:
                    found = [event for event in read_events(connection, query) if event.body]
                queue.stage(found)
                queue.publish(found)
                self._tell(f"{name}: is in ready again" if found else f"{name}: its text is gone")
        finally:
            ledger.close()

    def _set_aside(self, file: QueueFile) -> None:
        """Move a file out of the queue, to a folder that is laid out as the queue is."""
        folder = self._data.root / f"{self._data.queue.name}.strange-{self._now:%Y%m%dT%H%M%SZ}"
        target = folder / file.path.relative_to(self._data.queue)
        make_folder(target.parent)
        with suppress(FileNotFoundError):  # somebody moved it
            file.path.rename(target)
            self._tell(f"{file.path} is kept as {target}")
            sync(target.parent)
            sync(file.path.parent)

    def _locate(self, inbox: str, path: str) -> Path | None:
        return self._inboxes[inbox].file(path) if inbox in self._inboxes else None

    def _reason_exists(self, key: str, name: str) -> bool:
        place = Quarantine(self._data.quarantine).place(key, name)
        return place.with_name(place.name + REASON).is_file()


@contextmanager
def _readable_errors(data: DataDirectory) -> Iterator[None]:
    """Say in words what keeps SQLite from writing the new ledger: a full disk, say."""
    try:
        yield
    except sqlite3.Error as error:
        raise TidendeError(f"{data.salvaged}: can't be written: {error}") from error
