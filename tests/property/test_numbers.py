"""Figures and dates of any text: their spans give back their surfaces, and none is out of place."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tidende import lexicon
from tidende.enrich.dates import dates
from tidende.enrich.figures import figures
from tidende.model.article import Block, Published

_WORDS = (
    "3. mai",
    "2018",
    "torsdag",
    "i",
    "500",
    "kroner",
    "mia.",
    "12,5",
    "-",
    "–",
    ":",
    "to",
    "og",
    "av",
    "de",
    "neste",
    "uke",
    "last",
    "year",
    "May",
    "vor",
    "zwei",
    "Jahren",
    "$",
    "%",
    "kl.",
    "19.30",
    "İ",
    "½",
    "１２",
    "²",
    "\u00a0",
    "\n",
    ".",
    ",",
    "(",
    ")",
    "A",
    "og en halv",
    "den",
    "99999999999999",
)
_TEXT = st.lists(st.sampled_from(_WORDS) | st.text(max_size=4), max_size=30).map(" ".join)
_TAG = st.sampled_from([None, *lexicon.tags()])
_PUBLISHED = st.sampled_from(
    [
        None,
        Published(value="2018", precision="year", origin="header"),
        Published(value="2018-02", precision="month", origin="header"),
        Published(value="2018-02-14T10:30+01:00", precision="minute", origin="header"),
        Published(value="9999-12-31", precision="day", origin="header"),
    ]
)


@given(text=_TEXT, tag=_TAG, published=_PUBLISHED)
def test_a_span_gives_back_its_surface(
    text: str, tag: str | None, published: Published | None
) -> None:
    blocks = (Block(role="paragraph", start=0, end=len(text)),)
    days = dates(text, blocks, tag, published)
    numbers = figures(text, blocks, tag, days)

    assert all(text[day.start : day.end] == day.surface != "" for day in days)
    assert all(text[it.start : it.end] == it.surface != "" for it in numbers)
    assert [day.start for day in days] == sorted(day.start for day in days)
    assert all(before.end <= after.start for before, after in pairwise(days))
    claimed = {place for day in days for place in range(day.start, day.end)}
    assert not any(it.start in claimed for it in numbers)
