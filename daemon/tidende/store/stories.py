"""Stories in the ledger: their articles, the links between these, and what people corrected."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    Table,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from tidende.store.among import among, these
from tidende.store.tables import articles, corrections, links, stories


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An article of a story; `of` is the subject of the one that it repeats or revises."""

    sequence: int
    subject: str
    of: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRow:
    """A story's matter, and how often its update was announced."""

    id: str
    thread: str | None
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StorySummary:
    """A story in a list: how many articles it has, how many are copies, and its first one."""

    id: str
    thread: str | None
    articles: int
    copies: int
    first: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRow:
    """How probably two articles tell of one event, and of one matter."""

    earlier: int
    later: int
    story: float
    thread: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionRow:
    """That two articles belong in one story, or don't, as a person said."""

    earlier: int
    later: int
    together: bool
    made: float


def read(connection: Connection, ids: Iterable[str]) -> dict[str, tuple[StoryRow, list[Member]]]:
    """Return these stories with their articles in the order they came; one without is left out."""
    found: dict[str, tuple[StoryRow, list[Member]]] = {}
    for story, sequence, subject, of, thread, version in connection.execute(_READ, these(ids)):
        row = StoryRow(id=story, thread=thread, version=version or 0)
        member = Member(sequence=sequence, subject=subject, of=of)
        found.setdefault(story, (row, []))[1].append(member)
    return found


def newest_first(connection: Connection, *, limit: int, fewest: int) -> list[StorySummary]:
    """Return the stories of at least so many articles, those first that moved last; 0: all."""
    count = func.count()
    query = (
        select(
            articles.c.story.label("id"),
            stories.c.thread,
            count.label("articles"),
            count.filter(articles.c.verdict == "duplicate").label("copies"),
            func.min(articles.c.sequence).label("first"),
        )
        .join(stories, stories.c.id == articles.c.story, isouter=True)
        .group_by(articles.c.story)
        .having(count >= fewest)
        .order_by(func.max(articles.c.sequence).desc())
    )
    found = connection.execute(query.limit(limit) if limit else query)
    return [StorySummary(**row._asdict()) for row in found]


def stories_of(connection: Connection, sequences: Iterable[int]) -> dict[int, str]:
    """Return the story in which each of these articles is."""
    return dict(connection.execute(_STORIES_OF, these(sequences)).all())


def articles_until(connection: Connection, sequence: int, ids: Iterable[str]) -> dict[str, int]:
    """Return how many articles of these stories came up to a sequence; those with none left out."""
    query = (
        select(articles.c.story, func.count())
        .where(among(articles.c.story), articles.c.sequence <= sequence)
        .group_by(articles.c.story)
    )
    return dict(connection.execute(query, these(ids)).all())


def sequences_until(
    connection: Connection, sequence: int, story: str, *, copies: bool
) -> list[int]:
    """Return a story's articles up to a sequence, newest first, with or without its copies."""
    query = (
        select(articles.c.sequence)
        .where(articles.c.story == story, articles.c.sequence <= sequence)
        .order_by(articles.c.sequence.desc())
    )
    if not copies:
        query = query.where(articles.c.verdict != "duplicate")
    return list(connection.scalars(query))


def first_articles(connection: Connection, ids: Iterable[str], through: int) -> dict[str, int]:
    """Return the sequence of each story's first article that is still there, up to `through`."""
    query = (
        select(articles.c.story, func.min(articles.c.sequence))
        .where(among(articles.c.story), articles.c.sequence <= through)
        .where(articles.c.forgotten.is_(None))
        .group_by(articles.c.story)
    )
    return dict(connection.execute(query, these(ids)).all())


def rows(connection: Connection, ids: Iterable[str]) -> dict[str, StoryRow]:
    """Return what is recorded of these stories; most are in no thread, and have no row."""
    return _rows(connection, _BY_ID, ids)


def in_threads(connection: Connection, threads: Iterable[str]) -> dict[str, StoryRow]:
    """Return the stories of these threads."""
    return _rows(connection, _BY_THREAD, threads)


def is_taken(connection: Connection, story: str) -> bool:
    """Say whether a story has, or had, this id."""
    used = select(articles.c.id).where(articles.c.story == story).limit(1)
    known = select(stories.c.id).where(stories.c.id == story)
    return any(connection.execute(query).first() is not None for query in (used, known))


