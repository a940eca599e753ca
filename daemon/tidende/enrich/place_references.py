"""Finds what points at a place without being its name: "den irakiske", "iraker", "USA-turen".

What points at a country that the article doesn't name, and that none of its names could be in, is
never looked for.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TypeAlias

from tidende.lexicon import Words, of, tags
from tidende.lexicon.demonyms import demonyms
from tidende.lexicon.gazetteer import Gazetteer
from tidende.model.article import Block, Span

RUNNING = frozenset({"headline", "standfirst", "paragraph", "subheading", "caption"})

_COMPOUND = re.compile(r"-([^\W\d_]\w*)")
_LONGEST_NAME = 40
_SHARED = 4  # letters behind the first, by which forms are looked for together
_Needle: TypeAlias = tuple[str, list[tuple[str, str]]]  # and the forms with it, with their codes
_Pointer: TypeAlias = tuple[str, Span]  # a country's code, or a part's ("GB-SCT"), and a demonym
_BEFORE_NAME = " \n\u00a0(«\"“„'"


class Running:
    """Where running text is: only there is anything extracted."""

    __slots__ = ("_blocks", "_starts")

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = [block for block in blocks if block.role in RUNNING]
        self._starts = [block.start for block in self._blocks]

    def holds(self, start: int, end: int) -> bool:
        """Tell whether a span lies within one block of running text."""
        at = bisect_right(self._starts, start) - 1
        return at >= 0 and end <= self._blocks[at].end


class Demonyms:
    """Where an article points at a country by a demonym, found when a country is asked for.

    An article names few countries, and only theirs can matter: to look for the forms of one is ten
    times quicker than to look up every word.
    """

    __slots__ = ("_found", "_leads", "_needles", "_running", "_text")

    def __init__(self, text: str, running: Running, tag: str | None) -> None:
        self._text, self._running = text, running
        self._needles, self._leads = _needles(tag), _leads(tag)
        self._found: dict[str, list[_Pointer]] = {}

    def count(self, country: str) -> int:
        """Return how often running text has a demonym of a country or a part of it."""
        return len(self._of(country))

    def mentions(self, country: str) -> Iterator[Span]:
        """Yield the spans of a country's demonyms in running text, with their articles."""
        return (span for code, span in self._of(country) if code == country)

    def _of(self, country: str) -> list[_Pointer]:
        if country not in self._found:
            needles = self._needles.get(country, ())
            self._found[country] = [each for needle in needles for each in self._at(needle)]
        return self._found[country]

    def _at(self, needle: _Needle) -> Iterator[_Pointer]:
        common, forms = needle
        at = self._text.find(common, 1)
        while at >= 0:
            start = at - 1
            for form, code in forms:
                if _is_whole(self._text, start, form) and self._running.holds(
                    start, start + len(form)
                ):
                    yield code, (_from_article(self._text, start, self._leads), start + len(form))
            at = self._text.find(common, at + 1)


@cache
def _needles(tag: str | None) -> Mapping[str, tuple[_Needle, ...]]:
    """Arrange the demonyms by country, and one country's by what they have in common.

    The first letter can be a sentence's capital, so that a needle begins behind it.
    """
    found = defaultdict[str, dict[str, list[tuple[str, str]]]](dict)
    for form, code in _printed_forms(tag).items():
        found[code[:2]].setdefault(form[1 : 1 + _SHARED], []).append((form, code))
    return {country: tuple(needles.items()) for country, needles in found.items()}


def _printed_forms(tag: str | None) -> dict[str, str]:
    """Return countries by demonym, of one word or two, also with a sentence's capital."""
    within = {form: code for each in _of(tag) for form, code in demonyms(each).items()}
    doubles = {form.replace("-", " "): code for form, code in within.items() if "-" in form}
    opening = {form[0].upper() + form[1:]: code for form, code in within.items()}
    return doubles | opening | within


def compounds(
    text: str, running: Running, names: Mapping[str, int], known: Gazetteer, *, nouns: bool
) -> Iterator[tuple[int, Span]]:
    """Yield the place, by its number in `names`, and the span of "Irak-oppdraget".

    What follows the hyphen is a common word: in lower case, unless all `nouns` have a capital, and
    then no name.
    """
    most = max((name.count(" ") for name in names), default=0)
    for match in _COMPOUND.finditer(text):
        second = match[1]
        if not second[0].islower() and (not nouns or known.flags(second)):
            continue
        for name in _before(text, match.start(), most):
            start = match.start() - len(name)
            if name in names and running.holds(start, match.end()):
                yield names[name], (start, match.end())
                break


def _is_whole(text: str, start: int, form: str) -> bool:
    """Tell whether a form stands at `start` as a word of its own."""
    if not text.startswith(form, start):
        return False
    stop = start + len(form)
    before, after = text[start - 1 : start], text[stop : stop + 1]
    return not (before.isalnum() or before == "-" or after.isalnum() or after == "-")


def _before(text: str, end: int, most: int) -> Iterator[str]:
    """Yield the words that end at `end`: the last, the last two, up to `most` spaces."""
    first = max(0, end - _LONGEST_NAME)
    at = end
    for _ in range(most + 1):
        at = max(text.rfind(mark, first, at) for mark in _BEFORE_NAME)
        yield text[at + 1 if at >= 0 else first : end]
        if at < 0:
            return


def _from_article(text: str, start: int, leads: Words) -> int:
    """Return where the reference starts: at "den" of "den irakiske", else at the demonym."""
    for lead in leads:
        at = start - len(lead) - 1
        if at >= 0 and text[at : start - 1].lower() == lead and text[start - 1] == " ":
            return start if text[at - 1 : at].isalnum() else at
    return start


@cache
def _leads(tag: str | None) -> Words:
    return tuple(sorted({lead for each in _of(tag) for lead in of(each).names.demonym_articles}))


def _of(tag: str | None) -> Words:
    return tags() if tag is None else (tag,)
