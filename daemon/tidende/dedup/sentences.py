"""Sentences of an article's content, as runs of its words.

Only there to be compared: both articles are split by the same rule, so a full stop behind an
abbreviation, which ends a sentence here, does so in both.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tidende.dedup.content import BlockSpan, fold_words, words

# Not behind a digit: "den 14. mai", "am 3. Oktober".
_END = re.compile(r"(?<=[^\d\s][.!?…])[.!?…\"'”“»«’)\]]*\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """Words `start` to `end` of the content; `block` counts the content's blocks."""

    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A content's words, and which of them are a sentence."""

    words: list[str]
    sentences: tuple[Sentence, ...]


def split_content(text: str, blocks: Sequence[BlockSpan]) -> Content:
    """Return the words and sentences of the blocks."""
    said: list[str] = []
    sentences: list[Sentence] = []
    for number, (_, start, end) in enumerate(blocks):
        folded = fold_words(text[start:end])
        for piece in _END.split(folded):
            begin = len(said)
            said += words(piece)
            if len(said) > begin:
                sentences.append(Sentence(block=number, start=begin, end=len(said)))
    return Content(words=said, sentences=tuple(sentences))
