"""Decides which country a name is in, by what else the article names.

"Georgia" is a country with Tbilisi and a state with Atlanta; a town with namesakes is where the
article's other places are, or else the likeliest one.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from tidende.lexicon import either, of
from tidende.lexicon.gazetteer import PlaceFact

# The ranks by which a town may be smaller than its namesake and yet be meant: 300 times.
_SMALLER = 5
# From here a city, of 3 million people, is named wherever the news comes from.
_METROPOLIS = 13


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """How much of the article points at each country.

    `all` counts everything: the country, its people, its places; `within` only towns and regions
    in it, which tell that the news is about the country and not only with it.
    """

    all: Mapping[str, int]
    within: Mapping[str, int]

    @classmethod
    def of(cls, names: Iterable[tuple[PlaceFact, ...]], demonyms: Mapping[str, int]) -> "Named":
        """Count the names that can only mean one country, and the demonyms."""
        everything, within = Counter[str](demonyms), Counter[str]()
        for facts in names:
            countries = {fact.country for fact in facts}
            if len(countries) != 1 or not (country := facts[0].country):
                continue
            everything[country] += 1
            if facts[0].kind != "country" and facts[0].rank < _METROPOLIS:
                within[country] += 1
        return cls(all=everything, within=within)


def country_of(facts: tuple[PlaceFact, ...], named: Named) -> str | None:
    """Return the country, ISO 3166-1 alpha-2, of a name that can mean `facts`; None if unknown."""
    if not facts:
        return None
    likely = facts[0]
    if likely.country and named.all.get(likely.country):
        return likely.country
    support = named.within if likely.kind == "country" else named.all
    others = [fact for fact in facts[1:] if fact.country and support.get(fact.country)]
    if likely.kind == "city":
        others = [fact for fact in others if fact.rank + _SMALLER >= likely.rank]
    if not others:
        return likely.country
    return max(others, key=lambda fact: support[fact.country or ""]).country


def next_place(text: str, end: int, starts: Mapping[int, int], tag: str) -> int | None:
    """Return which place a name that ends at `end` is said to be in: "Brenna i Hallingdal".

    `starts` has the places' numbers by where their mentions begin.
    """
    gap = _gap(tag).match(text, end)
    return starts.get(gap.end()) if gap else None


def is_at_home(name: str, tag: str, named: Named) -> bool:
    """Tell a name with an ending of the language's own, in an article about its only country."""
    words = of(tag).names
    if len(words.home) != 1 or not named.all.get(words.home[0]):
        return False
    return name.lower().endswith(words.home_places)


@cache
def _gap(tag: str) -> re.Pattern[str]:
    links = sorted(of(tag).names.place_links, key=len, reverse=True)
    return re.compile(rf" (?:{either(tuple(links))}) ")
