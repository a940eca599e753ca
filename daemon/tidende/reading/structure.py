"""Text to structure: blocks with roles, and what the article says of itself.

The steps, each a function from pieces to pieces: header, units, what a line says by itself,
dateline, headline, standfirst, sign-off, subheadings. All that the text holds ends up in
exactly one block; between blocks there is only white space.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from tidende.model.article import (
    Block,
    Caption,
    Extraction,
    Language,
    PublicationStatus,
    Published,
)
from tidende.reading.agencies import agencies_in, sign_off_tail
from tidende.reading.bylines import Byline
from tidende.reading.datelines import Dated
from tidende.reading.front import mark_headline, mark_standfirst, split_dateline
from tidende.reading.header import Header, find_header
from tidende.reading.language import identify
from tidende.reading.metadata import NOTHING_KNOWN, Metadata
from tidende.reading.paragraphs import Unit, marked_units, split_units
from tidende.reading.pieces import Piece, sort_units
from tidende.reading.published import Said, settle
from tidende.reading.subheadings import mark_subheadings
from tidende.reading.withholding import Withheld, embargo_time

_T = TypeVar("_T")
_CLAIMED = 0.5
_ENOUGH = 200  # characters; with fewer, the headline and the rest help to tell the language
_BODY = ("paragraph", "standfirst")


@dataclass(frozen=True, slots=True, kw_only=True)
class Structured:
    """An article's extraction, and what its text says of its own publication."""

    extraction: Extraction
    embargoed_until: str | None = None
    status: PublicationStatus = "usable"


def structure(text: str, known: Metadata = NOTHING_KNOWN) -> Structured:
    """Return the structure of an article's text, given what its format already knows."""
    header = find_header(text)
    pieces = sort_units(text, _units(text, header.end if header else 0, known))
    pieces = split_dateline(text, pieces)
    pieces = mark_headline(text, pieces, known)
    pieces = mark_standfirst(text, pieces, known)
    pieces = split_sign_offs(text, pieces)
    pieces = mark_subheadings(text, pieces)
    return _assemble(text, header, pieces, known)


def _units(text: str, start: int, known: Metadata) -> list[Unit]:
    return marked_units(text, start, known.blocks) if known.blocks else split_units(text, start)


def split_sign_offs(text: str, pieces: Sequence[Piece]) -> list[Piece]:
    """Part the sign-off from the paragraph that it ends."""
    last = max((at for at, piece in enumerate(pieces) if piece.role == "paragraph"), default=-1)
    return [
        part
        for at, piece in enumerate(pieces)
        for part in (
            _split_sign_off(text, piece, last=at == last) if piece.role == "paragraph" else (piece,)
        )
    ]


def _split_sign_off(text: str, piece: Piece, *, last: bool) -> tuple[Piece, ...]:
    if not last and text[piece.end - 1] not in ")/]":
        return (piece,)
    words = text[piece.start : piece.end]
    cut = sign_off_tail(words)
    if cut is None:
        return (piece,)
    agencies = agencies_in(words[cut:])
    return (
        replace(piece, end=piece.start + len(words[:cut].rstrip())),
        replace(piece, role="signoff", start=piece.start + cut, blank=False, found=(agencies,)),
    )


def _assemble(
    text: str, header: Header | None, pieces: Sequence[Piece], known: Metadata
) -> Structured:
    withheld = next(_found(pieces, Withheld), None)
    dated = next(_found(pieces, Dated), None)
    bylines = list(_found(pieces, Byline))
    extraction = Extraction(
        language=_language(text, pieces, known),
        published=_published(header, pieces, dated, known),
        headline=known.headline or _first(text, pieces, "headline"),
        standfirst=known.standfirst or _first(text, pieces, "standfirst"),
        byline=known.byline or next((line.names for line in bylines if line.names), None),
        agencies=_agencies(pieces, known),
        dateline=known.dateline or (dated.dateline if dated else None),
        blocks=_blocks(header, pieces),
        captions=known.captions or tuple(_found(pieces, Caption)),
        subheadings=tuple(_plain(text, piece) for piece in pieces if piece.role == "subheading"),
    )
    return Structured(
        extraction=extraction,
        embargoed_until=known.embargoed_until or (embargo_time(withheld) if withheld else None),
        status=known.status or (withheld.status if withheld else "usable"),
    )


def _found(pieces: Sequence[Piece], kind: type[_T]) -> Iterator[_T]:
    return (found for piece in pieces for found in piece.found if isinstance(found, kind))


def _plain(text: str, piece: Piece) -> str:
    """Return a piece's words on one line."""
    return " ".join(text[piece.start : piece.end].split())


def _first(text: str, pieces: Sequence[Piece], role: str) -> str | None:
    return next((_plain(text, piece) for piece in pieces if piece.role == role), None)


def _published(
    header: Header | None, pieces: Sequence[Piece], dated: Dated | None, known: Metadata
) -> Published | None:
    return settle(
        header.published if header else None,
        known.published,
        dated.published if dated else None,
        list(_found(pieces, Said)),
    )


def _agencies(pieces: Sequence[Piece], known: Metadata) -> tuple[str, ...]:
    """Gather the credits in the order of the text, each agency once."""
    named = list(known.agencies)
    for piece in pieces:
        for found in piece.found:
            if isinstance(found, Byline | Dated):
                named.extend(found.agencies)
            elif isinstance(found, tuple):
                named.extend(found)
    return tuple(dict.fromkeys(named))


def _blocks(header: Header | None, pieces: Sequence[Piece]) -> tuple[Block, ...]:
    blocks = [Block(role=piece.role, start=piece.start, end=piece.end) for piece in pieces]
    if header:
        blocks.insert(0, Block(role="header", start=header.start, end=header.end))
    return tuple(blocks)


def _language(text: str, pieces: Sequence[Piece], known: Metadata) -> Language | None:
    """Believe the text; what a format claims of it counts only where that says nothing."""
    body = "\n".join(text[piece.start : piece.end] for piece in pieces if piece.role in _BODY)
    found = identify(body if len(body) >= _ENOUGH else text)
    if found or not known.language:
        return found
    return Language(tag=known.language, confidence=_CLAIMED)
