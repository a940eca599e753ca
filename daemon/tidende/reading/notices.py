"""What is said to the reader and is no part of the article.

Pointers to other articles ("Les også:"), "the article continues below the picture",
advertisements, offers to subscribe.
"""

import re
from dataclasses import dataclass

from tidende import lexicon


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A notice; `announces` says that the next line is its title, as after "Les også:" alone."""

    announces: bool


_RELATED = lexicon.union(lambda known: known.notice.related)
_CONTINUED = lexicon.union(lambda known: known.notice.continued)
_SUBSCRIBE = lexicon.union(lambda known: known.notice.subscribe)
_FOLLOW = frozenset(lexicon.union(lambda known: known.notice.follow))
_NETWORKS = frozenset(lexicon.union(lambda known: known.notice.networks))
_WHOLE = frozenset(lexicon.union(lambda known: known.notice.whole))
_RELATED_LINE = re.compile(
    rf"(?:{lexicon.either(_RELATED)})(?!\w)\s?(?P<label>[:–—>-]?)", re.IGNORECASE
)
_CONTINUED_LINE = re.compile(
    rf"[^.,\"]{{0,40}}?(?<!\w)(?:{lexicon.either(_CONTINUED)})(?!\w)[^,\"]*", re.IGNORECASE
)
_SUBSCRIBE_LINE = re.compile(rf"(?:{lexicon.either(_SUBSCRIBE)})(?!\w)", re.IGNORECASE)
_INSIDE = re.compile(rf"(?<=[.!?\"”»)])\s+\(?(?:{lexicon.either(_RELATED)})\s?:", re.IGNORECASE)
_CONTINUED_WORDS = frozenset(word for entry in _CONTINUED for word in entry.split())
_FIRST_WORDS = frozenset(
    entry.split()[0] for entry in (*_RELATED, *_SUBSCRIBE, *_WHOLE, *_CONTINUED, *_FOLLOW)
)
_LONGEST = 220
_LONGEST_UNMARKED = 100
_LONGEST_SUBSCRIBE = 160
_BULLETS = "•*►▶→»>-–—+|#([ \t"
_FRAME = " \t()[]*_-–—:.!↓▼"


def read_notice(unit: str) -> Notice | None:
    """Return what a unit says to the reader, or None when it is the article's own."""
    if len(unit) > _LONGEST:
        return None
    plain = unit.strip(_BULLETS)
    words = plain.lower().split(maxsplit=8)
    if not words:
        return None
    if words[0].strip(_FRAME) in _FIRST_WORDS and (found := _opened(unit, plain)):
        return found
    if len(plain) <= _LONGEST_UNMARKED and not _CONTINUED_WORDS.isdisjoint(words):
        return Notice(announces=False) if _CONTINUED_LINE.fullmatch(plain) else None
    return None


def _opened(unit: str, plain: str) -> Notice | None:
    if unit.strip(_FRAME).lower() in _WHOLE:
        return Notice(announces=False)
    if hit := _RELATED_LINE.match(plain):
        rest = plain[hit.end() :].strip(_FRAME + _BULLETS)
        if not rest:
            return Notice(announces=True)
        if hit["label"] or len(plain) <= _LONGEST_UNMARKED:
            return Notice(announces=False)
    if len(plain) <= _LONGEST_SUBSCRIBE and (_SUBSCRIBE_LINE.match(plain) or _follows(plain)):
        return Notice(announces=False)
    return None


def _follows(plain: str) -> bool:
    """Tell "Følg Avisa på Facebook og Twitter!"."""
    first, *others = re.findall(r"\w+", plain.lower())
    return first in _FOLLOW and not _NETWORKS.isdisjoint(others)


def notice_tail(paragraph: str) -> int | None:
    """Return where "Les også: ..." begins at a paragraph's end, or None."""
    offset = max(0, len(paragraph) - _LONGEST)
    tail = paragraph[offset:]
    if ":" not in tail:
        return None
    hit = _INSIDE.search(tail)
    return None if hit is None else offset + len(tail[: hit.start()]) + _spaces(hit[0])


def _spaces(found: str) -> int:
    return len(found) - len(found.lstrip())
