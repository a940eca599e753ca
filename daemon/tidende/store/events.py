"""The ledger's events: each kept once, compressed; unpublished ones are the outbox."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import zstandard
from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from tidende.model.event import Event
from tidende.store.tables import events

_LEVEL = 3
_ARTICLE = "tidende.article."


def last_sequence(connection: Connection) -> int:
    """Return the highest sequence ever given, 0 when there was none."""
    return connection.execute(select(func.max(events.c.sequence))).scalar() or 0


def last_article_sequence(connection: Connection, by: datetime) -> int:
    """Return the highest sequence of an article's event recorded by a moment, 0 if none."""
    query = (
        select(events.c.sequence)
        .where(events.c.type.startswith(_ARTICLE), events.c.recorded <= by.timestamp())
        .order_by(events.c.sequence.desc())
        .limit(1)
    )
    return connection.execute(query).scalar() or 0


def add(connection: Connection, new: Sequence[Event], recorded: datetime) -> None:
    """Record events, not yet published."""
    if not new:
        return
    compressor = zstandard.ZstdCompressor(level=_LEVEL)
    connection.execute(
        insert(events),
        [
            {
                "sequence": event.sequence,
                "id": event.id,
                "type": event.type,
                "subject": event.subject,
                "recorded": recorded.timestamp(),
                "body": compressor.compress(event.body),
                "published": False,
            }
            for event in new
        ],
    )


def unpublished(connection: Connection) -> list[Event]:
    """Return the outbox: what is recorded and not yet known to be published, in order."""
    query = select(events).where(events.c.published.is_(False)).order_by(events.c.sequence)
    return [_event(row) for row in connection.execute(query)]


def mark_published(connection: Connection, sequences: Iterable[int]) -> None:
    """Take these events out of the outbox."""
    rows = [{"number": sequence} for sequence in sequences]
    if rows:
        statement = update(events).where(events.c.sequence == bindparam("number"))
        connection.execute(statement.values(published=True), rows)


def articles_between(connection: Connection, after: int, through: int) -> Iterator[bytes]:
    """Yield the JSON of the article events with after < sequence <= through, in order."""
    query = (
        select(events.c.body)
        .where(events.c.sequence > after, events.c.sequence <= through)
        .where(events.c.type.startswith(_ARTICLE))
        .order_by(events.c.sequence)
    )
    decompressor = zstandard.ZstdDecompressor()
    for (body,) in connection.execute(query.execution_options(yield_per=500)):
        yield decompressor.decompress(body)


def _event(row: Row[Any]) -> Event:
    return Event(
        sequence=row.sequence,
        id=row.id,
        type=row.type,
        subject=row.subject,
        body=zstandard.ZstdDecompressor().decompress(row.body),
    )
