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

_SURE = 0.9  # of a language; Norwegian, Danish and Swedish are easily taken for each other


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """An article, ready to be compared.

    `blocks` are its content's, `words`, `shingles` and `sentences` theirs, in order; `frame` are
    the shingles of what isn't content. `facts` are those of the content, `stated` counts its words
    that carry one; `vocabulary` are the words of the whole article and the forms in which its
    facts count. `language` is None unless it is sure. `published` is the date as it is printed,
    `dated` whether the article itself says so: a crawl header doesn't.
    """

    text: str
    extraction: Mapping[str, Any]
    blocks: Sequence[BlockSpan]
    words: Sequence[str]
    shingles: Sequence[int]
    shingle_set: frozenset[int]
    frame: frozenset[int]
    sentences: Sequence[Sentence]
    vocabulary: frozenset[str]
    facts: Facts
    stated: int
    language: str | None
    published: str | None
    dated: bool


def tell(text: str, extraction: Mapping[str, Any]) -> Telling:
    """Return what comparing sees of an article: its event's `data.text`, `data.extraction`."""
    every = _blocks(text, extraction)
    inner = content(every) or every
    said = split_content(text, inner)
    runs = shingles(said.words)
    outer = "\n".join(
        text[start:end] for role, start, end in every if (role, start, end) not in inner
    )
    frame = words(fold_words(outer))
    vocabulary = {*said.words, *frame}
    facts = facts_of(vocabulary, extraction)
    published = extraction.get("published") or {}
    return Telling(
        text=text,
        extraction=extraction,
        blocks=inner,
        words=said.words,
        shingles=runs,
        shingle_set=frozenset(runs),
        frame=frozenset(shingles(frame)),
        sentences=said.sentences,
        vocabulary=frozenset(vocabulary.union(facts.forms, facts.forms.values())),
        facts=facts,
        stated=sum(map(facts.forms.__contains__, said.words)),
        language=_language(extraction.get("language")),
        published=published.get("value"),
        dated=published.get("origin") not in {None, "header"},
    )


def _blocks(text: str, extraction: Mapping[str, Any]) -> list[BlockSpan]:
    blocks = [(each["role"], each["start"], each["end"]) for each in extraction.get("blocks") or ()]
    return blocks or [("paragraph", 0, len(text))]


def _language(said: Mapping[str, Any] | None) -> str | None:
    return said["tag"] if said and said["confidence"] >= _SURE else None
