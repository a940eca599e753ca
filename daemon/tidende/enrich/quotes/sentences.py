"""Where sentences begin: enough to tell which words share a sentence with a quote."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from tidende.enrich.quotes.grammar import Grammar
from tidende.model.article import Block

_END = re.compile(r"[.!?…][.!?…\"'”“»«’)\]]{0,8}+\s+(?=[^\Wa-zæøåäöüß_]|[\"'“”„«»‘–—-])")
_LONGEST_WORD = 12
_LONGEST = 1000  # of a sentence, so that a text without stops stays linear


class Sentences:
    """The sentences of a text, each inside one block and at most `_LONGEST` code points."""

    def __init__(self, text: str, blocks: Iterable[Block], grammar: Grammar) -> None:
        starts: list[int] = []
        for block in blocks:
            starts.append(block.start)
            starts.extend(_inner(text, block, grammar))
        self._starts: Sequence[int] = starts
        self._ends: Sequence[int] = [*starts[1:], len(text)]

    def start(self, at: int) -> int:
        """Return where the sentence begins that holds the position."""
        index = bisect_right(self._starts, at) - 1
        return max(self._starts[index] if index >= 0 else 0, at - _LONGEST)

    def end(self, at: int) -> int:
        """Return where the next sentence or block begins, for a position before it."""
        index = bisect_right(self._starts, at) - 1
        return min(self._ends[index] if index >= 0 else at, at + _LONGEST)

    def before(self, at: int) -> tuple[int, int] | None:
        """Return the sentence that lies before the one that begins at or holds `at`."""
        index = bisect_right(self._starts, at) - 2
        if index < 0:
            return None
        return max(self._starts[index], self._ends[index] - _LONGEST), self._ends[index]


def _inner(text: str, block: Block, grammar: Grammar) -> Iterable[int]:
    for end in _END.finditer(text, block.start, block.end):
        if text[end.start()] != "." or not _abbreviated(text, end.start(), grammar):
            yield end.end()


def _abbreviated(text: str, stop: int, grammar: Grammar) -> bool:
    """Say whether the full stop belongs to an abbreviation or an initial."""
    words = text[max(0, stop - _LONGEST_WORD) : stop].split()
    word = words[-1] if words else ""
    return word.lower() in grammar.abbreviations or (len(word) == 1 and word.isupper())
