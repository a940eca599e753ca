"""Gathers an article's clues: all of it that linking needs. Pure; it runs in the workers."""

import re
from collections import Counter
from collections.abc import Iterable
from zlib import crc32

from tidende.dedup.stories.clues import Clues, Family
from tidende.dedup.stories.folding import fold, stem
from tidende.dedup.stories.periods import period_of
from tidende.model.article import Article

_PROSE = frozenset({"headline", "standfirst", "subheading", "paragraph"})
_LEAD = 400  # characters
_WORD = re.compile(r"[^\W\d_]{4,}")
_NUMBER = re.compile(r"\d[\d.,]*")
_MOST_KEYS = 12


def gather(article: Article) -> Clues:
    """Return the clues of an enriched article."""
    said = article.extraction
    text = "\n".join(
        article.text[each.start : each.end] for each in said.blocks if each.role in _PROSE
    )
    words = [stem(word) for word in _WORD.findall(text)]
    named = [each.name for each in said.people] + [each.name for each in said.organisations]
    places = [place.country for place in said.places if place.country]
    return Clues(
        language=said.language.tag if said.language else None,
        published=period_of(said.published),
        words=_family(words),
        lead=_family([stem(word) for word in _WORD.findall(text[:_LEAD])]),
        names=_family(fold(part) for name in named for part in name.split()),
        numbers=_family(_NUMBER.findall(text)),
        places=_family(places),
        grams=_family([]),
        people=tuple(fold(person.name) for person in said.people),
    )


def keys(clues: Clues) -> tuple[int, ...]:
    """Return the 32-bit hashes by which an index finds candidates, the rarest first, up to 12.

    The same in every language: names and numbers first, words where they are few.
    """
    found = (*clues.names.weights, *clues.numbers.weights, *clues.words.weights)
    return tuple(dict.fromkeys(found))[:_MOST_KEYS]


def _family(words: Iterable[str]) -> Family:
    counted = Counter(words)
    return Family(
        weights={crc32(word.encode()): min(times, 255) for word, times in counted.items()}
    )
