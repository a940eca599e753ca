"""The facts of an article, as words that another article has or hasn't.

Whether two articles state the same facts is asked of the whole other article, not of one sentence:
a figure that has moved to another paragraph has not changed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tidende import lexicon
from tidende.dedup.calendar_words import calendar_of
from tidende.dedup.content import fold_words, words

_DIGIT = re.compile(r"\d")
_NAMED = ("people", "organisations", "places")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The words of an article that carry a fact.

    `forms` holds each with the form in which it counts ("to" counts as "2", "jan" as "januar");
    `figures` are those that are numbers only, the others are of names and dates.
    """

    forms: Mapping[str, str]
    figures: frozenset[str]


def facts_of(vocabulary: Iterable[str], extraction: Mapping[str, Any]) -> Facts:
    """Return the facts among an article's words."""
    tag = (extraction.get("language") or {}).get("tag")
    forms = {word: word for word in vocabulary if word[0].isdigit()}
    forms.update(_spelled(extraction.get("figures") or ()))
    dated = _dated(extraction.get("dates") or (), tag)
    named = {word: word for word in _said(extraction, _NAMED, "name")}
    figures = frozenset(forms).difference(dated, named)
    return Facts(forms={**named, **dated, **forms}, figures=figures)


def _said(extraction: Mapping[str, Any], kinds: Iterable[str], field: str) -> list[str]:
    """Return the words of a field of some of the extraction's lists."""
    entries = (each for kind in kinds for each in extraction.get(kind) or ())
    return words(fold_words(" ".join(each.get(field) or "" for each in entries)))


def _dated(dates: Sequence[Mapping[str, Any]], tag: str | None) -> dict[str, str]:
    """Return the days, months and numbers in dates: "on Tuesday" states a day, "today" doesn't."""
    said = words(fold_words(" ".join(each.get("surface") or "" for each in dates)))
    calendar = calendar_of(tag if tag in lexicon.tags() else None)
    found = ((word, word if word[0].isdigit() else calendar.form(word)) for word in said)
    return {word: form for word, form in found if form is not None}


def _spelled(figures: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield the numbers that are written as words, with their digits."""
    for figure in figures:
        surface = figure.get("surface") or ""
        if _DIGIT.search(surface):
            continue
        if number := words(fold_words(surface)):
            yield number[0], f"{figure.get('value') or 0:g}"
