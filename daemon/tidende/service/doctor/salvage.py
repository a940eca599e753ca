"""Reads what can be read of a damaged ledger, row by row, into a new one.

Rows are asked for in ranges of their numbers: forwards from the one end until SQLite meets damage,
backwards from the other, and what lies between in halves. So a damaged page costs its own rows.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Float, Integer, LargeBinary, Table, Text

from tidende.store.ledger import Ledger
from tidende.store.tables import alembic_version, metadata

LEAST_ROW_BYTES = 20
PROBES = 200_000
"""So finely a range that can't be read is looked through; a larger one is so in larger steps."""
_ZEROS = bytes(4)
"""A hash ends so once in four thousand million; its row is then taken back from its event."""
_TYPES: dict[type, type | tuple[type, ...]] = {
    Boolean: int,
    Integer: int,
    Float: (float, int),
    LargeBinary: bytes,
    Text: str,
}


@dataclass(slots=True)
class Salvaged:
    """How many rows each table gave, and the ranges of numbers that couldn't be read."""

    rows: dict[str, int] = field(default_factory=dict)
    lost: dict[str, list[tuple[int, int]]] = field(default_factory=dict)


def salvage(damaged: Path, new: Path) -> Salvaged:
    """Make a new ledger at `new` of what can be read of the damaged one, which stays as it is.

    Without its first page, which says where the tables are, nothing can be.
    """
    Ledger.create_or_open(new).close()
    found = Salvaged()
    if not damaged.is_file() or not damaged.stat().st_size:
        return found
    with (
        closing(_open(damaged)) as source,
        closing(sqlite3.connect(new, isolation_level=None)) as target,
    ):
        for table in metadata.sorted_tables:
            if table is not alembic_version:
                _copy(source, target, table, found)
    return found


def _open(damaged: Path) -> sqlite3.Connection:
    # Not read-only: SQLite takes in what a crash left in the -wal. Nothing else is written.
    source = sqlite3.connect(damaged, isolation_level=None)
    # Only so does SQLite read a file that is shorter than its first page says.
    source.execute("PRAGMA writable_schema = ON")
    source.execute("PRAGMA query_only = ON")
    source.execute("PRAGMA cell_size_check = ON")
    source.execute("PRAGMA wal_autocheckpoint = 0")
    return source


def _copy(
    source: sqlite3.Connection, target: sqlite3.Connection, table: Table, found: Salvaged
) -> None:
    here: set[str] = set()
    with suppress(sqlite3.DatabaseError):
        here = {row[1] for row in source.execute(f"PRAGMA table_info({table.name})")}
    if here:
        names = [column.name for column in table.columns if column.name in here]
        quoted = ", ".join(f'"{name}"' for name in names)
        marks = ", ".join("?" * len(names))
        insert = f"INSERT OR IGNORE INTO {table.name} ({quoted}) VALUES ({marks})"  # noqa: S608
        reader = _Reader(source, f"SELECT rowid, {quoted} FROM {table.name}", table.name)  # noqa: S608
        target.execute("BEGIN")
        count = 0
        for row in reader.rows():
            if _fits(table, names, row[1:]):
                count += target.execute(insert, row[1:]).rowcount
        target.execute("COMMIT")
        found.rows[table.name] = count
        if reader.lost:
            found.lost[table.name] = reader.lost


def _fits(table: Table, names: list[str], values: tuple[Any, ...]) -> bool:
    """Say whether a row is one of this table's: a damaged page may give anything."""
    for name, value in zip(names, values, strict=True):
        column = table.columns[name]
        if value is None:
            if not column.nullable:
                return False
            continue
        kind = next(
            (python for sql, python in _TYPES.items() if isinstance(column.type, sql)), object
        )
        if not isinstance(value, kind) or _is_cut(value):
            return False
    return True


def _is_cut(value: object) -> bool:
    """Tell what reaches beyond the end of a file that was cut: SQLite reads zeros there."""
    if isinstance(value, bytes):
        return value.endswith(_ZEROS)
    return isinstance(value, str) and "\0" in value


class _Reader:
    """Reads one table's rows around what is damaged."""

    def __init__(self, connection: sqlite3.Connection, select: str, table: str) -> None:
        self._connection = connection
        self._select = select
        self._table = table
        self._step = 1
        self.lost: list[tuple[int, int]] = []

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Yield each row that can be read, its number first."""
        highest = self._highest()
        self._step = max(1, highest // PROBES)
        yield from self._between(1, highest)

    def _highest(self) -> int:
        """Return the highest row number, from an index if need be, or else what fits the file."""
        indexes: list[str] = []
        with suppress(sqlite3.DatabaseError):
            listing = self._connection.execute(f"PRAGMA index_list({self._table})")
            indexes = [row[1] for row in listing if not row[4]]  # not a partial one
        for by in ("", *(f' INDEXED BY "{name}"' for name in indexes)):
            query = f"SELECT max(rowid) FROM {self._table}{by}"  # noqa: S608
            with suppress(sqlite3.DatabaseError):
                return int(self._connection.execute(query).fetchone()[0] or 0)
        (pages,) = self._connection.execute("PRAGMA page_count").fetchone()
        (size,) = self._connection.execute("PRAGMA page_size").fetchone()
        return int(pages * size // LEAST_ROW_BYTES)

    def _between(self, low: int, high: int) -> Iterator[tuple[Any, ...]]:
        if low > high:
            return
        where = f"{self._select} WHERE rowid BETWEEN ? AND ? ORDER BY rowid"
        last, first = low - 1, high + 1
        try:
            for row in self._connection.execute(where, (low, high)):
                last = row[0]
                yield row
        except sqlite3.DatabaseError:
            pass
        else:
            return
        try:
            for row in self._connection.execute(f"{where} DESC", (last + 1, high)):
                first = row[0]
                yield row
        except sqlite3.DatabaseError:
            pass
        low, high = last + 1, first - 1
        if high - low < self._step:
            if low <= high:
                self._note_lost(low, high)
            return
        middle = (low + high) // 2
        yield from self._between(low, middle)
        yield from self._between(middle + 1, high)

    def _note_lost(self, low: int, high: int) -> None:
        if self.lost and self.lost[-1][1] == low - 1:
            self.lost[-1] = (self.lost[-1][0], high)
        else:
            self.lost.append((low, high))
