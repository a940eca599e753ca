"""Finds what points at a place without being its name: "den irakiske", "iraker", "USA-turen".

Demonyms are looked for as a set of words first, which is several times quicker than to go through
all words with their places in the text; few pieces of text have more than a handful.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from tidende.lexicon import Words, of, tags
from tidende.lexicon.demonyms import demonyms
from tidende.lexicon.gazetteer import Gazetteer
from tidende.model.article import Block, Span

RUNNING = frozenset({"headline", "standfirst", "paragraph", "subheading", "caption"})

_MARKS = ".,:;!?()\"'«»“”„’"
_COMPOUND = re.compile(r"-([^\W\d_]\w*)")
_LONGEST_NAME = 40
_PIECE = 4000  # characters
_BEFORE_NAME = " \n\u00a0(«\"“„'"


class Running:
    """Where running text is: only there is anything extracted."""

    __slots__ = ("_blocks", "_starts")

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._blocks = [block for block in blocks if block.role in RUNNING]
        self._starts = [block.start for block in self._blocks]

    def pieces(self, text: str) -> Iterator[Span]:
        """Cut running text at spaces, so that what is done for each piece stays linear."""
        for block in self._blocks:
            start = block.start
            while start < block.end:
                stop = text.find(" ", start + _PIECE, block.end)
                end = stop if stop >= 0 else block.end
                yield start, end
                start = end

    def holds(self, start: int, end: int) -> bool:
        """Tell whether a span lies within one block of running text."""
        at = bisect_right(self._starts, start) - 1
        return at >= 0 and end <= self._blocks[at].end


def demonym_mentions(text: str, running: Running, tag: str | None) -> Iterator[tuple[str, Span]]:
    """Yield the code and the span of every demonym in running text, with its article.

    The code is a country's or a part's ("GB-SCT"), as `demonyms` has it.
    """
    singles, doubles = printed_forms(tag)
    leads = _leads(tag)
    for start, end in running.pieces(text):
        piece = text[start:end]
        words = words_of(piece)
        for form in (*(singles.keys() & words), *(form for form in doubles if form in piece)):
            code = singles.get(form) or doubles[form]
            for at in _whole(text, form, start, end):
                yield code, (_from_article(text, at, leads), at + len(form))


def words_of(text: str) -> set[str]:
    """Return all words, without punctuation around them."""
    pieces = set(text.split())
    words = {piece for piece in pieces if piece.isalnum()}
    # The few that hold punctuation are short together: to go through them for each mark is cheap.
    marked = " ".join(pieces - words)
    for mark in _MARKS:
        marked = marked.replace(mark, " ")
    return words.union(marked.split())


@cache
def printed_forms(tag: str | None) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return countries by demonym, also with a sentence's capital: those of one word and of two."""
    within = {form: code for each in _of(tag) for form, code in demonyms(each).items()}
    doubles = {form.replace("-", " "): code for form, code in within.items() if "-" in form}
    opening = {form[0].upper() + form[1:]: code for form, code in within.items()}
    return opening | within, doubles


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


def _whole(text: str, form: str, start: int, end: int) -> Iterator[int]:
    """Yield where a form stands as a word of its own between `start` and `end`."""
    at = text.find(form, start, end)
    while at >= 0:
        stop = at + len(form)
        before, after = text[at - 1 : at], text[stop : stop + 1]
        if not (before.isalnum() or before == "-" or after.isalnum() or after == "-"):
            yield at
        at = text.find(form, stop, end)


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
