"""What every rule for dates is given and gives back."""

import re
from typing import NamedTuple

from tidende.enrich.timex.grammar import TimeGrammar
from tidende.enrich.timex.resolution import Anchor

_CLAUSE = 160  # how far from a date the words are looked for that tell its tense
_WINDOW = 20


# Tuples, since an article has many: a frozen dataclass takes several times as long to make.
class Hit(NamedTuple):
    """A mention; `daily` where it names one day, so that a time of day may follow.

    `from_told` are the years that one is off which counts from the year told before it: "året før".
    """

    start: int
    end: int
    value: str | None
    daily: bool = False
    from_told: int = 0


class Prose(NamedTuple):
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

    def planned(self, hit_start: int, hit_end: int) -> bool:
        """Say whether the clause around a mention speaks of a plan, an expectation, a duty."""
        return self.grammar.future.search(self.low, *self._clause(hit_start, hit_end)) is not None

    def to_come(self, hit_start: int, hit_end: int) -> bool:
        """Say whether a day lies ahead: its clause plans it, or tells it in the present."""
        clause, grammar = self._clause(hit_start, hit_end), self.grammar
        if grammar.future.search(self.low, *clause):
            return True
        present = grammar.present.search(self.low, *clause)
        return present is not None and not grammar.past.search(self.low, *clause)

    def gone_by(self, hit_start: int, hit_end: int) -> bool:
        """Say whether the clause around a day tells only what has happened."""
        clause, grammar = self._clause(hit_start, hit_end), self.grammar
        if not grammar.past.search(self.low, *clause):
            return False
        return not any(
            tense.search(self.low, *clause)
            for tense in (grammar.future, grammar.present, grammar.infinitive)
        )

    def _clause(self, hit_start: int, hit_end: int) -> tuple[int, int]:
        """Return where the clause around a mention begins and ends."""
        begin = max(self.start, hit_start - _CLAUSE)
        close = min(self.end, hit_end + _CLAUSE)
        for mark in (". ", ", "):
            begin = max(begin, self.low.rfind(mark, begin, hit_start))
            last = self.low.find(mark, hit_end, close)
            close = last if last >= 0 else close
        return begin, close
