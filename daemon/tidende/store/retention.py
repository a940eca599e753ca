"""What the ledger lets go of when its time has come."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select, update

from tidende.store.among import among, these
from tidende.store.events import has_body
from tidende.store.tables import events, rejections


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """An open refusal that is old: its number, its seed's, and its key in quarantine."""

    id: int
    seed: int
    key: str


def mark_pruned(connection: Connection, sequences: Sequence[int], moment: float) -> None:
    """Note that these events' files may be gone from the queue; moment in seconds since 1970."""
    connection.execute(
        update(events)
        .where(among(events.c.sequence))
        .values(pruned=func.coalesce(events.c.pruned, moment)),
        these(sequences),
    )


def mark_all_pruned(connection: Connection, moment: float) -> int:
    """Note that any event's file may be gone from the queue; return of how many that is news."""
    statement = update(events).where(events.c.pruned.is_(None)).values(pruned=moment)
    return connection.execute(statement).rowcount


def texts_before(
    connection: Connection, moment: float, *, after: int, through: int | None, limit: int
) -> list[tuple[int, bool]]:
    """Return the next published events recorded before a moment: sequence, and if there's a body.

    They come in order, from the sequence `after` on and up to `through`; where one isn't old
    enough, none that follows is looked at.
    """
    query = select(
        events.c.sequence, events.c.recorded, events.c.published, has_body().label("body")
    ).where(events.c.sequence > after)
    if through is not None:
        query = query.where(events.c.sequence <= through)
    found = []
    for row in connection.execute(query.order_by(events.c.sequence).limit(limit)):
        if row.recorded >= moment or not row.published:
            break
        found.append((row.sequence, bool(row.body)))
    return found


def empty(connection: Connection, sequences: Sequence[int]) -> None:
    """Empty these events' bodies."""
    statement = update(events).where(among(events.c.sequence)).values(body=b"")
    connection.execute(statement, these(sequences))


def refusals_before(
    connection: Connection, moment: float, *, after: int, limit: int
) -> list[Refusal]:
    """Return the next open refusals from before a moment, from the number `after` on."""
    query = (
        select(rejections.c.id, rejections.c.seed, rejections.c.key)
        .where(rejections.c.settled.is_(False), rejections.c.rejected < moment)
        .where(rejections.c.id > after)
        .order_by(rejections.c.id)
        .limit(limit)
    )
    return [Refusal(**row._asdict()) for row in connection.execute(query)]
