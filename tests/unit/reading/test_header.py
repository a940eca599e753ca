"""The crawl header, in each of its forms."""

import pytest

from tidende.reading.header import find_header


@pytest.mark.parametrize(
    ("text", "value", "rest"),
    [
        (" date 2018-02 Nyheten kom", "2018-02", "Nyheten kom"),
        (" date 2019-11-05 Nato enige", "2019-11-05", "Nato enige"),
        ("date: 2019-11-05\nNato", "2019-11-05", "Nato"),
        (" date 2018 Nato", "2018", "Nato"),
        ("2019-11-05T14:32:00+01:00\nNato", "2019-11-05T14:32+01:00", "Nato"),
        ("2019-11-05 14:32\nNato", "2019-11-05T14:32", "Nato"),
        ("[2019-11-05] Nato", "2019-11-05", "Nato"),
    ],
)
def test_a_header_gives_the_date_and_leaves_the_rest(text: str, value: str, rest: str) -> None:
    header = find_header(text)

    assert header is not None
    assert header.published is not None
    assert header.published.value == value
    assert header.published.origin == "header"
    assert text[header.end :].strip() == rest


def test_an_impossible_date_is_a_header_without_a_date() -> None:
    header = find_header(" date 2018-13 Nyheten kom")

    assert header is not None
    assert header.published is None


@pytest.mark.parametrize(
    "text", ["Date night ends in tears", "2018 ble et godt år", "Oslo 2019-11-05", "", "date 20188"]
)
def test_prose_is_no_header(text: str) -> None:
    assert find_header(text) is None
