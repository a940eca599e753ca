"""The ledger's articles: what was decided of each, and the ways to find a known one."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields

from sqlalchemy import Connection, func, insert, select

from tidende.store.seeds import in_chunks
from tidende.store.tables import articles


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    """An article as the ledger has it; `of` is the subject of the article that it repeats."""

    seed: int
    ordinal: int
    subject: str
    sequence: int
    verdict: str
    of: str | None
    story: str
    sha256: str
    fingerprint: bytes


def add(connection: Connection, rows: Sequence[ArticleRow]) -> None:
    """Record new articles."""
    if rows:
        connection.execute(insert(articles), [asdict(row) for row in rows])


def originals(connection: Connection, fingerprints: Iterable[bytes]) -> dict[bytes, ArticleRow]:
    """Return, for each fingerprint that is known, the first article that had it."""
    found: dict[bytes, ArticleRow] = {}
    for chunk in in_chunks(fingerprints):
        query = select(articles).where(articles.c.fingerprint.in_(chunk)).order_by(articles.c.id)
        for row in connection.execute(query):
            columns = row._asdict()
            known = {each.name: columns[each.name] for each in fields(ArticleRow)}
            found.setdefault(row.fingerprint, ArticleRow(**known))
    return found


def story_members(connection: Connection, stories: Iterable[str]) -> dict[str, list[str]]:
    """Return, for each story, the subjects of its articles in the order they came."""
    found: dict[str, list[str]] = {}
    for chunk in in_chunks(stories):
        query = select(articles.c.story, articles.c.subject).where(articles.c.story.in_(chunk))
        for story, subject in connection.execute(query.order_by(articles.c.id)):
            found.setdefault(story, []).append(subject)
    return found


def ordinals(connection: Connection, seed_ids: Iterable[int]) -> set[tuple[int, int]]:
    """Return the (seed, ordinal) pairs that are recorded for these seeds."""
    found: set[tuple[int, int]] = set()
    for chunk in in_chunks(seed_ids):
        query = select(articles.c.seed, articles.c.ordinal).where(articles.c.seed.in_(chunk))
        found.update((seed, ordinal) for seed, ordinal in connection.execute(query))
    return found


def count_by_verdict(connection: Connection) -> dict[str, int]:
    """Return how many articles got each verdict."""
    query = select(articles.c.verdict, func.count().label("count")).group_by(articles.c.verdict)
    return {verdict: count for verdict, count in connection.execute(query)}  # noqa: C416
