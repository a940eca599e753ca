"""Reads the name of a place off a mention: without genitive and article, and what it can mean.

A name that the gazetteer doesn't know has a country only if it holds one: "Nord-Italia", "Oslo
rådhus".
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import TypeAlias

from tidende.lexicon import Words, of, tags, union
from tidende.lexicon.gazetteer import Gazetteer, Kind, PlaceFact

_MEMORY = 1 << 12  # names that are remembered: most come again
_SHORTEST_TAIL = 3  # letters of a lower-case word that ends a name
_LANDS: frozenset[Kind] = frozenset({"country", "region"})
_Facts: TypeAlias = tuple[PlaceFact, ...]


def read_name(
    surface: str, tag: str | None, surfaces: set[str], genitive: Words, known: Gazetteer
) -> tuple[str, _Facts]:
    """Return the name in a mention and the places it can mean, the likeliest first.

    What the gazetteer knows as printed is no genitive: "Honduras". An unknown name is one if it has
    an apostrophe, or if `surfaces`, all mentions of the article, have it without the ending, too.
    """
    if listed := _listed(surface, tag, genitive, known):
        return listed
    bare = _without_article(surface, tag)
    stripped = _stripped(bare, genitive)
    apart = [name for name in stripped if not bare[len(name)].isalpha()]
    name = next((name for name in stripped if name in surfaces), apart[0] if apart else bare)
    return name, _held(name, tag, genitive, known)


@lru_cache(maxsize=_MEMORY)
def _listed(
    surface: str, tag: str | None, genitive: Words, known: Gazetteer
) -> tuple[str, _Facts] | None:
    """Return what the gazetteer knows a mention as, with or without article and genitive."""
    for bare in (surface, _without_article(surface, tag)):
        for name in (bare, *_stripped(bare, genitive)):
            if facts := known.places(name, tag) or known.places(name.replace(" ", "-"), tag):
                return name, facts
    return None


def _stripped(name: str, genitive: Words) -> list[str]:
    return [name.removesuffix(ending) for ending in genitive if name.endswith(ending)]


def _without_article(surface: str, tag: str | None) -> str:
    """Leave out the article of "the Netherlands"."""
    first, space, rest = surface.partition(" ")
    return rest if space and rest[:1].isupper() and first.lower() in _articles(tag) else surface


def _articles(tag: str | None) -> Words:
    if tag is None:
        return union(lambda words: words.names.place_articles)
    return of(tag).names.place_articles


@lru_cache(maxsize=_MEMORY)
def _held(name: str, tag: str | None, genitive: Words, known: Gazetteer) -> _Facts:
    """Return the country that an unknown name holds, as a place without a name of its own."""
    for fact in (
        *_beyond_compass(name, tag, known),
        *_before_tail(name, tag, genitive, known),
    ):
        if fact.country:
            return (PlaceFact(country=fact.country, kind="area"),)
    return ()


def _beyond_compass(name: str, tag: str | None, known: Gazetteer) -> Iterator[PlaceFact]:
    """Yield the likeliest place behind a point of the compass: "Nord-Italia", "Süditalien".

    Where nothing parts the two it must be a land: "Westlund" is not the west of Lund.
    """
    if not name[:1].isupper() and " " not in name:
        return
    lower = name.lower()
    for each in tags() if tag is None else (tag,):
        points = of(each).names.compass
        for point in points if lower.startswith(points) else ():
            rest = name[len(point) :] if lower.startswith(point) else ""
            inner = rest.lstrip("- ")
            for fact in known.places(inner[:1].upper() + inner[1:], tag)[:1]:
                if inner != rest or point.endswith("-") or fact.kind in _LANDS:
                    yield fact


def _before_tail(
    name: str, tag: str | None, genitive: Words, known: Gazetteer
) -> Iterator[PlaceFact]:
    """Yield the likeliest place before a common noun: "Vinje kommune", "Stockholms kommun"."""
    head, space, tail = name.rpartition(" ")
    if not space or not tail.islower() or len(tail) < _SHORTEST_TAIL:
        return
    yield from known.places(head, tag)[:1]
    for ending in genitive:
        if head.endswith(ending):
            yield from known.places(head.removesuffix(ending), tag)[:1]
