"""Explains what was decided of an article: with what it was held together, and what that gave.

It reads the ledger only, so it works beside a daemon. What was recorded is told as it is; what was
measured on the way is measured again, over the articles that are compared today.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import orjson
from sqlalchemy import Connection

from tidende.dedup.stories.clues import unpack
from tidende.dedup.stories.partition import Reason
from tidende.dedup.stories.weigh import Link, weigh
from tidende.dedup.telling import tell
from tidende.dedup.verdict import Judgement, judge
from tidende.errors import TidendeError
from tidende.model.verdict import Evidence
from tidende.service.catalogue import Catalogue, Search
from tidende.service.linking import LINKED, Linking, unpacked
from tidende.service.rereading import signature
from tidende.service.titles import title
from tidende.store import articles, events, signatures, stories
from tidende.store.articles import ArticleRow
from tidende.store.ledger import Ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An article as a person knows it."""

    subject: str
    path: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A known article whose text was nearly the same, and what came of the comparison."""

    article: Named
    judgement: Judgement


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """An article with which this one has rare keys in common; `linked` if that makes neighbours."""

    article: Named
    story: str
    link: Link
    signals: tuple[Evidence, ...]
    linked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What was recorded of an article, and what it rests on.

    `dedup` is the event's; `leader` the article in whose story a copy or revision is. `compared`,
    `weighed` and `reasons` are empty for one whose text the ledger doesn't have any more.
    """

    article: Named
    dedup: dict[str, Any]
    story: str
    thread: str | None
    members: tuple[str, ...]
    leader: str | None
    threshold: float
    compared: tuple[Compared, ...] = ()
    weighed: tuple[Weighed, ...] = ()
    reasons: tuple[Reason, ...] = ()


def explain(ledger: Ledger, name: str) -> Explanation:
    """Explain the article with this subject, or with an event of this id.

    Raises TidendeError when there is none.
    """
    with ledger.read() as connection:
        row = articles.find(connection, name)
        if row is None:
            raise TidendeError(
                f"{name}: no article has this subject or event id; see 'tidende story show'"
            )
        data = _data(connection, [row.sequence]).get(row.sequence)
        told = _recorded(connection, row, data)
        if data is None:
            return told
        search = Search(Catalogue.read(ledger))
        told = replace(told, compared=tuple(_compare(connection, row, data, search)))
        if row.of is not None:
            return told
        reasons = Linking(connection, search).explain(row.sequence).reasons
        return replace(
            told,
            weighed=tuple(_weigh(connection, row, data, search)),
            reasons=tuple(each for each in reasons if row.subject in each.left + each.right),
        )


def _recorded(connection: Connection, row: ArticleRow, data: dict[str, Any] | None) -> Explanation:
    story, members = stories.read(connection, [row.story])[row.story]
    recorded = {"verdict": row.verdict, "of": row.of}
    return Explanation(
        article=_named(row.subject, data),
        dedup=data["dedup"] if data else recorded,
        story=row.story,
        thread=story.thread,
        members=tuple(member.subject for member in members),
        leader=row.of,
        threshold=LINKED,
    )


def _compare(
    connection: Connection, row: ArticleRow, data: dict[str, Any], search: Search
) -> Iterable[Compared]:
    """Yield the comparisons with articles that were known when this one came."""
    earlier = [n for n in search.copies(signature(row.sequence, data).sketch) if n < row.sequence]
    this = tell(data["text"], data["extraction"])
    for known in _data(connection, earlier).values():
        there = tell(known["text"], known["extraction"])
        yield Compared(article=_named(known["item"]["uri"], known), judgement=judge(this, there))


def _weigh(
    connection: Connection, row: ArticleRow, data: dict[str, Any], search: Search
) -> Iterable[Weighed]:
    """Yield the links to all that is found by what this one tells, the strongest first."""
    own = signature(row.sequence, data)
    others = [n for n in search.reports(own.keys) if n != row.sequence]
    this = unpack(own.clues)
    found = signatures.clues_of(connection, others)
    known = {sequence: unpacked(content) for sequence, content in found.items()}
    links = {sequence: weigh(this, clues) for sequence, clues in known.items() if clues}
    placed = stories.stories_of(connection, links)
    texts = _data(connection, links)
    for sequence, link in sorted(links.items(), key=lambda each: -_strength(each[1])):
        if sequence in texts:
            yield Weighed(
                article=_named(texts[sequence]["item"]["uri"], texts[sequence]),
                story=placed[sequence],
                link=link,
                signals=link.signals,
                linked=_strength(link) >= LINKED,
            )


def _strength(link: Link) -> float:
    return max(link.story, link.thread)


def _data(connection: Connection, sequences: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Return the data of these articles' events, as far as the ledger has it."""
    found: Sequence[Any] = events.by_sequences(connection, sequences)
    return {event.sequence: orjson.loads(event.body)["data"] for event in found}


def _named(subject: str, data: dict[str, Any] | None) -> Named:
    if data is None:
        return Named(subject=subject, path="", title="")
    return Named(
        subject=subject,
        path=data["provenance"]["path"],
        title=title(data),
    )
