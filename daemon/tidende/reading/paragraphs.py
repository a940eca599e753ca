"""Lines to units: a unit is a paragraph, or a line that stands for itself.

Blank lines always part. A single newline parts too, unless the text is hard-wrapped: then a line
runs on into the next where the next line's first word would not have fitted on it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tidende import lexicon
from tidende.model.article import Block, Role
from tidende.reading.datelines import read_dateline

# A line's words, from its first; the line ends are those of str.splitlines.
_LINE = re.compile(r"\S[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*")
_LONGEST_WRAP = 132
_SHORTEST_WRAP = 36
_SMALL_WORDS = frozenset(
    lexicon.union(lambda known: (*known.language.function_words, *known.byline.openers))
)
_TOP_LINES = 3
_LONGEST_HEADING = 50
_RAGGED = 3  # columns by which a wrapping program may stop early
_FEW, _MOST = 0.3, 0.6
_FEWEST = 3
_ENDS = frozenset(".!?:;…\"”»“'’)]/|")
_BULLETS = frozenset("-–—•*·►■>#")
_INDENT = 2
_DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of the text without white space at its ends.

    `lines` is how many lines it stands on, `blank` whether a blank line (or the start) is before,
    `role` what the format says it is, if it says so.
    """

    start: int
    end: int
    lines: int = 1
    blank: bool = True
    role: Role | None = None


def split_units(text: str, start: int, end: int | None = None) -> list[Unit]:
    """Split `text[start:end]` into its units, in order."""
    lines = list(_lines(text, start, len(text) if end is None else end))
    if all(line.blank for line in lines):
        return lines
    width = _wrap_width(text, lines)
    return lines if width is None else list(_joined(text, lines, width))


def marked_units(text: str, start: int, marks: Sequence[Block]) -> list[Unit]:
    """Take the units that a format marks, and split what stands outside every mark."""
    units: list[Unit] = []
    for mark in marks:
        units.extend(split_units(text, start, max(start, mark.start)))
        inside = text[max(start, mark.start) : mark.end]
        if inside.strip():
            begin = mark.end - len(inside.lstrip())
            units.append(Unit(begin, begin + len(inside.strip()), role=mark.role))
        start = max(start, mark.end)
    units.extend(split_units(text, start))
    return units


def _lines(text: str, start: int, end: int) -> Iterator[Unit]:
    """Yield the lines that hold something, without white space at their ends."""
    last = start
    for hit in _LINE.finditer(text, start, end):
        begin = hit.start()
        stop = begin + len(hit[0].rstrip())
        yield Unit(begin, stop, 1, last == start or _is_blank(text, last, begin))
        last = stop


def _is_blank(text: str, start: int, end: int) -> bool:
    """Tell whether there is more than one line end between two lines."""
    return end - start > 1 and len((text[start:end] + "|").splitlines()) > 2  # noqa: PLR2004


def _wrap_width(text: str, lines: Sequence[Unit]) -> int | None:
    """Return the column at which the text was wrapped, or None where it was not.

    A wrapped text breaks in the middle of sentences, at lines of nearly one length, and a line's
    first word would not have fitted on the line above; paragraphs on single lines break at
    sentence ends and are as long as they happen to be.
    """
    pairs = [(one, two) for one, two in pairwise(lines) if not two.blank]
    inside = [pair for pair in pairs if _is_open(text, *pair)]
    if not inside or len(inside) < len(pairs) * _FEW:
        return None
    certain = [_length(text, one) for one, two in inside if _mid_sentence(text, one, two)]
    if not certain and len(inside) < _FEWEST:
        return None
    width = max(certain or [_length(text, one) for one, _ in inside])
    if not _SHORTEST_WRAP <= width <= _LONGEST_WRAP:
        return None
    if sum(_length(text, line) > width + _RAGGED for line in lines) > len(lines) * _FEW:
        return None
    full = sum(
        _length(text, one) + 1 + _first_word(text, two) > width - _RAGGED for one, two in inside
    )
    return width if full >= len(inside) * _MOST else None


def _length(text: str, line: Unit) -> int:
    return line.end - line.start + _indent(text, line)


def _indent(text: str, line: Unit) -> int:
    """Count the white space before a line's first word."""
    before = text[max(0, line.start - _DEEPEST) : line.start]
    spaces = before[len(before.rstrip(" \t\xa0")) :]
    return len(spaces)


def _first_word(text: str, line: Unit) -> int:
    return len(text[line.start : line.end].split(" ", 1)[0])


def _begins_anew(text: str, one: Unit, two: Unit) -> bool:
    """Tell whether a line begins with a small word in a capital, or as a report does."""
    words = text[two.start : two.end]
    if text[one.end - 1] in _ENDS or not words[0].isupper():
        return False
    word = words.split(maxsplit=1)[0]
    return (len(word) > 1 and word.lower() in _SMALL_WORDS) or read_dateline(
        words, words
    ) is not None


def _is_open(text: str, one: Unit, two: Unit) -> bool:
    """Tell whether a line may break off inside a sentence: it has no end, and is no heading."""
    if text[one.end - 1] in _ENDS or text[two.start] in _BULLETS:
        return False
    return _mid_sentence(text, one, two) or one.end - one.start >= _LONGEST_HEADING


def _mid_sentence(text: str, one: Unit, two: Unit) -> bool:
    """Tell whether a sentence certainly runs from one line into the next."""
    return text[one.end - 1] not in _ENDS and (
        text[two.start].islower() or text[one.end - 1] == ","
    )


def _joined(text: str, lines: Sequence[Unit], width: int) -> Iterable[Unit]:
    start, count = 0, 0
    for number, line in enumerate(lines):
        count += 1
        below = lines[number + 1] if number + 1 < len(lines) else None
        # A headline may fill its line by chance; a sentence or a dateline begins below it.
        anew = below and number < _TOP_LINES and _begins_anew(text, line, below)
        if below and not anew and _runs_on(text, line, below, width):
            continue
        first = lines[start]
        yield Unit(first.start, line.end, count, first.blank)
        start, count = number + 1, 0


def _runs_on(text: str, one: Unit, two: Unit, width: int) -> bool:
    if two.blank:
        return False
    if _mid_sentence(text, one, two):
        return True
    if _indent(text, two) >= _indent(text, one) + _INDENT:
        return False
    if text[one.end - 1] in _ENDS and text[two.start] in _BULLETS:
        return False
    return _length(text, one) + 1 + _first_word(text, two) > width
