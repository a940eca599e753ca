"""Dates as formats write them, to `Published`: ISO 8601 long and short, RFC 5322, seconds."""

import math
import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from tidende.model.article import Published
from tidende.reading.moments import find_moment

_ISO = re.compile(
    r"\s*(?P<date>\d{4}-\d\d-\d\d|\d{8})[T ](?P<hour>\d\d):?(?P<minute>\d\d)"
    r"(?::?(?P<second>\d\d)(?:[.,]\d+)?)?\s?(?P<zone>Z|[+-]\d\d(?::?\d\d)?|UTC|GMT)?\s*",
    re.IGNORECASE,
)
_DAY = re.compile(r"\s*(?P<year>\d{4})-?(?P<month>\d\d)-?(?P<day>\d\d)\s*")
_MONTH = re.compile(r"\s*(?P<year>\d{4})-(?P<month>\d\d)\s*")
_YEAR = re.compile(r"\s*(?P<year>1[4-9]\d\d|20\d\d|21\d\d)\s*")
_MILLISECONDS_FROM = 10_000_000_000
_EARLIEST, _LATEST = 86_400 * 365, 4_102_444_800
_COMPACT = (8, 12, 14)
_LONGEST = 100
_DECEMBER = 12


def published(value: object) -> Published | None:
    """Return what a format says of its article's publication, as precisely as it says it."""
    found = _number(value) if isinstance(value, int | float) else None
    if isinstance(value, str) and 0 < len(value.strip()) <= _LONGEST:
        found = _iso(value) or _mail(value) or _partial(value) or _words(value)
    return found


def full_time(value: object) -> str | None:
    """Return an RFC 3339 time with seconds and zone, or None where the format says less."""
    found = published(value)
    if found is None or found.precision != "minute":
        return None
    try:
        moment = datetime.fromisoformat(found.value)
    except ValueError:
        return None
    return moment.isoformat() if moment.tzinfo else None


def minute(moment: datetime) -> Published:
    """Return a moment as metadata says it: to the minute, in its own zone."""
    value = moment.isoformat(timespec="minutes")
    return Published(value=value, precision="minute", origin="metadata")


def _number(value: float) -> Published | None:
    """Read seconds, or milliseconds, since 1970; a small number is no date."""
    if isinstance(value, bool) or math.isnan(value):  # not-a-number
        return None
    digits = str(value) if isinstance(value, int) else ""
    if digits.startswith(("19", "20")) and len(digits) in _COMPACT:
        # Written as on paper, 202103121030, and not counted from 1970.
        return (
            _iso(f"{digits[:8]}T{digits[8:12]}")
            if len(digits) > min(_COMPACT)
            else _partial(digits)
        )
    seconds = value / 1000 if value >= _MILLISECONDS_FROM else value
    if not _EARLIEST <= seconds <= _LATEST:
        return None
    return minute(datetime.fromtimestamp(seconds, UTC))


def _iso(value: str) -> Published | None:
    hit = _ISO.fullmatch(value)
    if not hit:
        return None
    date = hit["date"] if "-" in hit["date"] else "-".join(_split_day(hit["date"]))
    clock = f"{hit['hour']}:{hit['minute']}"
    zone = _zone(hit["zone"])
    try:
        moment = datetime.fromisoformat(f"{date}T{clock}{zone}")
    except ValueError:
        return _partial(date)
    return minute(moment)


def _split_day(digits: str) -> tuple[str, str, str]:
    return digits[:4], digits[4:6], digits[6:8]


def _zone(zone: str | None) -> str:
    if not zone:
        return ""
    if zone[0] not in "+-":
        return "+00:00"
    digits = zone[1:].replace(":", "").ljust(4, "0")
    return f"{zone[0]}{digits[:2]}:{digits[2:]}"


def _mail(value: str) -> Published | None:
    """Read "Wed, 14 Feb 2018 10:30:00 +0100"; a zone of -0000 says that it isn't known."""
    if ":" not in value:
        return None
    try:
        return minute(parsedate_to_datetime(value))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _partial(value: str) -> Published | None:
    if hit := _DAY.fullmatch(value):
        try:
            day = date(int(hit["year"]), int(hit["month"]), int(hit["day"]))
        except ValueError:
            return None
        return Published(value=day.isoformat(), precision="day", origin="metadata")
    if (hit := _MONTH.fullmatch(value)) and 1 <= int(hit["month"]) <= _DECEMBER:
        value = f"{hit['year']}-{hit['month']}"
        return Published(value=value, precision="month", origin="metadata")
    if hit := _YEAR.fullmatch(value):
        return Published(value=hit["year"], precision="year", origin="metadata")
    return None


def _words(value: str) -> Published | None:
    found = find_moment(value)
    if found is None:
        return None
    return Published(value=found.value, precision=found.precision, origin="metadata")
