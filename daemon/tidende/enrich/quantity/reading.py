"""Reads what stands around a number: currency, sign, range, scale, and what it counts."""

import re
from typing import NamedTuple

from tidende.enrich.numerals import Numerals
from tidende.enrich.quantity.counted import Counting
from tidende.enrich.quantity.grammar import FigureGrammar
from tidende.model.article import Span

_WINDOW = 20  # as long as what makes a number approximate
_MONEY = 5  # as long as a currency


# Tuples, since an article has many: a frozen dataclass takes several times as long to make.
class Passage(NamedTuple):
    """A block of the article and its language; nothing is read beyond `start` and `end`."""

    text: str
    low: str
    start: int
    end: int
    grammar: FigureGrammar
    numbers: Numerals
    things: Counting

    def before(
        self, pattern: re.Pattern[str], position: int, reach: int = _WINDOW
    ) -> re.Match[str] | None:
        """Match a pattern that ends in `$` right before a place."""
        return pattern.search(self.low, max(self.start, position - reach), position)


class Number(NamedTuple):
    """A number as it stands.

    `start` and `end` enclose it with currency or sign, range and scale; `unit` lies before or
    behind. `context` names what the words before it say, `measured` that the unit is a known one.
    """

    head: re.Match[str]
    tail: re.Match[str]
    context: str | None
    start: int
    end: int
    negative: bool
    unit: Span | None
    measured: bool


def read_number(passage: Passage, head: re.Match[str], limit: int) -> Number:
    """Read around a number, and behind it no further than `limit`."""
    money = passage.before(passage.grammar.money, head.start(), _MONEY)
    start = money.start() if money else head.start()
    context = passage.before(passage.grammar.context, start)
    kind = context.lastgroup if context else None
    tail = _tail(passage, head, kind, limit, paid=money is not None)
    measure = passage.things.measured(passage.low, tail.end(), limit)
    unit = money.span("unit") if money else measure
    negative = kind == "minus" or bool(unit and not money and _signed(passage, start))
    if negative:
        start = context.start() if context and kind == "minus" else start - 1
    return Number(
        head=head,
        tail=tail,
        context=kind,
        start=start,
        end=tail.end(),
        negative=negative,
        unit=unit or passage.things.counted(passage.text, passage.low, tail.end(), limit),
        measured=unit is not None,
    )


def _tail(
    passage: Passage, head: re.Match[str], context: str | None, limit: int, *, paid: bool
) -> re.Match[str]:
    """Read the end of a range and the scale; what doesn't rise is a score or a change."""
    known = passage.grammar
    pattern = {"between": known.pair, "change": known.lone}.get(
        context or "", known.money_span if paid else known.span
    )
    tail = _matched(pattern, passage.low, head.end(), limit)
    spoken = tail["joint"] is not None and tail["joint"].strip(_DASHES) != ""
    if spoken and not rises(passage.numbers, head, tail):
        return _matched(known.lone, passage.low, head.end(), limit)
    return tail


def rises(numbers: Numerals, head: re.Match[str], tail: re.Match[str]) -> bool:
    """Say that the second number is the greater one, as it is in a range."""
    return numbers.value(head[0]) < numbers.value(tail["upper"])


_DASHES = " -–—:"


def _matched(pattern: re.Pattern[str], low: str, position: int, limit: int) -> re.Match[str]:
    tail = pattern.match(low, position, max(position, limit))
    if tail is None:  # every part of it may be absent
        raise AssertionError(pattern.pattern)
    return tail


def _signed(passage: Passage, position: int) -> bool:
    """Say that a minus sign stands right before: no dash between words or before a quote."""
    before = position - 1
    if before < passage.start or passage.text[before] not in "-−–":
        return False
    return before == passage.start or passage.text[before - 1].isspace()
