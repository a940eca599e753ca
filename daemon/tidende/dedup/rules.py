"""The rules that make a kind of what was measured; thresholds with their evidence beside them."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from tidende.dedup.measures import Measures

Kind: TypeAlias = Literal["duplicate", "revision", "unrelated"]

LEAST_IN_COMMON = 0.25
SHORT = 60
MOST_ALIGNED, LEAST_ALIGNED = 0.7, 0.5
MOST_CHANGED = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """A measured value and the threshold it was held against."""

    name: str
    value: float
    threshold: float
    met: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A kind, the signals it follows from, and the decision in words."""

    kind: Kind
    reason: str
    signals: tuple[Signal, ...]


def rule(m: Measures) -> Ruling:
    """Return the kind that follows from the measures."""
    least_aligned = LEAST_ALIGNED if m.lead else MOST_ALIGNED
    signals = (
        _at_least("containment", m.containment, LEAST_IN_COMMON),
        _at_least("aligned", m.aligned, least_aligned),
        _at_most("changed", m.changed, MOST_CHANGED),
        _at_least("added-paragraphs", m.added, 1),
        _at_least("changed-facts", m.changes, 1),
    )
    if not signals[0].met:
        return Ruling(kind="unrelated", reason="they share too little text", signals=signals)
    if not signals[1].met:
        reason = "they share a passage and tell different things"
        return Ruling(kind="unrelated", reason=reason, signals=signals)
    if not signals[2].met:
        reason = "the wording is the same, the facts are others"
        return Ruling(kind="unrelated", reason=reason, signals=signals)
    if m.changes or m.added:
        reason = "the same report with changed facts or added paragraphs"
        return Ruling(kind="revision", reason=reason, signals=signals)
    return Ruling(kind="duplicate", reason="the same report, the same facts", signals=signals)


def _at_least(name: str, value: float, threshold: float) -> Signal:
    return Signal(name=name, value=round(value, 3), threshold=threshold, met=value >= threshold)


def _at_most(name: str, value: float, threshold: float) -> Signal:
    return Signal(name=name, value=round(value, 3), threshold=threshold, met=value <= threshold)
