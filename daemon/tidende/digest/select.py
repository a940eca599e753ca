"""Reads from the ledger what an edition covers: the articles of a window of sequences."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import orjson
from sqlalchemy import Connection

from tidende.digest.telling import title_of
from tidende.model.article import Published
from tidende.model.edition import DigestStory, ThreadStory, Window
from tidende.store import editions, events, stories

AT_ONCE = 500
THREAD_STORIES = 12
"""Of a thread, those are read that moved last."""


def next_window(
    connection: Connection, digest: str, end: datetime, *, recorded_by: datetime
) -> Window:
    """Return the window from the digest's last edition to what was recorded by a moment."""
    last = editions.last(connection, digest)
    after = last.through if last else 0
    return Window(
        after=after,
        through=max(after, events.last_article_sequence(connection, recorded_by)),
        end=end,
        since=datetime.fromtimestamp(last.window_end, tz=UTC) if last else None,
    )


def select(connection: Connection, window: Window) -> Iterator[dict[str, Any]]:
    """Yield the decoded article events of a window, in order, each with the story it is in now.

    `told` in an event's story is how many of the story's articles came before the window.
    """
    bodies = events.articles_between(connection, window.after, window.through)
    while some := [orjson.loads(body) for body in islice(bodies, AT_ONCE)]:
        placed = stories.stories_of(connection, (int(event["sequence"]) for event in some))
        known = stories.rows(connection, placed.values())
        told = stories.articles_until(connection, window.after, set(placed.values()))
        for event in some:
            story = placed[int(event["sequence"])]
            thread = known[story].thread if story in known else None
            event["data"]["story"] |= {
                "id": story,
                "thread": thread,
                "told": told.get(story, 0),
            }
            yield event


def threads(
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
