"""Joins groups from the bottom up: always the two that are linked most strongly on average.

Hierarchical agglomerative clustering with average linkage (UPGMA; Sokal and Michener 1958), so that
a few mistaken links join nothing large. The mean of the two best links alone was tried: it finds no
more on 1,132 translations, at a B-cubed precision of 0.95 against 0.98. The result depends on the
links alone; of equal ones, those of the subjects that sort first count.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import TypeAlias

Group: TypeAlias = tuple[str, ...]
Pair: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """Two groups that met: joined, or kept apart by what `barred` says."""

    left: Group
    right: Group
    score: float
    barred: str


def pair(one: str, other: str) -> Pair:
    """Return two subjects in their order."""
    return (one, other) if one < other else (other, one)


def agglomerate(
    groups: Iterable[Group],
    scores: Mapping[Pair, float],
    threshold: float,
    bar: Callable[[Group, Group], str],
) -> tuple[list[Group], list[Join]]:
    """Return the groups after all joins, and what met, in order.

    `scores` are those of pairs in the order of `pair`; a pair without one counts as 0. `bar` is
    asked once for two groups that would be joined, and says why they may not be, or "".
    """
    state = _State(groups, scores)
    met = list[Join]()
    heap = [entry for entry in state.entries() if -entry[0] >= threshold]
    heapify(heap)
    while heap:
        score, first, second, left, right = heappop(heap)
        if state.groups.get(first) != left or state.groups.get(second) != right:
            continue
        barred = bar(left, right)
        met.append(Join(left=left, right=right, score=-score, barred=barred))
        if barred:
            state.separate(first, second)
            continue
        for entry in state.join(first, second):
            if -entry[0] >= threshold:
                heappush(heap, entry)
    return sorted(state.groups.values()), met


_Entry: TypeAlias = tuple[float, str, str, Group, Group]


class _State:
    """The groups by their first subject, and the sum of all links between any two."""

    def __init__(self, groups: Iterable[Group], scores: Mapping[Pair, float]) -> None:
        self.groups = {group[0]: group for group in groups}
        self._near: dict[str, dict[str, float]] = {name: {} for name in self.groups}
        self._barred: dict[str, set[str]] = {name: set() for name in self.groups}
        home = {subject: name for name, group in self.groups.items() for subject in group}
        for (one, other), score in sorted(scores.items()):
            first, second = home[one], home[other]
            if first != second:
                total = self._near[first].get(second, 0.0) + score
                self._near[first][second] = self._near[second][first] = total

    def entries(self) -> list[_Entry]:
        """Return all ties, each once."""
        return [
            self._entry(first, second)
            for first, near in self._near.items()
            for second in near
            if first < second
        ]

    def separate(self, first: str, second: str) -> None:
        """Keep two groups apart, and whatever they grow to."""
        self._barred[first].add(second)
        self._barred[second].add(first)

    def join(self, first: str, second: str) -> list[_Entry]:
        """Join the second group into the first, and return the new group's ties to others."""
        self.groups[first] = tuple(sorted(self.groups[first] + self.groups.pop(second)))
        near, gone = self._near[first], self._near.pop(second)
        for other, total in gone.items():
            del self._near[other][second]
            if other != first:
                near[other] = self._near[other][first] = near.get(other, 0.0) + total
        for other in self._barred.pop(second):
            self._barred[other].discard(second)
            self.separate(first, other)
        return [self._entry(*pair(first, other)) for other in near.keys() - self._barred[first]]

    def _entry(self, first: str, second: str) -> _Entry:
        left, right = self.groups[first], self.groups[second]
        return (-self._near[first][second] / (len(left) * len(right)), first, second, left, right)
