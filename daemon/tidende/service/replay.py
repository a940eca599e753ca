"""Publishes recorded events again, from the ledger, into a queue directory of its own.

It only reads the ledger, so it works beside a daemon. The new queue has the same layout and the
same file names, so consumers work on it unchanged.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import ColumnElement, func, or_, select

from tidende.durable import usable
from tidende.emit.queue_directory import QueueDirectory, Sync
from tidende.errors import ConfigError
from tidende.model.event import Event
from tidende.service.progress import Progress
from tidende.store.events import read_events
from tidende.store.ledger import Ledger
from tidende.store.tables import events

BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which events: since <= recorded < until; types as beginnings, all when there is none."""

    since: datetime
    until: datetime | None = None
    types: tuple[str, ...] = ()

    def condition(self) -> ColumnElement[bool]:
        """Return the same as the ledger is asked for it."""
        chosen = events.c.recorded >= self.since.timestamp()
        if self.until is not None:
            chosen &= events.c.recorded < self.until.timestamp()
        if self.types:
            chosen &= or_(*(events.c.type.startswith(_full(kind)) for kind in self.types))
        return chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """How many events were published again, and how many have no body any more."""

    published: int
    skipped: int


def replay(
    ledger: Ledger, selection: Selection, to: Path, *, sync: Sync, progress: Progress
) -> Replayed:
    """Publish the selected events in the queue directory `to`; durable when it returns.

    Raises ConfigError for a directory that can't be used or holds something already.
    """
    with usable(f"--to {to}"):
        if to.exists() and any(to.iterdir()):
            raise ConfigError(f"--to {to}: isn't empty; a replay needs a directory of its own")
        queue = QueueDirectory(to, sync=sync)
    with ledger.read() as connection:
        query = select(func.count()).select_from(events).where(selection.condition())
        total = connection.execute(query).scalar_one()
    published = skipped = after = 0
    while batch := _next(ledger, selection, after):
        full = [event for event in batch if event.body]
        queue.stage(full)
        queue.publish(full)
        published += len(full)
        skipped += len(batch) - len(full)
        after = batch[-1].sequence
        progress(len(batch), total)
    return Replayed(published=published, skipped=skipped)


def _next(ledger: Ledger, selection: Selection, after: int) -> Sequence[Event]:
    """Return the next batch; each in a transaction of its own, so that no writer is in its way."""
    query = (
        select(events)
        .where(selection.condition(), events.c.sequence > after)
        .order_by(events.c.sequence)
        .limit(BATCH)
    )
    with ledger.read() as connection:
        return read_events(connection, query)


def _full(kind: str) -> str:
    return kind if kind.startswith("tidende.") else f"tidende.{kind}"
