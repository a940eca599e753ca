"""What would hurt a naive reader ends as an article or a reason, in time that grows with size."""

import pytest

from documents import read, refusal
from tidende.model.limits import Limits
from tidende.model.seed import Rejected

_MEGABYTE = 1_000_000


@pytest.mark.parametrize(
    "unit",
    ['"', "»", "« ", "\u201d", "(", "/", "Foto: ", "Av Kari Nordmann, ", "12. mars 2021 ", "Ã"],
)
def test_five_megabytes_of_one_mark_are_one_decision(unit: str) -> None:
    content = unit.encode() * (5 * _MEGABYTE // len(unit.encode()))

    assert len(read(content, "a.txt")) == 1


def test_a_line_of_fifty_megabytes_is_an_article() -> None:
    content = b"Elva er lang. " * (50 * _MEGABYTE // 14)

    (found,) = read(content, "a.txt")

    assert not isinstance(found, Rejected)
    assert len(found.text) == len(content)


@pytest.mark.parametrize(
    ("name", "opening", "unit"),
    [
        ("a.md", "", "["),
        ("a.md", "", "![a]("),
        ("a.md", "", "*a"),
        ("a.html", "<p>", "<div>"),
        ("a.html", "<p>", "<a href=x>y</a>"),
        ("a.html", "", "<"),
        ("a.xml", "<?xml version='1.0'?>", "<!--"),
        ("a.xml", "<?xml version='1.0'?><rss>", "&"),
        ("a.json", "", "["),
        ("a.json", '{"text": "', "\\\\"),
        ("a.eml", "From: a\nTo: b\nDate: ", "(<a,"),
        ("a.eml", "From: a\nTo: b\nContent-Type: text/plain", ";a"),
        ("a.txt", "---\ntitle: [", ","),
    ],
)
def test_a_megabyte_of_openings_is_one_decision(name: str, opening: str, unit: str) -> None:
    content = (opening + unit * (_MEGABYTE // len(unit))).encode()

    assert len(read(content, name)) == 1


def test_articles_beyond_the_bound_refuse_the_seed() -> None:
    content = b"[" + b'{"text": "hei du"},' * 200 + b'{"text": "hei"}]'

    assert refusal(content, "a.json", Limits(articles=100)).reason == "too-many-articles"
