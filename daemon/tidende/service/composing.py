"""Draws up editions: what a digest tells of a window, by its settings and what the ledger has."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from sqlalchemy import Connection

from tidende.digest.compose import compose
from tidende.digest.filters import Filter
from tidende.digest.recall import recall
from tidende.digest.select import select
from tidende.digest.summarise import summarise
from tidende.digest.threads import read_threads
from tidende.digest.wanted import keep_wanted
from tidende.model.edition import Edition, Window
from tidende.service.progress import Progress
from tidende.settings import DigestSettings
from tidende.store import events


def draw_up(  # noqa: PLR0913
    connection: Connection,
    window: Window,
    *,
    digest: str,
    chosen: DigestSettings,
    version: int = 1,
    progress: Progress | None = None,
) -> Edition:
    """Return the edition that a digest has of a window; `progress` hears of each article read."""
    found = select(connection, window)
    if progress is not None:
        total = events.count_articles(connection, window.after, window.through)
        found = _counted(found, total, progress)
    wanted = Filter(**chosen.only.model_dump())
    if not wanted.is_open:
        found = keep_wanted(connection, window, wanted, found)
    stories = summarise(
        found, chosen.language, chosen.stories, partial(recall, connection, window, wanted)
    )
    threads = read_threads(connection, window, stories[: chosen.stories])
    return compose(
        stories,
        window,
        digest=digest,
        title=chosen.title,
        language=chosen.language,
        timezone=chosen.timezone,
        size=chosen.stories,
        version=version,
        threads=threads,
    )


def _counted(
    found: Iterator[dict[str, Any]], total: int, progress: Progress
) -> Iterator[dict[str, Any]]:
    for event in found:
        progress(1, total)
        yield event
