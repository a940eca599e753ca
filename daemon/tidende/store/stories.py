"""Stories in the ledger: their articles, the links between these, and what people corrected."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from tidende.store.seeds import in_chunks
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
    columns = (articles.c.story, articles.c.sequence, articles.c.subject, articles.c.of)
    known = articles.join(stories, stories.c.id == articles.c.story, isouter=True)
    query = select(*columns, stories.c.thread, stories.c.version).select_from(known)
    for chunk in in_chunks(ids):
        some = query.where(articles.c.story.in_(chunk)).order_by(articles.c.sequence)
        for story, sequence, subject, of, thread, version in connection.execute(some):
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
    found: dict[int, str] = {}
    for chunk in in_chunks(sequences):
        query = select(articles.c.sequence, articles.c.story).where(articles.c.sequence.in_(chunk))
        found.update((sequence, story) for sequence, story in connection.execute(query))
    return found


def articles_until(connection: Connection, sequence: int, ids: Iterable[str]) -> dict[str, int]:
    """Return how many articles of these stories came up to a sequence; those with none left out."""
    found: dict[str, int] = {}
    for chunk in in_chunks(ids):
        query = (
            select(articles.c.story, func.count())
            .where(articles.c.story.in_(chunk), articles.c.sequence <= sequence)
            .group_by(articles.c.story)
        )
        found.update((story, count) for story, count in connection.execute(query))
    return found


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
    found: dict[str, int] = {}
    for chunk in in_chunks(ids):
        query = (
            select(articles.c.story, func.min(articles.c.sequence))
            .where(articles.c.story.in_(chunk), articles.c.sequence <= through)
            .where(articles.c.forgotten.is_(None))
            .group_by(articles.c.story)
        )
        found.update((story, first) for story, first in connection.execute(query))
    return found


def rows(connection: Connection, ids: Iterable[str]) -> dict[str, StoryRow]:
    """Return what is recorded of these stories; most are in no thread, and have no row."""
    return _rows(connection, stories.c.id, ids)


def in_threads(connection: Connection, threads: Iterable[str]) -> dict[str, StoryRow]:
    """Return the stories of these threads."""
    return _rows(connection, stories.c.thread, threads)


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
    found = _pairs_among(connection, links, set(sequences))
    return [
        LinkRow(earlier=earlier, later=later, story=story, thread=thread)
        for earlier, later, story, thread in found
    ]


def forget_links(connection: Connection, sequences: Iterable[int]) -> None:
    """Let go of all links of these articles."""
    for chunk in in_chunks(sequences):
        either = or_(links.c.earlier.in_(chunk), links.c.later.in_(chunk))
        connection.execute(delete(links).where(either))


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
    return connection.execute(select(corrections.c.earlier).limit(1)).first() is not None


def corrections_among(connection: Connection, sequences: Iterable[int]) -> list[CorrectionRow]:
    """Return the corrections both of whose articles are among these."""
    found = _pairs_among(connection, corrections, set(sequences))
    return [CorrectionRow(**row._asdict()) for row in found]


def _rows(
    connection: Connection, column: ColumnElement[str], values: Iterable[str]
) -> dict[str, StoryRow]:
    found: dict[str, StoryRow] = {}
    for chunk in in_chunks(values):
        for row in connection.execute(select(stories).where(column.in_(chunk))):
            found[row.id] = StoryRow(id=row.id, thread=row.thread, version=row.version)
    return found


def _pairs_among(connection: Connection, table: Table, sequences: set[int]) -> Iterator[Any]:
    # Both sides are asked for: an article of a large thread has links to all of it.
    for earlier in in_chunks(sequences):
        for later in in_chunks(sequences):
            both = table.c.earlier.in_(earlier) & table.c.later.in_(later)
            yield from connection.execute(select(table).where(both)).all()
