"""The ledger's articles: what was decided of each, and the ways to find a known one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, or_, select, update

from tidende.errors import TidendeError
from tidende.store.among import among, these
from tidende.store.events import has_body
from tidende.store.tables import articles, events


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


_COLUMNS = tuple(each.name for each in fields(ArticleRow))
_INSERT = insert(articles)
_ORIGINAL = (
    select(articles)
    .where(articles.c.fingerprint == bindparam("same"))
    .order_by(articles.c.sequence)
    .limit(1)
)


def add(connection: Connection, rows: Sequence[ArticleRow]) -> None:
    """Record new articles."""
    if rows:
        values = [{name: getattr(row, name) for name in _COLUMNS} for row in rows]
        connection.execute(_INSERT, values)


def originals(connection: Connection, fingerprints: Iterable[bytes]) -> dict[bytes, ArticleRow]:
    """Return, for each fingerprint that is known, the first article that had it."""
    found: dict[bytes, ArticleRow] = {}
    for fingerprint in set(fingerprints):
        # One by one: a statement for any number of them costs more, also for a hundred.
        if row := connection.execute(_ORIGINAL, {"same": fingerprint}).first():
            found[fingerprint] = _article(row)
    return found


def find(connection: Connection, name: str) -> ArticleRow | None:
    """Return the article with this subject, or with an event of this id."""
    by_event = select(events.c.sequence).where(events.c.id == name)
    query = select(articles).where(
        or_(articles.c.subject == name, articles.c.sequence.in_(by_event))
    )
    row = connection.execute(query).first()
    return _article(row) if row else None


def named(connection: Connection, name: str) -> ArticleRow:
    """Return what `find` does; raises TidendeError when there is none."""
    found = find(connection, name)
    if found is None:
        raise TidendeError(
            f"{name}: no article has this subject or event id; see 'tidende story show'"
        )
    return found


def by_sequences(connection: Connection, sequences: Iterable[int]) -> list[ArticleRow]:
    """Return the articles with these sequences, in order."""
    query = select(articles).where(among(articles.c.sequence)).order_by(articles.c.sequence)
    return [_article(row) for row in connection.execute(query, these(sequences))]


def copies(
    connection: Connection, article: ArticleRow, *, with_forgotten: bool
) -> list[ArticleRow]:
    """Return the other articles with the same text in order, if wanted also forgotten ones.

    They have the same fingerprint, repeat this one, or are what this one repeats.
    """
    original = article.of if article.verdict == "duplicate" and article.of else article.subject
    query = select(articles).where(
        or_(
            articles.c.fingerprint == article.fingerprint,
            articles.c.subject == original,
            (articles.c.of == original) & (articles.c.verdict == "duplicate"),
        ),
        articles.c.subject != article.subject,
    )
    if not with_forgotten:
        query = query.where(articles.c.forgotten.is_(None))
    return [_article(row) for row in connection.execute(query.order_by(articles.c.sequence))]


def forget(connection: Connection, sequences: Sequence[int], moment: float) -> None:
    """Empty the events of these articles, and note when; doing it again writes nothing."""
    connection.execute(
        update(articles)
        .where(among(articles.c.sequence), articles.c.forgotten.is_(None))
        .values(forgotten=moment),
        these(sequences),
    )
    connection.execute(
        update(events)
        .where(among(events.c.sequence), or_(has_body(), events.c.pruned.is_(None)))
        .values(body=b"", pruned=func.coalesce(events.c.pruned, moment)),
        these(sequences),
    )


def ordinals(connection: Connection, seed_ids: Iterable[int]) -> set[tuple[int, int]]:
    """Return the (seed, ordinal) pairs that are recorded for these seeds."""
    query = select(articles.c.seed, articles.c.ordinal).where(among(articles.c.seed))
    return {(seed, ordinal) for seed, ordinal in connection.execute(query, these(seed_ids))}


def count_by_verdict(connection: Connection) -> dict[str, int]:
    """Return how many articles got each verdict."""
    query = select(articles.c.verdict, func.count()).group_by(articles.c.verdict)
    return {verdict: count for verdict, count in connection.execute(query)}  # noqa: C416


def _article(row: Row[Any]) -> ArticleRow:
    columns = row._asdict()
    return ArticleRow(**{name: columns[name] for name in _COLUMNS})
