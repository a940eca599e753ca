"""Dates that name a day, a month or a year: "3. mai", "i januar", "May 3, 2018", "2017/18"."""

import re

from tidende.enrich.timex.prose import Hit, Prose
from tidende.enrich.timex.resolution import (
    Direction,
    decade,
    first_month,
    iso_date,
    month,
    part_of,
    period,
)

_CENTURY, _THIS_CENTURY, _LAST_CENTURY = 100, 2000, 1900
_FIRST_DECADE = 30  # "the 30s" are the 1930s; "the 20s" could be either
_NO_MONTH = 12
_ROUND = 50  # 1950 of something are likelier than 1951
_AMBIGUOUS = frozenset("'-/–:.,@#§")


def read_month(prose: Prose, head: re.Match[str], number: int) -> Hit | None:
    """Read a month's name, with the day behind it where the language writes it so."""
    if hit := prose.match(prose.grammar.month_day, head.start(1)):
        return _dated(prose, hit, int(hit["day"]), number)
    end = _end(prose, head.end(), head[1])
    short = head[1] in prose.grammar.abbreviated
    year = year_behind(prose, end)
    if short and not year:
        return None
    if year is None and _doubtful(prose, head):
        return None
    return Hit(head.start(1), year[1] if year else end, _valued(prose, head.span(1), number, year))


def read_day_first(prose: Prose, start: int) -> Hit | None:
    """Read "3. mai", "3.-5. mai 2018", "the 3rd of May"."""
    hit = prose.match(prose.grammar.day_month, start)
    return _dated(prose, hit, int(hit["day"]), prose.grammar.months[hit["month"]]) if hit else None


def read_quarter(prose: Prose, head: re.Match[str], number: int) -> Hit:
    """Read "third quarter", with the year behind it; without one it is the last that has begun."""
    return _part_of_year(prose, head, "quarter", number)


def read_half(prose: Prose, head: re.Match[str], number: int) -> Hit:
    """Read "first half", like a quarter."""
    return _part_of_year(prose, head, "half", number)


def _part_of_year(prose: Prose, head: re.Match[str], unit: str, number: int) -> Hit:
    if year := year_behind(prose, head.end()):
        return Hit(head.start(1), year[1], part_of(year[0], unit, number) if year[0] else None)
    at, value = prose.at, None
    if at and at.month:
        begun = first_month(unit, number) <= at.month or prose.planned(*head.span(1))
        value = part_of(at.year - (not begun), unit, number)
    return Hit(head.start(1), head.end(), value)


def read_numeric(prose: Prose, start: int) -> Hit | None:
    """Read 2018-05-03, 3.5.2018, 03.05. and, without a value where it is unclear, 3/5/2018."""
    hit = prose.match(prose.grammar.numeric, start)
    if hit is None:
        return None
    parts = next(p for p in _numeric_parts(hit) if p[1])
    year, month_number, day = (int(part) if part else None for part in parts)
    if not month_number or month_number > _NO_MONTH or not (day is None or 1 <= day <= 31):  # noqa: PLR2004
        return None
    if hit["day3"] and day and day <= _NO_MONTH and prose.grammar.words.month_first:
        return Hit(hit.start(), hit.end(), None)
    if year is None:
        year = month(prose.at, month_number, direction(prose, hit.span()), dated=True)
    elif year < _CENTURY:
        year += _THIS_CENTURY
    return Hit(hit.start(), hit.end(), iso_date(year, month_number, day), daily=day is not None)


def read_decade(prose: Prose, start: int) -> Hit | None:
    """Read "1990-tallet", "the 90s"; a round hundred is a century."""
    hit = prose.match(prose.grammar.decade, start)
    if hit is None:
        return None
    year = int(hit["year"])
    if year < _CENTURY and hit["age"] and not _decade_marked(prose, start):
        return None
    if year < _CENTURY:
        year += _LAST_CENTURY if year >= _FIRST_DECADE else 0
    known = year >= _CENTURY and year != _THIS_CENTURY
    return Hit(hit.start(), hit.end(), decade(year) if known else None)


