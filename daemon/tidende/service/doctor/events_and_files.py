"""Compares the queue with what the ledger says of it, and looks at every event's body.

A daemon and consumers may be at work meanwhile: what seems amiss is looked at again before it is
told.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select

from tidende.durable import raise_unless_gone
from tidende.emit.queue_files import QueueFile, event_files, find_event, strange_files
from tidende.errors import StoreError
from tidende.model.event import format_sequence
from tidende.service.doctor.findings import Finding, listed
from tidende.service.layout import DataDirectory
from tidende.service.progress import Progress
from tidende.store.among import among, these
from tidende.store.events import unpack
from tidende.store.ledger import Ledger
from tidende.store.tables import events

BATCH = 500


@dataclass(slots=True)
class Amiss:
    """What doesn't fit, as names of events' files or as paths."""

    damaged: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    unpublished: int = 0
    looked_at: int = 0

    def findings(self) -> list[Finding]:
        """Return it all as findings."""
        found = [
            *listed("events", "events' bodies are damaged", self.damaged),
            *listed("queue", "published events have no file in the queue", self.missing),
            *listed("queue", "events have more than one file", self.doubled),
            *listed("queue", "files differ from what the ledger has", self.differing),
            *listed("queue", "files are of events that the ledger doesn't know", self.unknown),
        ]
        if not found:
            message = f"{self.looked_at} events are whole, and each has the file that it should"
            found.append(Finding(severity="ok", about="events", message=message))
        if self.unpublished:
            message = f"{self.unpublished} events are recorded and wait to be published"
            found.append(Finding(severity="note", about="events", message=message))
        return found


def check_events(ledger: Ledger, data: DataDirectory, progress: Progress) -> Amiss:
    """Compare every event with its file; reads all of both.

    Raises OSError for a folder that can't be listed: what is in it isn't missing.
    """
    amiss = Amiss()
    files: dict[str, list[QueueFile]] = {}
    with ledger.read() as connection:
        # First the ledger, then the files, then each event: what is published later has no row yet.
        total = connection.execute(select(func.count()).select_from(events)).scalar_one()
        last = connection.execute(select(func.max(events.c.sequence))).scalar() or 0
    for file in event_files(data.queue, hear=raise_unless_gone):
        files.setdefault(file.path.name, []).append(file)
    for rows in _pages(ledger, last):
        for name, published, pruned, body in rows:
            _look_at(amiss, data, name, files.pop(name, []), published, pruned, body)
        amiss.looked_at += len(rows)
        progress(len(rows), total)
    amiss.unknown += _unknown(ledger, [file for found in files.values() for file in found])
    amiss.missing = _still_missing(ledger, data, amiss.missing)
    return amiss


def check_strangers(ledger: Ledger, data: DataDirectory, *, held: bool) -> list[Finding]:
    """Return what is said of files that belong to no event; `held` by somebody, tmp is in use."""
    found = listed(
        "queue", "files have no event's name", [str(p) for p in strange_files(data.queue)], "note"
    )
    if not held:
        staged = _unknown(ledger, list(event_files(data.queue, ("tmp",))))
        found += listed("queue", "files in tmp that the next start clears away", staged, "note")
    return found


def _pages(ledger: Ledger, last: int) -> Iterator[list[tuple[str, bool, bool, bytes | StoreError]]]:
    after = 0
    while True:
        query = select(events).where(events.c.sequence > after, events.c.sequence <= last)
        page: list[tuple[str, bool, bool, bytes | StoreError]] = []
        with ledger.read() as connection:
            for row in connection.execute(query.order_by(events.c.sequence).limit(BATCH)):
                after = row.sequence
                body: bytes | StoreError
                try:
                    body = unpack(connection, row.sequence, row.body)
                except StoreError as error:
                    body = error
                name = f"{format_sequence(row.sequence)}-{row.id}.json"
                page.append((name, row.published, row.pruned is not None, body))
        if not page:
            return
        yield page


def _look_at(  # noqa: PLR0913, PLR0917
    amiss: Amiss,
    data: DataDirectory,
    name: str,
    files: list[QueueFile],
    published: bool,  # noqa: FBT001
    pruned: bool,  # noqa: FBT001
    body: bytes | StoreError,
) -> None:
    if isinstance(body, StoreError):
        amiss.damaged.append(name)
    # One that isn't in tmp is out; the ledger notes it with its next commit.
    amiss.unpublished += not published and (data.queue / "tmp" / name).exists()
    if published and not files and not pruned:
        amiss.missing.append(name)
    if len(files) > 1 and len(find_event(data.queue, name)) > 1:
        amiss.doubled.append(name)
    if body and isinstance(body, bytes):
        amiss.differing += [str(file.path) for file in files if _differs(file.path, body)]


def _differs(path: Path, body: bytes) -> bool:
    try:
        return path.read_bytes() != body
    except FileNotFoundError:
        return False  # it was moved on meanwhile


def _unknown(ledger: Ledger, files: list[QueueFile]) -> list[str]:
    """Return those of the files whose event isn't in the ledger now."""
    query = select(events.c.id).where(among(events.c.id))
    with ledger.read() as connection:
        known = set(connection.scalars(query, these(file.id for file in files)))
    return [str(file.path) for file in files if file.id not in known and file.path.exists()]


def _still_missing(ledger: Ledger, data: DataDirectory, names: list[str]) -> list[str]:
    """Look again for files that were being moved, or pruned, while we walked."""
    if not names:
        return []
    there = {file.path.name for file in event_files(data.queue, hear=raise_unless_gone)}
    query = select(events.c.id).where(among(events.c.id), events.c.pruned.is_(None))
    with ledger.read() as connection:
        ids = these(name.partition("-")[2][:-5] for name in names)
        kept = set(connection.scalars(query, ids))
    return [
        name
        for name in names
        if name not in there
        and name.partition("-")[2][:-5] in kept
        and not find_event(data.queue, name)
    ]
