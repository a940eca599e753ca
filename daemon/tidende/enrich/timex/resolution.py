"""Calendar arithmetic: what a date in words means, seen from the day of publication.

Every function answers with an ISO 8601 date or interval, or None where the article's own date is
too coarse: a weekday can't be told from a month.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias

from tidende.model.article import Published

Direction: TypeAlias = Literal[-1, 0, 1]
_WEEK, _SATURDAY = 7, 5
_FAR = 5  # a month later in the year than this is last year's, unless it is said to come
_SOON = 2  # a day so many months ahead may be meant where its clause tells of what has happened
_TURN = 9  # a day that lies so many months back is likelier to come
_OLDEST, _LATEST = 1, 9999
_YEAR_MONTHS = 12
_PART = {"quarter": 3, "half": 6}  # months
_DECADE = 10
_SEASON = {"spring": 4, "summer": 7, "autumn": 10}


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """The day of publication, as far as it is known."""

    year: int
    month: int | None = None
    day: date | None = None


def anchor(published: Published | None) -> Anchor | None:
    """Return what is known of the day of publication."""
    if published is None:
        return None
    year, month, day = (*published.value[:10].split("-"), "", "")[:3]
    try:
        at = date(int(year), int(month), int(day)) if day else None
        return Anchor(year=int(year), month=int(month) if month else None, day=at)
    except ValueError:
        return None


def period(at: Anchor | None, unit: str, shift: int) -> str | None:
    """Return the day, week, month... that lies `shift` of them from publication."""
    if at is None:
        return None
    if unit in _SEASON:
        return _season(at, unit)
    if unit == "year":
        return iso_year(at.year + shift)
    if unit == "decade":
        return _span(at.year - at.year % _DECADE + shift * _DECADE, _DECADE)
    if unit == "month" or unit in _PART:
        return _months(at, unit, shift)
    return _days(at.day, unit, shift) if at.day else None


def iso_year(year: int) -> str | None:
    """Write a year; ISO 8601 has four digits for it."""
    return f"{year:04}" if _OLDEST <= year <= _LATEST else None


def decade(year: int) -> str:
    """Return the decade or, of a round hundred, the century that begins with `year`."""
    return _span(year, _DECADE * _DECADE if year % (_DECADE * _DECADE) == 0 else _DECADE)


def weekday(at: Anchor | None, number: int, direction: Direction, *, strict: bool) -> str | None:
    """Return the weekday (Monday 0) next to publication, before it or, at direction 1, after it.

    `strict` leaves out the day of publication itself: "last Tuesday".
    """
    if at is None or at.day is None:
        return None
    ahead = (number - at.day.weekday()) % _WEEK
    if direction > 0:
        return _moved(at.day, ahead or (_WEEK if strict else 0))
    back = -ahead % _WEEK
    return _moved(at.day, -(back or (_WEEK if strict else 0)))


def month(
    at: Anchor | None, number: int, direction: Direction, *, dated: bool = False
) -> int | None:
    """Return the year that a bare month belongs to: the same, or the one it is nearer to.

    News says "in May last year" for a May further off, so only the months around the turn of the
    year leave the year of publication. A day of a month (`dated`) in January is next to December,
    and one that has gone by (direction -1) is no later than publication.
    """
    if at is None or at.month is None:
        return None
    ahead = number - at.month
    if direction > 0:
        return at.year + (ahead < 0)
    if ahead > (_SOON if dated and direction < 0 else _FAR):
        return at.year - 1
    return at.year + (dated and ahead < -_TURN)


def ago(at: Anchor | None, unit: str, count: float) -> str | None:
    """Return the moment `count` of a unit before publication (after it, if negative)."""
    if at is None or not count.is_integer() or abs(count) > _LATEST:
        return None
    return period(at, unit, -int(count)) if unit in {"day", "week", "month", "year"} else None


def iso_date(year: int | None, month_number: int, day: int | None = None) -> str | None:
    """Write a date or a month; one that no calendar has is None."""
    if year is None:
        return None
    try:
        value = date(year, month_number, day or 1).isoformat()
    except ValueError:
        return None
    return value if day else value[:7]


def _season(at: Anchor, unit: str) -> str | None:
    year = month(at, _SEASON[unit], 0)
    return iso_year(year) if year else None


def _months(at: Anchor, unit: str, shift: int) -> str | None:
    if at.month is None:
        return None
    if unit == "month":
        count = at.year * _YEAR_MONTHS + at.month - 1 + shift
        return iso_date(count // _YEAR_MONTHS, count % _YEAR_MONTHS + 1)
    count = (at.year * _YEAR_MONTHS + at.month - 1) // _PART[unit] + shift
    year, number = divmod(count, _YEAR_MONTHS // _PART[unit])
    return part_of(year, unit, number + 1)


def part_of(year: int, unit: str, number: int) -> str | None:
    """Return the months of a quarter or half of a year, counted from 1."""
    start = first_month(unit, number)
    first, last = iso_date(year, start), iso_date(year, start + _PART[unit] - 1)
    return f"{first}/{last}" if first and last else None


def first_month(unit: str, number: int) -> int:
    """Return the month in which a quarter or half begins, both counted from 1."""
    return (number - 1) * _PART[unit] + 1


def _days(day: date, unit: str, shift: int) -> str | None:
    if unit == "day":
        return _moved(day, shift)
    if unit == "week":
        return _stretch(day, shift * _WEEK - day.weekday(), _WEEK)
    if unit == "weekend":
        return _weekend(day, shift)
    return None


def _weekend(day: date, shift: int) -> str | None:
    """Tell this weekend from Saturday on; before, "at the weekend" may be either one."""
    within = day.weekday() >= _SATURDAY
    if shift == 0 and not within:
        return None
    step = shift if within or shift < 0 else shift - 1
    return _stretch(day, _SATURDAY - day.weekday() + step * _WEEK, 2)


def _stretch(day: date, offset: int, length: int) -> str | None:
    first, last = _moved(day, offset), _moved(day, offset + length - 1)
    return f"{first}/{last}" if first and last else None


def _moved(day: date, days: int) -> str | None:
    try:
        return (day + timedelta(days=days)).isoformat()
    except OverflowError:
        return None


def _span(year: int, length: int) -> str:
    return f"{year:04}/{year + length - 1:04}"
