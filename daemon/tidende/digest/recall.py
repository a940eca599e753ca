"""Reads from the ledger what stories were before a window, so that nothing is told twice."""

from collections.abc import Collection, Iterator
from itertools import islice
from typing import Any

import orjson
from sqlalchemy import Connection

from tidende.digest.filters import Filter
from tidende.digest.telling import Telling, tell
from tidende.model.edition import Window
from tidende.store import events, stories

STORY_ARTICLES = 5
"""Of a story, so many articles are read: the newest, and no copies."""

_AT_ONCE = 20


def recall(
    connection: Connection, window: Window, wanted: Filter, ids: Collection[str]
) -> dict[str, list[Telling]]:
    """Return the articles of these stories that were wanted before the window, newest first."""
    known = {}
    for story in ids:
        before = _each_once(earlier(connection, window.after, wanted, story))
        known[story] = [tell(event) for event in islice(before, STORY_ARTICLES)]
    return known


def earlier(
    connection: Connection, after: int, wanted: Filter, story: str
) -> Iterator[dict[str, Any]]:
    """Yield the decoded events of a story's articles up to a sequence, the newest first.

    They are those that are wanted: a copy only where its original may not be. One whose text was
    forgotten is left out.
    """
    numbers = stories.sequences_until(connection, after, story, copies=not wanted.is_open)
    for begin in range(0, len(numbers), _AT_ONCE):
        some = events.by_sequences(connection, numbers[begin : begin + _AT_ONCE])
        for row in reversed(some):
            event = orjson.loads(row.body)
            if wanted.fits(event):
                yield event


def original(event: dict[str, Any]) -> str:
    """Return the subject of what an article's event repeats, its own if it is no copy."""
    dedup = event["data"]["dedup"]
    subject: str = dedup["of"] if dedup["verdict"] == "duplicate" else event["subject"]
    return subject


def _each_once(found: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield one of an article and its copies."""
    seen: set[str] = set()
    for event in found:
        if (subject := original(event)) not in seen:
            seen.add(subject)
            yield event
