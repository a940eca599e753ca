"""The index in memory: what is put in is found, whatever lies between."""

from hypothesis import given
from hypothesis import strategies as st

from tidende.store.postings import FULL, SHARDS, Postings

MOST = 1_000
KEYS = st.integers(0, 2**32 - 1)


@given(articles=st.lists(st.lists(KEYS, max_size=6, unique=True), max_size=30))
def test_an_article_is_found_by_each_of_its_keys(articles: list[list[int]]) -> None:
    """By no others, and in the order of the numbers."""
    postings = Postings()
    for number, keys in enumerate(articles):
        postings.add(number, keys)
    for key in {key for keys in articles for key in keys}:
        expected = [number for number, keys in enumerate(articles) if key in keys]
        assert postings.find(key, MOST) == expected


def test_entries_stay_when_they_are_merged() -> None:
    """A shard that is full several times over has all of them, first to last."""
    postings = Postings()
    for number in range(3 * FULL):
        postings.add(number, [number % 7])
    assert postings.find(3, 3 * FULL) == list(range(3, 3 * FULL, 7))
    assert postings.find(8, MOST) == []


def test_many_articles_are_loaded_at_once() -> None:
    """They are found beside those that are there and those that come."""
    postings = Postings()
    postings.add(1, [5, 2**32 - 1])
    keys = [[5], [], [2**32 - 1, 0]]
    content = b"".join(key.to_bytes(4, "little") for each in keys for key in each)
    postings.load([2, 3, 4], [len(each) for each in keys], content)
    postings.settle()
    postings.add(5, [5])
    assert sorted(postings.find(5, MOST) or ()) == [1, 2, 5]
    assert sorted(postings.find(2**32 - 1, MOST) or ()) == [1, 4]
    assert postings.find(0, MOST) == [4]


def test_a_key_that_too_many_have_says_nothing() -> None:
    """Whether they are merged or not."""
    postings = Postings()
    for number in range(10):
        postings.add(number, [1])
    assert postings.find(1, 10) == list(range(10))
    assert postings.find(1, 9) is None
    for number in range(10, FULL):
        postings.add(number, [1])
    assert postings.find(1, FULL) == list(range(FULL))
    assert postings.find(1, FULL - 1) is None


def test_what_lies_below_the_floor_is_forgotten() -> None:
    """At once when asked for; and it leaves memory with the next merge."""
    postings = Postings()
    for number in range(FULL):  # merged at the last
        postings.add(number, [1])
    postings.floor = FULL - 2
    assert postings.find(1, MOST * 10) == [FULL - 2, FULL - 1]
    for number in range(FULL, 2 * FULL):
        postings.add(number, [2])
    assert postings.find(1, 2) == [FULL - 2, FULL - 1]


def test_every_shard_has_its_keys() -> None:
    """The first and the last key of each is found."""
    postings = Postings()
    width = 2**32 // SHARDS
    edges = [edge for low in range(0, 2**32, width) for edge in (low, low + width - 1)]
    postings.add(7, edges)
    assert all(postings.find(edge, MOST) == [7] for edge in edges)
