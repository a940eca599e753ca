"""Weighs two articles' clues: how likely it is that both tell of one event, or of one matter."""

from dataclasses import dataclass

from tidende.dedup.stories.clues import Clues, Family
from tidende.model.verdict import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What two articles have in common.

    `story` is the probability, 0 to 1, that both tell of one event, by their content alone: time is
    weighed where more than two articles are known (`partition`). `thread` is the same for one
    long-running matter. `signals` are the measures that both rest on.
    """

    story: float
    thread: float
    signals: tuple[Evidence, ...] = ()


def weigh(one: Clues, other: Clues) -> Link:
    """Return how two articles are linked; the same for both orders."""
    found = {
        "words": cosine(one.words, other.words),
        "lead": cosine(one.lead, other.lead),
        "names": cosine(one.names, other.names),
        "numbers": cosine(one.numbers, other.numbers),
        "places": cosine(one.places, other.places),
        "grams": cosine(one.grams, other.grams),
    }
    mean = min(1.0, 1.6 * sum(found.values()) / len(found))
    signals = tuple(Evidence(signal=name, value=value) for name, value in found.items())
    return Link(story=mean, thread=min(1.0, 1.5 * mean), signals=signals)


def cosine(one: Family, other: Family) -> float:
    """Return the cosine of two families, 0 to 1; 0 where one is empty."""
    first, second = one.weights, other.weights
    shared = first.keys() & second.keys()
    if not shared:
        return 0.0
    return sum(first[each] * second[each] for each in shared) / (one.length * other.length)
