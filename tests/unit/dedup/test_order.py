"""Which of two tellings is the original."""

from dataclasses import replace

import pytest

from tellings import telling
from tidende.dedup.order import Order, order
from tidende.dedup.rules import Kind


@pytest.mark.parametrize(
    ("new", "known", "expected"),
    [
        ("2018-02-14", "2018-02-15", "this one is the older"),
        ("2018-02-15", "2018-02-14", "this one is the newer"),
        ("2018-02", "2018-03-15", "this one is the older"),
        ("2018-03-15", "2018-02", "this one is the newer"),
        ("2018-02", "2018-02-15", None),
        ("2018-02-15", "2018-02", None),
        ("2018-02-15", None, None),
        (None, "2018-02-15", None),
    ],
)
def test_dates_tell_as_far_as_both_are_known(
    new: str | None, known: str | None, expected: Order | None
) -> None:
    """A day in a month is neither before nor after it."""
    article = replace(telling("nn/ras"), dated=True)
    pair = replace(article, published=new), replace(article, published=known)
    assert order(*pair, "duplicate") == expected


@pytest.mark.parametrize("undated", [0, 1])
def test_a_date_that_one_does_not_give_itself_tells_nothing(undated: int) -> None:
    article = telling("nn/ras")
    dates = ("2018-02-14", "2018-02-15")
    new, known = (
        replace(article, published=date, dated=number != undated)
        for number, date in enumerate(dates)
    )
    assert order(new, known, "duplicate") is None


@pytest.mark.parametrize(
    ("new", "known", "kind", "expected"),
    [
        (100, 100, "revision", None),
        (105, 100, "revision", None),
        (100, 105, "duplicate", None),
        (150, 100, "revision", "this one is the fuller, so likely the newer"),
        (100, 150, "revision", "this one is the shorter, so likely the older"),
        (150, 100, "duplicate", "this one is the fuller, so the other was likely cut"),
        (100, 150, "duplicate", "this one is the shorter, so likely cut"),
    ],
)
def test_without_dates_a_clearly_greater_length_tells(
    new: int, known: int, kind: Kind, expected: Order | None
) -> None:
    """Updates grow and copies are cut; a few words more tell nothing."""
    article = replace(telling("nn/ras"), published=None)
    pair = replace(article, words=["ord"] * new), replace(article, words=["ord"] * known)
    assert order(*pair, kind) == expected
