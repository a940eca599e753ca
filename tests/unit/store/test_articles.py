"""The ledger's articles, and the ways to find a known one."""

from collections.abc import Callable

import pytest

from tidende.store import articles, seeds
from tidende.store.articles import ArticleRow
from tidende.store.ledger import Ledger
from tidende.store.seeds import SeedRow


@pytest.fixture
def ledger(ledger: Ledger, seed: Callable[..., SeedRow]) -> Ledger:
    """Return a ledger with seeds for the articles."""
    with ledger.write() as connection:
        seeds.add(connection, [seed(number) for number in range(1, 6)])
    return ledger


def test_the_original_is_the_first_that_had_the_text(
    ledger: Ledger, article: Callable[..., ArticleRow]
) -> None:
    """Later copies don't take its place, whatever batch they came in."""
    with ledger.write() as connection:
        first = article(1, fingerprint=b"same")
        articles.add(connection, [first, article(2, fingerprint=b"same")])
        articles.add(connection, [article(3, fingerprint=b"same"), article(4)])
        found = articles.originals(connection, [b"same", b"unknown", b"print-4"])
    assert found == {b"same": first, b"print-4": article(4)}


def test_ordinals_tell_which_articles_of_a_seed_are_recorded(
    ledger: Ledger, article: Callable[..., ArticleRow]
) -> None:
    """Other seeds' articles aren't among them."""
    with ledger.write() as connection:
        rows = [article(1), article(2, seed=1, ordinal=4), article(3)]
        articles.add(connection, rows)
        assert articles.ordinals(connection, [1, 2]) == {(1, 0), (1, 4)}


def test_verdicts_are_counted(ledger: Ledger, article: Callable[..., ArticleRow]) -> None:
    """A verdict that nobody got is left out."""
    with ledger.write() as connection:
        rows = [article(1), article(2), article(3, verdict="duplicate")]
        articles.add(connection, rows)
        assert articles.count_by_verdict(connection) == {"new": 2, "duplicate": 1}


def test_no_articles_are_no_error(ledger: Ledger) -> None:
    """An empty batch writes nothing and finds nothing."""
    with ledger.write() as connection:
        articles.add(connection, [])
        assert articles.originals(connection, []) == {}
        assert articles.count_by_verdict(connection) == {}


def test_copies_are_found_from_each_of_them(
    ledger: Ledger, article: Callable[..., ArticleRow]
) -> None:
    """By their text, or by what repeats what; a revision is none."""
    original = article(1)
    twin = article(2, verdict="duplicate", of="urn:x:1", fingerprint=b"print-1")
    near = article(3, verdict="duplicate", of="urn:x:1")
    update = article(4, verdict="revision", of="urn:x:1")
    others = {1: [twin, near], 2: [original, near], 3: [original, twin], 4: []}
    rows = [original, twin, near, update]
    with ledger.write() as connection:
        articles.add(connection, [*rows, article(5)])
        for row in rows:
            found = articles.copies(connection, row, with_forgotten=False)
            assert found == others[row.sequence]
        articles.forget(connection, [2], 1.5)
        assert articles.copies(connection, original, with_forgotten=False) == [near]
        assert articles.copies(connection, original, with_forgotten=True) == [twin, near]
