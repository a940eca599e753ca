"""What an edition draws: where a thread's stories lie in time, and how often countries are named.

Only measures, in per cent of the width, so that a drawing fits a phone as well as a sheet of paper
and its lettering keeps its size; the templates make SVG of them.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tidende.digest.moments import news_time
from tidende.digest.phrasebook import Phrasebook, names_country
from tidende.model.edition import DigestThread, Edition, ThreadStory

BARS = 8
_LEFT, _RIGHT = 2.0, 98.0
_APART = 5.0  # dots that would cover one another are moved


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A story on its thread's timeline; `across` is in per cent."""

    story: ThreadStory
    across: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A country and the places named in it; `length` is in per cent of the longest."""

    name: str
    places: tuple[str, ...]
    mentions: int
    length: float


def timeline(thread: DigestThread) -> tuple[Dot, ...]:
    """Return a thread's stories by when they were news, from left to right."""
    times = [news_time(one.published, one.received).timestamp() for one in thread.stories]
    span = (times[-1] - times[0]) or 1.0
    ideal = [_LEFT + (_RIGHT - _LEFT) * (time - times[0]) / span for time in times]
    return tuple(
        Dot(story=story, across=round(across, 1))
        for story, across in zip(thread.stories, _apart(ideal), strict=True)
    )


def bars(edition: Edition, words: Phrasebook) -> tuple[Bar, ...]:
    """Return the countries that the edition's stories name most, by their names in its language.

    A place that lies in no single country stands for itself.
    """
    mentions: Counter[str] = Counter()
    places: dict[str, dict[str, None]] = {}
    for place in (each for story in edition.stories for each in story.places):
        name = words.country(place.country) or place.name
        mentions[name] += place.mentions
        if place.name != name and not names_country(place.name, place.country):
            places.setdefault(name, {})[place.name] = None
    most = mentions.most_common(BARS)
    longest = most[0][1] if most else 1
    return tuple(
        Bar(
            name=name,
            places=tuple(places.get(name, ())),
            mentions=count,
            length=round(100 * count / max(longest, 1), 1),
        )
        for name, count in most
    )


def _apart(ideal: Sequence[float]) -> list[float]:
    """Return places at least `_APART` from one another, in order, as near as they can be."""
    gap = min(_APART, (_RIGHT - _LEFT) / max(len(ideal) - 1, 1))
    moved: list[float] = []
    for across in ideal:
        moved.append(max(across, moved[-1] + gap) if moved else across)
    limit = _RIGHT
    for number in reversed(range(len(moved))):
        moved[number] = min(moved[number], limit)
        limit = moved[number] - gap
    return moved
