"""Weighs what a candidate is: a person, an organisation, a place, or no name.

A linear model over `features`, learned by `training/names.py` and shipped as `names.weights`: for
each feature a weight for each kind, in each language and pooled over all of them, for texts whose
language isn't known.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypeAlias

from tidende.enrich.features import SLOTS, Features

KINDS = ("none", "person", "organisation", "place")
Scores: TypeAlias = tuple[int, ...]

_LANE = 20  # bits: a sum of all slots' weights stays far below
_MASK = (1 << _LANE) - 1
_SIGN = 1 << (_LANE - 1)
_POOLED = "pooled"
_NOTHING = (0,) * len(SLOTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """For each slot, the weights of its values; those of all kinds are packed into one number.

    Each kind has a lane of some bits, so that one addition adds all of them.
    """

    intercept: int
    slots: tuple[dict[str, int], ...]


def score(model: Model, features: Features) -> Scores:
    """Return how much speaks for each of `KINDS`, in the weights' unit."""
    return unpacked(sum(map(dict.get, model.slots, features, _NOTHING), model.intercept))


def packed(weights: tuple[int, ...]) -> int:
    """Put a weight for each kind into one number."""
    return sum(weight << (_LANE * at) for at, weight in enumerate(weights))


def unpacked(total: int) -> Scores:
    """Take the kinds' sums out of their lanes; a negative one has borrowed from the next."""
    found = []
    for _ in KINDS:
        lane = total & _MASK
        lane -= (lane & _SIGN) << 1
        found.append(lane)
        total = (total - lane) >> _LANE
    return tuple(found)


@cache
def shipped(tag: str | None) -> Model:
    """Return the model of a language; the pooled one for a language that has none."""
    content = files("tidende.lexicon").joinpath("names.weights").read_bytes()
    return read_model(content, tag)


def read_model(content: bytes, tag: str | None) -> Model:
    """Read one language's weights: a line of JSON, a line of values a slot, then the bytes.

    A value has a signed byte for each kind in each language and pooled, in the order of "tags".
    """
    head, *lines = content.split(b"\n", len(SLOTS) + 1)
    said = json.loads(head)
    column = said["tags"].index(tag if tag in said["tags"] else _POOLED)
    weights = memoryview(lines.pop()).cast("b")
    width = len(KINDS) * len(said["tags"])
    at = len(KINDS) * column
    slots = []
    for line in lines:
        values = {}
        for value in line.decode("utf-8").split("\t") if line else ():
            if row := packed(tuple(weights[at : at + len(KINDS)])):
                values[value] = row
            at += width
        slots.append(values)
    return Model(intercept=packed(tuple(said["intercept"][column])), slots=tuple(slots))
