"""What stands before the story: headline, standfirst, dateline.

A headline is the first line, where it is short and ends without a full stop; an article whose
first line is a sentence has none. What stands between it and the byline is the standfirst.
"""

from collections.abc import Sequence
from dataclasses import replace

from tidende.reading.datelines import Dated, read_dateline
from tidende.reading.metadata import Metadata
from tidende.reading.pieces import Piece

_LONGEST_HEADLINE = 170
_LONGEST_STANDFIRST = 500
_LONGEST_DECK = 250
_SENTENCE_ENDS = frozenset(".,;:")
_QUOTES = "\"”»“'’)"
_DATELINE_WITHIN = 4
_UNCHANGED_PROSE = 120


def fold(text: str) -> str:
    """Fold white space and case, to find again what a format's metadata says."""
    return " ".join(text.split()).casefold()


def split_dateline(text: str, pieces: Sequence[Piece]) -> list[Piece]:
    """Part the dateline from the paragraph that it opens."""
    tried = 0
    for number, piece in enumerate(pieces):
        if piece.role != "paragraph":
            continue
        words = text[piece.start : piece.end]
        if (dated := read_dateline(words, text)) and _opens(words, dated):
            return [*pieces[:number], *_parted(text, piece, dated), *pieces[number + 1 :]]
        tried += 1
        if tried == _DATELINE_WITHIN:
            break
    return list(pieces)


def _opens(words: str, dated: Dated) -> bool:
    """Tell a dateline from a headline such as "OSLO: ...": prose must follow, or nothing."""
    rest = words[dated.end :]
    opening = words[: dated.block_end].rstrip(": –—-.")
    if not rest or (dated.agencies and opening[-1:] in ")]/"):
        return True
    return len(rest) > _UNCHANGED_PROSE or rest[-1] in '.!?"”»'


def _parted(text: str, piece: Piece, dated: Dated) -> list[Piece]:
    opening = replace(piece, role="dateline", end=piece.start + dated.block_end, found=(dated,))
    rest = text[piece.start + dated.end : piece.end].lstrip()
    if not rest:
        return [opening]
    return [opening, replace(piece, start=piece.end - len(rest), blank=False)]


def mark_headline(text: str, pieces: Sequence[Piece], known: Metadata) -> list[Piece]:
    """Give the headline its role; a format that knows the headline is believed."""
    number = next((at for at, piece in enumerate(pieces) if piece.role == "paragraph"), None)
    if any(piece.role == "headline" for piece in pieces) or number is None:
        return list(pieces)
    piece = pieces[number]
    if any(before.role in ("dateline", "subheading") for before in pieces[:number]):
        return list(pieces)
    words = text[piece.start : piece.end]
    wanted = fold(words) == fold(known.headline) if known.headline else is_headline(words)
    if not wanted:
        return list(pieces)
    return [*pieces[:number], replace(piece, role="headline"), *pieces[number + 1 :]]


def is_headline(words: str) -> bool:
    """Tell a headline from a first sentence: it is short and ends without a full stop."""
    if len(words) > _LONGEST_HEADLINE or not any(letter.isalpha() for letter in words):
        return False
    if words.endswith(("...", "…")):
        return True
    return words.rstrip(_QUOTES)[-1:] not in _SENTENCE_ENDS


def mark_standfirst(text: str, pieces: Sequence[Piece], known: Metadata) -> list[Piece]:
    """Give the standfirst its role: before the byline, or a deck that ends without a full stop."""
    marked = list(pieces)
    if any(piece.role == "standfirst" for piece in pieces):
        return marked
    for number in _standfirsts(text, pieces, known):
        marked[number] = replace(marked[number], role="standfirst")
    return marked


def _standfirsts(text: str, pieces: Sequence[Piece], known: Metadata) -> list[int]:
    plain = [at for at, piece in enumerate(pieces) if piece.role == "paragraph"]
    if known.standfirst:
        wanted = fold(known.standfirst)
        return [at for at in plain[:3] if fold(text[pieces[at].start : pieces[at].end]) == wanted]
    headline = next((at for at, piece in enumerate(pieces) if piece.role == "headline"), None)
    if headline is None or not plain:
        return []
    after = [at for at in plain if at > headline]
    before_byline = _before_byline(pieces, headline, after)
    if before_byline is not None:
        return before_byline
    return after[:1] if len(after) > 1 and _is_deck(text, pieces, after) else []


def _before_byline(pieces: Sequence[Piece], headline: int, after: list[int]) -> list[int] | None:
    """Return the one or two paragraphs between headline and byline or dateline, if it is so."""
    turn = next(
        (
            at
            for at, piece in enumerate(pieces)
            if at > headline and piece.role in ("byline", "dateline")
        ),
        None,
    )
    if turn is None or not after or after[-1] < turn:
        return None
    between = [at for at in after if at < turn]
    short = all(pieces[at].end - pieces[at].start <= _LONGEST_STANDFIRST for at in between)
    return between if 0 < len(between) <= 2 and short else None  # noqa: PLR2004


def _is_deck(text: str, pieces: Sequence[Piece], after: list[int]) -> bool:
    """Tell a deck: a line right below the headline that is no sentence, above prose that is."""
    first, second = pieces[after[0]], pieces[after[1]]
    words = text[first.start : first.end]
    return (
        len(words) <= _LONGEST_DECK
        and words.rstrip(_QUOTES)[-1:] not in ".:,;!?"
        and text[second.end - 1] in '.!?:"”»'
    )
