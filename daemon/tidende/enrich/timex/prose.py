"""What every rule for dates is given and gives back."""

import re
from dataclasses import dataclass

from tidende.enrich.timex.grammar import TimeGrammar
from tidende.enrich.timex.resolution import Anchor

_CLAUSE = 160  # how far from a date the words are looked for that say it is to come
_WINDOW = 20


@dataclass(frozen=True, slots=True)
class Hit:
    """A mention; `daily` where it names one day, so that a time of day may follow."""

    start: int
    end: int
    value: str | None
    daily: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Prose:
    """A block of the article: rules read `low` from a place on and never beyond `end`."""

    text: str
    low: str
    start: int
    end: int
    grammar: TimeGrammar
    at: Anchor | None

    def match(self, pattern: re.Pattern[str], position: int) -> re.Match[str] | None:
        """Match at a place, within the block."""
        return pattern.match(self.low, position, self.end)

    def before(self, pattern: re.Pattern[str], position: int) -> re.Match[str] | None:
        """Match a pattern that ends in `$` right before a place."""
        return pattern.search(self.low, max(self.start, position - _WINDOW), position)

    def to_come(self, hit_start: int, hit_end: int) -> bool:
        """Say whether the clause around a mention speaks of what is to come."""
        begin = max(self.start, hit_start - _CLAUSE)
        close = min(self.end, hit_end + _CLAUSE)
        for mark in (". ", ", "):
            begin = max(begin, self.low.rfind(mark, begin, hit_start))
            last = self.low.find(mark, hit_end, close)
            close = last if last >= 0 else close
        return self.grammar.future.search(self.low, begin, close) is not None
