"""What holds for the articles that are parted, whatever they have in common."""

from tidende.service.parting import chained, settled
from tidende.service.shelf import Shelved
from tidende.store.stories import Member, StoryRow


def _story(*sequences: int) -> Shelved:
    members = [Member(sequence=each, subject=f"urn:x:{each}", of=None) for each in sequences]
    return Shelved(row=StoryRow(id="urn:s", thread=None, version=0), members=members)


def test_what_belongs_together_does_so_by_way_of_articles_that_are_not_there() -> None:
    assert chained([(1, 5), (2, 5), (3, 4)], {1, 2, 3}) == [(1, 2)]


def test_articles_of_which_nothing_is_known_stay_together_and_with_the_oldest_known_one() -> None:
    assert settled([_story(1, 2, 3, 4)], {1, 2, 3, 4}, {3, 4}, ()) == [(1, 2), (1, 3), (2, 3)]


def test_one_that_a_person_took_from_the_oldest_stays_with_the_next() -> None:
    assert settled([_story(1, 2, 3)], {1, 2, 3}, {2, 3}, {(1, 2)}) == [(1, 3)]


def test_what_is_known_is_tied_to_nothing() -> None:
    assert settled([_story(1, 2)], {1, 2}, {1, 2}, ()) == []
