"""Where sentences begin: enough to tell which words share a sentence with a quote."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from tidende.enrich.quotes.grammar import Grammar
from tidende.model.article import Block

_END = re.compile(r"[.!?…][.!?…\"'”“»«’)\]]{0,8}+\s+(?=[^\Wa-zæøåäöüß_]|[\"'“”„«»‘–—-])")
_LONGEST_WORD = 12
_LONGEST = 1000  # of a sentence, so that a text without stops stays linear


class Sentences:
    """The sentences of a text, each inside one block and at most `_LONGEST` code points.

    A block is read when it is first asked for, and no farther than to the sentence behind the
    place: most blocks have no quote.
    """

    def __init__(self, text: str, blocks: Sequence[Block], grammar: Grammar) -> None:
        self._text = text
        self._blocks = blocks
        self._grammar = grammar
        self._block_starts = [block.start for block in blocks]
        self._ends = [*self._block_starts[1:], len(text)]
        self._read: dict[int, tuple[list[int], Iterator[int]]] = {}

    def start(self, at: int) -> int:
        """Return where the sentence begins that holds the position."""
        number = bisect_right(self._block_starts, at) - 1
        if number < 0:
            return max(0, at - _LONGEST)
        starts = self._starts(number, at)
        return max(starts[bisect_right(starts, at) - 1], at - _LONGEST)

    def end(self, at: int) -> int:
        """Return where the next sentence or block begins, for a position before it."""
        number = bisect_right(self._block_starts, at) - 1
        return at if number < 0 else min(self._end(number, at), at + _LONGEST)

    def before(self, at: int) -> tuple[int, int] | None:
        """Return the sentence that lies before the one that begins at or holds `at`."""
        number = bisect_right(self._block_starts, at) - 1
        if number < 0:
            return None
        starts = self._starts(number, at)
        index = bisect_right(starts, at) - 2
        if index >= 0:
            return max(starts[index], starts[index + 1] - _LONGEST), starts[index + 1]
        if number == 0:
            return None
        end = self._block_starts[number]
        return max(self._starts(number - 1, end)[-1], end - _LONGEST), end

    def _end(self, number: int, at: int) -> int:
        starts = self._starts(number, at)
        index = bisect_right(starts, at)
        return starts[index] if index < len(starts) else self._ends[number]

    def _starts(self, number: int, at: int) -> list[int]:
        """Return where a block's sentences begin, up to the first one behind a position."""
        if number not in self._read:
            block = self._blocks[number]
            self._read[number] = [block.start], _inner(self._text, block, self._grammar)
        starts, following = self._read[number]
        while starts[-1] <= at and (start := next(following, None)) is not None:
            starts.append(start)
        return starts


def _inner(text: str, block: Block, grammar: Grammar) -> Iterator[int]:
    for end in _END.finditer(text, block.start, block.end):
        stop, start = end.span()
        if text[stop] != "." or not _abbreviated(text, stop, grammar):
            yield start


def _abbreviated(text: str, stop: int, grammar: Grammar) -> bool:
    """Say whether the full stop belongs to an abbreviation or an initial."""
    words = text[max(0, stop - _LONGEST_WORD) : stop].rsplit(None, 1)
    word = words[-1] if words else ""
    return word.lower() in grammar.abbreviations or (len(word) == 1 and word.isupper())
