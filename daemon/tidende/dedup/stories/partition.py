"""Parts articles that may belong together into stories and threads; the order never matters.

Every article begins alone. Groups are joined into stories while their links say one event and no
two of their members are of different times, then into threads while they say one matter. The result
depends on the set of articles alone, however they came.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
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

_ANY = 0.0  # one pair is enough for a person
_SURE = 1e-6  # no probability counts as nearer to 0 or 1
_BY_A_PERSON = "a person said so"
_AS_BEFORE = "they were one, and what was compared is gone"

Kind: TypeAlias = Literal["one story", "one thread", "kept apart"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why two groups of subjects were joined, or weren't although they are alike, in words.

    `score` is the mean of all links between them, 0 to 1.
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


def partition(  # noqa: PLR0913  # all that it depends on
    members: Mapping[str, Clues],
    links: Mapping[Pair, Link],
    together: Collection[Pair] = (),
    apart: Collection[Pair] = (),
    kept: Collection[Pair] = (),
    *,
    explained: bool = True,
) -> Partition:
    """Return the stories and threads of `members`, by subject.

    `links` holds each weighed pair once, in either order; a pair that is missing counts as not
    alike. `together` and `apart` are a person's corrections, which hold against everything else;
    where they contradict one another, `apart` holds. `kept` are pairs that stay in one story, as
    what joined them isn't known any more; they yield to `apart` too. Only when it is `explained`
    are there reasons, which take as long as all the rest.
    """
    known = {pair(*each): links[each] for each in _among(members, links)}
    time = _Time(members, known)
    said = _Said.of(members, together, apart, kept)
    scores = {
        each: _shifted(link.story, time.between(*each).weight) for each, link in known.items()
    }

    def bar(left: Group, right: Group) -> str:
        return _bar(left, right, members, said.apart, time)

    stories, met, corrected = _stories(said, scores, bar)
    alike = {each: link.thread for each, link in known.items()}
    threads, met_again = agglomerate(stories, alike, THREAD, lambda _left, _right: "")
    if not explained:
        return Partition(stories=tuple(stories), threads=tuple(threads))
    return Partition(
        stories=tuple(stories),
        threads=tuple(threads),
        reasons=(
            *corrected,
            *(_joined(join, "one story", time) for join in met if not join.barred),
            *(_joined(join, "one thread", time) for join in met_again),
            *_kept_apart(stories, scores, bar),
        ),
    )


def _among(members: Collection[str], pairs: Iterable[Pair]) -> list[Pair]:
    """Return the pairs of two different members."""
    return [
        each for each in pairs if each[0] != each[1] and each[0] in members and each[1] in members
    ]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What holds for the members: `groups` belong together, the pairs `apart` don't.

    `by_a_person` is what a person said of that, the rest stays as it was. What is apart from one of
    a group is apart from all of it.
    """

    together: Mapping[Pair, float]
    by_a_person: frozenset[Pair]
    apart: frozenset[Pair]
    groups: tuple[Group, ...]

    @classmethod
    def of(
        cls,
        members: Collection[str],
        together: Iterable[Pair],
        apart: Iterable[Pair],
        kept: Iterable[Pair],
    ) -> "_Said":
        by_a_person = frozenset(pair(*each) for each in _among(members, together))
        joined = dict.fromkeys(by_a_person.union(pair(*p) for p in _among(members, kept)), 1.0)
        separate = frozenset(pair(*each) for each in _among(members, apart))
        groups, _ = agglomerate(
            ((subject,) for subject in members), joined, _ANY, _unless_parted(separate)
        )
        home = {subject: group for group in groups for subject in group}
        apart_too = (
            pair(*each)
            for one, other in separate
            if home[one] != home[other]
            for each in product(home[one], home[other])
        )
        return cls(
            together=joined,
            by_a_person=by_a_person,
            apart=separate.union(apart_too),
            groups=tuple(groups),
        )

    def why(self, left: Group, right: Group) -> str:
        """Return why two groups belong together."""
        found = any(pair(*each) in self.by_a_person for each in product(left, right))
        return _BY_A_PERSON if found else _AS_BEFORE


def _stories(
    said: _Said, scores: Mapping[Pair, float], bar: Callable[[Group, Group], str]
) -> tuple[list[Group], list[Join], list[Reason]]:
    """Join what is alike, then what a person joined; return what met, and why for the latter.

    In this order, for a story of two unlike parts is on average like nothing that comes later. Only
    where a part took up what a person keeps from the other are they joined first.
    """
    alone = tuple((subject,) for group in said.groups for subject in group)
    for begun in (alone, said.groups):
        alike, met = agglomerate(begun, scores, STORY, bar)
        stories, united = agglomerate(alike, said.together, _ANY, _unless_parted(said.apart))
        home = {subject: story for story in stories for subject in story}
        if all(set(group) <= set(home[group[0]]) for group in said.groups):
            break
    begun_by_a_person = [group for group in begun if len(group) > 1]
    pairs = [(group[:1], group[1:]) for group in begun_by_a_person]
    pairs += [(each.left, each.right) for each in united if not each.barred]
    reasons = [
        Reason(kind="one story", left=left, right=right, score=1.0, words=said.why(left, right))
        for left, right in pairs
    ]
    return stories, met, reasons


def _unless_parted(separate: Collection[Pair]) -> Callable[[Group, Group], str]:
    return lambda left, right: _BY_A_PERSON if _parted(left, right, separate) else ""


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


def _joined(join: Join, kind: Kind, time: _Time) -> Reason:
    words = f"their links are {join.score:.2f} on average"
    if kind == "one story":
        told = (time.between(*pair(*each)).words for each in product(join.left, join.right))
        words += "".join(f"; {each}" for each in dict.fromkeys(filter(None, told)))
    return Reason(kind=kind, left=join.left, right=join.right, score=join.score, words=words)


def _kept_apart(
    stories: Sequence[Group], scores: Mapping[Pair, float], bar: Callable[[Group, Group], str]
) -> Iterator[Reason]:
    """Say of stories with a link that is strong enough for one why they are two."""
    home = {subject: story for story in stories for subject in story}
    total = defaultdict[tuple[Group, Group], float](float)
    strong = set[tuple[Group, Group]]()
    for (one, other), score in sorted(scores.items()):
        two = min(home[one], home[other]), max(home[one], home[other])
        total[two] += score
        if score >= STORY and two[0] != two[1]:
            strong.add(two)
    for left, right in sorted(strong):
        score = total[left, right] / (len(left) * len(right))
        words = bar(left, right) or f"their links are only {score:.2f} on average"
        yield Reason(kind="kept apart", left=left, right=right, score=score, words=words)


def _shifted(probability: float, weight: float) -> float:
    """Return a probability moved by so many log odds."""
    kept = min(1 - _SURE, max(_SURE, probability))
    return 1 / (1 + exp(-log(kept / (1 - kept)) - weight))
