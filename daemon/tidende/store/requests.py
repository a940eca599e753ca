"""Requests: what a command asks of the process that holds the data directory.

A command writes its request into the ledger; the holder finds it there, acts, and writes its
answer beside it. So nothing is asked twice and nothing is lost with a process.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias

import orjson
from sqlalchemy import Connection, insert, select, update

from tidende.store.tables import requests

RequestKind: TypeAlias = Literal[
    "digest.run",
    "quarantine.retry",
    "queue.revive",
    "article.forget",
    "story.merge",
    "story.split",
    "story.move",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One thing asked; `answer` is None while it is open."""

    id: int
    kind: RequestKind
    argument: Mapping[str, Any]
    answer: Mapping[str, Any] | None


def ask(
    connection: Connection, kind: RequestKind, argument: Mapping[str, Any], asked: datetime
) -> int:
    """Write a request and return its id."""
    values = {"kind": kind, "argument": orjson.dumps(argument).decode()}
    result = connection.execute(insert(requests).values(asked=asked.timestamp(), **values))
    return int(result.inserted_primary_key[0])  # type: ignore[index]


def still_open(connection: Connection) -> list[Request]:
    """Return the open requests in the order they were asked."""
    query = select(requests).where(requests.c.answered.is_(None)).order_by(requests.c.id)
    return [_request(row) for row in connection.execute(query)]


def find(connection: Connection, request_id: int) -> Request:
    """Return one request."""
    return _request(connection.execute(select(requests).where(requests.c.id == request_id)).one())


def answer(
    connection: Connection, request_id: int, said: Mapping[str, Any], answered: datetime
) -> None:
    """Close a request with what came of it."""
    connection.execute(
        update(requests)
        .where(requests.c.id == request_id)
        .values(answered=answered.timestamp(), answer=orjson.dumps(said).decode())
    )


def _request(row: Any) -> Request:
    return Request(
        id=row.id,
        kind=row.kind,
        argument=orjson.loads(row.argument),
        answer=None if row.answer is None else orjson.loads(row.answer),
    )
