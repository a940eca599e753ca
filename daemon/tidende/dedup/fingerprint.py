"""The fingerprint of an article's text: equal for copies that differ only in how they are set.

White space, dashes, quotation marks, Unicode form, the crawl header and the agency's sign-off are
folded away. The fingerprint is persisted, so its recipe carries a version.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable

from tidende.model.article import Article

VERSION = b"\x01"
"""First byte of every fingerprint; a changed recipe takes the next, so that old and new differ."""

_NOT_CONTENT = frozenset({"header", "signoff"})

_SAME = (
    dict.fromkeys("‐‑‒–—―−﹘﹣－", "-")
    | dict.fromkeys("“”„‟«»″〝〞＂", '"')
    | dict.fromkeys("‘’‚‛‹›′´`ʼ", "'")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")
    | {"…": "..."}
)
_VARIANT = re.compile(f"[{re.escape(''.join(_SAME))}]")
_MARKS = "-\"'"


def fold(text: str) -> str:
    """Return `text` with everything folded that typesetting changes; idempotent."""
    # Before NFKC too: it takes "´" apart into a space and an accent.
    plain = _one_form(text)
    composed = unicodedata.normalize("NFKC", plain)
    if composed != plain:
        composed = _one_form(composed)
    spaced = " ".join(composed.split())
    for mark in _MARKS:
        spaced = mark.join([part.strip(" ") for part in spaced.split(mark)])
    return spaced


def _one_form(text: str) -> str:
    # Not str.translate: it looks up every character, and few are variants.
    return _VARIANT.sub(lambda found: _SAME[found[0]], text)


def fingerprint(article: Article) -> bytes:
    """Return 17 bytes: the version, then half a SHA-256 of the folded text."""
    blocks = article.extraction.blocks
    return fingerprint_of(article.text, ((each.role, each.start, each.end) for each in blocks))


def fingerprint_of(text: str, blocks: Iterable[tuple[str, int, int]]) -> bytes:
    """Return the fingerprint of a text with the role, start and end of each of its blocks."""
    content = "\n".join(text[start:end] for role, start, end in blocks if role not in _NOT_CONTENT)
    return VERSION + hashlib.sha256(fold(content).encode()).digest()[:16]