def read_year(prose: Prose, start: int) -> Hit | None:
    """Read a bare year, or two of them; four digits before what they count are no year."""
    hit = prose.match(prose.grammar.year, start)
    if hit is None or _glued(prose, start):
        return None
    opened = prose.before(prose.grammar.year_before, start) is not None
    if not _is_year(prose, hit, opened=opened):
        return None
    if not hit["last"]:
        return Hit(start, hit.end("year"), hit["year"])
    first, last = int(hit["year"]), int(hit["last"])
    last += first - first % _CENTURY if last < _CENTURY else 0
    return Hit(start, hit.end(), f"{first}/{last}" if first < last else None)


def valued_month(prose: Prose, span: tuple[int, int], number: int, day: int | None) -> str | None:
    """Say which month, or day of it, a name without a year means."""
    if day is None:
        year = month(prose.at, number, 1 if prose.planned(*span) else 0)
    else:
        year = month(prose.at, number, direction(prose, span), dated=True)
    return iso_date(year, number, day)


def _end(prose: Prose, end: int, word: str) -> int:
    """Take in the full stop behind a month that is cut short, as in Jan."""
    return end + (word in prose.grammar.abbreviated and prose.low.startswith(".", end))


def _decade_marked(prose: Prose, start: int) -> bool:
    """Tell "the 90s" and "the '90s" from "in his 50s"."""
    if start > prose.start and prose.text[start - 1] in "'’":
        return True
    return prose.before(prose.grammar.stretch, start) is not None


def direction(prose: Prose, span: tuple[int, int]) -> Direction:
    """Tell which way a day lies, 0 where its clause doesn't say."""
    if prose.to_come(*span):
        return 1
    return -1 if prose.gone_by(*span) else 0


def _valued(
    prose: Prose, span: tuple[int, int], number: int, year: tuple[int | None, int] | None
) -> str | None:
    if year is None:
        return valued_month(prose, span, number, None)
    return iso_date(year[0], number)


def _dated(prose: Prose, hit: re.Match[str], day: int, number: int) -> Hit | None:
    if not 1 <= day <= 31:  # noqa: PLR2004
        return None
    end = _end(prose, hit.end(), hit["month"]) if hit.end() == hit.end("month") else hit.end()
    year = year_behind(prose, end)
    known = year[0] if year else month(prose.at, number, direction(prose, hit.span()), dated=True)
    first = iso_date(known, number, day)
    end = year[1] if year else end
    if not hit["last"]:
        return Hit(hit.start(), end, first, daily=True)
    last = iso_date(known, number, int(hit["last"]))
    return Hit(hit.start(), end, f"{first}/{last}" if first and last and first < last else None)


def year_behind(prose: Prose, end: int) -> tuple[int | None, int] | None:
    """Return the year that follows and where it ends: "2018", "i fjor", "last year"."""
    if plain := prose.match(prose.grammar.year_behind, end):
        return int(plain["year"]), plain.end()
    told = prose.match(prose.grammar.year_told, end)
    if told is None:
        return None
    shift = prose.grammar.year_shifts[" ".join(told["year"].split())]
    value = period(prose.at, "year", shift)
    return int(value) if value else None, told.end()


def _numeric_parts(hit: re.Match[str]) -> list[tuple[str | None, str | None, str | None]]:
    return [
        (hit["year"], hit["month"], hit["day"]),
        (hit["year2"], hit["month2"], hit["day2"]),
        (hit["year3"], hit["month3"], hit["day3"]),
        (None, hit["month4"], hit["day4"]),
    ]


def _doubtful(prose: Prose, head: re.Match[str]) -> bool:
    """Say that a month's name may be a person's or another word: "August Strindberg", "May"."""
    known = prose.grammar
    if prose.before(known.opener, head.start(1)) or prose.before(known.month_before, head.start(1)):
        return False
    if head[1] in prose.grammar.words.cases:
        return True
    following = prose.text[head.end() + 1 : head.end() + 2]
    return prose.text[head.start(1)].isupper() and following.isupper()


def _glued(prose: Prose, start: int) -> bool:
    return start > 0 and prose.text[start - 1] in _AMBIGUOUS


def _is_year(prose: Prose, hit: re.Match[str], *, opened: bool) -> bool:
    """Judge four digits by what stands around them."""
    counts = prose.match(prose.grammar.no_year, hit.end())
    if counts is None:
        return not _spelled_on(prose, hit.end())
    round_number = int(hit["year"]) % _ROUND == 0
    return (opened or not round_number) and not prose.match(prose.grammar.measure, hit.end())


def _spelled_on(prose: Prose, end: int) -> bool:
    following = prose.low[end : end + 1]
    return following.isalpha() or following == "_"
