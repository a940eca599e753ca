"""Weighs two articles' clues: how likely it is that both tell of one event, or of one matter.

Several weak similarities of families, cosines in which what is rare weighs more, go into one of two
small logistic regressions: for articles in one language, and in two. Products say that two families
agree at once: words without names are a template, names without words another event with the same
people. `training/stories.py` learns the weights; they ship in `weights.json`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp, log1p
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import orjson

from tidende.dedup.stories.clues import Clues
from tidende.dedup.stories.cosines import Column, cosines
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

Weights: TypeAlias = tuple[float, ...]
Table: TypeAlias = npt.NDArray[np.float64]
"""A row for each of some articles."""


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
    return weigh_all(one, [other])[0]


def weigh_all(one: Clues, others: Sequence[Clues], least: float = 0.0) -> dict[int, Link]:
    """Return how an article is linked with others, by their place among these.

    Those are left out with which it is less likely than `least` that it tells of one event or of
    one matter. Many cost little more than one.
    """
    if not others:
        return {}
    found, models = measure_all(one, others), _models()
    is_same = np.array([[one.language == other.language] for other in others])
    speaks = found * np.where(is_same, models.same.weights, models.cross.weights)
    biases = np.where(is_same, models.same.bias, models.cross.bias)[:, 0]
    events = map(_probability, (biases + _summed(speaks)).tolist())
    matter = biases + _summed(np.maximum(speaks, 0)) + models.thread
    matters = map(_probability, matter.tolist())
    return {
        at: Link(story=event, thread=matter, measures=tuple(found[at].tolist()))
        for at, (event, matter) in enumerate(zip(events, matters, strict=True))
        if max(event, matter) >= least
    }


def measure(one: Clues, other: Clues) -> Weights:
    """Return the measures of two articles, each 0 to 1, in the order of `SIGNALS`."""
    return tuple(measure_all(one, [other])[0].tolist())


def measure_all(one: Clues, others: Sequence[Clues]) -> Table:
    """Return the measures of an article with each of others, a row each."""
    found = cosines(one, others)
    words, names, numbers = np.maximum(found.words, found.across), found.names, found.numbers
    similar = np.column_stack(
        [
            found.words,
            found.lead,
            found.across,
            names,
            numbers,
            found.places,
            found.grams,
            np.sqrt(words * names),
            np.sqrt(words * numbers),
            np.sqrt(names * numbers),
        ]
    )
    days = [_other_days(one.weekdays, other.weekdays) for other in others]
    return np.column_stack([_raised(similar), found.other_numbers, days])


def _other_days(one: int, other: int) -> float:
    """Return 1 where two openings name other weekdays, 0.5 where these follow one another."""
    if not one or not other or one & other:
        return 0.0
    following = (one << 1 | one >> 6) & other or (other << 1 | other >> 6) & one
    return 0.5 if following else 1.0


def _raised(similar: Table) -> Table:
    """Spread out small similarities: 0 and 0.1 are further apart than 0.5 and 0.6."""
    # Not numpy's own log1p: its last digit may differ from one place of an array to the next.
    raised = np.array([*map(log1p, (_STEEP * similar).ravel().tolist())])
    return raised.reshape(similar.shape) / _STEEPNESS


def _summed(rows: Table) -> Column:
    """Add up each row, from its first number to its last, however many rows there are."""
    return np.add.accumulate(rows, axis=1)[:, -1]


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
