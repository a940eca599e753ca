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
    """Yield the decoded article events of a window, in order, each with the story it is in now.

    `told` in an event's story is how many of the story's articles came before the window.
    """
    bodies = events.articles_between(connection, window.after, window.through)
    while some := list(islice(bodies, AT_ONCE)):
        placed = stories.stories_of(connection, (sequence for sequence, _ in some))
        known = stories.rows(connection, placed.values())
        told = stories.articles_until(connection, window.after, set(placed.values()))
        for sequence, body in some:
            # Decoded one at a time: the garbage collector looks at all that are in memory.
            event = orjson.loads(body)
            story = placed[sequence]
            thread = known[story].thread if story in known else None
            event["data"]["story"] |= {
                "id": story,
                "thread": thread,
                "told": told.get(story, 0),
            }
            yield event
