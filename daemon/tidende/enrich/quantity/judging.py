"""Tells figures from the other numbers: names, ordinals, ages in brackets, parts of words."""

import re

from tidende.enrich.quantity.reading import Number, Passage

_INSIDE = frozenset("./,:#@§=_&'’+*")
_DASHES = "-−–—"
_SPELLED_OUT = 10  # smaller numbers stand in digits mostly within names: "TV 2"
_ENDS = frozenset('.!?:;–—-»«"”“()\n')
_NAME = re.compile(r"(?<![\w-])[^\W\d_][\w'’&-]{0,20}\s$")
_BACK = 26
_CENTURIES = frozenset({"18", "19", "20"})
_ROUND = 50
_QUOTES = frozenset("«»„“”\"'‘")
_ORDINAL = re.compile(r"\.\s[^\W\d_]")
_SHORT = 2  # digits


def is_figure(passage: Passage, number: Number) -> bool:
    """Say whether a number tells how much or how many."""
    kind = number.head.lastgroup
    if kind == "noise" or _within(passage, number):
        return False
    if kind == "digits":
        return number.measured or _counts(passage, number)
    if number.context == "many":
        return False
    if kind == "half":
        return number.measured
    return True


def _within(passage: Passage, number: Number) -> bool:
    """Say that the number is a part of a word, a longer number or an address."""
    position = number.start
    if position > passage.start:
        before = passage.text[position - 1]
        if before in _INSIDE or before.isalnum():
            return True
        if before in _DASHES and position - 1 > passage.start and not number.negative:
            return not passage.text[position - 2].isspace()
    end = number.end
    if number.measured and number.unit and number.unit[0] >= end:
        return False
    return passage.grammar.broken.match(passage.text, end, passage.end) is not None


def _counts(passage: Passage, number: Number) -> bool:
    """Judge digits without a known measure by what stands before and behind them."""
    if number.context == "label" or _numbered(passage, number) or _age(passage, number):
        return False
    if _year_like(number) or (number.unit is None and _titled(passage, number)):
        return False
    small = passage.numbers.value(number.head[0]) < _SPELLED_OUT
    scaled = number.tail["scale"] is not None or number.tail["upper"] is not None
    bare = number.unit is None
    return not ((bare or small) and not scaled and _named(passage, number.start))


def _numbered(passage: Passage, number: Number) -> bool:
    """Say that it numbers an item of a list: "1. ..." or "2) ..." at the start of a line."""
    first = passage.low[number.end : number.end + 1]
    return number.start == passage.start and first in {".", ")", ":"}


def _age(passage: Passage, number: Number) -> bool:
    """Say that it is a bare number in brackets or between commas: an age, a shirt number."""
    if number.unit is not None or number.tail["upper"] is not None:
        return False
    before = passage.text[max(passage.start, number.start - 2) : number.start]
    after = passage.text[number.end : min(passage.end, number.end + 1)]
    return (before.endswith("(") and after == ")") or (before == ", " and after in {",", "."})


def _titled(passage: Passage, number: Number) -> bool:
    """Say that a bare number opens a quoted title, or is an ordinal before a German noun."""
    if number.start > passage.start and passage.text[number.start - 1] in _QUOTES:
        return True
    ordinal = _ORDINAL.match(passage.text, number.end, passage.end) is not None
    return ordinal and passage.things.capitalised_nouns and len(number.head[0]) <= _SHORT


def _year_like(number: Number) -> bool:
    """Say that four digits that no date has claimed may still be a year: "2015 var"."""
    digits = number.head[0]
    plain = digits.isdecimal() and number.tail.end() == number.tail.start()
    return (
        plain
        and digits[:2] in _CENTURIES
        and len(digits) == len("2015")
        and int(digits) % _ROUND != 0
    )


def _named(passage: Passage, position: int) -> bool:
    """Say that a capitalised word stands right before, not at the start of its sentence."""
    begin = max(passage.start, position - _BACK)
    word = _NAME.search(passage.text, begin, position)
    if word is None or not passage.text[word.start()].isupper():
        return False
    before = passage.text[passage.start : word.start()][-2:].rstrip(" \u00a0")
    return bool(before) and before[-1] not in _ENDS
