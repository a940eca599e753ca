"""Weighs two articles' clues: how likely it is that both tell of one event, or of one matter.

Several weak similarities of families, cosines in which what is rare weighs more, go into one of two
small logistic regressions: for articles in one language, and in two. Products say that two families
agree at once: words without names are a template, names without words another event with the same
people. `training/stories.py` learns the weights; they ship in `weights.json`.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp, log1p, sqrt
from typing import TypeAlias

import orjson

from tidende.dedup.stories.clues import Clues, Family
from tidende.model.verdict import Evidence

DATA = "weights.json"
SIGNALS = (
    "words",
    "lead",
    "lead in words",
    "names",
    "numbers",
    "places",
    "grams",
    "words and names",
    "words and numbers",
    "names and numbers",
    "other numbers",
    "other days",
)
"""The measures in the order in which `measure` returns them."""

_STEEP = 5
_STEEPNESS = log1p(_STEEP)
_ONE = 3600  # the square of a rare word's weight
_SHRINKS = 1.0 * _ONE, 0.5 * _ONE  # of long families, and of short ones: see `_cosine`
_TELLING = 32  # from this weight a number is a fact: not "2" or "100"

Weights: TypeAlias = tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What two articles have in common.

    `story` is the probability, 0 to 1, that both tell of one event, by their content alone: time is
    weighed where more than two articles are known (`partition`). `thread` is the same for one
    long-running matter. `measures` are what both rest on, in the order of `SIGNALS`, each 0 to 1;
    there are none where a link was only kept.
    """

    story: float
    thread: float
    measures: Weights = ()

    @property
    def signals(self) -> tuple[Evidence, ...]:
        """The measures with their names; made when asked for, as most links are only weighed."""
        named = zip(SIGNALS, self.measures, strict=False)
        return tuple(Evidence(signal=name, value=round(value, 3)) for name, value in named)


def weigh(one: Clues, other: Clues) -> Link:
    """Return how two articles are linked; the same for both orders."""
    found, models = measure(one, other), _models()
    model = models.same if one.language == other.language else models.cross
    speaks = [weight * value for weight, value in zip(model.weights, found, strict=True)]
    matter = sum(each for each in speaks if each > 0)
    return Link(
        story=_probability(model.bias + sum(speaks)),
        thread=_probability(model.bias + matter + models.thread),
        measures=found,
    )


def measure(one: Clues, other: Clues) -> Weights:
    """Return the measures of two articles, each 0 to 1, in the order of `SIGNALS`."""
    long, short = _SHRINKS
    words = _cosine(one.words, other.words, long)
    lead = _cosine(one.lead, other.lead, long)
    across = max(_cosine(one.lead, other.words, long), _cosine(one.words, other.lead, long))
    names = _cosine(one.names, other.names, short) if _both(one.names, other.names) else words
    numbers = (
        _cosine(one.numbers, other.numbers, short) if _both(one.numbers, other.numbers) else words
    )
    places = _cosine(one.places, other.places, short) if _both(one.places, other.places) else words
    best = max(words, across)
    return (
        *map(
            _raised,
            (
                words,
                lead,
                across,
                names,
                numbers,
                places,
                _cosine(one.grams, other.grams, long),
                sqrt(best * names),
                sqrt(best * numbers),
                sqrt(names * numbers),
            ),
        ),
        float(_disjoint(one.numbers, other.numbers)),
        _other_days(one.weekdays, other.weekdays),
    )


def _cosine(one: Family, other: Family, shrink: float) -> float:
    """Return the cosine of two families, 0 to 1, 0 where one is empty.

    `shrink` keeps down what rests on little: one shared name of two articles that have no other.
    """
    first, second = one.weights, other.weights
    shared = first.keys() & second.keys()
    if not shared:
        return 0.0
    dot = sum([first[each] * second[each] for each in shared])
    return dot / (one.length * other.length + shrink)


def _both(one: Family, other: Family) -> bool:
    return bool(one.weights and other.weights)


def _disjoint(one: Family, other: Family) -> bool:
    """Tell whether both articles have numbers that are facts, and not one in common."""
    facts = [
        {key for key, weight in each.weights.items() if weight >= _TELLING} for each in (one, other)
    ]
    return bool(facts[0] and facts[1] and facts[0].isdisjoint(facts[1]))


def _other_days(one: int, other: int) -> float:
    """Return 1 where two openings name other weekdays, 0.5 where these follow one another."""
    if not one or not other or one & other:
        return 0.0
    following = (one << 1 | one >> 6) & other or (other << 1 | other >> 6) & one
    return 0.5 if following else 1.0


def _raised(value: float) -> float:
    """Spread out small similarities: 0 and 0.1 are further apart than 0.5 and 0.6."""
    return log1p(_STEEP * value) / _STEEPNESS


def _probability(log_odds: float) -> float:
    return 1 / (1 + exp(-log_odds))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Model:
    """A logistic regression's weights in the order of `SIGNALS`, and what holds without any."""

    weights: Weights
    bias: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Models:
    """For two articles in one language and in two, and what one matter asks less than one event."""

    same: _Model
    cross: _Model
    thread: float


@cache
def _models() -> _Models:
    read = orjson.loads(files(__package__).joinpath(DATA).read_bytes())
    same, cross = (
        _Model(weights=tuple(read[kind][name] for name in SIGNALS), bias=read[kind]["bias"])
        for kind in ("same", "cross")
    )
    return _Models(same=same, cross=cross, thread=read["thread"]["bias"])
