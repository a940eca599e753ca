"""The patterns by which dates are found in a language's prose, made of its lexicon.

`head` tells where a mention may begin: at any number, and the words that `entries` knows. The
others are matched from there on. All work on lower-cased text.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from itertools import zip_longest
from typing import Any, Literal, TypeAlias

from tidende import lexicon
from tidende.enrich.matching import any_of, head
from tidende.enrich.numerals import numerals
from tidende.lexicon.tables import Calendar, Time, Words

Kind: TypeAlias = Literal[
    "month", "weekday", "phrase", "shift", "feast", "clock", "quarter", "half", "number"
]
_PARTS_OF_YEAR: tuple[tuple[Kind, int], ...] = (("quarter", 4), ("half", 2))
_SHORT = 4  # "tors", "Mon": too short to be told from other words in prose


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeGrammar:
    """One language's patterns and what their words mean."""

    head: re.Pattern[str]
    head_words: tuple[str, ...]
    entries: Mapping[str, tuple[Kind, str | int]]
    abbreviated: frozenset[str]
    bare_weekdays: frozenset[str]
    day_month: re.Pattern[str]
    month_day: re.Pattern[str]
    year_behind: re.Pattern[str]
    year_told: re.Pattern[str]
    year_shifts: Mapping[str, int]
    day_follows: re.Pattern[str]
    month_before: re.Pattern[str]
    numeric: re.Pattern[str]
    year: re.Pattern[str]
    year_before: re.Pattern[str]
    no_year: re.Pattern[str]
    measure: re.Pattern[str]
    decade: re.Pattern[str]
    counted: re.Pattern[str]
    ago: re.Pattern[str]
    ago_before: re.Pattern[str]
    ahead_before: re.Pattern[str]
    later: re.Pattern[str]
    clock: re.Pattern[str]
    time_of_day: re.Pattern[str]
    part: re.Pattern[str]
    shifted: re.Pattern[str]
    season: re.Pattern[str]
    opener: re.Pattern[str]
    stretch: re.Pattern[str]
    weekday_opener: re.Pattern[str]
    future: re.Pattern[str]
    present: re.Pattern[str]
    past: re.Pattern[str]
    infinitive: re.Pattern[str]
    months: Mapping[str, int]
    words: Time


@cache
def grammar(tag: str | None) -> TimeGrammar:
    """Return a language's patterns; None pools all languages, for a text whose own isn't known."""
    calendar = _pooled(Calendar, "calendar") if tag is None else lexicon.of(tag).calendar
    words = _pooled(Time, "time") if tag is None else lexicon.of(tag).time
    months = {word: n for n, forms in enumerate(calendar.months, 1) for word in forms}
    entries = dict(_entries(calendar, words, months))
    told = _told_years(words)
    full = {forms[0] for tag in lexicon.tags() for forms in lexicon.of(tag).calendar.months}
    return TimeGrammar(
        entries=entries,
        abbreviated=frozenset(word for word in months if len(word) <= _SHORT and word not in full),
        bare_weekdays=frozenset(name for forms in calendar.weekdays for name in forms),
        months=months,
        words=words,
        year_shifts=told,
        year_told=re.compile(
            rf"\s{{1,2}}(?:(?:{any_of(words.joints)})\s)?(?P<year>{any_of(told)})(?!\w)"
        ),
        **_day_patterns(calendar, words, months),
        **_year_patterns(tag, words),
        **_counting_patterns(tag, words, entries),
        **_clock_patterns(calendar, words, numerals(tag).words),
        **_relative_patterns(words, entries),
    )


def _entries(
    calendar: Calendar, words: Time, months: Mapping[str, int]
) -> Iterator[tuple[str, tuple[Kind, str | int]]]:
    """Tell what each word that opens a mention is; a later entry wins over an earlier one."""
    yield from ((word, ("clock", "")) for word in calendar.clock)
    yield from ((word, ("month", number)) for word, number in months.items())
    for number, forms in enumerate(calendar.weekdays):
        for form in _weekday_forms(forms, words):
            yield form, ("weekday", number)
    for kind, most in _PARTS_OF_YEAR:
        periods = [form for form, unit in words.periods.items() if unit == kind]
        for number, ordinals in enumerate(words.quarters[:most], 1):
            names = [f"{ordinal} {period}" for ordinal in ordinals for period in periods]
            yield from ((name, (kind, number)) for name in names)
    yield from ((word, ("feast", day)) for word, day in words.feasts.items())
    yield from ((word, ("shift", shift)) for word, shift in words.shifts.items())
    yield from ((word, ("phrase", meaning)) for word, meaning in words.phrases.items())


