"""What of an article counts when it is compared: its content, as words.

Captions, headline, byline, dateline, sign-off and header differ from paper to paper; what is left
is the telegram itself. Words are folded as `fingerprint.fold` folds typesetting: punctuation, case,
Unicode form and white space never matter.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import TypeAlias

BlockSpan: TypeAlias = tuple[str, int, int]
"""A block's role, start and end."""

_FRAME = frozenset({"header", "headline", "byline", "dateline", "caption", "signoff", "notice"})
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_WORD = re.compile(r"\w+")


def content(blocks: Iterable[BlockSpan]) -> list[BlockSpan]:
    """Return the blocks that hold the telegram itself."""
    return [block for block in blocks if block[0] not in _FRAME]


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
