"""What of an article counts when it is compared: its content, as words.

Captions, headline, byline, dateline, sign-off and header differ from paper to paper; what is left
is the telegram itself. Words are folded as `fingerprint.fold` folds typesetting: punctuation, case,
Unicode form and white space never matter.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import TypeAlias

BlockSpan: TypeAlias = tuple[str, int, int]
"""A block's role, start and end."""

_FRAME = frozenset({"header", "headline", "byline", "dateline", "caption", "signoff", "notice"})
_OPENINGS = frozenset({"headline", "dateline"})
_HEADLINE = 100  # code points
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_WORD = re.compile(r"\w+")


def content(blocks: Sequence[BlockSpan]) -> list[BlockSpan]:
    """Return the blocks that hold the telegram itself.

    A short first block of an article without headline and dateline may be a headline that wasn't
    known for one (it ends in a full stop, say), so it doesn't count either.
    """
    inner = [block for block in blocks if block[0] not in _FRAME]
    if len(inner) > 1 and all(role not in _OPENINGS for role, _, _ in blocks):
        _, start, end = inner[0]
        if end - start <= _HEADLINE:
            return inner[1:]
    return inner


def fold_words(text: str) -> str:
    """Return `text` in lower case, in one Unicode form, without what can't be seen."""
    if text.isascii():
        return text.lower()
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    return _INVISIBLE.sub("", text).lower()


def words(folded: str) -> list[str]:
    """Return the words of a folded text, in order."""
    return _WORD.findall(folded)
