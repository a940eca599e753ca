"""Units to pieces: what each line is, where the line itself can say it.

Captions, sign-offs, notices, bylines and dates give themselves away; all else is a paragraph for
now. Which paragraph is a headline or a subheading is told by its neighbours, in later modules.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from tidende.model.article import Caption, Role
from tidende.reading.agencies import sign_off_line
from tidende.reading.bylines import (
    Byline,
    is_contact,
    opens_byline,
    read_bare_byline,
    read_byline,
    read_name,
)
from tidende.reading.credits import read_caption
from tidende.reading.datelines import Dated
from tidende.reading.notices import Notice, notice_tail, read_notice
from tidende.reading.paragraphs import Unit
from tidende.reading.published import Said, find_said, is_stamp, read_said
from tidende.reading.withholding import Withheld, read_withholding

Agencies: TypeAlias = tuple[str, ...]
Found: TypeAlias = Caption | Byline | Dated | Notice | Said | Withheld | Agencies


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text, its role as far as it is known, and what was read from it."""

    role: Role
    start: int
    end: int
    lines: int = 1
    blank: bool = True
    found: tuple[Found, ...] = ()


_SHORT = 220
_MOST_IN_A_UNIT = 12  # captions on one line, beyond which it is none of ours to read
_SENTENCE_ENDS = frozenset('.!?:"”»')
_TOP_UNITS = 8
_END_UNITS = 4


@dataclass(frozen=True, slots=True)
class Place:
    """Where a unit stands: near the top, near the end, before any sentence of prose."""

    top: bool
    end: bool
    before_prose: bool


def sort_units(text: str, units: Sequence[Unit]) -> list[Piece]:
    """Return the pieces of the units, in order; one unit may become several."""
    pieces: list[Piece] = []
    before_prose, announced = True, False
    for number, unit in enumerate(units):
        place = Place(number < _TOP_UNITS, number >= len(units) - _END_UNITS, before_prose)
        new = _marked(text, unit, place) if unit.role else _sort(text, unit, place)
        if new[0].role == "byline" and not new[0].found and pieces:
            pieces[-1] = _signing(text, pieces[-1])
        if announced and len(new) == 1 and _is_title(text, new[0]):
            new = [replace(new[0], role="notice")]
        announced = _announces(new[-1]) or (announced and _is_listed(text, new[-1]))
        pieces.extend(new)
        before_prose = before_prose and not any(_is_prose(text, piece) for piece in new)
    return pieces


def _signing(text: str, piece: Piece) -> Piece:
    """Read the name above an e-mail address as the writer's."""
    byline = read_name(text[piece.start : piece.end]) if piece.role == "paragraph" else None
    return replace(piece, role="byline", found=(byline,)) if byline else piece


def _announces(piece: Piece) -> bool:
    return piece.role == "notice" and any(
        isinstance(found, Notice) and found.announces for found in piece.found
    )


def _is_title(text: str, piece: Piece) -> bool:
    """Tell the linked title below "Les også:" from the article's next paragraph."""
    return (
        piece.role == "paragraph"
        and piece.end - piece.start <= _SHORT
        and text[piece.end - 1] not in ".:,;"
    )


def _is_listed(text: str, piece: Piece) -> bool:
    return piece.role == "notice" and text[piece.start] in "-–—•*>·"


def _is_prose(text: str, piece: Piece) -> bool:
    """Tell whether the article proper has begun: a paragraph that ends as a sentence does."""
    return piece.role == "paragraph" and text[piece.end - 1] in _SENTENCE_ENDS


def _marked(text: str, unit: Unit, place: Place) -> list[Piece]:
    """Believe the format, and still read what a marked block says."""
    role = unit.role or "paragraph"
    words = text[unit.start : unit.end]
    if role == "paragraph":
        return _sort(text, unit, place)
    found: tuple[Found, ...] = ()
    if role == "caption":
        captioned = read_caption(words)
        found = (
            captioned.caption if captioned else Caption(text=" ".join(words.split()), credit=None),
        )
    elif role == "byline" and (
        byline := read_byline(words) or read_bare_byline(words, strict=False)
    ):
        found = (byline, *_dates(words))
    elif role == "signoff":
        found = (sign_off_line(words),)
    return [_piece(unit, role, len(words), *found)]


def _sort(text: str, unit: Unit, place: Place) -> list[Piece]:
    """Sort one unit by what it says; captions and commands to the desk are taken off its front."""
    pieces: list[Piece] = []
    words = text[unit.start : unit.end]
    for _ in range(_MOST_IN_A_UNIT):
        front = _front(unit, words, place)
        if front is None:
            break
        pieces.append(front)
        words = text[front.end : unit.end].lstrip()
        if not words:
            return pieces
        unit = Unit(unit.end - len(words), unit.end, unit.lines, blank=False)
    return [*pieces, *_remaining(unit, words, place)]


def _front(unit: Unit, words: str, place: Place) -> Piece | None:
    """Read what a unit begins with, or is, and that may have more behind it."""
    if place.before_prose and (withheld := read_withholding(words)):
        return _piece(unit, "notice", withheld.end, withheld)
    if (place.top or place.end) and len(words) <= _SHORT and (byline := _opened_byline(words)):
        return _piece(unit, "byline", len(words), byline, *_dates(words))
    if captioned := read_caption(words):
        return _piece(unit, "caption", captioned.end, captioned.caption)
    return None


def _remaining(unit: Unit, words: str, place: Place) -> tuple[Piece, ...]:
    """Read a short line that says what it is; all else is a paragraph."""
    if len(words) <= _SHORT:
        if not any(map(str.isalnum, words)):
            return (_piece(unit, "other", len(words)),)
        if short := _short(unit, words, place):
            return (short,)
    cut = notice_tail(words)
    if not cut:
        return (_piece(unit, "paragraph", len(words)),)
    found = (Notice(announces=False),)
    notice = Piece("notice", unit.start + cut, unit.end, blank=False, found=found)
    return _piece(unit, "paragraph", len(words[:cut].rstrip())), notice


def _opened_byline(words: str) -> Byline | None:
    """Read a byline before a caption: "Text: Anna Svensson Foto: Lars Ek" is both."""
    return read_byline(words) if opens_byline(words.split(maxsplit=1)[0]) else None


def _piece(unit: Unit, role: Role, length: int, *found: Found) -> Piece:
    return Piece(role, unit.start, unit.start + length, unit.lines, unit.blank, found)


def _short(unit: Unit, words: str, place: Place) -> Piece | None:
    """Read a line that may be no prose at all."""
    if notice := read_notice(words):
        return _piece(unit, "notice", len(words), notice)
    if agencies := sign_off_line(words):
        return _piece(unit, "byline" if place.before_prose else "signoff", len(words), agencies)
    if not (place.top or place.end):
        return None
    if said := read_said(words, alone=place.before_prose):
        return _piece(unit, "other", len(words), said)
    if place.before_prose and is_stamp(words):
        return _piece(unit, "other", len(words))
    return None if words[-1] in _SENTENCE_ENDS else _written(unit, words, place)


def _written(unit: Unit, words: str, place: Place) -> Piece | None:
    """Read a line with a name, or an address, and no opener."""
    if byline := read_bare_byline(words, strict=not place.before_prose):
        return _piece(unit, "byline", len(words), byline, *_dates(words))
    return _piece(unit, "byline", len(words)) if is_contact(words) else None


def _dates(words: str) -> Iterable[Said]:
    said = find_said(words)
    return (said,) if said else ()
