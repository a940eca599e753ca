"""Decides which country a name is in, by what else the article names.

"Georgia" is a country with Tbilisi and a state with Atlanta; a town with namesakes is where the
article's other places are, or else the likeliest one.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from tidende.enrich.place_references import Demonyms
from tidende.lexicon import either, of
from tidende.lexicon.gazetteer import PlaceFact

# The ranks by which a town may be smaller than its namesake and yet be meant: 300 times.
_SMALLER = 5
# From here a city, of 3 million people, is named wherever the news comes from.
_METROPOLIS = 13


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """How much of the article points at each country.

    `everything` counts the names of the country and of what lies in it, `within` only towns and
    regions in it, which tell that the news is about the country and not only with it.
    """

    everything: Mapping[str, int]
    within: Mapping[str, int]
    demonyms: Demonyms

    @classmethod
    def of(cls, names: Iterable[tuple[PlaceFact, ...]], demonyms: Demonyms) -> "Named":
        """Count the names that can only mean one country."""
        everything, within = Counter[str](), Counter[str]()
        for facts in names:
            countries = {fact.country for fact in facts}
            if len(countries) != 1 or not (country := facts[0].country):
                continue
            everything[country] += 1
            if facts[0].kind != "country" and facts[0].rank < _METROPOLIS:
                within[country] += 1
        return cls(everything=everything, within=within, demonyms=demonyms)

    def points_at(self, country: str) -> bool:
        """Tell whether anything at all points at a country."""
        return country in self.everything or self.demonyms.count(country) > 0

    def count(self, country: str) -> int:
        """Count all that points at a country: its name, its people, its places."""
        return self.everything.get(country, 0) + self.demonyms.count(country)

    def lies_in(self, country: str) -> int:
        """Count the towns and regions in a country."""
        return self.within.get(country, 0)


def country_of(facts: tuple[PlaceFact, ...], named: Named) -> str | None:
    """Return the country, ISO 3166-1 alpha-2, of a name that can mean `facts`; None if unknown."""
    if not facts:
        return None
    likely, *rest = facts
    if likely.kind == "city":
        rest = [fact for fact in rest if fact.rank + _SMALLER >= likely.rank]
    others = [fact.country for fact in rest if fact.country and fact.country != likely.country]
    if not others or (likely.country and named.points_at(likely.country)):
        return likely.country
    support = named.lies_in if likely.kind == "country" else named.count
    supported = {country: count for country in others if (count := support(country))}
    return max(supported, key=supported.__getitem__, default=likely.country)


def next_place(text: str, end: int, starts: Mapping[int, int], tag: str) -> int | None:
    """Return which place a name that ends at `end` is said to be in: "Brenna i Hallingdal".

    `starts` has the places' numbers by where their mentions begin.
    """
    gap = _gap(tag).match(text, end)
    return starts.get(gap.end()) if gap else None


def is_at_home(name: str, tag: str, named: Named) -> bool:
    """Tell a name with an ending of the language's own, in an article about its only country."""
    words = of(tag).names
    if len(words.home) != 1 or not named.points_at(words.home[0]):
        return False
    return name.lower().endswith(words.home_places)


@cache
def _gap(tag: str) -> re.Pattern[str]:
    links = sorted(of(tag).names.place_links, key=len, reverse=True)
    return re.compile(rf" (?:{either(tuple(links))}) ")
