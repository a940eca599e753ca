"""Where a date or a figure may begin: one pass over a text that the finders of both share."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from tidende.enrich.matching import head, lowered
from tidende.enrich.numerals import numerals
from tidende.enrich.quantity import grammar as quantity
from tidende.enrich.timex import grammar as timex
from tidende.model.article import Block

# Looking for what may stand before a word costs half of what a word boundary costs.
_SEPARATOR = r"[\s(\[«»\"“”„'‘’–—−$€£¥+<>*=~-]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Starts:
    """A text in lower case, and where in it a number or a word for a time may stand, in order.

    Each finder tells by its own pattern what stands there; a block without any needs no reading.
    """

    low: str
    places: Sequence[int]

    def within(self, block: Block) -> Sequence[int]:
        """Return the places in a block."""
        first = bisect_left(self.places, block.start)
        return self.places[first : bisect_left(self.places, block.end, first)]


def starts(text: str, tag: str | None) -> Starts:
    """Go through a text once, for `dates` and `figures` both."""
    low = lowered(text)
    return Starts(low=low, places=[0, *(gap.end() for gap in _pattern(tag).finditer(low))])


@cache
def _pattern(tag: str | None) -> re.Pattern[str]:
    words = {*timex.grammar(tag).head_words, *quantity.openings(numerals(tag))}
    return re.compile(rf"{_SEPARATOR}(?={head(words)})")
