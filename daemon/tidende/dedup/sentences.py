"""Sentences of an article's content, as runs of its words.

Only there to be compared: both articles are split by the same rule, so a full stop behind an
abbreviation, which ends a sentence here, does so in both.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from tidende.dedup.content import BlockSpan, fold_words, words
from tidende.model.article import Span

_END = re.compile(r"[.!?…][.!?…\"'”“»«’)\]]*\s+")

Piece: TypeAlias = tuple[int, int, int]
"""The number of a block, and where a sentence of it starts and ends in the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """Words `start` to `end` of the content.

    `block` counts the content's blocks, `place` is where it stands in the article's text.
    """

    block: int
    start: int
    end: int
    place: Span


def pieces(text: str, blocks: Sequence[BlockSpan]) -> list[Piece]:
    """Return where the blocks' sentences stand, also those without a word."""
    return [
        (number, *place)
        for number, (_, start, end) in enumerate(blocks)
        for place in _places(text, start, end)
    ]


def sentences(text: str, parts: Iterable[Piece]) -> tuple[Sentence, ...]:
    """Return those of the pieces that have words, which are counted over all of them."""
    found: list[Sentence] = []
    said = 0
    for block, start, end in parts:
        if count := len(words(fold_words(text[start:end]))):
            found.append(Sentence(block=block, start=said, end=said + count, place=(start, end)))
            said += count
    return tuple(found)


def _places(text: str, start: int, end: int) -> Iterator[Span]:
    for stop in _END.finditer(text, start, end):
        # Not behind a digit: "den 14. mai", "am 3. Oktober".
        if not text[stop.start() - 1].isdigit():
            yield start, stop.end()
            start = stop.end()
    yield start, end
