"""What shares keys with an article is found, wherever it stands."""

import pytest

from tidende.service.catalogue import COPIES, MOST_ALIKE, REPORTS, Catalogue, Search
from tidende.store.signatures import SignatureRow

COMMON, RARE, SHARED = 1, 2, 3


def _row(sequence: int, *keys: int) -> SignatureRow:
    return SignatureRow(sequence=sequence, sketch=keys, keys=keys, clues=b"")


def _parted(rows: list[SignatureRow], committed: int) -> Search:
    """Return a search in which the first rows are committed, the others of the same batch."""
    catalogue = Catalogue()
    catalogue.add(rows[:committed])
    search = Search(catalogue)
    for row in rows[committed:]:
        search.add(row)
    return search


@pytest.mark.parametrize("committed", [0, 1, MOST_ALIKE, MOST_ALIKE + 1, MOST_ALIKE + 3])
def test_which_articles_are_committed_makes_no_difference(committed: int) -> None:
    """A key that too many have says nothing, also where the last of them come together."""
    rows = [_row(number, COMMON) for number in range(MOST_ALIKE + 1)]
    rows += [_row(number, COMMON, RARE, SHARED) for number in (900, 901)]
    search = _parted(rows, committed)

    assert search.copies([COMMON]) == []
    assert search.reports([COMMON]) == []
    assert search.reports([COMMON, RARE, SHARED]) == [901, 900]


@pytest.mark.parametrize("committed", [0, MOST_ALIKE // 2, MOST_ALIKE])
def test_a_key_of_as_many_as_may_have_it_speaks(committed: int) -> None:
    rows = [_row(number, COMMON, RARE) for number in range(MOST_ALIKE)]
    search = _parted(rows, committed)

    assert search.copies([COMMON]) == list(range(COPIES))
    assert len(search.reports([COMMON, RARE])) == REPORTS
