"""The facts of an article, as words that another article has or hasn't.

Whether two articles state the same facts is asked of the whole other article, not of one sentence:
a figure that has moved to another paragraph has not changed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tidende.dedup.content import fold_words, words

_DIGIT = re.compile(r"\d")
_NAMED = ("people", "organisations", "places")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The words of an article that carry a fact.

    `forms` holds each with the form in which it counts ("to" counts as "2"); `figures` are those
    that are numbers only, the others are of names and dates.
    """

    forms: Mapping[str, str]
    figures: frozenset[str]


def facts_of(vocabulary: Iterable[str], extraction: Mapping[str, Any]) -> Facts:
    """Return the facts among an article's words."""
    surfaces = words(fold_words(" ".join(_surfaces(extraction))))
    forms = {word: word for word in vocabulary if word[0].isdigit()}
    forms.update(_spelled(extraction.get("figures") or ()))
    figures = frozenset(forms).difference(surfaces)
    forms.update(zip(surfaces, surfaces, strict=True))
    return Facts(forms=forms, figures=figures)


def _surfaces(extraction: Mapping[str, Any]) -> list[str]:
    found = [each.get("name") or "" for kind in _NAMED for each in extraction.get(kind) or ()]
    return found + [each.get("surface") or "" for each in extraction.get("dates") or ()]


def _spelled(figures: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield the numbers that are written as words, with their digits."""
    for figure in figures:
        surface = figure.get("surface") or ""
        if _DIGIT.search(surface):
            continue
        if number := words(fold_words(surface)):
            yield number[0], f"{figure.get('value') or 0:g}"
