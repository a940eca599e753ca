"""When the article was published, and which of several words counts."""

import pytest

from tidende.model.article import Published
from tidende.reading.published import Said, read_said, settle


def _published(value: str, origin: str = "header") -> Published:
    precision = {4: "year", 7: "month", 10: "day"}.get(len(value), "minute")
    return Published(value=value, precision=precision, origin=origin)  # type: ignore[arg-type]


def _said(value: str, *, updated: bool = False) -> Said:
    return Said(published=_published(value, "text"), updated=updated)


@pytest.mark.parametrize(
    ("unit", "value", "updated"),
    [
        ("Publisert 12. mars 2021 kl. 10.15", "2021-03-12T10:15", False),
        ("Offentliggjort d. 3. maj 2019", "2019-05-03", False),
        ("Publicerad: 2018-10-02 07:30", "2018-10-02T07:30", False),
        ("Updated March 5, 2021", "2021-03-05", True),
        ("Oppdatert 13.03.2021 09:00, publisert 12.03.2021 10:15", "2021-03-12T10:15", False),
        ("Denne artikkelen ble først publisert 12. mars 2021.", "2021-03-12", False),
        ("Fredag 12. mars 2021", "2021-03-12", False),
    ],
)
def test_the_articles_own_words_are_read(unit: str, value: str, updated: bool) -> None:  # noqa: FBT001
    found = read_said(unit)

    assert found is not None
    assert (found.published.value, found.updated) == (value, updated)


@pytest.mark.parametrize(
    "unit",
    ["Publisert tirsdag", "12. mars 2021 ble en merkedag", "Publisert av NTB i 2 kanaler", "Oslo"],
)
def test_any_other_line_says_nothing(unit: str) -> None:
    assert read_said(unit) is None


def test_the_header_comes_first() -> None:
    header, metadata = _published("2018-02"), _published("2018-03-01", "metadata")

    assert settle(header, metadata, None, []) == header


def test_one_that_agrees_and_is_more_precise_is_taken() -> None:
    header = _published("2018-02")

    found = settle(header, None, None, [_said("2018-02-14T10:30")])

    assert found == _published("2018-02-14T10:30", "text")


def test_published_beats_updated() -> None:
    assert settle(None, None, None, [_said("2018-03-01", updated=True), _said("2018-02-14")]) == (
        _published("2018-02-14", "text")
    )


def test_a_stamp_that_is_later_than_the_articles_own_word_is_only_when_it_was_fetched() -> None:
    assert settle(_published("2020-05-01"), None, None, [_said("2019-02-14")]) == (
        _published("2019-02-14", "text")
    )


def test_a_date_that_is_not_there_stays_none() -> None:
    assert settle(None, None, None, []) is None
