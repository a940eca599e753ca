"""Numbers as a language writes and says them: patterns for a finder, and what they are worth."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tidende import lexicon
from tidende.enrich.matching import any_of
from tidende.lexicon import tables

_GROUP = 3  # digits between two marks of thousands
_NOTHING = "(?!)"
_PARTS = re.compile(r"(\{\w+\})")
_SPACES = "\u00a0\u2009\u202f"


@dataclass(frozen=True, slots=True, kw_only=True)
class Numerals:
    """One language's numbers.

    `digits`, `words`, `weak` and `half` are patterns for lower-cased text. Weak words are mostly no
    numbers ("one", "a"), and `half` are those of them for a half. `scales` are factors: "million".
    """

    digits: str
    words: str
    weak: str
    half: str
    strong_words: tuple[str, ...]
    weak_words: tuple[str, ...]
    values: Mapping[str, float]
    scales: Mapping[str, int]
    decimal: str

    def value(self, surface: str) -> float:
        """Return what digits or a number word are worth; `surface` is in lower case."""
        if not surface[0].isdigit():
            return float(self.values[" ".join(surface.split())])
        if surface.isdecimal():
            return float(surface)
        whole, mark, rest = surface.partition(self.decimal) if self.decimal else (surface, "", "")
        if not mark and surface.count(".") == 1 and len(surface.rpartition(".")[2]) < _GROUP:
            whole, mark, rest = surface.partition(".")  # "3.5 prosent" where a comma is due
        digits = "".join(char for char in whole if char.isdecimal())
        return float(f"{digits}.{rest}") if mark else float(digits)

    def factor(self, surface: str) -> int:
        """Return the product of the scales in `surface`: "hundred million"."""
        factor = 1
        for word in surface.replace(".", " ").split():
            factor *= self.scales[word]
        return factor


@cache
def numerals(tag: str | None) -> Numerals:
    """Return a language's numbers; of an unknown language only plain digits are understood."""
    if tag is None:
        return Numerals(
            digits=r"\d+",
            words=_NOTHING,
            weak=_NOTHING,
            half=_NOTHING,
            strong_words=(),
            weak_words=(),
            values={},
            scales={},
            decimal="",
        )
    known = lexicon.of(tag).figures
    strong, weak = _words(known), known.ones
    return Numerals(
        digits=_digits(known),
        words=_pattern(known),
        weak=any_of(word for word in weak if word not in strong),
        half=any_of(word for word, value in weak.items() if value < 1),
        strong_words=tuple(strong),
        weak_words=tuple(word for word in weak if word not in strong),
        values={**weak, **strong},
        scales=known.scales,
        decimal=known.decimal,
    )


def _pattern(known: tables.Figures) -> str:
    """Match what `_words` composes, part by part, which is ten times shorter than all of it.

    What is longer comes first: "two and a half", "twenty-five", "twenty".
    """
    plain = {**known.words, **known.tens}
    parts = {"{ten}": f"(?:{any_of(known.tens)})", "{one}": f"(?:{any_of(_single(known.ones))})"}
    compounds = (
        "".join(parts.get(part) or any_of((part,)) for part in _PARTS.split(form) if part)
        for form in known.compounds
    )
    half = any_of(f" {half}" for half in known.halves)
    halved = f"(?:{any_of(_single({**known.ones, **plain}))}){half}"
    return f"(?:{'|'.join((halved, *compounds, any_of(plain)))})"


def _single(numbers: Mapping[str, float]) -> dict[str, float]:
    """Return the numbers of one word from one on, which can be part of another."""
    return {word: value for word, value in numbers.items() if value >= 1 and " " not in word}


def _words(known: tables.Figures) -> dict[str, float]:
    """Compose "twenty-five" from its parts, and "two and a half" from a half."""
    compounds = {
        form.format(ten=ten, one=one): tens + ones
        for form in known.compounds
        for ten, tens in known.tens.items()
        for one, ones in _single(known.ones).items()
    }
    plain = {**known.words, **known.tens}
    halves = {
        f"{word} {half}": value + 0.5
        for half in known.halves
        for word, value in _single({**known.ones, **plain}).items()
    }
    return {**compounds, **halves, **plain}


def _digits(known: tables.Figures) -> str:
    """Try grouped digits before plain ones; a point is a decimal comma only before a unit."""
    mark = f"[{known.decimal}]"
    gap = f"[{known.thousands}{_SPACES}]"
    grouped = rf"\d{{1,3}}(?:{gap}\d{{3}}){{1,4}}(?!\d)(?:{mark}\d{{1,6}}(?!\d))?"
    plain = rf"\d{{1,12}}(?!\d)(?:{mark}\d{{1,6}}(?!\d))?"
    if known.decimal == ".":
        return rf"{grouped}|{plain}"
    measured = any_of([*known.units, *known.scales])
    pointed = rf"\d{{1,4}}\.\d{{1,2}}(?=\s?(?:%|(?:{measured})(?!\w)))"
    return rf"{grouped}|{pointed}|{plain}"
