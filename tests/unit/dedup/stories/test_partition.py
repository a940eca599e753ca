"""Stories and threads depend on which articles there are, and on what a person said."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import clues_in
from tidende.dedup.stories.agglomerate import Pair
from tidende.dedup.stories.clues import NOTHING, Clues
from tidende.dedup.stories.partition import Partition, partition
from tidende.dedup.stories.periods import Period
from tidende.dedup.stories.weigh import Link, weigh

NAMES = ("a", "b", "c", "d", "e", "f")
PAIRS = list(combinations(NAMES, 2))


def clues(day: int | None = None, results: tuple[str, ...] = ()) -> Clues:
    published = None if day is None else Period(first=day, last=day)
    return replace(NOTHING, language="nb", published=published, results=results)


def link(story: float, thread: float | None = None) -> Link:
    return Link(story=story, thread=story if thread is None else thread)


@pytest.fixture(scope="module")
def seeds(shared: Path) -> dict[str, Clues]:
    return {
        path.name[:3]: clues_in(path.read_text(encoding="utf-8"))
        for path in sorted((shared / "seeds").glob("*.txt"))
    }


def test_the_seeds_are_two_stories_of_one_thread_in_every_order(seeds: dict[str, Clues]) -> None:
    found = set()
    for order in permutations(seeds):
        links = {
            (one, other): weigh(seeds[one], seeds[other]) for one, other in combinations(order, 2)
        }
        parted = partition({name: seeds[name] for name in order}, links)
        found.add((parted.stories, parted.threads))

    assert found == {
        (
            (("000", "002"), ("001", "003", "004")),
            (("000", "001", "002", "003", "004"),),
        )
    }


def test_the_seeds_stories_are_explained_by_offices_and_dates(seeds: dict[str, Clues]) -> None:
    links = {(one, other): weigh(seeds[one], seeds[other]) for one, other in combinations(seeds, 2)}
    words = " ".join(each.words for each in partition(seeds, links).reasons)

    assert "Mattis as defence-minister (US)" in words
    assert "published 2018-02-01 to 2018-02-28 and 2020-02-01 to 2020-02-29" in words


@given(
    days=st.fixed_dictionaries(
        {name: st.sampled_from([None, 737000, 737001, 737400]) for name in NAMES}
    ),
    scores=st.lists(st.sampled_from([0.0, 0.4, 0.5, 0.6, 0.9]), min_size=15, max_size=15),
    order=st.permutations(NAMES),
    turned=st.sets(st.sampled_from(PAIRS)),
    said=st.lists(st.tuples(st.sampled_from(PAIRS), st.booleans()), max_size=3),
)
def test_the_order_of_articles_and_links_never_matters(
    days: dict[str, int | None],
    scores: list[float],
    order: list[str],
    turned: set[tuple[str, str]],
    said: list[tuple[tuple[str, str], bool]],
) -> None:
    links = {each: link(score) for each, score in zip(PAIRS, scores, strict=True)}
    other_links = {
        each[::-1] if each in turned else each: links[each]
        for each in sorted(links, key=lambda each: order.index(each[0]) * 9 + order.index(each[1]))
    }
    corrections = [[each for each, together in said if together is way] for way in (True, False)]
    found = [
        partition({name: clues(days[name]) for name in names}, given_links, *corrections)
        for names, given_links in ((NAMES, links), (order, other_links))
    ]

    assert found[0] == found[1]
    assert sorted(subject for story in found[0].stories for subject in story) == list(NAMES)


@given(
    days=st.fixed_dictionaries(
        {name: st.sampled_from([None, 737000, 737001, 737400]) for name in NAMES}
    ),
    scores=st.lists(st.floats(0, 1), min_size=15, max_size=15),
)
def test_no_story_holds_articles_of_different_times(
    days: dict[str, int | None], scores: list[float]
) -> None:
    links = {each: link(score) for each, score in zip(PAIRS, scores, strict=True)}
    parted = partition({name: clues(day) for name, day in days.items()}, links)

    for story in parted.stories:
        known = [day for name in story if (day := days[name]) is not None]
        assert not known or max(known) - min(known) <= 7


def test_alike_articles_are_one_story_and_others_are_not() -> None:
    parted = parts({("a", "b"): link(0.9), ("b", "c"): link(0.1)})

    assert parted.stories == (("a", "b"), ("c",))


def test_one_strong_link_does_not_join_two_stories() -> None:
    strong = dict.fromkeys([("a", "b"), ("c", "d"), ("c", "e"), ("d", "e")], link(0.95))

    parted = parts(strong | {("b", "c"): link(0.9, 0.0)})

    assert parted.stories == (("a", "b"), ("c", "d", "e"))
    (reason,) = (each for each in parted.reasons if each.kind == "kept apart")
    assert (reason.left, reason.right) == parted.stories
    assert reason.score == pytest.approx(0.15)
    assert reason.words == "their links are only 0.15 on average"


def test_different_results_are_different_matches() -> None:
    members = {"a": clues(results=("2-1",)), "b": clues(results=("3-0",)), "c": clues()}
    links = {("a", "b"): link(0.8), ("a", "c"): link(0.9), ("b", "c"): link(0.7)}

    parted = partition(members, links)

    assert parted.stories == (("a", "c"), ("b",))
    assert any("results are 2-1 and 3-0" in each.words for each in parted.reasons)


def test_what_is_alike_and_yet_two_stories_says_why() -> None:
    members = {"a": clues(737000), "b": clues(737400)}

    (reason,) = partition(members, {("a", "b"): link(0.9, 0.1)}).reasons

    assert (reason.kind, reason.left, reason.right) == ("kept apart", ("a",), ("b",))
    assert "published" in reason.words


def test_events_of_one_matter_are_one_thread_and_two_stories() -> None:
    parted = parts({("a", "b"): link(0.3, 0.9)})

    assert parted.stories == (("a",), ("b",), ("c",))
    assert parted.threads == (("a", "b"), ("c",))


def test_what_a_person_joined_stays_joined() -> None:
    members = {"a": clues(737000), "b": clues(737400), "c": clues()}

    assert partition(members, {}, together=[("b", "a")]).stories == (("a", "b"), ("c",))


def test_what_is_alike_joins_the_story_that_a_person_made_of_two_unlike_ones() -> None:
    """One pair that belongs together brings both stories together, whole, and what comes later."""
    alike = [*combinations(("a", "b", "c"), 2), *combinations(("x", "y", "z"), 2)]

    parted = parts(dict.fromkeys(alike, link(0.95)), together=[("a", "x")])

    assert parted.stories == (("a", "b", "c", "x", "y", "z"),)


def test_what_a_person_joined_is_one_story_whatever_else_each_is_like() -> None:
    """Even where what they are like has to be kept apart."""
    links = {("a", "c"): link(0.95), ("b", "d"): link(0.95)}

    parted = parts(links, together=[("a", "b")], apart=[("c", "d")])

    assert any({"a", "b"} <= set(story) for story in parted.stories)
    assert not any({"c", "d"} <= set(story) for story in parted.stories)
    (reason,) = (each for each in parted.reasons if each.words == "a person said so")
    assert (reason.kind, reason.left, reason.right) == ("one story", ("a",), ("b",))


def test_what_a_person_separated_stays_apart_whatever_joins_it() -> None:
    links = dict.fromkeys([("a", "b"), ("a", "c"), ("b", "c")], link(0.99))

    parted = partition(dict.fromkeys("abc", clues()), links, apart=[("c", "a")])

    assert not any({"a", "c"} <= set(story) for story in parted.stories)


def test_what_is_apart_from_one_part_of_a_story_is_kept_from_what_joins_another() -> None:
    """Else it would take up what is like both, and the story that a person made would lack it."""
    links = {("a", "c"): link(0.95), ("a", "d"): link(0.9), ("c", "d"): link(0.1)}

    parted = parts(links, together=[("a", "b")], apart=[("b", "c")])

    assert parted.stories == (("a", "b", "d"), ("c",))


def test_a_correction_of_other_articles_says_nothing_here() -> None:
    assert parts({}, together=[("a", "z")], apart=[("y", "b")]).stories == (("a",), ("b",), ("c",))


def parts(
    links: dict[Pair, Link], *, together: Sequence[Pair] = (), apart: Sequence[Pair] = ()
) -> Partition:
    members = {name for each in links for name in each} | {"a", "b", "c"}
    return partition(dict.fromkeys(members, clues()), links, together, apart)
