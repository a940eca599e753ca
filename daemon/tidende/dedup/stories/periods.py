"""When: the days on which an article may have been published, as an interval."""

from dataclasses import dataclass
from datetime import date

from tidende.model.article import Published

_MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Period:
    """From the `first` to the `last` day, both within; proleptic Gregorian ordinals."""

    first: int
    last: int


def period_of(published: Published | None) -> Period | None:
    """Return the days that a publication's date allows, None where there is no date."""
    if published is None:
        return None
    year, month, day = (*map(int, published.value[:10].split("-")), 0, 0)[:3]
    first = date(year, month or 1, day or 1)
    if day:
        return Period(first=first.toordinal(), last=first.toordinal())
    following = date(year + 1, 1, 1) if month in (0, _MONTHS) else date(year, month + 1, 1)
    return Period(first=first.toordinal(), last=following.toordinal() - 1)
