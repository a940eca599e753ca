"""Capitalised runs: names where nobody has found any, and their longest form in the article."""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from tidende.enrich.quotes.grammar import Grammar

_LOWER = re.compile(r"\b[a-zß-öø-ÿ]++")
_MOST_WORDS = 5


class Runs:
    """The capitalised runs of a text, indexed by their words when first asked for."""

    def __init__(self, text: str, grammar: Grammar) -> None:
        self._text = text
        self._grammar = grammar

    def fullest(self, name: str) -> str:
        """Return the longest form of a name that the text has: "Nordmann", "Kari Nordmann"."""
        words = name.split()
        if len(words) > 1:
            return name
        found = self._by_last.get(words[0]) or self._by_first.get(words[0])
        return found or name

    @cached_property
    def _all(self) -> Sequence[tuple[str, ...]]:
        return [
            words
            for run in self._grammar.run.finditer(self._text)
            if len(printed := run[0].split()) > 1 and len(words := self._trimmed(printed)) > 1
        ]

    @cached_property
    def _by_last(self) -> dict[str, str]:
        return _index(self._all, -1)

    @cached_property
    def _by_first(self) -> dict[str, str]:
        return _index(self._all, 0)

    @cached_property
    def _lower(self) -> frozenset[str]:
        return frozenset(_LOWER.findall(self._text))

    def _trimmed(self, words: list[str]) -> tuple[str, ...]:
        """Leave out what only begins a sentence before a name: "Men", "Statsminister"."""
        first = 0
        while first < len(words) - 1 and self._common(words[first]):
            first += 1
        kept = [word.rstrip(".'’-") for word in words[first : first + _MOST_WORDS]]
        while kept and kept[-1].islower():
            kept.pop()
        return tuple(kept)

    def _common(self, word: str) -> bool:
        low = word.lower()
        return (
            low in self._grammar.common
            or low in self._lower
            or word.rpartition("-")[2][:1].islower()  # "Lesvos-ordfører"
        )


def _index(runs: Iterable[tuple[str, ...]], position: int) -> dict[str, str]:
    """Map a run's word at a position to the first run of the text that has it there."""
    index: dict[str, str] = {}
    for run in runs:
        index.setdefault(run[position], " ".join(run))
    return index
