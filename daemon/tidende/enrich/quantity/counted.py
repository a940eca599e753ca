"""What a number counts: the measure or the noun phrase right behind it."""

import re
from dataclasses import dataclass
from functools import cache

from tidende import lexicon
from tidende.enrich.matching import any_of
from tidende.model.article import Span

_REACH = 4  # words: "12 new confirmed cases"
_WORD = re.compile(r"\s{1,2}((?:[^\W\d_]\.){2,4}|[^\W\d_]+(?:['’-][^\W\d_]+)*-?)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """One language's measures, and what tells a noun from what may stand before it."""

    measure: re.Pattern[str]
    joiner: re.Pattern[str]
    stops: frozenset[str]
    heads: frozenset[str]
    modifiers: frozenset[str]
    head_endings: tuple[str, ...]
    modifier_endings: tuple[str, ...]
    nouns_marked: bool
    capitalised_nouns: bool
    bare_adjectives: bool
    anything: bool

    def measured(self, low: str, position: int, end: int) -> Span | None:
        """Return the place of a measure: "%", "kroner", "km/h"."""
        hit = self.measure.match(low, position, end)
        return hit.span("unit") if hit else None

    def counted(self, text: str, low: str, position: int, end: int) -> Span | None:
        """Return the place of the noun that is counted, with the adjectives before it."""
        first: Span | None = None
        hanging = False  # behind "utenriks- og", the next word is the noun
        for _ in range(_REACH if self.anything else 0):
            word = _WORD.match(low, position, end)
            if word is None or word[1] in self.stops:
                break
            first = first or word.span(1)
            position = word.end()
            if word[1].endswith("-") and (joiner := self.joiner.match(low, position, end)):
                position, hanging = joiner.end(), True
            elif hanging or self._is_head(word[1], text[word.start(1) : word.end(1)]):
                return first[0], word.end(1)
            elif not self._is_modifier(word[1], text[word.start(1)]):
                break
        return first if self.bare_adjectives and first and text[first[0]].islower() else None

    def _is_head(self, word: str, printed: str) -> bool:
        if self.capitalised_nouns:
            return printed[0].isupper()
        if word in self.heads:
            return True
        if word in self.modifiers:
            return False
        if self.nouns_marked:
            return word.endswith(self.head_endings)
        if printed[0].isupper() and not _is_compound(printed):
            return False
        return word.endswith(self.head_endings) or not word.endswith(self.modifier_endings)

    def _is_modifier(self, word: str, initial: str) -> bool:
        if self.nouns_marked:
            return True
        return initial.islower() and (
            word in self.modifiers or word.endswith(self.modifier_endings)
        )


def _is_compound(printed: str) -> bool:
    """Say that a capital stands in a compound's first part only: "Nato-ministrene"."""
    return "-" in printed and printed[printed.rindex("-") + 1 :].islower()


@cache
def counting(tag: str | None) -> Counting:
    """Return a language's; None knows the measures of all languages and no nouns."""
    if tag is None:
        return _pooled()
    known = lexicon.of(tag).figures
    return Counting(
        measure=_measure(known.units),
        joiner=re.compile(rf"\s(?:{any_of(known.joiners)})(?=\s)"),
        stops=frozenset(known.stops),
        heads=frozenset(known.heads),
        modifiers=frozenset(known.modifiers),
        head_endings=known.head_endings,
        modifier_endings=known.modifier_endings,
        nouns_marked=known.nouns_marked,
        capitalised_nouns=lexicon.of(tag).language.nouns_capital,
        bare_adjectives=known.bare_adjectives,
        anything=True,
    )


def _measure(units: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\s{{0,2}}(?P<unit>[%‰€$£¥]|(?:{any_of(units)})(?!\w|-\w))")


def _pooled() -> Counting:
    none: frozenset[str] = frozenset()
    return Counting(
        measure=_measure(lexicon.union(lambda known: known.figures.units)),
        joiner=re.compile(r"(?!)"),
        stops=none,
        heads=none,
        modifiers=none,
        head_endings=(),
        modifier_endings=(),
        nouns_marked=False,
        capitalised_nouns=False,
        bare_adjectives=False,
        anything=False,
    )
