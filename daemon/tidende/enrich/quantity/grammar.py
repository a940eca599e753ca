"""The patterns by which figures are found in a language's prose, made of its lexicon.

All work on lower-cased text. A pattern for what stands before a number ends in `$`.
"""

import re
from dataclasses import dataclass
from functools import cache

from tidende import lexicon
from tidende.enrich.matching import any_of, spaced
from tidende.enrich.numerals import Numerals, numerals
from tidende.lexicon.tables import Figures

_NOISE = r"\+\d[\d\s]{6,16}\d|\d\d(?:\s\d\d){3}|\d{3}\s\d\d\s\d{3}"  # telephone numbers
_SIGNS = "[$€£¥]"
_SHORT = 1  # "$5m": a scale of one letter counts behind money alone
_DASH = r"\s?[-–—]\s?|:(?=\d(?!\d))"
_NOTHING = "(?!)"
_STOP = r"(?:(?:(?<=\W\w\w)|(?<=\W\w{3})|(?<=\W\w{4}))\.)?"  # of "mia." and "mill." alone


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureGrammar:
    """One language's patterns.

    `number` reads a number where one may begin. `context` says by the name of its group what the
    words before a number make of it. `lone`, `span`, `pair` and `money_span` read what follows: the
    end of a range and a scale.
    """

    number: re.Pattern[str]
    money: re.Pattern[str]
    context: re.Pattern[str]
    lone: re.Pattern[str]
    span: re.Pattern[str]
    pair: re.Pattern[str]
    money_span: re.Pattern[str]
    share: re.Pattern[str]
    joint: re.Pattern[str]
    broken: re.Pattern[str]


@cache
def grammar(tag: str | None) -> FigureGrammar:
    """Return a language's patterns; None reads plain digits with measures of any language."""
    numbers = numerals(tag)
    if tag is None:
        return _pooled(numbers)
    known = lexicon.of(tag).figures
    number = rf"(?:{numbers.digits}|(?:{numbers.words})(?!\w))"
    spoken = rf"{_DASH}|\s(?:{any_of(known.spans)})\s"
    between = any_of((*known.articles, *known.modifiers))
    scales = any_of(scale for scale in known.scales if len(scale) > _SHORT)
    return FigureGrammar(
        number=_number(numbers),
        money=_money(known.currencies),
        context=_context(known),
        lone=_tail(_NOTHING, _NOTHING, scales),
        span=_tail(spoken, number, scales),
        pair=_tail(rf"{spoken}|\s(?:{any_of(known.joiners)})\s", number, scales),
        money_span=_tail(spoken, number, any_of(known.scales)),
        share=re.compile(rf"\s(?:{any_of(known.shares)})\s(?:(?:{between})\s){{0,3}}"),
        joint=re.compile(rf"\s(?:{any_of((*known.joiners, *known.spans))})\s"),
        broken=_BROKEN,
    )


# What makes the number before it a part of something else: "54-åring", "3. plass", "12:e", "20er".
_BROKEN = re.compile(
    r"[.:,/]\d|\.-[^\W\d]|:[^\W\d]|-[^\W\d_]|-\s|\s\d/\d|['’]?[^\W\d_]|\.\s[^\W\d_A-ZÆØÅÄÖÜ]"
    r"|[/_@]|\s?[-–]\s?\d|°\w"
)


def _number(numbers: Numerals) -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?P<noise>{_NOISE})(?!\d)|(?P<digits>{numbers.digits})"
        rf"|(?P<words>{numbers.words})(?!\w)"
        rf"|(?P<weak>{numbers.weak})(?=\s(?:{any_of(numbers.scales)})(?!\w))|(?P<half>{numbers.half})(?=\s))"
    )


def openings(numbers: Numerals) -> list[str]:
    """Return the words that may begin a figure; the weak ones only with a scale behind them."""
    weak = [f"{word} {scale}" for word in numbers.weak_words for scale in numbers.scales]
    halves = [word for word in numbers.weak_words if numbers.values[word] < 1]
    return [*numbers.strong_words, *weak, *halves]


def _money(currencies: tuple[str, ...]) -> re.Pattern[str]:
    words = any_of(currencies)
    return re.compile(rf"(?<!\w)(?P<unit>[a-z]{{0,2}}{_SIGNS}|(?:{words})\.?)\s?$")


def _context(known: Figures) -> re.Pattern[str]:
    groups = {
        "approximate": known.approximate,
        "label": known.labels,
        "many": known.many,
        "between": known.between,
        "change": known.changes,
        "minus": known.minus,
    }
    either = "|".join(f"(?P<{name}>{spaced(words)})" for name, words in groups.items())
    return re.compile(rf"\b(?:{either})\s{{1,2}}$")


def _tail(joint: str, number: str, scales: str) -> re.Pattern[str]:
    scaled = rf"(?P<scale>(?:\s{{0,2}}(?:{scales})(?!\w|-\w){_STOP}){{1,3}})?"
    lower = rf"(?:\s?(?P<lower_scale>{scales})(?!\w))?"
    return re.compile(rf"(?:{lower}(?P<joint>{joint})(?P<upper>{number}))?{scaled}")


def _pooled(numbers: Numerals) -> FigureGrammar:
    lone = _tail(_NOTHING, _NOTHING, _NOTHING)
    nothing = re.compile(_NOTHING)
    span = _tail(_DASH, numbers.digits, _NOTHING)
    return FigureGrammar(
        number=_number(numbers),
        money=_money(()),
        context=nothing,
        lone=lone,
        span=span,
        pair=span,
        money_span=span,
        share=nothing,
        joint=nothing,
        broken=_BROKEN,
    )
