"""Reads from the ledger what came earlier in the threads of the stories that an edition tells."""

from collections.abc import Iterable, Iterator
from datetime import datetime

import orjson
from sqlalchemy import Connection

from tidende.digest.telling import title_of
from tidende.model.article import Published
from tidende.model.edition import DigestStory, ThreadStory, Window
from tidende.store import events, stories

THREAD_STORIES = 12
"""Of a thread, so many are read: those that began last."""


def read_threads(
    connection: Connection, window: Window, shown: Iterable[DigestStory]
) -> dict[str, tuple[ThreadStory, ...]]:
    """Return the stories of the threads that `shown` stories are in, by thread, in no order.

    As far as they were known by the window's end; each by its first article whose text is still
    in the ledger.
    """
    wanted = {story.thread for story in shown if story.thread}
    known = stories.in_threads(connection, wanted)
    firsts = stories.first_articles(connection, known, window.through)
    chosen: dict[str, list[str]] = {}
    for story in sorted(firsts, key=lambda one: firsts[one], reverse=True):
        of_thread = chosen.setdefault(str(known[story].thread), [])
        if len(of_thread) < THREAD_STORIES:
            of_thread.append(story)
    return {
        thread: tuple(_thread_stories(connection, {firsts[story]: story for story in some}))
        for thread, some in chosen.items()
    }


def _thread_stories(connection: Connection, firsts: dict[int, str]) -> Iterator[ThreadStory]:
    for row in events.by_sequences(connection, firsts):
        event = orjson.loads(row.body)
        extraction = event["data"]["extraction"]
        yield ThreadStory(
            story=firsts[row.sequence],
            headline=title_of(event),
            language=extraction["language"]["tag"] if extraction["language"] else None,
            published=Published(**extraction["published"]) if extraction["published"] else None,
            received=datetime.fromisoformat(event["time"]),
        )
