"""Parts articles that may belong together into stories and threads; the order never matters.

Every article begins alone. Groups are joined into stories while their links say one event and no
two of their members are of different times, then into threads while they say one matter. The result
depends on the set of articles alone, however they came.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from math import exp, log
from typing import Literal, TypeAlias

from tidende.dedup.stories.agglomerate import Group, Join, Pair, agglomerate, pair
from tidende.dedup.stories.clues import Clues
from tidende.dedup.stories.timing import Judgement, inherit, judge
from tidende.dedup.stories.weigh import Link

STORY = 0.5
THREAD = 0.5
"""Probabilities from which two groups are joined."""

_SURE = 1e-6  # no probability counts as nearer to 0 or 1
_BY_A_PERSON = "a person said so"

Kind: TypeAlias = Literal["one story", "one thread", "kept apart"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why two groups of subjects were joined, or weren't although they are alike, in words.

    `score` is the mean of the two best links between them, 0 to 1.
    """

    kind: Kind
    left: Group
    right: Group
    score: float
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Partition:
    """Stories and threads, each a sorted tuple of subjects; every story lies in one thread."""

    stories: tuple[Group, ...]
    threads: tuple[Group, ...]
    reasons: tuple[Reason, ...] = ()


def partition(
    members: Mapping[str, Clues],
    links: Mapping[Pair, Link],
    together: Collection[Pair] = (),
    apart: Collection[Pair] = (),
) -> Partition:
    """Return the stories and threads of `members`, by subject.

    `links` holds each weighed pair once, in either order; a pair that is missing counts as not
    alike. `together` and `apart` are a person's corrections, which hold against everything else;
    where they contradict one another, `apart` holds.
    """
    known = {pair(*each): links[each] for each in sorted(links)}
    time = _Time(members, known)
    separate = frozenset(pair(*each) for each in apart)
    begun, corrected = _begin(members, together, separate)
    stories, met = agglomerate(
        begun,
        {each: _shifted(link.story, time.between(*each).weight) for each, link in known.items()},
        STORY,
        lambda left, right: _bar(left, right, members, separate, time),
    )
    alike = {each: link.thread for each, link in known.items()}
    threads, met_again = agglomerate(stories, alike, THREAD, lambda _left, _right: "")
    return Partition(
        stories=tuple(stories),
        threads=tuple(threads),
        reasons=(
            *corrected,
            *(_reason(join, "one story", time) for join in met),
            *(_reason(join, "one thread", time) for join in met_again),
        ),
    )


class _Time:
    """What time says of any two members; asked as often as needed, worked out once."""

    def __init__(self, members: Mapping[str, Clues], links: Mapping[Pair, Link]) -> None:
        alike = defaultdict[str, set[str]](set)
        for (one, other), link in links.items():
            if link.thread >= THREAD:
                alike[one].add(other)
                alike[other].add(one)
        self._members = members
        self._inherited = inherit(members, alike)
        self._known: dict[Pair, Judgement] = {}

    def between(self, one: str, other: str) -> Judgement:
        """Return the judgement on two subjects, given in their order."""
        asked = (one, other)
        if asked not in self._known:
            inherited = (self._inherited.get(one), self._inherited.get(other))
            self._known[asked] = judge(self._members[one], self._members[other], *inherited)
        return self._known[asked]


def _begin(
    members: Iterable[str], together: Iterable[Pair], separate: Collection[Pair]
) -> tuple[list[Group], list[Reason]]:
    """Join first what a person joined, as far as no person separated it."""
    said = {pair(*each): 1.0 for each in together}
    groups, met = agglomerate(
        sorted((subject,) for subject in members),
        said,
        0.5,
        lambda left, right: _BY_A_PERSON if _parted(left, right, separate) else "",
    )
    return groups, [
        Reason(kind="one story", left=each.left, right=each.right, score=1.0, words=_BY_A_PERSON)
        for each in met
        if not each.barred
    ]


def _bar(
    left: Group,
    right: Group,
    members: Mapping[str, Clues],
    separate: Collection[Pair],
    time: _Time,
) -> str:
    """Say why two groups can't be one story, "" where nothing is against it."""
    if _parted(left, right, separate):
        return _BY_A_PERSON
    first, second = (
        {r for each in group for r in members[each].results} for group in (left, right)
    )
    if first and second and first.isdisjoint(second):
        return f"results are {', '.join(sorted(first))} and {', '.join(sorted(second))}"
    judged = (time.between(*pair(one, other)) for one, other in product(left, right))
    return next((each.words for each in judged if each.veto), "")


def _parted(left: Group, right: Group, separate: Collection[Pair]) -> bool:
    return any(pair(one, other) in separate for one, other in product(left, right))


def _reason(join: Join, kind: Kind, time: _Time) -> Reason:
    words = join.barred or f"their best links say {join.score:.2f}"
    if not join.barred and kind == "one story":
        told = (time.between(*pair(*each)).words for each in product(join.left, join.right))
        words += "".join(f"; {each}" for each in dict.fromkeys(filter(None, told)))
    return Reason(
        kind="kept apart" if join.barred else kind,
        left=join.left,
        right=join.right,
        score=join.score,
        words=words,
    )


def _shifted(probability: float, weight: float) -> float:
    """Return a probability moved by so many log odds."""
    kept = min(1 - _SURE, max(_SURE, probability))
    return 1 / (1 + exp(-log(kept / (1 - kept)) - weight))
