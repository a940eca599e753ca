"""Stories and their window become an edition: as many as the digest has room for, and counts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tidende.digest.moments import news_time
from tidende.digest.phrasebook import load_phrasebook
from tidende.digest.ranking import gather_threads
from tidende.model.edition import (
    Counts,
    DigestStory,
    DigestThread,
    Edition,
    ThreadStory,
    Window,
)

UNCHANGED = 5
"""So many stories are named of which only copies came."""


def compose(  # noqa: PLR0913  # a digest's settings, each a plain value: settings stay at the edge
    stories: Sequence[DigestStory],
    window: Window,
    *,
    digest: str,
    title: str,
    language: str,
    timezone: str = "UTC",
    size: int | None = None,
    version: int = 1,
    threads: Mapping[str, Sequence[ThreadStory]] | None = None,
) -> Edition:
    """Return the edition that tells the first `size` of the ranked `stories`.

    Those of one thread then stand together. `threads` are the stories that the ledger knows of
    each thread, these ones or others. An empty `title` becomes the language's own word for it.
    Raises ConfigError for a language that no digest can be written in.
    """
    news = [story for story in stories if story.standing != "unchanged"]
    unchanged = [story for story in stories if story.standing == "unchanged"]
    shown = gather_threads(news[:size])
    return Edition(
        digest=digest,
        title=title.strip() or load_phrasebook(language).word("title"),
        language=language,
        timezone=timezone,
        version=version,
        window=window,
        stories=shown,
        counts=Counts(
            stories=len(news),
            articles=sum(len(story.articles) for story in news),
            copies=sum(story.copies for story in stories),
            sources=len({source for story in news for source in story.sources}),
            omitted=len(news) - len(shown),
            unchanged=len(unchanged),
        ),
        threads=tuple(_threads(shown, threads or {})),
        unchanged=tuple(unchanged[:UNCHANGED]),
    )


def _threads(
    shown: Sequence[DigestStory], known: Mapping[str, Sequence[ThreadStory]]
) -> Iterable[DigestThread]:
    """Yield the threads of the shown stories that have another story, told here or earlier."""
    here = {story.id for story in shown}
    for thread in dict.fromkeys(story.thread for story in shown if story.thread):
        course = {one.story: one for one in known.get(thread, ())}
        for story in shown:
            if story.thread == thread:
                course[story.id] = _in_course(story, course.get(story.id))
        if len(course) > 1:
            yield DigestThread(id=thread, stories=_in_order(course.values(), here))


def _in_course(story: DigestStory, known: ThreadStory | None) -> ThreadStory:
    """Return a shown story, by its headline here and the time it began."""
    first = min(story.articles, key=lambda one: news_time(one.published, one.received))
    began = known if known and story.standing == "updated" else first
    return ThreadStory(
        story=story.id,
        headline=story.headline.text,
        language=story.headline.language,
        published=began.published,
        received=began.received,
    )


def _in_order(course: Iterable[ThreadStory], here: set[str]) -> tuple[ThreadStory, ...]:
    marked = (replace(one, shown=one.story in here) for one in course)
    return tuple(
        sorted(marked, key=lambda one: (news_time(one.published, one.received), one.received))
    )
