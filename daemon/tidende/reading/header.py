"""The crawl header: a machine's stamp at the very start, before the article's own text.

Its forms are " date 2018-02 ", " date 2019-11-05 " and an ISO 8601 time, alone on its line or
with the headline or the first sentence behind it.
"""

import re
from dataclasses import dataclass

from tidende import lexicon
from tidende.model.article import Published
from tidende.reading.moments import find_moment
from tidende.reading.published import say

_WORDS = "|".join(map(re.escape, lexicon.union(lambda known: known.header.words)))
_ISO_DATE = r"\d{4}(?:-\d\d(?:-\d\d)?)?(?![\d.-])"
_ISO_TIME = (
    r"[T ]\d\d:?\d\d(?::?\d\d(?:[.,]\d{1,9})?)?"
    r"(?:[ ]?(?:Z|UTC|GMT|[+-]\d\d(?::?\d\d)?))?"
)
_STAMPED = re.compile(
    rf"\s{{0,64}}[\[(<]?(?:{_WORDS})\s{{0,3}}[:=]?\s{{0,3}}"
    rf"(?P<date>{_ISO_DATE}(?:{_ISO_TIME})?)[\])>]?(?=\s|$)",
    re.IGNORECASE,
)
_TIMED = re.compile(
    rf"\s{{0,64}}[\[(<]?(?P<date>\d{{4}}-\d\d-\d\d(?:{_ISO_TIME})?|\d{{8}}T\d{{4,6}}Z?)[\])>]?"
    r"(?=\s|$)",
    re.IGNORECASE,
)
_YEAR_ALONE = 4
_LEAD = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Where the stamp stands; `published` is None where it is no date that exists."""

    start: int
    end: int
    published: Published | None


def find_header(text: str) -> Header | None:
    """Return the crawl header with which `text` begins, if it does."""
    lead = text[:_LEAD]
    hit = _STAMPED.match(lead) or _TIMED.match(lead)
    if not hit:
        return None
    start = len(lead) - len(lead.lstrip())
    return Header(start=start, end=hit.end(), published=_published(hit["date"]))


def _published(stamp: str) -> Published | None:
    if len(stamp) == _YEAR_ALONE:
        return Published(value=stamp, precision="year", origin="header")
    return say(find_moment(stamp), "header")
