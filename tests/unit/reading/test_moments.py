"""Dates as printed: as precise as they are, and never guessed."""

import pytest

from tidende.reading.moments import find_moment

PRINTED = [
    ("12. mars 2021 kl. 10.15", "2021-03-12T10:15"),
    ("fredag den 12. marts 2021 klokken 06.00", "2021-03-12T06:00"),
    ("12 mars 2021 07:30", "2021-03-12T07:30"),
    ("March 12, 2021 at 3:05 p.m.", "2021-03-12T15:05"),
    ("March 5th, 2021", "2021-03-05"),
    ("Friday 5 March 2021 12 am", "2021-03-05T00:00"),
    ("12. März 2021, 6 Uhr", "2021-03-12"),
    ("am 07.02.2020 um 14:05 Uhr", "2020-02-07T14:05"),
    ("12.3.21", "2021-03-12"),
    ("25/12/2019", "2019-12-25"),
    ("2018-02-14T10:30:00+01:00", "2018-02-14T10:30+01:00"),
    ("2018-02-14 10:30 GMT", "2018-02-14T10:30+00:00"),
    ("2018-02-14T10:30Z", "2018-02-14T10:30+00:00"),
    ("20180214T1030", "2018-02-14"),
    ("2018-02", "2018-02"),
    ("2018-00-00", "2018"),
    ("mars 2021", "2021-03"),
    ("Juni 2019", "2019-06"),
]


@pytest.mark.parametrize(("printed", "value"), PRINTED)
def test_a_printed_date_is_read(printed: str, value: str) -> None:
    found = find_moment(printed)

    assert found is not None
    assert found.value == value


@pytest.mark.parametrize(
    "printed",
    [
        "12. mars",  # no year
        "tirsdag",
        "3/4/2021",  # March or April?
        "31. februar 2021",
        "2018-13",
        "versjon 3.2.1",
        "tlf. 22 03 44 00",
        "",
    ],
)
def test_a_date_that_is_not_there_is_not_found(printed: str) -> None:
    assert find_moment(printed) is None


def test_a_moment_knows_its_place() -> None:
    text = "Publisert: 12. mars 2021 kl. 10.15 av NTB"

    found = find_moment(text)

    assert found is not None
    assert text[found.start : found.end] == "12. mars 2021 kl. 10.15"
