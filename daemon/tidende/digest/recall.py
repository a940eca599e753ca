"""Reads from the ledger what stories were before a window, so that nothing is told twice."""

from collections.abc import Collection

import orjson
from sqlalchemy import Connection

from tidende.digest.telling import Telling, tell
from tidende.model.edition import Window
from tidende.store import events, stories

STORY_ARTICLES = 5
"""Of a story, so many articles are read: the newest, and no copies."""


def recall(
    connection: Connection, window: Window, ids: Collection[str]
) -> dict[str, list[Telling]]:
    """Return the articles of these stories that came before the window, the newest first."""
    wanted: dict[int, str] = {}
    for story, numbers in stories.told_until(connection, window.after, ids).items():
        wanted.update((number, story) for number in numbers[:STORY_ARTICLES])
    known: dict[str, list[Telling]] = {}
    for row in reversed(events.by_sequences(connection, wanted)):
        known.setdefault(wanted[row.sequence], []).append(tell(orjson.loads(row.body)))
    return known
