"""The facts of an article, as words that another article has or hasn't.

Whether two articles state the same facts is asked of the whole other article, not of one sentence:
a figure that has moved to another paragraph has not changed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from tidende.dedup.content import fold_words, words

Facts: TypeAlias = Mapping[str, str]
"""Each word that carries a fact, with the form in which it counts: "to" counts as "2"."""

_NAMED = ("people", "organisations", "places")


def facts_of(said: Iterable[str], extraction: Mapping[str, Any]) -> Facts:
    """Return the facts among an article's words: names, dates and numbers."""
    names = " ".join(_names(extraction))
    dates = " ".join(each.get("surface") or "" for each in extraction.get("dates") or ())
    known = {word: word for word in words(fold_words(f"{names} {dates}"))}
    known.update((word, word) for word in said if word[0].isdigit())
    known.update(_spelled(extraction.get("figures") or ()))
    return known


def _names(extraction: Mapping[str, Any]) -> Iterator[str]:
    for kind in _NAMED:
        for each in extraction.get(kind) or ():
            yield each.get("name") or ""


def _spelled(figures: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield the numbers that are written as words, with their digits."""
    for figure in figures:
        surface = figure.get("surface") or ""
        if any(letter.isdigit() for letter in surface):
            continue
        if number := words(fold_words(surface)):
            yield number[0], f"{figure.get('value') or 0:g}"
