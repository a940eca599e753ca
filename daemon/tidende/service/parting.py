"""Which articles are parted anew, and what holds for them whatever they have in common.

Of an article past the window, or one that was taken down, nothing is known by which it could be
compared. It stays with those with which it is in a story, unless a person says otherwise.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import combinations, pairwise
from typing import TypeAlias

from tidende.service.shelf import Shelved
from tidende.store.stories import Member

NEIGHBOURS = 32
"""Articles that are parted at once; of larger threads the oldest stay where they are."""

Tie: TypeAlias = tuple[int, int]
"""Two articles' sequences, the lower first."""


def age(story: Shelved) -> tuple[int, str]:
    """Sort stories by their first article."""
    return (story.members[0].sequence if story.members else 0, story.row.id)


def nearest(
    around: Sequence[Shelved], first: AbstractSet[int], most: int = NEIGHBOURS
) -> dict[int, Member]:
    """Return the articles to be parted, by sequence.

    Those of `first`, then the others of their stories, then those of the newest stories.
    """
    chosen: list[Member] = []
    for story in sorted(around, key=age, reverse=True):
        chosen += reversed(story.roots)
    concerned = {story.row.id for story in around if first & {m.sequence for m in story.roots}}
    inside = {m.sequence for s in around if s.row.id in concerned for m in s.members}
    chosen.sort(key=lambda member: (member.sequence not in first, member.sequence not in inside))
    return {member.sequence: member for member in chosen[:most]}


def shares(story: Shelved, groups: Mapping[int, int]) -> list[int]:
    """Return the numbers of the groups that hold some of a story, those that hold most first.

    `groups` has the number of each parted article's.
    """
    held = Counter(groups[each.sequence] for each in story.members if each.sequence in groups)
    return sorted(held, key=lambda number: (-held[number], number))


def chained(together: Iterable[Tie], among: AbstractSet[int]) -> list[Tie]:
    """Return ties that hold together what `together` does, also by way of articles not `among`."""
    home: dict[int, set[int]] = {}
    for one, other in together:
        joined = home.get(one, {one}) | home.get(other, {other})
        home |= dict.fromkeys(joined, joined)
    groups = {id(group): group for group in home.values()}
    return [tie for group in groups.values() for tie in pairwise(sorted(group & among))]


def settled(
    around: Iterable[Shelved],
    among: AbstractSet[int],
    known: Collection[int],
    apart: Collection[Tie],
) -> list[Tie]:
    """Return ties that hold those `among` of which nothing is known where they are.

    They are tied to one another, and to the oldest of their story that is `known`: no more of the
    known ones is, for these may part.
    """
    ties: list[Tie] = []
    for story in around:
        here = [root.sequence for root in story.roots if root.sequence in among]
        gone = [each for each in here if each not in known]
        ties += combinations(gone, 2)
        for each in gone:
            possible = (_tie(each, other) for other in here if other in known)
            ties += [tie for tie in possible if tie not in apart][:1]
    return ties


def _tie(one: int, other: int) -> Tie:
    return (min(one, other), max(one, other))