def _weekday_forms(forms: Words, words: Time) -> Iterator[str]:
    for name in forms:
        if name == forms[0] or len(name) > _SHORT:
            yield name
            yield from (name + ending for ending in words.weekday_endings)
            yield from (name + words.part_joint + part for part in words.parts)


def _told_years(words: Time) -> dict[str, int]:
    """Return all ways to name a year by its distance: "i fjor", "last year"."""
    phrases = {
        phrase: int(meaning.partition(" ")[2])
        for phrase, meaning in words.phrases.items()
        if meaning.startswith("year ")
    }
    years = [form for form, unit in words.periods.items() if unit == "year"]
    shifts = {f"{shift} {year}": by for shift, by in words.shifts.items() for year in years}
    return {told: by for told, by in {**shifts, **phrases}.items() if abs(by) < _UNTOLD}


_UNTOLD = 9
_YEAR = r"(?:1[5-9]|20)\d\d(?!\d)"
_MONTHLESS = "(?!)"


def _day_patterns(calendar: Calendar, words: Time, months: Mapping[str, int]) -> dict[str, Any]:
    ordinal = rf"(?:\.|{any_of(calendar.ordinals)})?" if calendar.ordinals else r"\.?"
    month = rf"(?P<month>{any_of(months)})(?!\w)"
    until = rf"(?:\s?[-–]\s?|\s(?:{any_of(words.ranges)})\s)(?P<last>\d{{1,2}}){ordinal}"
    joint = rf"(?:(?:{any_of(words.joints)})\s)?"
    day = rf"(?P<day>\d{{1,2}}){ordinal}(?:{until})?"
    first = rf"(?<!\w){month}\.?\s{day}(?![\w:]|[.,]\d)" if words.month_first else _MONTHLESS
    return {
        "day_month": re.compile(rf"{day}\s?{joint}(?<![^\W\d_]){month}"),
        "day_follows": re.compile(
            rf",?\s(?:(?:{any_of((*calendar.day_prefixes, *words.joints))})\.?\s)?"
        ),
        "month_day": re.compile(first),
        "month_before": re.compile(rf"\b(?:{any_of(months)})\.?\s(?:{any_of(words.ranges)})\s$"),
        "numeric": re.compile(
            r"(?P<year>\d{4})-(?P<month>\d\d)(?:-(?P<day>\d\d))?(?![\d-])"
            r"|(?P<day2>\d{1,2})\.\s?(?P<month2>\d{1,2})\.\s?(?P<year2>\d{4}|\d\d)(?![\d.]*\d)"
            r"|(?P<day3>\d{1,2})/(?P<month3>\d{1,2})[-/ ](?P<year3>\d{4})(?!\d)"
            r"|(?P<day4>0\d|[12]\d|3[01])\.(?P<month4>0\d|1[0-2])\.(?!\d)"
        ),
    }


def _year_patterns(tag: str | None, words: Time) -> dict[str, Any]:
    known = lexicon.union(lambda it: it.figures.units) if tag is None else _measures(tag)
    stops = lexicon.union(lambda it: it.figures.stops) if tag is None else _stops(tag)
    decades, ages = any_of(words.decades), any_of(words.ages)
    return {
        "year_behind": re.compile(
            rf",?\s{{1,2}}(?:(?:{any_of(words.joints)})\s)?(?P<year>{_YEAR})"
        ),
        "year": re.compile(
            rf"(?P<year>{_YEAR})(?:\s?(?P<mark>[-–/])\s?(?P<last>{_YEAR}|\d\d(?!\d)))?"
            r"(?![\d%°]|[.,:/]\d)"
        ),
        "year_before": re.compile(rf"(?:(?<!\w)(?:{any_of(words.year_openers)})\s|[(])$"),
        "measure": re.compile(rf"\s?(?:{any_of(known)})(?!\w)"),
        "no_year": re.compile(
            rf"\s?(?:{any_of(known)})(?!\w)|\s(?!(?:{any_of(stops)})(?!\w))[^\W\d_]"
        ),
        "decade": re.compile(rf"(?P<year>(?:1[5-9]|20)?\d0)(?:{decades}|(?P<age>{ages}))(?!\w)"),
    }


