"""The ledger's seeds: what each place held."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tidende.errors import StoreError
from tidende.model.seed import Stamp
from tidende.store import seeds
from tidende.store.ledger import Ledger
from tidende.store.seeds import SeedRow


def test_a_seed_comes_back_as_it_was_recorded(ledger: Ledger, seed: Callable[..., SeedRow]) -> None:
    """Large inodes and times, and names of any letters, are kept whole."""
    row = seed(1, path="ø/\\xff 'x'.txt", stamp=Stamp(size=0, mtime_ns=-1, ctime_ns=0, inode=2**62))
    with ledger.write() as connection:
        seeds.add(connection, [row])
        assert seeds.by_ids(connection, [1, 2]) == {1: row}


def test_a_history_has_all_that_a_place_held(ledger: Ledger, seed: Callable[..., SeedRow]) -> None:
    """Oldest first; the last is what the place holds now."""
    rows = [seed(1, path="a"), seed(2, path="a"), seed(3, path="a", sha256="hash-1", occurrence=1)]
    with ledger.write() as connection:
        seeds.add(connection, [*rows, seed(4, path="b"), seed(5, path="a", inbox="post")])
        history = seeds.histories(connection, [("wire", "a")])["wire", "a"]
    assert history.rows == rows
    assert history.current == rows[-1]


def test_occurrences_count_how_often_content_came(
    ledger: Ledger, seed: Callable[..., SeedRow]
) -> None:
    """Content that came back counts twice, content that never came not at all."""
    with ledger.write() as connection:
        seeds.add(connection, [seed(1, path="a"), seed(2, path="a")])
        seeds.add(connection, [seed(3, path="a", sha256="hash-1", occurrence=1)])
        history = seeds.histories(connection, [("wire", "a")])["wire", "a"]
    assert [history.occurrences(f"hash-{number}") for number in (1, 2, 3)] == [2, 1, 0]


def test_a_place_that_held_nothing_has_an_empty_history(ledger: Ledger) -> None:
    """Every place that is asked for is answered."""
    with ledger.read() as connection:
        found = seeds.histories(connection, [("wire", "a"), ("post", "a")])
    assert {place: history.current for place, history in found.items()} == {
        ("wire", "a"): None,
        ("post", "a"): None,
    }


def test_more_places_than_one_query_takes_are_looked_up(
    ledger: Ledger, seed: Callable[..., SeedRow]
) -> None:
    """There is no limit to a batch: SQLite takes 32,766 parameters at most."""
    count = 33_000
    with ledger.write() as connection:
        seeds.add(connection, [seed(number) for number in range(1, count + 1)])
        places = [("wire", f"{number}.txt") for number in range(1, count + 1)]
        found = seeds.histories(connection, places)
        assert len(seeds.by_ids(connection, range(count + 1))) == count
    assert all(history.current for history in found.values())


def test_the_same_seed_cannot_be_recorded_twice(
    ledger: Ledger, seed: Callable[..., SeedRow]
) -> None:
    """Place, content and occurrence are a seed's identity, and the ledger holds to it."""
    with pytest.raises(StoreError, match="UNIQUE"), ledger.write() as connection:
        seeds.add(connection, [seed(1), replace(seed(1), id=2)])


def test_an_attempt_is_noted_with_how_the_file_looks_now(
    ledger: Ledger, seed: Callable[..., SeedRow]
) -> None:
    """A touched or retried seed keeps its place and source."""
    stamp = Stamp(size=9, mtime_ns=9, ctime_ns=9, inode=9)
    tried = replace(seed(1), stamp=stamp, attempts=2, sha256="read at last")
    with ledger.write() as connection:
        seeds.add(connection, [seed(1), seed(2)])
        seeds.note_attempt(connection, [replace(tried, source="other", received=9.0)])
        assert seeds.by_ids(connection, [1, 2]) == {1: tried, 2: seed(2)}


def test_nothing_to_record_is_no_error(ledger: Ledger) -> None:
    """An empty batch writes nothing."""
    with ledger.write() as connection:
        seeds.add(connection, [])
        seeds.note_attempt(connection, [])
        assert seeds.last_id(connection) == 0
