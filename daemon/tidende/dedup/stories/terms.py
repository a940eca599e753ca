"""Terms: words, parts of words and names as numbers, with how rare each is; remembered by word.

A term is one integer, the 32-bit hash of the folded form in the upper bits and its rank in the
lower four: 15 for what no table knows, 0 (and then the whole term is 0) for what says nothing.
Most words come again, so each is folded once a process.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import TypeAlias, TypeVar
from zlib import crc32

from tidende import lexicon
from tidende.dedup.stories import rarity
from tidende.dedup.stories.folding import fold, stem
from tidende.dedup.stories.names import canonical

Term: TypeAlias = int

NOTHING: Term = 0
_RANK_BITS = 4
_MEMORY = 1 << 15  # words that are remembered of a language: at most 30 MB, when news is varied
_LONGEST = 100  # letters of a word that is remembered; a longer one comes once, and may be a seed
_GRAM = 5  # letters
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_YEAR_RANK = 6
_RARE_NOUN = 12  # rank from which a German noun may be a name
_T = TypeVar("_T")


class Memory(dict[str, _T]):
    """What was worked out of each word; forgets all when there is too much of it."""

    def __init__(self, work: Callable[[str], _T]) -> None:
        super().__init__()
        self._work = work

    def __missing__(self, word: str) -> _T:
        value = self._work(word)
        if len(word) <= _LONGEST:
            if len(self) >= _MEMORY:
                self.clear()
            self[word] = value
        return value


def term(key: str, rank: int) -> Term:
    """Return the term of a key, `NOTHING` for rank 0."""
    return crc32(key.encode()) << _RANK_BITS | rank if rank else NOTHING


def rank_of(one: Term) -> int:
    """Return how rare a term is, 1 to 15."""
    return one & rarity.RAREST


@cache
def words(tag: str | None) -> Memory[Term]:
    """Return the terms of a language's words in lower case, and of years.

    Words count by their stems, and as Danish would have them: `rarity.counterparts`.
    """
    counterparts, ranks = rarity.counterparts(tag), rarity.words()

    def work(word: str) -> Term:
        if not word.isalpha():
            return term(word, _YEAR_RANK) if _YEAR.fullmatch(word) else NOTHING
        key = stem(word)
        key = counterparts.get(key, key)
        rank = ranks.get(key, rarity.RAREST)
        return term(key, rank) if rank > rarity.COMMON else NOTHING

    return Memory(work)


@cache
def grams(tag: str | None) -> Memory[tuple[Term, ...]]:
    """Return the terms of a word's parts, by which compounds meet; of common words none."""
    known = words(tag)

    def work(word: str) -> tuple[Term, ...]:
        rank = rank_of(known[word])
        if not rank:
            return ()
        folded = fold(word)
        ends = range(_GRAM, len(folded) + 1)
        return tuple([term(folded[end - _GRAM : end], rank) for end in ends])

    return Memory(work)


@cache
def names(tag: str | None) -> Memory[Term]:
    """Return the terms of names."""
    ranks = rarity.names()

    def work(name: str) -> Term:
        key = canonical(name, tag)
        return term(key, ranks.get(key, rarity.RAREST))

    return Memory(work)


@cache
def capitals(tag: str | None) -> Memory[Term]:
    """Return the terms of words with a capital; where all nouns have one, of the rare words.

    These count half, since most of them are no names.
    """
    known, plain = names(tag), words(tag)
    if tag is None or tag not in lexicon.tags() or not lexicon.of(tag).language.nouns_capital:
        return known

    def work(word: str) -> Term:
        if rank_of(plain[word.lower()]) < _RARE_NOUN:
            return NOTHING
        return term(canonical(word, tag), rank_of(known[word]) // 2)

    return Memory(work)


@cache
def weekdays() -> Memory[int]:
    """Return a word's weekday as a bit, Monday's the lowest: "lørdag", "lørdagens", "Samstag"."""
    days = [
        (forms[0], 1 << at)
        for tag in lexicon.tags()
        for at, forms in enumerate(lexicon.of(tag).calendar.weekdays)
    ]
    any_day = tuple(day for day, _ in days)

    def work(word: str) -> int:
        if not word.startswith(any_day):
            return 0
        return next(bit for day, bit in days if word.startswith(day))

    return Memory(work)
