"""The ledger's editions: which window each digest has covered."""

from dataclasses import replace

import pytest

from tidende.errors import StoreError
from tidende.store import editions
from tidende.store.editions import EditionRow
from tidende.store.ledger import Ledger

FIRST = EditionRow(
    digest="daily",
    window_end=1000.5,
    version=1,
    after=0,
    through=4,
    stories=2,
    articles=3,
    made=1001.0,
)
SECOND = replace(FIRST, window_end=2000.0, after=4, through=9)
WEEKLY = replace(FIRST, digest="weekly")


def test_the_last_edition_is_the_digest_s_own(ledger: Ledger) -> None:
    """Digests don't know of one another."""
    with ledger.write() as connection:
        for row in (FIRST, SECOND, WEEKLY):
            editions.add(connection, row)
        found = [editions.last(connection, name) for name in ("daily", "weekly", "monthly")]
    assert found == [SECOND, WEEKLY, None]


def test_editions_are_listed_newest_first(ledger: Ledger) -> None:
    """One digest's, or all."""
    with ledger.write() as connection:
        for row in (FIRST, SECOND, WEEKLY):
            editions.add(connection, row)
        assert editions.newest_first(connection) == [SECOND, WEEKLY, FIRST]
        assert editions.newest_first(connection, "daily") == [SECOND, FIRST]


def test_one_window_has_one_edition_of_a_version(ledger: Ledger) -> None:
    """The same edition can't be recorded twice."""
    with ledger.write() as connection:
        editions.add(connection, FIRST)
    with pytest.raises(StoreError, match="UNIQUE"), ledger.write() as connection:
        editions.add(connection, FIRST)
