"""The ledger's events: each kept once, compressed; unpublished ones are the outbox.

A body is Zstandard with a checksum, so that a flipped bit is noticed when it is read; it is empty
once the event's retention has ended or its article was taken down.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import zstandard
from sqlalchemy import ColumnElement, Connection, Select, func, insert, select, update

from tidende.model.event import ARTICLE_EVENTS, Event
from tidende.store.among import among, these
from tidende.store.soundness import damaged
from tidende.store.tables import events

_LEVEL = 3

# What every batch asks and writes, is built once.
_LAST = select(func.max(events.c.sequence))
_INSERT = insert(events)
_MARK_PUBLISHED = update(events).where(among(events.c.sequence)).values(published=True)


def last_sequence(connection: Connection) -> int:
    """Return the highest sequence ever given, 0 when there was none."""
    return connection.execute(_LAST).scalar() or 0


def last_article_sequence(connection: Connection, by: datetime) -> int:
    """Return the highest sequence of an article's event recorded by a moment, 0 if none."""
    query = (
        select(events.c.sequence)
        .where(events.c.type.startswith(ARTICLE_EVENTS), events.c.recorded <= by.timestamp())
        .where(has_body())
        .order_by(events.c.sequence.desc())
        .limit(1)
    )
    return connection.execute(query).scalar() or 0


def add(connection: Connection, new: Sequence[Event], recorded: datetime) -> None:
    """Record events, not yet published."""
    if not new:
        return
    pack = packer()
    connection.execute(
        _INSERT,
        [
            {
                "sequence": event.sequence,
                "id": event.id,
                "type": event.type,
                "subject": event.subject,
                "recorded": recorded.timestamp(),
                "body": pack(event.body),
                "published": False,
            }
            for event in new
        ],
    )


def unpublished(connection: Connection) -> list[Event]:
    """Return the outbox: what is recorded and not yet known to be published, in order."""
    query = select(events).where(events.c.published.is_(False)).order_by(events.c.sequence)
    return read_events(connection, query)


def mark_published(connection: Connection, sequences: Iterable[int]) -> None:
    """Take these events out of the outbox."""
    connection.execute(_MARK_PUBLISHED, these(sequences))


def articles_between(
    connection: Connection, after: int, through: int
) -> Iterator[tuple[int, bytes]]:
    """Yield sequence and JSON of the article events with after < sequence <= through, in order.

    Those whose body was emptied are left out.
    """
    query = (
        select(events.c.sequence, events.c.body)
        .where(events.c.sequence > after, events.c.sequence <= through)
        .where(events.c.type.startswith(ARTICLE_EVENTS), has_body())
        .order_by(events.c.sequence)
    )
    for sequence, body in connection.execute(query.execution_options(yield_per=500)):
        yield sequence, unpack(connection, sequence, body)


def by_sequences(connection: Connection, sequences: Iterable[int]) -> list[Event]:
    """Return the events with these sequences whose body is there, in order."""
    return _events(connection, connection.execute(_BY_SEQUENCES, these(sequences)))


def first_article_after(connection: Connection, after: int) -> datetime | None:
    """Return when the first article event after a sequence whose body is there was recorded."""
    query = (
        select(events.c.recorded)
        .where(events.c.sequence > after, events.c.type.startswith(ARTICLE_EVENTS), has_body())
        .order_by(events.c.sequence)
        .limit(1)
    )
    recorded = connection.execute(query).scalar()
    return None if recorded is None else datetime.fromtimestamp(recorded, tz=UTC)


def count_articles(connection: Connection, after: int, through: int) -> int:
    """Return how many article events `articles_between` yields."""
    query = (
        select(func.count())
        .select_from(events)
        .where(events.c.sequence > after, events.c.sequence <= through)
        .where(events.c.type.startswith(ARTICLE_EVENTS), has_body())
    )
    return connection.execute(query).scalar_one()


def unpublished_subjects(connection: Connection, kind: str) -> set[str]:
    """Return the subjects of the outbox's events whose type begins so."""
    query = select(events.c.subject).where(
        events.c.published.is_(False), events.c.type.startswith(kind)
    )
    return {subject for subject in connection.scalars(query) if subject is not None}


def has_body() -> ColumnElement[bool]:
    """Return the condition that a body wasn't emptied; SQLite needn't read it for that."""
    return func.length(events.c.body) > 0


def packer() -> Callable[[bytes], bytes]:
    """Return a function that makes bodies as they are stored."""
    return zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True).compress


def unpack(connection: Connection, sequence: int, body: bytes) -> bytes:
    """Return an event's JSON, empty for an emptied body.

    Raises StoreError naming the ledger and the event when the body is damaged.
    """
    if not body:
        return b""
    try:
        return zstandard.ZstdDecompressor().decompress(body)
    except zstandard.ZstdError as error:
        what = f"the body of event {sequence}: {error}"
        raise damaged(connection.engine.url.database, what) from error


def read_events(connection: Connection, query: Select[Any]) -> list[Event]:
    """Return the events that a query for whole rows finds; an emptied one has no body."""
    return _events(connection, connection.execute(query))


def _events(connection: Connection, rows: Iterable[Any]) -> list[Event]:
    return [
        Event(
            sequence=row.sequence,
            id=row.id,
            type=row.type,
            subject=row.subject,
            body=unpack(connection, row.sequence, row.body),
        )
        for row in rows
    ]


_BY_SEQUENCES = (
    select(events).where(among(events.c.sequence), has_body()).order_by(events.c.sequence)
)
