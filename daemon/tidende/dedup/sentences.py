"""Sentences of an article's content, as runs of its words.

Only there to be compared: both articles are split by the same rule, so a full stop behind an
abbreviation, which ends a sentence here, does so in both.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tidende.dedup.content import BlockSpan, fold_words, words
from tidende.model.article import Span

_END = re.compile(r"[.!?…][.!?…\"'”“»«’)\]]*\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """Words `start` to `end` of the content.

    `block` counts the content's blocks, `place` is where it stands in the article's text.
    """

    block: int
    start: int
    end: int
    place: Span


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
        for place in _places(text, start, end):
            begin = len(said)
            said += words(fold_words(text[slice(*place)]))
            if len(said) > begin:
                sentence = Sentence(block=number, start=begin, end=len(said), place=place)
                sentences.append(sentence)
    return Content(words=said, sentences=tuple(sentences))


def _places(text: str, start: int, end: int) -> Iterator[Span]:
    for stop in _END.finditer(text, start, end):
        # Not behind a digit: "den 14. mai", "am 3. Oktober".
        if not text[stop.start() - 1].isdigit():
            yield start, stop.end()
            start = stop.end()
    yield start, end
