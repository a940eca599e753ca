"""What of an article counts when it is compared: its content, as words.

Headline, subheadings, byline, dateline, captions, sign-off and header differ from paper to paper;
what is left is the telegram itself. Its words are folded: punctuation, case, Unicode form and
white space never matter.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import TypeAlias

BlockSpan: TypeAlias = tuple[str, int, int]
"""A block's role, start and end."""

_FRAME = frozenset({"header", "headline", "byline", "dateline", "caption", "signoff", "notice"})
_SHORT = {"standfirst": 100, "subheading": 40}  # code points; longer ones may be the report's own
_OPENINGS = frozenset({"headline", "dateline"})
_HEADLINE = 100  # code points
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
# It begins with what is searched for: a look behind first would cost four times as much.
_THOUSANDS = re.compile(r"\d\d{0,2}([., '’])\d{3}(?:\1\d{3})*(?!\d)")
_WORD = re.compile(r"\w+")


def content(blocks: Sequence[BlockSpan]) -> list[BlockSpan]:
    """Return the blocks that hold the telegram itself.

    A short standfirst or subheading is as good as a headline. A short first block of an article
    without headline and dateline may be one that wasn't known for it (it ends in a full stop, say).
    """
    inner = [
        (role, start, end)
        for role, start, end in blocks
        if role not in _FRAME and end - start > _SHORT.get(role, 0)
    ]
    if len(inner) > 1 and all(role not in _OPENINGS for role, _, _ in blocks):
        _, start, end = inner[0]
        if end - start <= _HEADLINE:
            return inner[1:]
    return inner


def fold_words(text: str) -> str:
    """Return `text` in lower case, in one Unicode form, without what can't be seen.

    Marks between thousands go, too: "4 500" and "4.500" are "4500".
    """
    if not text.isascii():
        if not unicodedata.is_normalized("NFKC", text):
            text = unicodedata.normalize("NFKC", text)
        for each in _INVISIBLE:  # a pattern for all of them would look at every character
            text = text.replace(each, "")
    return _THOUSANDS.sub(_joined, text).lower()


def words(folded: str) -> list[str]:
    """Return the words of a folded text, in order."""
    return _WORD.findall(folded)


def _joined(number: re.Match[str]) -> str:
    before = number.string[max(0, number.start() - 1) : number.start()]
    if before.isdigit() or before in {".", ","}:  # the end of a longer number
        return number[0]
    return number[0].replace(number[1], "")
