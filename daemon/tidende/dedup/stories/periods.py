"""When: the days on which an article may have been published, and what two such periods tell.

Dates are intervals, and they conflict only when both are known. Days may lie a week apart, since
reports of one event follow one another; what is known by month must share the month, or a story
would swallow the next month's look-alike.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tidende.model.article import Published

_MONTHS = 12
_MOST_APART = 7  # days between two reports of one event
_BESIDE = 2  # days from a known month to a known day


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Period:
    """From the `first` to the `last` day, both within; proleptic Gregorian ordinals."""

    first: int
    last: int

    def __str__(self) -> str:
        first, last = (date.fromordinal(each).isoformat() for each in (self.first, self.last))
        return first if first == last else f"{first} to {last}"


def period_of(published: Published | None) -> Period | None:
    """Return the days that a publication's date allows, None where there is no date."""
    if published is None:
        return None
    year, month, day = (*map(int, published.value[:10].split("-")), 0, 0)[:3]
    first = date(year, month or 1, day or 1)
    if day:
        return Period(first=first.toordinal(), last=first.toordinal())
    following = date(year + 1, 1, 1) if month in {0, _MONTHS} else date(year, month + 1, 1)
    return Period(first=first.toordinal(), last=following.toordinal() - 1)


def gap(one: Period, other: Period) -> int:
    """Return the days between two periods, 0 where they overlap."""
    return max(0, one.first - other.last, other.first - one.last)


def conflict(one: Period, other: Period) -> bool:
    """Tell whether two articles of these periods can't tell of one event."""
    days = gap(one, other)
    exact = (one.first == one.last) + (other.first == other.last)
    return days > (0, _BESIDE, _MOST_APART)[exact]


def hull(periods: Iterable[Period]) -> Period:
    """Return the shortest period that holds all of some."""
    known = list(periods)
    return Period(first=min(each.first for each in known), last=max(each.last for each in known))


def widened(period: Period, days: int) -> Period:
    """Return a period with so many days more at both ends."""
    return Period(first=period.first - days, last=period.last + days)
