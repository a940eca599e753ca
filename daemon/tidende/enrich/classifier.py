"""Weighs what a candidate is: a person, an organisation, a place, or no name.

A linear model over `features`, learned by `training/names.py` and shipped as `names.weights`: for
each feature a weight for each kind, in each language and pooled over all of them, for texts whose
language isn't known.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from struct import Struct
from typing import TypeAlias

from tidende.enrich.features import CONTEXT, SLOTS
from tidende.enrich.forms import Features

KINDS = ("none", "person", "organisation", "place")
Scores: TypeAlias = tuple[int, ...]

# Bits: a sum of all slots' weights stays far below, and four lanes fit a machine word, which is
# what `sum` adds without making a number for each step.
_LANE = 16
_LANES = Struct("<4h")
_SIGNS = sum(1 << (_LANE * (at + 1) - 1) for at in range(len(KINDS)))
_SHIFTS = tuple(_LANE * at for at in range(len(KINDS)))
_POOLED = "pooled"
_CONTEXT = len(CONTEXT)
_UNKNOWN = (0,) * _CONTEXT
_UNKNOWN_NAME = (0,) * (len(SLOTS) - _CONTEXT)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Model:
    """For each slot, the weights of its values; those of all kinds are packed into one number.

    Each kind has a lane of some bits, so that one addition adds all of them. What a name itself
    says is summed once for all its places: `of_context` are the slots of the one, `of_name` those
    of the other.
    """

    intercept: int
    of_context: tuple[dict[str, int], ...]
    of_name: tuple[dict[str, int], ...]


def score(model: Model, context: Features, by_name: int) -> Scores:
    """Return how much speaks for each of `KINDS`, in the weights' unit.

    `by_name` is what the name itself says, from `said_by_name`.
    """
    return unpacked(sum(map(dict.get, model.of_context, context, _UNKNOWN), by_name))


def said_by_name(model: Model, name: Features) -> int:
    """Sum what the features of a name itself say, packed, wherever it stands."""
    return sum(map(dict.get, model.of_name, name, _UNKNOWN_NAME), model.intercept)


def packed(weights: tuple[int, ...]) -> int:
    """Put a weight for each kind into one number."""
    return sum(weight << shift for weight, shift in zip(weights, _SHIFTS, strict=True))


def unpacked(total: int) -> Scores:
    """Take the kinds' sums out of their lanes.

    A negative one has borrowed from the next; with the signs added, none is negative, and taking
    them off again leaves two's complements.
    """
    return _LANES.unpack(((total + _SIGNS) ^ _SIGNS).to_bytes(_LANES.size, "little"))


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
    return Model(
        intercept=packed(tuple(said["intercept"][column])),
        of_context=tuple(slots[:_CONTEXT]),
        of_name=tuple(slots[_CONTEXT:]),
    )
