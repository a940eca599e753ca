"""The ledger's deliveries: how often each event was handed back or lost by a consumer, and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from tidende.store.among import among, these
from tidende.store.tables import deliveries, events

KEPT = 50
"""So many failures' messages are kept of an event, the last ones."""
_MOVED_ON = 0
"""In place of a ctime: the failure was counted, and the file has moved on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One delivery that failed; `ctime_ns` is its file's, `message` one line."""

    sequence: int
    id: str
    ctime_ns: int
    consumer: str | None
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """How it stands with an event: `messages` are its failures' last words, the last one last."""

    attempts: int
    failed: float
    consumer: str | None
    messages: tuple[str, ...]
    dead: bool
    is_counted_now: bool
    """Whether its last failure was counted by this call, and not before a crash."""


def count(
    connection: Connection, failures: Sequence[Failure], *, now: datetime, max_attempts: int
) -> dict[str, Delivery]:
    """Count failures that haven't been counted; return how it stands, by the events' ids.

    What fails for the `max_attempts`th time is dead. An event that the ledger doesn't know is
    left out.
    """
    before = _find(connection, failures)
    found: dict[str, Delivery] = {}
    new: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for failure in failures:
        if (row := before.get((failure.sequence, failure.id))) is None:
            continue
        fresh = row.ctime_ns != failure.ctime_ns
        values = _counted(row, failure, now, max_attempts) if fresh else row._asdict()
        if fresh:
            (new if row.attempts is None else changed).append(values)
        found[failure.id] = _delivery(values, fresh=fresh)
    if new:
        connection.execute(insert(deliveries), [_renamed(values) for values in new])
    if changed:
        statement = update(deliveries).where(deliveries.c.sequence == bindparam("number"))
        connection.execute(statement, changed)
    return found


def settle(connection: Connection, sequences: Iterable[int]) -> None:
    """Note that these events' files have moved on: their next failure is another one.

    File systems tell times in ticks of some milliseconds: without this, a failure that follows at
    once could have the ctime of the one before.
    """
    statement = update(deliveries).where(among(deliveries.c.sequence)).values(ctime_ns=_MOVED_ON)
    connection.execute(statement, these(sequences))


def forget(connection: Connection, sequences: Iterable[int]) -> None:
    """Begin these events' attempts anew."""
    connection.execute(delete(deliveries).where(among(deliveries.c.sequence)), these(sequences))


def _find(connection: Connection, failures: Sequence[Failure]) -> dict[tuple[int, str], Any]:
    """Return the known events among these with what is known of their deliveries."""
    query = (
        select(events.c.sequence, events.c.id, *deliveries.c[*_COLUMNS])
        .outerjoin(deliveries, deliveries.c.sequence == events.c.sequence)
        .where(among(events.c.sequence))
    )
    rows = connection.execute(query, these(failure.sequence for failure in failures))
    return {(row.sequence, row.id): row for row in rows}


_COLUMNS = ("attempts", "failed", "consumer", "message", "ctime_ns", "dead")


def _counted(row: Any, failure: Failure, now: datetime, max_attempts: int) -> dict[str, Any]:
    attempts = (row.attempts or 0) + 1
    messages = [*(row.message.split("\n") if row.attempts else ()), failure.message]
    return {
        "number": failure.sequence,
        "attempts": attempts,
        "failed": now.timestamp(),
        "consumer": failure.consumer,
        "message": "\n".join(messages[-KEPT:]),
        "ctime_ns": failure.ctime_ns,
        "dead": attempts >= max_attempts,
    }


def _renamed(values: Mapping[str, Any]) -> dict[str, Any]:
    return {"sequence" if name == "number" else name: value for name, value in values.items()}


def _delivery(values: Mapping[str, Any], *, fresh: bool) -> Delivery:
    return Delivery(
        attempts=values["attempts"],
        failed=values["failed"],
        consumer=values["consumer"],
        messages=tuple(values["message"].split("\n")),
        dead=values["dead"],
        is_counted_now=fresh,
    )
