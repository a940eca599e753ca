"""Finds the dates that an article's prose tells, and resolves them against its publication.

Runs before `figures`: a number within a date is no figure. The patterns are in `timex.grammar`,
the rules in `timex.absolute`, `timex.relative` and `timex.clock`.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from tidende.enrich.matching import PROSE
from tidende.enrich.numerals import Numerals, numerals
from tidende.enrich.starts import Starts, starts
from tidende.enrich.timex.absolute import (
    read_day_first,
    read_decade,
    read_half,
    read_month,
    read_numeric,
    read_quarter,
    read_year,
)
from tidende.enrich.timex.clock import read_behind, read_clock, read_time_of_day
from tidende.enrich.timex.grammar import grammar
from tidende.enrich.timex.prose import Hit, Prose
from tidende.enrich.timex.relative import (
    read_counted,
    read_feast,
    read_phrase,
    read_shifted,
    read_weekday,
)
from tidende.enrich.timex.resolution import anchor, iso_year
from tidende.enrich.vocabulary import UPPER
from tidende.model.article import Block, DateMention, Published


def dates(
    text: str,
    blocks: Sequence[Block],
    tag: str | None,
    published: Published | None,
    found: Starts | None = None,
) -> tuple[DateMention, ...]:
    """Return the dates in running text, in order; spans are code points, none overlap.

    `found` is the text's `starts`, where a caller has them already.
    """
    found = found or starts(text, tag)
    low, at, numbers = found.low, anchor(published), numerals(tag)
    known = grammar(tag)
    return tuple(
        DateMention(
            surface=text[hit.start : hit.end], value=hit.value, start=hit.start, end=hit.end
        )
        for block in blocks
        if block.role in PROSE and (places := found.within(block))
        for hit in _mentions(
            Prose(text=text, low=low, start=block.start, end=block.end, grammar=known, at=at),
            places,
            numbers,
        )
    )


def _mentions(prose: Prose, places: Sequence[int], numbers: Numerals) -> Iterator[Hit]:
    """Walk from head to head; a head that makes no mention is passed over."""
    position, told = prose.start, _NOTHING
    for start in places:
        if start <= position and start != prose.start:
            continue
        head = prose.match(prose.grammar.head, start)
        if head is None:  # a word for a number alone
            continue
        hit = _read(prose, head, numbers)
        if hit is None:
            position = head.end()
            continue
        hit = _counted_on(prose, told, _opened(prose, _timed(prose, hit), position))
        yield hit
        position, told = hit.end, hit


def _read(prose: Prose, head: re.Match[str], numbers: Numerals) -> Hit | None:
    """Apply the rule for a head; None where it begins no date after all."""
    word = " ".join(head[1].split())
    kind, meaning = prose.grammar.entries.get(word, ("number", ""))
    written = prose.grammar.words.cases.get(word)
    if written and prose.text[head.start(1) : head.end()] != written:
        return None
    if kind == "number":
        return _read_number(prose, head.start(1), numbers)
    return _RULES[kind](prose, head, meaning)


def _clock(prose: Prose, head: re.Match[str], _: Any) -> Hit | None:
    clock = read_clock(prose, head.start(1))
    return clock[0] if clock else None


_RULES: Mapping[str, Callable[[Prose, re.Match[str], Any], Hit | None]] = {
    "month": read_month,
    "weekday": read_weekday,
    "phrase": read_phrase,
    "shift": read_shifted,
    "quarter": read_quarter,
    "half": read_half,
    "feast": read_feast,
    "clock": _clock,
}


# How many digits a number has tells most of what it can't be.
_BY_DIGITS: Mapping[int, Sequence[Callable[[Prose, int], Hit | None]]] = {
    1: (read_day_first, read_numeric),
    2: (read_day_first, read_numeric, read_decade),
    4: (read_numeric, read_decade, read_year),
}
_SENTENCE = re.compile(rf"[.!?] [{UPPER}]")
_NOTHING = Hit(0, 0, None)
_YEAR = len("2018")
_DIGITS = re.compile(r"\d{1,5}")
_MOST_CLOCK_DIGITS = 4  # "1930 Uhr"


def _read_number(prose: Prose, start: int, numbers: Numerals) -> Hit | None:
    if digits := prose.match(_DIGITS, start):
        length = digits.end() - start
        for read in _BY_DIGITS.get(length, ()):
            if hit := read(prose, start):
                return hit
        if length <= _MOST_CLOCK_DIGITS and (clock := read_time_of_day(prose, start)):
            return clock[0]
    return read_counted(prose, start, numbers)


def _timed(prose: Prose, hit: Hit) -> Hit:
    """Take in the part of the day and the time of day behind a day."""
    if not hit.daily:
        return hit
    part = prose.match(prose.grammar.part, hit.end)
    end = part.end() if part else hit.end
    clock = read_behind(prose, end)
    if clock is None:
        return Hit(hit.start, end, hit.value)
    value = f"{hit.value}T{clock[1]}" if hit.value and clock[1] else hit.value
    return Hit(hit.start, clock[0].end, value)


def _counted_on(prose: Prose, told: Hit, hit: Hit) -> Hit:
    """Resolve "året før" where the same sentence tells a year just before it."""
    if not hit.from_told or _SENTENCE.search(prose.text, told.end, hit.start + 1):
        return hit
    year = told.value if told.value and len(told.value) == _YEAR else ""
    return hit._replace(value=iso_year(int(year) + hit.from_told) if year else None)


def _opened(prose: Prose, hit: Hit, earliest: int) -> Hit:
    """Take in the preposition or article before it: "i januar", "den 3. mai"."""
    opener = prose.before(prose.grammar.opener, hit.start)
    if opener is None or opener.start() < earliest:
        return hit
    return hit._replace(start=opener.start())