def put(connection: Connection, changed: Sequence[StoryRow]) -> None:
    """Record these stories as they are now."""
    if changed:
        values = [{"id": row.id, "thread": row.thread, "version": row.version} for row in changed]
        connection.execute(insert(stories).prefix_with("OR REPLACE"), values)


def move(connection: Connection, moves: dict[int, str]) -> None:
    """Put articles, by sequence, into other stories."""
    if moves:
        statement = update(articles).where(articles.c.sequence == bindparam("article"))
        connection.execute(
            statement.values(story=bindparam("target")),
            [{"article": sequence, "target": story} for sequence, story in moves.items()],
        )


def add_links(connection: Connection, new: Sequence[LinkRow]) -> None:
    """Record links; one that is there already is written anew."""
    if new:
        connection.execute(
            insert(links).prefix_with("OR REPLACE"),
            [
                {"earlier": r.earlier, "later": r.later, "story": r.story, "thread": r.thread}
                for r in new
            ],
        )


def links_among(connection: Connection, sequences: Iterable[int]) -> list[LinkRow]:
    """Return the links both of whose articles are among these."""
    return [
        LinkRow(earlier=earlier, later=later, story=story, thread=thread)
        for earlier, later, story, thread in connection.execute(_LINKS_AMONG, these(sequences))
    ]


def forget_links(connection: Connection, sequences: Iterable[int]) -> None:
    """Let go of all links of these articles."""
    either = or_(among(links.c.earlier), among(links.c.later))
    connection.execute(delete(links).where(either), these(sequences))


def correct(connection: Connection, said: Sequence[CorrectionRow]) -> None:
    """Record what a person said of pairs; the last word on a pair holds."""
    if said:
        connection.execute(
            insert(corrections).prefix_with("OR REPLACE"),
            [
                {"earlier": r.earlier, "later": r.later, "together": r.together, "made": r.made}
                for r in said
            ],
        )


def withdraw(connection: Connection, pairs: Sequence[tuple[int, int]]) -> None:
    """Take back what was said of these pairs."""
    if pairs:
        connection.execute(
            delete(corrections).where(
                corrections.c.earlier == bindparam("first"),
                corrections.c.later == bindparam("second"),
            ),
            [{"first": first, "second": second} for first, second in pairs],
        )


def is_any_corrected(connection: Connection) -> bool:
    """Say whether anybody ever corrected a story; most of the time nobody did."""
    return connection.execute(_ANY_CORRECTION).first() is not None


def corrections_among(connection: Connection, sequences: Iterable[int]) -> list[CorrectionRow]:
    """Return the corrections both of whose articles are among these."""
    found = connection.execute(_CORRECTIONS_AMONG, these(sequences))
    return [CorrectionRow(**row._asdict()) for row in found]


def _rows(connection: Connection, query: Select[Any], values: Iterable[str]) -> dict[str, StoryRow]:
    return {
        id_: StoryRow(id=id_, thread=thread, version=version)
        for id_, thread, version in connection.execute(query, these(values))
    }


def _pairs_among(table: Table) -> Select[Any]:
    # Both sides are asked for: an article of a large thread has links to all of it.
    return select(table).where(among(table.c.earlier), among(table.c.later))


# What every article asks, is built once.
_READ = (
    select(
        articles.c.story,
        articles.c.sequence,
        articles.c.subject,
        articles.c.of,
        stories.c.thread,
        stories.c.version,
    )
    .select_from(articles.join(stories, stories.c.id == articles.c.story, isouter=True))
    .where(among(articles.c.story))
    .order_by(articles.c.sequence)
)
_STORIES_OF = select(articles.c.sequence, articles.c.story).where(among(articles.c.sequence))
_BY_ID = select(stories.c.id, stories.c.thread, stories.c.version).where(among(stories.c.id))
_BY_THREAD = select(stories.c.id, stories.c.thread, stories.c.version).where(
    among(stories.c.thread)
)
_LINKS_AMONG = _pairs_among(links)
_ANY_CORRECTION = select(corrections.c.earlier).limit(1)
_CORRECTIONS_AMONG = _pairs_among(corrections)
