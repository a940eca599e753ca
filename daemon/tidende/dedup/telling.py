"""A telling: what comparing two articles sees of one of them.

It is made from an event's data, so that a known article comes out of the ledger in the same form
as a new one; an event of an older version may lack fields.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tidende.dedup.content import BlockSpan, content, fold_words, words
from tidende.dedup.facts import Facts, facts_of
from tidende.dedup.sentences import Sentence, split_content
from tidende.dedup.shingles import shingles


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A figure as it was printed, with its value and what it counts."""

    surface: str
    value: float
    unit: str | None
    start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Attributed words."""

    text: str
    speaker: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """An article, ready to be compared.

    `words`, `shingles` and `sentences` are its content's, in order; `vocabulary` are the words of
    the whole article and the forms in which its facts count, `frame` the shingles of what isn't
    content. `published` is the date as it is printed, `dated` whether the article itself says so:
    a crawl header doesn't.
    """

    words: Sequence[str]
    shingles: Sequence[int]
    shingle_set: frozenset[int]
    frame: frozenset[int]
    sentences: Sequence[Sentence]
    paragraphs: Sequence[str]
    vocabulary: frozenset[str]
    facts: Facts
    figures: Sequence[Stated]
    dates: Sequence[str]
    people: Sequence[str]
    quotes: Sequence[Said]
    headline: str | None
    published: str | None
    dated: bool


def tell(text: str, extraction: Mapping[str, Any]) -> Telling:
    """Return what comparing sees of an article: its event's `data.text`, `data.extraction`."""
    every = _blocks(text, extraction)
    inner = content(every) or every
    said = split_content(text, inner)
    frame = words(fold_words("\n".join(text[s:e] for r, s, e in every if (r, s, e) not in inner)))
    facts = facts_of(said.words, extraction)
    runs = shingles(said.words)
    published = extraction.get("published") or {}
    return Telling(
        words=said.words,
        shingles=runs,
        shingle_set=frozenset(runs),
        frame=frozenset(shingles(frame)),
        sentences=said.sentences,
        paragraphs=tuple(text[start:end] for _, start, end in inner),
        vocabulary=frozenset(said.words).union(frame, facts.keys(), facts.values()),
        facts=facts,
        figures=tuple(_stated(extraction.get("figures") or ())),
        dates=tuple(each.get("surface") or "" for each in extraction.get("dates") or ()),
        people=tuple(each.get("name") or "" for each in extraction.get("people") or ()),
        quotes=tuple(
            Said(text=each.get("text") or "", speaker=each.get("speaker"))
            for each in extraction.get("quotes") or ()
        ),
        headline=extraction.get("headline"),
        published=published.get("value"),
        dated=published.get("origin") not in {None, "header"},
    )


def _blocks(text: str, extraction: Mapping[str, Any]) -> list[BlockSpan]:
    blocks = [(each["role"], each["start"], each["end"]) for each in extraction.get("blocks") or ()]
    return blocks or [("paragraph", 0, len(text))]


def _stated(figures: Sequence[Mapping[str, Any]]) -> list[Stated]:
    return [
        Stated(
            surface=each.get("surface") or "",
            value=each.get("value") or 0.0,
            unit=each.get("unit"),
            start=each.get("start") or 0,
        )
        for each in figures
    ]