def _measures(tag: str) -> Words:
    known = lexicon.of(tag).figures
    return (*known.units, *known.scales)


def _stops(tag: str) -> Words:
    return lexicon.of(tag).figures.stops


def _approximate(tag: str | None) -> Words:
    return () if tag is None else lexicon.of(tag).figures.approximate


def _counting_patterns(
    tag: str | None, words: Time, entries: Mapping[str, tuple[Kind, str | int]]
) -> dict[str, Any]:
    known = numerals(tag)
    number = rf"(?:{known.digits}|(?:{known.words}|{known.weak})(?!\w))"
    unit = rf"(?:{any_of(words.counted)})(?!\w)"
    weak = [f"{word} {unit}" for word in known.weak_words for unit in words.counted]
    heads = (*entries, *known.strong_words, *weak)
    filler = r"(?:[^\W\d_]{1,12}\s){0,2}"
    roughly = rf"(?:(?:{any_of(_approximate(tag))})\s)?"
    return {
        "head": re.compile(head(heads)),
        "head_words": heads,
        "counted": re.compile(rf"(?P<number>{number})\s{{1,2}}(?P<unit>{unit})"),
        "ago": re.compile(rf"\s(?:{any_of(words.ago)})(?!\w)"),
        "ago_before": re.compile(rf"\b(?:{any_of(words.ago_openers)})\s(?P<filler>{filler})$"),
        "ahead_before": re.compile(rf"\b(?:{any_of(words.ahead_openers)})\s(?P<filler>{roughly})$"),
        "later": re.compile(rf"\s(?:{any_of(words.later)})(?!\w)"),
    }


def _clock_patterns(calendar: Calendar, words: Time, numbers: str) -> dict[str, Any]:
    hour = r"(?P<hour>[01]?\d|2[0-4])(?:[.:]?(?P<minute>[0-5]\d))?(?!\d|[.,:]\d)"
    half = rf"(?:\s?(?P<half>{any_of(words.hour_halves)})(?!\w))"
    word = rf"(?:\s?(?P<word>{any_of(words.hour_words)})(?!\w))"
    return {
        "clock": re.compile(
            rf"(?:{any_of(calendar.clock)})\.?\s?"
            rf"(?:{hour}|(?P<spoken>{numbers})(?!\w))(?:{half}|{word})?"
        ),
        "time_of_day": re.compile(rf"{hour}(?:{half}|{word})?"),
        "part": re.compile(rf"\s(?:{any_of(words.parts)})(?!\w)"),
    }


def _relative_patterns(
    words: Time, entries: Mapping[str, tuple[Kind, str | int]]
) -> dict[str, Any]:
    shiftable = {
        word: None
        for word, (kind, _) in entries.items()
        if kind in {"weekday", "month"} and len(word) > _SHORT
    }
    return {
        "shifted": re.compile(
            rf"\s{{1,2}}(?P<what>{any_of({**words.periods, **words.seasons, **shiftable})})(?!\w)"
        ),
        "season": re.compile(rf"\s(?:{any_of(words.seasons)})(?!\w)"),
        "opener": re.compile(rf"\b(?:{any_of(words.openers)})\.?\s{{1,2}}$"),
        "stretch": re.compile(rf"\b(?:{any_of(words.articles)})\s$"),
        "weekday_opener": re.compile(rf"\b(?P<word>{any_of(words.weekday_openers)})\s$"),
        **{
            tense: re.compile(rf"\b(?:{any_of(getattr(words, tense))})(?!\w)")
            for tense in ("future", "present", "past", "infinitive")
        },
    }


def _pooled(kind: Any, table: str) -> Any:
    """Merge a table of all languages: lists and mappings joined, a switch on only if all agree."""
    tables = [getattr(lexicon.of(tag), table) for tag in lexicon.tags()]
    return kind(**{f.name: _joined([getattr(it, f.name) for it in tables]) for f in fields(kind)})


def _joined(values: list[Any]) -> Any:
    first = values[0]
    if isinstance(first, bool):
        return all(values)
    if isinstance(first, str):
        return first
    if isinstance(first, tuple):
        if any(isinstance(entry, tuple) for each in values for entry in each):
            return tuple(_joined(list(forms)) for forms in zip_longest(*values, fillvalue=()))
        return tuple(dict.fromkeys(word for words in values for word in words))
    return {word: meaning for words in values for word, meaning in words.items()}
