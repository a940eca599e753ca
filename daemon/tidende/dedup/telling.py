"""A telling: what comparing two articles sees of one of them.

It is made from an event's data, so that a known article comes out of the ledger in the same form
as a new one; an event of an older version may lack fields. Most articles that are compared turn out
to share too little text; so what only a closer look needs, is made when it is asked for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tidende.dedup.content import BlockSpan, content, fold_words, words
from tidende.dedup.facts import Facts, facts_of
from tidende.dedup.sentences import Sentence, pieces, sentences
from tidende.dedup.shingles import shingles

_SURE = 0.9  # of a language; Norwegian, Danish and Swedish are easily taken for each other


@dataclass(frozen=True, kw_only=True)
class Telling:
    """An article, ready to be compared.

    `blocks` are its content's, `words` and `shingles` theirs, in order. `language` is
    None unless it is sure; `published` is the date as it is printed, `dated` whether the article
    itself says so: a crawl header doesn't.
    """

    text: str
    extraction: Mapping[str, Any]
    blocks: Sequence[BlockSpan]
    words: Sequence[str]
    shingles: Sequence[int]
    shingle_set: frozenset[int]
    language: str | None
    published: str | None
    dated: bool

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The content's sentences."""
        return sentences(self.text, pieces(self.text, self.blocks))

    @cached_property
    def frame(self) -> frozenset[int]:
        """The shingles of what isn't content."""
        return frozenset(shingles(self._frame_words))

    @cached_property
    def facts(self) -> Facts:
        """The facts of the whole article."""
        return facts_of({*self.words, *self._frame_words}, self.extraction)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The words of the whole article, and the forms in which its facts count."""
        forms = self.facts.forms
        return frozenset({*self.words, *self._frame_words, *forms, *forms.values()})

    @cached_property
    def stated(self) -> int:
        """How many words of the content carry a fact."""
        return sum(map(self.facts.forms.__contains__, self.words))

    @cached_property
    def _frame_words(self) -> list[str]:
        inner = set(self.blocks)
        outer = (each for each in _blocks(self.text, self.extraction) if each not in inner)
        return words(fold_words("\n".join(self.text[start:end] for _, start, end in outer)))


def tell(text: str, extraction: Mapping[str, Any]) -> Telling:
    """Return what comparing sees of an article: its event's `data.text`, `data.extraction`."""
    every = _blocks(text, extraction)
    inner = content(every) or every
    # No word, and no mark between thousands, reaches over a sentence's end: so these are the words
    # of the sentences, though folded at once.
    said = words(fold_words("\n".join(text[start:end] for _, start, end in inner)))
    runs = shingles(said)
    published = extraction.get("published") or {}
    return Telling(
        text=text,
        extraction=extraction,
        blocks=inner,
        words=said,
        shingles=runs,
        shingle_set=frozenset(runs),
        language=_language(extraction.get("language")),
        published=published.get("value"),
        dated=published.get("origin") not in {None, "header"},
    )


def _blocks(text: str, extraction: Mapping[str, Any]) -> list[BlockSpan]:
    blocks = [(each["role"], each["start"], each["end"]) for each in extraction.get("blocks") or ()]
    return blocks or [("paragraph", 0, len(text))]


def _language(said: Mapping[str, Any] | None) -> str | None:
    return said["tag"] if said and said["confidence"] >= _SURE else None
