"""Reads from the ledger what an edition covers: the articles of a window of sequences."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

import orjson
from sqlalchemy import Connection

from tidende.model.edition import Window
from tidende.store import events, stories

AT_ONCE = 500


def select(connection: Connection, window: Window) -> Iterator[dict[str, Any]]:
    """Yield the decoded article events of a window, in order, each with the story it is in now."""
    bodies = events.articles_between(connection, window.after, window.through)
    while some := [orjson.loads(body) for body in islice(bodies, AT_ONCE)]:
        placed = stories.stories_of(connection, (int(event["sequence"]) for event in some))
        known = stories.rows(connection, placed.values())
        for event in some:
            story = placed[int(event["sequence"])]
            thread = known[story].thread if story in known else None
            event["data"]["story"] |= {"id": story, "thread": thread}
            yield event
