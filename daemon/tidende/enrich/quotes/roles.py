"""Finds whom a role means: "forsvarsministeren" after "forsvarsminister Kari Nordmann"."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tidende.enrich.quotes.cast import Cast
from tidende.enrich.quotes.grammar import WORD, Grammar
from tidende.model.article import Person

_SHORTEST_STEM = 4
_BEFORE = re.compile(r"([^\W\d_][\w-]*+)[ ]\Z")
_AFTER = re.compile(r",\s([^\W\d_][^,.;:!?()\n]{3,80}+)[,.;:\n]")
_LONGEST_WORD = 40
_MOST_RECENT = 20  # holders of one word that are looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A person with the words of one role, lower-cased, and where both stand together first.

    A role that isn't `stated` is only the word before the name, which may be none.
    """

    name: str
    role: str
    words: frozenset[str]
    at: int
    stated: bool = True


class Holders:
    """Who has which role, indexed by the roles' words."""

    def __init__(self, known: Sequence[Holder], grammar: Grammar) -> None:
        self._grammar = grammar
        self._by_word: dict[str, list[Holder]] = {}
        for holder in known:
            for word in holder.words:
                self._by_word.setdefault(word, []).append(holder)
        self._tails: dict[str, tuple[str, ...]] = {}
        self.names = frozenset(holder.name for holder in known if holder.stated)

    def of(self, noun: str, at: int) -> str | None:
        """Return who was last called by a role's noun before a position, None for nobody.

        "forsvarsministeren" is the last "forsvarsminister", else the last "minister" of any kind;
        "Nato-sjefen" is whoever has a role in Nato.
        """
        prefix, _, tail = noun.lower().rpartition("-")
        stems = _stems(tail or noun.lower(), self._grammar)
        exact = (word for word in sorted(stems) if word in self._by_word)
        return (
            self._latest(exact, prefix, at)
            or self._latest(self._compounds(stems), prefix, at)
            or (self._latest((prefix, prefix + "s"), "", at) if prefix else None)
        )

    def _compounds(self, stems: Iterable[str]) -> tuple[str, ...]:
        """Return the roles' words that end in a stem: "forsvarsminister" for "minister"."""
        found: list[str] = []
        for stem in sorted(stems):
            if len(stem) < _SHORTEST_STEM:
                continue
            if stem not in self._tails:
                self._tails[stem] = tuple(word for word in self._by_word if word.endswith(stem))
            found.extend(self._tails[stem])
        return tuple(found)

    def _latest(self, words: Iterable[str], prefix: str, at: int) -> str | None:
        best: Holder | None = None
        for word in words:
            for holder in _before(self._by_word.get(word, ()), at):
                if prefix in holder.role and (best is None or holder.at > best.at):
                    best = holder
        return best.name if best else None


def holders(text: str, people: Iterable[Person], cast: Cast, grammar: Grammar) -> Holders:
    """Return who has which role: as the article's people have it, or as it stands by a name."""
    said = [
        _holder(person.name, role, person.mentions[0][0] if person.mentions else 0)
        for person in people
        for role in person.roles
    ]
    for each in cast.all():
        if not each.person or each.reference:
            continue
        before = _word_before(text, each.start)
        if before and before.lower() not in grammar.common:
            said.append(_holder(each.name, before, each.start, stated=False))
        after = _AFTER.match(text, each.end)
        if after is not None and after[1][0].islower() and not _opens_clause(after[1], grammar):
            said.append(_holder(each.name, after[1], each.start))
    return Holders(sorted(said, key=lambda holder: holder.at), grammar)


def _word_before(text: str, at: int) -> str | None:
    """Return the word that a space parts from a position."""
    if text[at - 1 : at] != " ":
        return None
    since = max(0, at - _LONGEST_WORD)
    word = _BEFORE.search(text, max(since, text.rfind(" ", since, at - 1) + 1), at)
    return word[1] if word else None


def _before(known: Sequence[Holder], at: int) -> Sequence[Holder]:
    """Return the last few holders of a role's word before a position; `known` is in order."""
    end = bisect_left(known, at, key=lambda holder: holder.at)
    return known[max(0, end - _MOST_RECENT) : end]


def _holder(name: str, role: str, at: int, *, stated: bool = True) -> Holder:
    low = role.lower()
    return Holder(name=name, role=low, words=frozenset(WORD.findall(low)), at=at, stated=stated)


def _stems(noun: str, grammar: Grammar) -> frozenset[str]:
    """Return a noun without the endings that make it definite, and as it stands."""
    bare = {
        noun.removesuffix(ending)
        for ending in grammar.definite
        if noun.endswith(ending) and len(noun) - len(ending) >= _SHORTEST_STEM
    }
    return frozenset({noun} | bare)


def _opens_clause(words: str, grammar: Grammar) -> bool:
    first = WORD.match(words)
    return first is None or first[0] in grammar.common or first[0] in grammar.verbs
