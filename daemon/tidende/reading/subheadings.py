"""Subheadings: short lines without a full stop, each alone above prose.

Several short lines in a row are a list or a table; a line after a colon continues it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from tidende import lexicon
from tidende.reading.pieces import Piece

_LABEL = re.compile(
    rf"(?:{lexicon.either(lexicon.union(lambda known: known.subheading.labels))})(?:\s?:|$)",
    re.IGNORECASE,
)
_LONGEST = 90
_MOST_WORDS = 14
_LONGEST_LABEL = 60
_NO_ENDS = frozenset(".,;:…-–—/")
_QUOTES = "\"”»“'’)"
_DASHES = frozenset("-–—•*·►■")
_TRANSPARENT = frozenset(("caption", "notice", "other", "byline"))
_INNER_END = re.compile(r"[^\W\d]{3,}[.?!]\s")  # a second sentence begins
_PROSE_LENGTH = 80
_PROSE_ENDS = frozenset('.!?:"”»“…)')


def mark_subheadings(text: str, pieces: Sequence[Piece]) -> list[Piece]:
    """Give the subheadings among the paragraphs their role."""
    candidates = [
        piece.role == "paragraph" and _is_short(text, piece) and not _is_listed(text, pieces, at)
        for at, piece in enumerate(pieces)
    ]
    if not any(candidates):
        return list(pieces)
    return [
        replace(piece, role="subheading")
        if candidates[at] and _heads(text, pieces, candidates, at)
        else piece
        for at, piece in enumerate(pieces)
    ]


def _is_label(text: str, piece: Piece) -> bool:
    """Tell "Fakta: E6" and "Bakgrunn:", which head a box even above a list."""
    words = text[piece.start : min(piece.end, piece.start + _LONGEST_LABEL + 1)]
    label = _LABEL.match(words)
    return label is not None and len(words) <= _LONGEST_LABEL and words[-1] not in ".,;"


def _is_listed(text: str, pieces: Sequence[Piece], at: int) -> bool:
    """Tell whether a line with a dash or bullet stands beside another one."""
    mark = text[pieces[at].start]
    beside = (*pieces[max(0, at - 1) : at], *pieces[at + 1 : at + 2])
    return mark in _DASHES and any(
        text[piece.start] == mark and text[piece.end - 1] not in _PROSE_ENDS for piece in beside
    )


def _is_short(text: str, piece: Piece) -> bool:
    if piece.end - piece.start > _LONGEST or piece.lines > 1:
        return False
    words = text[piece.start : piece.end]
    if _is_label(text, piece):
        return True
    if words.rstrip(_QUOTES)[-1:] in _NO_ENDS or len(words.split()) > _MOST_WORDS:
        return False
    if _INNER_END.search(words) or (words[0] in _DASHES and words[-1] in "?!"):
        return False
    if words[-1] in _QUOTES and words.rstrip(_QUOTES)[-1:] in "?!":
        return False
    start = words.lstrip("\"”«»„“'‘’-–— ([")[:1]
    return start.isupper() or start.isdecimal()


def _heads(text: str, pieces: Sequence[Piece], candidates: list[bool], at: int) -> bool:
    above = _neighbour(pieces, at, -1)
    below = _neighbour(pieces, at, 1)
    if above is None or below is None or pieces[below].role != "paragraph":
        return False
    if _is_label(text, pieces[at]):
        return True
    if candidates[below] or candidates[above]:
        return False
    if text[pieces[above].end - 1] == ":" and pieces[above].role == "paragraph":
        return False
    if pieces[above].role == "headline":
        return False
    return _is_prose(text, pieces[below])


def _neighbour(pieces: Sequence[Piece], at: int, step: int) -> int | None:
    at += step
    while 0 <= at < len(pieces):
        if pieces[at].role not in _TRANSPARENT:
            return at
        at += step
    return None


def _is_prose(text: str, piece: Piece) -> bool:
    return piece.end - piece.start >= _PROSE_LENGTH or text[piece.end - 1] in _PROSE_ENDS
