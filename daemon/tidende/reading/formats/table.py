"""CSV and its kin (RFC 4180): a header that names the columns, and an article a row.

A row is read as a JSON object is whose names are the columns'. Commas, semicolons, tabs or bars
part the cells, as the header shows, or as the line `sep=;` says that Excel has above it. What
doesn't fit the header is refused rather than guessed at: by a quotation mark too few or too many,
text comes under another column.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from tidende.reading.decode import Decoded
from tidende.reading.formats.document import Found, Source, rejected
from tidende.reading.formats.field_names import BODIES, HEADLINES, STANDFIRSTS, known
from tidende.reading.formats.json_article import read_article

NAME = "csv"
_NAMES = (".csv", ".tsv")
_DELIMITERS = (",", ";", "\t", "|")
_FEWEST = 2  # columns, where no file's name says that it is a table
_LONGEST_HEADER = 4000  # characters; a longer one is none, and costs memory and time
_LONGEST_NAME = 40
_LONGEST_CELL = 8 * 1024 * 1024  # characters; some pages have more than the library takes unasked
_BROKEN = "not a cell for each column of the header, or a quotation mark too few or too many"
_MARK = '"'
_CITY = "by"
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_SEPARATOR = re.compile(r"[\r\n]*\"?sep=([,;\t|])\"?(?:\r\n?|\n)", re.IGNORECASE)

csv.field_size_limit(_LONGEST_CELL)  # of the process; nobody else in it reads tables


@dataclass(frozen=True, slots=True, kw_only=True)
class _Header:
    """What parts the cells, and the columns' names as articles have them, None for others."""

    delimiter: str
    columns: tuple[str | None, ...]

    def has_text(self) -> bool:
        """Return whether a column holds articles' text, if only in short beside a headline."""
        named = frozenset(self.columns)
        in_short = not (named.isdisjoint(HEADLINES) or named.isdisjoint(STANDFIRSTS))
        return in_short or not named.isdisjoint(BODIES)

    def fits(self, cells: Sequence[str]) -> bool:
        """Return whether there is a cell for each column; spreadsheets add empty ones."""
        width = len(self.columns)
        return len(cells) >= width and not any(cells[width:])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Record:
    """A record's cells, none where a quotation mark is amiss, and the lines it stands on."""

    first: int
    last: int
    cells: Sequence[str]


def _column(name: str) -> str | None:
    # In a spreadsheet from Norway or Denmark it is the city.
    return None if name.strip().lower() == _CITY else known(name)


class _Lines:
    """A table's lines, counted; `read` are those of the record that is being read."""

    def __init__(self, text: str) -> None:
        self._hits = _LINE.finditer(text)
        self.number = 0
        self.read: list[str] = []

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = next(self._hits)[0]
        self.number += 1
        self.read.append(line)
        return line

    def close_cell(self) -> None:
        """Go on to the end of a cell that is open still, by the number of marks."""
        marks = sum(line.count(_MARK) for line in self.read)
        while marks % 2 and (line := next(self, None)) is not None:
            marks += line.count(_MARK)


def looks_like(head: str, name: str) -> bool:
    """Tell a table by its name, or by its header.

    That names columns of articles and no other, unless a line above it names what parts the cells.
    """
    if name.lower().endswith(_NAMES):
        return True
    if _SEPARATOR.match(head):
        return _header(head).has_text()
    if not _opens_with_a_name(_header_line(head)):
        return False
    header = _header(head)
    return len(header.columns) >= _FEWEST and None not in header.columns and header.has_text()


def read(decoded: Decoded, source: Source) -> Iterator[Found]:
    """Yield each row's article in order; a row that is none is refused alone."""
    header = _header(decoded.text)
    if not header.has_text():
        where = "header" if _SEPARATOR.match(decoded.text) else "first line"
        yield rejected("no-article", f"the {where} names no column with the text of articles")
        return
    rows = _rows(decoded, source, header)
    yield next(rows, None) or rejected("no-article", "there is no row below the header")
    yield from rows


def _header_line(text: str) -> str:
    """Return the line where a header stands, or nothing for one too long to be a header."""
    named = _SEPARATOR.match(text)
    hit = _LINE.search(text[named.end() if named else 0 :].lstrip("\r\n"))
    line = hit[0].rstrip("\r\n") if hit else ""
    return line if len(line) <= _LONGEST_HEADER else ""


def _opens_with_a_name(line: str) -> bool:
    """Tell nearly all that is no header before it is parted into cells."""
    openings = (line.partition(mark)[0] for mark in _DELIMITERS if mark in line)
    return any(len(opening) <= _LONGEST_NAME and known(opening) for opening in openings)


def _header(text: str) -> _Header:
    """Part the header by the delimiter that is named above it, or that gives most known columns."""
    line, named = _header_line(text), _SEPARATOR.match(text)
    headers = [
        _Header(
            delimiter=mark,
            columns=tuple(
                _column(cell) for record in _records(line, mark) for cell in record.cells
            ),
        )
        for mark in (named[1] if named else _DELIMITERS)
    ]
    return max(headers, key=lambda header: sum(map(bool, header.columns)))


def _rows(decoded: Decoded, source: Source, header: _Header) -> Iterator[Found]:
    """Yield what each row is; those that don't fit and follow one another are refused as one."""
    records = _records(decoded.text, header.delimiter)
    for _ in range(2 if _SEPARATOR.match(decoded.text) else 1):
        next(records)
    for fits, run in groupby(records, key=lambda record: header.fits(record.cells)):
        if fits:
            for record in run:
                yield read_article(_named(record, header), decoded, source, form=NAME) or rejected(
                    "no-article", f"the row on line {record.last} holds no text"
                )
        else:
            first = last = next(run)
            for last in run:  # noqa: B007  # the last one is all that is wanted
                pass
            lines = f"line {first.first} to {last.last}"
            yield rejected("broken-table", f"{lines}: {_BROKEN}")


def _named(record: _Record, header: _Header) -> Mapping[str, str]:
    """Return a row's cells by the columns' names; of two columns of a name, the first counts."""
    cells = list(zip(header.columns, record.cells, strict=False))
    return {name: cell for name, cell in reversed(cells) if name and cell.strip()}


def _records(text: str, delimiter: str) -> Iterator[_Record]:
    """Yield what lines make up, blank ones left out.

    The library gives a record up at the line where a quotation mark is amiss. What follows of its
    cell, a comma in it, looks like a row. So the next record is one that has a cell in marks; where
    none had one before, it is the one behind the end of the torn cell.
    """
    lines, in_marks = _Lines(text), _in_marks(delimiter)
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=True)
    has_marked = torn = False
    while True:
        first, lines.read = lines.number + 1, []
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            torn, cells = has_marked, []
            if not has_marked:
                lines.close_cell()
        else:
            if not any(cells):
                continue
            is_marked = in_marks.search("".join(lines.read)) is not None
            has_marked, torn = has_marked or is_marked, torn and not is_marked
        yield _Record(first=first, last=lines.number, cells=() if torn else cells)


@cache
def _in_marks(delimiter: str) -> re.Pattern[str]:
    """Return the pattern of a cell in quotation marks, as a row has it and hardly any text."""
    mark = re.escape(delimiter)
    return re.compile(rf'(?:^|(?<={mark}))"(?:[^"]|"")*+"(?=[\r\n]|$|{mark})')
