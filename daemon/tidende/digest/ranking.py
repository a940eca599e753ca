"""Which story comes first: by how many independent sources, how new, how much moved."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from tidende.digest.moments import news_time
from tidende.model.edition import DigestArticle, DigestStory

_DAY = 24 * 60 * 60


def rank(stories: Iterable[DigestStory]) -> tuple[DigestStory, ...]:
    """Return the stories in order, the most important first.

    What more independent sources tell comes first; then news of the same day before older news;
    within a day what moved more (articles that came, facts that changed), then the newest.
    Stories of which only copies came are last.
    """
    known = list(stories)
    newest = max((_newest(story) for story in known), default=None)
    return tuple(sorted(known, key=lambda story: _key(story, newest or _newest(story))))


def gather_threads(stories: Sequence[DigestStory]) -> tuple[DigestStory, ...]:
    """Return ranked stories with those of a thread together, where the first of them stands."""
    first: dict[str, int] = {}
    for place, story in enumerate(stories):
        first.setdefault(story.thread or story.id, place)
    return tuple(sorted(stories, key=lambda story: first[story.thread or story.id]))


def _key(story: DigestStory, newest: datetime) -> tuple[bool, int, int, int, float, int]:
    mine = _newest(story)
    days = int((newest - mine).total_seconds() // _DAY)
    moved = len(story.articles) + len(story.changes)
    first = min(_sequences(story.articles), default=0)
    unchanged = story.standing == "unchanged"
    return unchanged, -len(story.sources), days, -moved, -mine.timestamp(), first


def _newest(story: DigestStory) -> datetime:
    times = (news_time(one.published, one.received) for one in story.articles)
    return max(times, default=story.updated)


def _sequences(articles: Iterable[DigestArticle]) -> Iterable[int]:
    return (article.sequence for article in articles)
