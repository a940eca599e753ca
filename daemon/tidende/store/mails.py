"""The outbox of e-mail: which edition goes to whom, and how that stands.

A mail is recorded in its edition's transaction and stays until it is known to have been taken by
the server, so it is sent at least once; its Message-ID says which of two is the same.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from tidende.store.tables import mails


@dataclass(frozen=True, slots=True, kw_only=True)
class MailRow:
    """One edition for one recipient; times in seconds since 1970.

    `due` is when it is tried next, None once it is `sent`, or given up.
    """

    digest: str
    window_end: float
    version: int
    recipient: str
    message_id: str
    recorded: float
    attempts: int = 0
    due: float | None
    sent: float | None = None
    trouble: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MailCounts:
    """How many mails were sent, wait, and were given up; `trouble` is why one of them waits."""

    sent: int
    waiting: int
    given_up: int
    trouble: str | None


def add(connection: Connection, new: Sequence[MailRow]) -> None:
    """Record mails."""
    if new:
        connection.execute(insert(mails), [asdict(row) for row in new])


def due(connection: Connection, now: float, *, limit: int) -> list[MailRow]:
    """Return what is to be sent now, in the order in which it was recorded."""
    query = select(mails).where(mails.c.due <= now).order_by(mails.c.id).limit(limit)
    return [_row(found) for found in connection.execute(query)]


def of_edition(
    connection: Connection, digest: str, window_end: float, version: int
) -> list[MailRow]:
    """Return an edition's mails."""
    query = select(mails).where(
        mails.c.digest == digest, mails.c.window_end == window_end, mails.c.version == version
    )
    return [_row(found) for found in connection.execute(query.order_by(mails.c.id))]


def note(connection: Connection, row: MailRow) -> None:
    """Record how a mail stands now."""
    values = {name: getattr(row, name) for name in ("attempts", "due", "sent", "trouble")}
    connection.execute(update(mails).where(mails.c.message_id == row.message_id).values(values))


def in_trouble(connection: Connection) -> tuple[int, str] | None:
    """Return how many mails wait after a failure, and why the first of them does; None if none."""
    query = (
        select(mails.c.trouble)
        .where(mails.c.due.is_not(None), mails.c.trouble.is_not(None))
        .order_by(mails.c.id)
    )
    troubles = connection.scalars(query).all()
    return (len(troubles), str(troubles[0])) if troubles else None


def count(connection: Connection) -> MailCounts:
    """Return how the mails stand."""
    sent, waiting, every = connection.execute(
        select(func.count(mails.c.sent), func.count(mails.c.due), func.count(mails.c.id))
    ).one()
    trouble = in_trouble(connection)
    return MailCounts(
        sent=sent,
        waiting=waiting,
        given_up=every - sent - waiting,
        trouble=trouble[1] if trouble else None,
    )


def _row(found: Any) -> MailRow:
    values = found._asdict()
    del values["id"]
    return MailRow(**values)
