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


def test_the_next_edition_follows_a_skipped_window_and_no_extra_one(ledger: Ledger) -> None:
    """Skipped windows in a row are one, and are not listed."""
    extra = replace(FIRST, window_end=9000.0, kind="extra")
    skipped = [
        replace(SECOND, window_end=float(end), version=0, kind="skipped") for end in (3000, 4000)
    ]
    with ledger.write() as connection:
        for row in (FIRST, SECOND, extra):
            editions.add(connection, row)
        for row in skipped:
            editions.skip(connection, row)
        assert editions.last(connection, "daily") == skipped[1]
        assert editions.last_told(connection, "daily") == SECOND
        assert editions.newest_first(connection) == [extra, SECOND, FIRST]
        assert connection.exec_driver_sql("SELECT count(*) FROM editions").scalar() == 4


def test_a_correction_of_an_earlier_edition_is_not_the_last(ledger: Ledger) -> None:
    """Its window counts, not when it was made."""
    corrected = replace(FIRST, version=2)
    with ledger.write() as connection:
        for row in (FIRST, SECOND, corrected):
            editions.add(connection, row)
        assert editions.last(connection, "daily") == SECOND
        assert editions.at(connection, "daily", FIRST.window_end) == corrected
        assert editions.exactly(connection, "daily", FIRST.window_end, 1) == FIRST
        assert editions.next_version(connection, "daily", FIRST.window_end) == 3


def test_an_edition_fits_while_nobody_made_another(ledger: Ledger) -> None:
    """It was drawn up after what is still the last."""
    with ledger.write() as connection:
        assert editions.fits(connection, FIRST, None)
        editions.add(connection, FIRST)
        assert not editions.fits(connection, FIRST, None)
        assert not editions.fits(connection, SECOND, None)
        assert editions.fits(connection, SECOND, FIRST)
        assert editions.fits(connection, replace(FIRST, version=2), FIRST)


def test_an_edition_comes_back_as_it_was_recorded(ledger: Ledger) -> None:
    """With the forms of its files, in order."""
    row = replace(FIRST, since=12.5, forms=("md", "html"), kind="extra")
    with ledger.write() as connection:
        editions.add(connection, row)
        assert editions.newest_first(connection) == [row]
