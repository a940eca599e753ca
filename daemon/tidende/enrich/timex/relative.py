"""Dates told from the day of publication: "i går", "last Tuesday", "for to år siden"."""

import re

from tidende.enrich.numerals import Numerals
from tidende.enrich.timex.absolute import direction, read_day_first, read_month, valued_month
from tidende.enrich.timex.prose import Hit, Prose
from tidende.enrich.timex.resolution import Direction, ago, iso_date, period, weekday

_UNTOLD = 9  # a shift that counts from what was told, not from publication
_MOVABLE = frozenset({"day"})  # "next day" is the day after what was told


def read_phrase(prose: Prose, head: re.Match[str], meaning: str) -> Hit:
    """Read a fixed phrase: "i dag", "tomorrow"; a year may have a season behind it."""
    unit, _, shift = meaning.partition(" ")
    end = head.end()
    if unit == "told":
        return Hit(head.start(1), end, None, from_told=int(shift))
    value = period(prose.at, unit, int(shift)) if unit else None
    if unit == "weekend" and not value and (way := direction(prose, head.span(1))):
        value = period(prose.at, unit, way)
    if unit == "year" and (season := prose.match(prose.grammar.season, end)):
        end = season.end()
    seasonal = not unit or unit in prose.grammar.words.seasons.values()
    if seasonal and (year := prose.match(prose.grammar.year_behind, end)):
        return Hit(head.start(1), year.end(), year["year"])
    return Hit(head.start(1), end, value, daily=unit == "day")


def read_weekday(prose: Prose, head: re.Match[str], number: int) -> Hit:
    """Read a weekday, with the date that may follow it."""
    after = prose.match(prose.grammar.day_follows, head.end())
    if after and (dated := _date_at(prose, after.end())):
        return Hit(head.start(1), dated.end, dated.value, daily=True)
    direction = _weekday_direction(prose, head)
    return Hit(
        head.start(1),
        head.end(),
        weekday(prose.at, number, direction, strict=False),
        daily=True,
    )


def read_shifted(prose: Prose, head: re.Match[str], shift: int) -> Hit | None:
    """Read "neste uke", "last Tuesday", "this summer"."""
    what = prose.match(prose.grammar.shifted, head.end())
    if what is None or (shift == -1 and prose.before(prose.grammar.stretch, head.start(1))):
        return None
    word, end = what["what"], what.end()
    return Hit(head.start(1), end, _shifted(prose, word, shift, (head.start(1), end)))


def read_counted(prose: Prose, start: int, numbers: Numerals) -> Hit | None:
    """Read "for to år siden", "om tre uker", "two days later"; a mere duration is no date."""
    hit = prose.match(prose.grammar.counted, start)
    if hit is None:
        return None
    unit = prose.grammar.words.counted[hit["unit"]]
    count = numbers.value(hit["number"])
    return _past(prose, hit, unit, count) or _later(prose, hit) or _ahead(prose, hit, unit, count)


def read_feast(prose: Prose, head: re.Match[str], day: str) -> Hit:
    """Read a feast: on a day, in a month, or, where it moves, nowhere."""
    number, _, of_month = day.partition("-")
    value = None
    if number:
        value = valued_month(prose, head.span(1), int(number), int(of_month) if of_month else None)
    return Hit(head.start(1), head.end(), value, daily=bool(of_month))


def _date_at(prose: Prose, position: int) -> Hit | None:
    if dated := read_day_first(prose, position):
        return dated
    if named := prose.match(prose.grammar.month_day, position):
        return read_month(prose, named, prose.grammar.months[named["month"]])
    return None


def _weekday_direction(prose: Prose, head: re.Match[str]) -> Direction:
    """Tell past from to come: "på onsdag" is to come, "på onsdagen" as its clause says."""
    if opener := prose.before(prose.grammar.weekday_opener, head.start(1)):
        way = prose.grammar.words.weekday_openers[" ".join(opener["word"].split())]
        if way < 0:
            return -1
        if head[1] in prose.grammar.bare_weekdays:
            return 1
    return 1 if prose.to_come(*head.span(1)) else -1


def _shifted(prose: Prose, word: str, shift: int, span: tuple[int, int]) -> str | None:
    words = prose.grammar.words
    if shift == _UNTOLD:
        return None
    unit = words.periods.get(word, words.seasons.get(word))
    if unit is not None:
        return None if unit in _MOVABLE or not unit else _period(prose, unit, shift)
    kind, number = prose.grammar.entries[word]
    if kind == "weekday":
        ahead = shift > 0 or (shift == 0 and prose.to_come(*span))
        return weekday(prose.at, int(number), 1 if ahead else -1, strict=bool(shift))
    return _month_shifted(prose, int(number), shift)


def _period(prose: Prose, unit: str, shift: int) -> str | None:
    """Resolve a period; of seasons only "this" has a value, "last" may be this year's too."""
    if unit in prose.grammar.words.seasons.values():
        return period(prose.at, unit, 0) if shift == 0 else None
    return period(prose.at, unit, shift)


def _month_shifted(prose: Prose, number: int, shift: int) -> str | None:
    """Read "last May": the one most lately gone, or the next to come."""
    at = prose.at
    if at is None or at.month is None:
        return None
    if shift < 0:
        return iso_date(at.year - (number >= at.month), number)
    return iso_date(at.year + (shift > 0 and number <= at.month), number)


def _past(prose: Prose, hit: re.Match[str], unit: str, count: float) -> Hit | None:
    closes = prose.match(prose.grammar.ago, hit.end())
    opens = prose.before(prose.grammar.ago_before, hit.start())
    if not (closes or (opens and not prose.grammar.words.ago)):
        return None
    exact = not (opens and opens["filler"])
    return Hit(
        opens.start() if opens else hit.start(),
        closes.end() if closes else hit.end(),
        ago(prose.at, unit, count) if exact else None,
    )


def _later(prose: Prose, hit: re.Match[str]) -> Hit | None:
    later = prose.match(prose.grammar.later, hit.end())
    if later is None or prose.before(prose.grammar.opener, hit.start()):  # "i to uker etter raset"
        return None
    return Hit(hit.start(), later.end(), None)


def _ahead(prose: Prose, hit: re.Match[str], unit: str, count: float) -> Hit | None:
    opens = prose.before(prose.grammar.ahead_before, hit.start())
    sure = prose.grammar.words.ahead_sure or prose.to_come(hit.start(), hit.end())
    if opens is None or not sure:
        return None
    value = None if opens["filler"] else ago(prose.at, unit, -count)
    return Hit(opens.start(), hit.end(), value)
