"""A moment in words or figures, as precisely as it is printed and no more.

Used for an article's own date of publication and for an embargo; dates in running prose are
`enrich`'s matter.
"""

import re
from dataclasses import dataclass
from datetime import date

from tidende import lexicon
from tidende.model.article import Precision

_OLDEST, _LATEST = 1400, 2199
_CENTURY = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """An ISO 8601 value of some precision, and the place in the searched text it was read from."""

    value: str
    precision: Precision
    start: int
    end: int


_MONTHS = {
    word: number
    for tag in lexicon.tags()
    for number, words in enumerate(lexicon.of(tag).calendar.months, 1)
    for word in words
}
_ZONES = {name: at for tag in lexicon.tags() for name, at in lexicon.of(tag).calendar.zones.items()}
_MONTH = f"(?P<month>{lexicon.either(tuple(sorted(_MONTHS, key=len, reverse=True)))})\\b\\.?"
_ORDINAL = f"(?:{lexicon.either(lexicon.union(lambda known: known.calendar.ordinals))})"
_YEAR = r"(?P<year>\d{4})(?!\d)"

_ISO = re.compile(
    r"(?<!\d)(?P<year>\d{4})-(?P<month>\d\d)(?!\d)(?:-(?P<day>\d\d)(?!\d))?", re.IGNORECASE
)
_COMPACT = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?=T|\b)")
_DAY_FIRST = re.compile(
    rf"(?<!\d)(?:(?P<day>\d{{1,2}})(?:\.|{_ORDINAL})?\s{{0,3}})?(?<!\w){_MONTH},?\s{{0,3}}{_YEAR}",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"(?<!\w){_MONTH}\s{{0,3}}(?P<day>\d{{1,2}}){_ORDINAL}?,?\s{{1,3}}{_YEAR}", re.IGNORECASE
)
_NUMERIC = re.compile(
    r"(?<![\d.])(?P<day>\d{1,2})(?P<mark>[./-])\s?(?P<month>\d{1,2})(?P=mark)\s?"
    r"(?P<year>\d{4}|\d\d)(?![\d.]\d)"
)
_FORMS = (_ISO, _DAY_FIRST, _MONTH_FIRST, _NUMERIC, _COMPACT)

_CLOCK = lexicon.either(lexicon.union(lambda known: known.calendar.clock))
_TIME = re.compile(
    rf"(?:T|[\s,;:|–—-]{{0,4}}(?:\b(?:{_CLOCK})\b[.:]?\s?)?)"
    r"(?P<hour>[01]?\d|2[0-3])(?:[:.h](?P<minute>[0-5]\d)(?:[:.][0-5]\d(?:[.,]\d{1,9})?)?)?(?!\d)"
    r"(?:\s?(?P<half>[ap])\.?m\b\.?)?"
    rf"(?:\s?(?P<zone>[+-]\d\d:?\d\d|(?:{lexicon.either(tuple(_ZONES))})\b))?",
    re.IGNORECASE,
)
_BEFORE = 40
_BETWEEN = lexicon.either(
    lexicon.union(
        lambda known: (
            *known.calendar.day_prefixes,
            *(w for day in known.calendar.weekdays for w in day),
        )
    )
)
_TIME_BEFORE = re.compile(
    r"(?<![\d.:])(?P<hour>[01]\d|2[0-3])[:.]?(?P<minute>[0-5]\d)(?P<half>)(?!\d)"
    rf"(?:\s?(?P<zone>(?:{lexicon.either(tuple(_ZONES))})\b))?(?:[,\s]{{1,3}}(?:{_BETWEEN})\b\.?){{0,2}}[,\s]{{0,3}}$",
    re.IGNORECASE,
)
_CLOCK_BEFORE = re.compile(rf"\b(?:{_CLOCK})\b", re.IGNORECASE)


def find_moment(text: str) -> Moment | None:
    """Return the first date in `text`, with the time of day that follows it."""
    found = [hit for form in _FORMS if (hit := form.search(text))]
    for hit in sorted(found, key=lambda hit: (hit.start(), -hit.end())):
        if moment := _moment(text, hit):
            return moment
    return None


def _moment(text: str, hit: re.Match[str]) -> Moment | None:
    parts = hit.groupdict()
    year, month, day = _year(parts["year"]), _month(parts["month"]), int(parts["day"] or 0)
    if parts.get("mark") == "/" and day <= 12 and month <= 12 and day != month:  # noqa: PLR2004
        return None  # 3/4/2021 is March or April, by the writer's country: not ours to guess
    if not _OLDEST <= year <= _LATEST:
        return None
    return _dated(text, hit, year, month, day)


def _dated(text: str, hit: re.Match[str], year: int, month: int, day: int) -> Moment | None:
    """Keep the parts that hold; 00 is how a machine writes an unknown month or day."""
    start, end = hit.span()
    if not month:
        return Moment(value=f"{year:04}", precision="year", start=start, end=end)
    try:
        value = date(year, month, day or 1).isoformat()
    except ValueError:
        return None
    if not day:
        return Moment(value=value[:7], precision="month", start=start, end=end)
    time = _time(text, start, end)
    if time is None:
        return Moment(value=value, precision="day", start=start, end=end)
    found, clock = time
    start, end = min(start, found.start()), max(end, found.end())
    return Moment(value=f"{value}T{clock}", precision="minute", start=start, end=end)


def _time(text: str, start: int, end: int) -> tuple[re.Match[str], str] | None:
    """Return the time of day behind a date, or else the one before it."""
    behind = _TIME.match(text, end)
    before = _TIME_BEFORE.search(text, max(0, start - _BEFORE), start)
    for time in (behind, before):
        if time and (clock := _clock(time)):
            return time, clock
    return None


def _clock(time: re.Match[str]) -> str | None:
    """Write a time of day; a bare hour counts only behind "kl." or before "pm"."""
    hour, minute, half = int(time["hour"]), time["minute"], time["half"]
    if minute is None and not half and not _CLOCK_BEFORE.search(time[0]):
        return None
    if half:
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    return f"{hour:02}:{minute or '00'}{_offset(time['zone'])}"


def _offset(zone: str | None) -> str:
    if not zone:
        return ""
    if zone[0] in "+-":
        return zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"
    return _ZONES[zone.lower()]


def _year(digits: str) -> int:
    return int(digits) if len(digits) > 2 else _CENTURY + int(digits)  # noqa: PLR2004


def _month(word: str) -> int:
    return int(word) if word.isdecimal() else _MONTHS[word.lower().rstrip(".")]
