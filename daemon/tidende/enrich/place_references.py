"""Finds what points at a place without being its name: "den irakiske", "iraker", "USA-turen".

What points at a country that the article doesn't name, and that none of its names could be in, is
never looked for.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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
_WORD = re.compile(r"[^\W_][\w-]*")
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

    Most articles name few countries, and only theirs can matter: to look for the forms of one is
    ten times quicker than to look up every word, which is done at once where `many` are named.
    """

    __slots__ = ("_forms", "_found", "_leads", "_many", "_running", "_text")

    def __init__(self, text: str, running: Running, tag: str | None, *, many: bool) -> None:
        self._text, self._running, self._many = text, running, many
        self._forms, self._leads = _printed_forms(tag), _leads(tag)
        self._found = defaultdict[str, list[_Pointer]](list)
        if many:
            for pointer in self._at(_WORD.finditer(text)):
                self._found[pointer[0][:2]].append(pointer)

    def count(self, country: str) -> int:
        """Return how often running text has a demonym of a country or a part of it."""
        return len(self._of(country))

    def mentions(self, country: str) -> Iterator[Span]:
        """Yield the spans of a country's demonyms in running text, with their articles."""
        return (span for code, span in self._of(country) if code == country)

    def _of(self, country: str) -> list[_Pointer]:
        if country not in self._found and not self._many:
            self._found[country] = list(self._at(self._words(country), country))
        return self._found[country]

    def _words(self, country: str) -> Iterator[re.Match[str]]:
        """Yield the words that a demonym of a country may begin with."""
        for needle in self._forms.needles.get(country, ()):
            at = self._text.find(needle, 1)
            while at >= 0:
                if word := _WORD.match(self._text, at - 1):
                    yield word
                at = self._text.find(needle, at + 1)

    def _at(self, words: Iterable[re.Match[str]], country: str = "") -> Iterator[_Pointer]:
        """Yield the demonyms that begin with any of the words, those of one country or all."""
        text, codes, doubles = self._text, self._forms.codes, self._forms.doubles
        for word in words:
            if word[0] not in codes and word[0] not in doubles:
                continue
            for form in (word[0], *doubles.get(word[0], ())):
                code, start, end = codes.get(form, ""), word.start(), word.start() + len(form)
                if (
                    code
                    and code.startswith(country)
                    and _is_whole(text, start, end, form)
                    and self._running.holds(start, end)
                ):
                    yield code, (_from_article(text, start, self._leads), end)


@dataclass(frozen=True, slots=True, kw_only=True)
class _PrintedForms:
    """A language's demonyms: countries by every form, and those of two words by the first.

    `needles` are the parts of a country's that are looked for; each begins behind the first letter,
    which can be a sentence's capital.
    """

    codes: Mapping[str, str]
    doubles: Mapping[str, Sequence[str]]
    needles: Mapping[str, Sequence[str]]


@cache
def _printed_forms(tag: str | None) -> _PrintedForms:
    """Arrange a language's demonyms, of one word or two, also with a sentence's capital."""
    within = {form: code for each in _of(tag) for form, code in demonyms(each).items()}
    doubles = {form.replace("-", " "): code for form, code in within.items() if "-" in form}
    opening = {form[0].upper() + form[1:]: code for form, code in within.items()}
    needles, by_first = defaultdict[str, set[str]](set), defaultdict[str, list[str]](list)
    for form, code in (doubles | within).items():
        needles[code[:2]].add(form[1 : 1 + _SHARED])
    for form in doubles:
        by_first[form.partition(" ")[0]].append(form)
    return _PrintedForms(
        codes=doubles | opening | within,
        doubles=by_first,
        needles={country: _shortest(parts) for country, parts in needles.items()},
    )


def _shortest(needles: Iterable[str]) -> list[str]:
    """Leave out what begins with another one, which finds it, too."""
    kept: list[str] = []
    for needle in sorted(needles):
        if not kept or not needle.startswith(kept[-1]):
            kept.append(needle)
    return kept


def compounds(
    text: str, running: Running, names: Mapping[str, int], known: Gazetteer, *, nouns: bool
) -> Iterator[tuple[int, Span]]:
    """Yield the place, by its number in `names`, and the span of "Irak-oppdraget".

    What follows the hyphen is a common word: in lower case, unless all `nouns` have a capital, and
    then no name.
    """
    most, ends = max((name.count(" ") for name in names), default=0), {name[-2:] for name in names}
    for match in _COMPOUND.finditer(text):
        second = match[1]
        if not second[0].islower() and (not nouns or known.flags(second)):
            continue
        at = match.start()
        if text[at - 2 : at] not in ends and text[at - 1] not in ends:
            continue  # as most: it costs less than to go back to where the word begins
        for name in _before(text, at, most):
            start = at - len(name)
            if name in names and running.holds(start, match.end()):
                yield names[name], (start, match.end())
                break


def _is_whole(text: str, start: int, stop: int, form: str) -> bool:
    """Tell whether a form stands at a place as a word of its own."""
    if text[start:stop] != form:
        return False
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
