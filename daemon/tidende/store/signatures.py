"""What articles are found and compared by: their keys in the indexes, and their clues."""

import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select

from tidende.store.among import among, these
from tidende.store.tables import clues, events, signatures

CHUNK = 20_000  # articles read at once

_CLUES_OF = select(clues.c.sequence, clues.c.body).where(among(clues.c.sequence))


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureRow:
    """An article's keys, 32 bits each; `clues` is empty for one that stands in another's story."""

    sequence: int
    sketch: tuple[int, ...]
    keys: tuple[int, ...]
    clues: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyColumn:
    """Many articles' keys of one kind: article i has the next `counts[i]`, 4 bytes each."""

    numbers: Sequence[int]
    counts: Sequence[int]
    keys: bytes


def add(connection: Connection, rows: Sequence[SignatureRow]) -> None:
    """Record articles' signatures; one that is there already is written anew."""
    if not rows:
        return
    connection.execute(
        insert(signatures).prefix_with("OR REPLACE"),
        [
            {
                "sequence": row.sequence,
                "sketch": _pack(row.sketch),
                "report_keys": _pack(row.keys),
            }
            for row in rows
        ],
    )
    told = [{"sequence": row.sequence, "body": row.clues} for row in rows if row.clues]
    if told:
        connection.execute(insert(clues).prefix_with("OR REPLACE"), told)


def count(connection: Connection) -> int:
    """Return how many articles have a signature."""
    return connection.execute(select(func.count()).select_from(signatures)).scalar_one()


def read_keys(connection: Connection) -> Iterator[tuple[KeyColumn, KeyColumn]]:
    """Yield the articles' sketches and keys, many at a time, in order."""
    query = select(signatures.c.sequence, signatures.c.sketch, signatures.c.report_keys).order_by(
        signatures.c.sequence
    )
    result = connection.execute(query.execution_options(yield_per=CHUNK))
    for part in result.partitions():
        numbers = [number for number, _, _ in part]
        yield (
            _column(numbers, [sketch for _, sketch, _ in part]),
            _column(numbers, [keys for _, _, keys in part]),
        )


def after(connection: Connection, sequence: int, limit: int) -> list[SignatureRow]:
    """Return the signatures of the next articles after a sequence, in order."""
    columns = (signatures.c.sequence, signatures.c.sketch, signatures.c.report_keys, clues.c.body)
    known = signatures.join(clues, clues.c.sequence == signatures.c.sequence, isouter=True)
    query = select(*columns).select_from(known).where(signatures.c.sequence > sequence)
    found = connection.execute(query.order_by(signatures.c.sequence).limit(limit))
    return [
        SignatureRow(sequence=number, sketch=_unpack(sketch), keys=_unpack(keys), clues=body or b"")
        for number, sketch, keys, body in found
    ]


def clues_of(connection: Connection, sequences: Iterable[int]) -> dict[int, bytes]:
    """Return what these articles say of their event, where it is known."""
    return dict(connection.execute(_CLUES_OF, these(sequences)).all())


def forget(connection: Connection, sequences: Iterable[int]) -> None:
    """Let go of what these articles are compared by."""
    parameters = these(sequences)
    for table in (signatures, clues):
        connection.execute(delete(table).where(among(table.c.sequence)), parameters)


def oldest_before(connection: Connection, moment: float, limit: int) -> list[int]:
    """Return the lowest sequences with a signature that were recorded before a moment, in order.

    Where one isn't old enough, none that follows is looked at.
    """
    query = (
        select(signatures.c.sequence, events.c.recorded)
        .join(events, events.c.sequence == signatures.c.sequence)
        .order_by(signatures.c.sequence)
        .limit(limit)
    )
    found = []
    for sequence, recorded in connection.execute(query):
        if recorded >= moment:
            break
        found.append(sequence)
    return found


def _column(numbers: Sequence[int], keys: Sequence[bytes]) -> KeyColumn:
    return KeyColumn(numbers=numbers, counts=[len(each) // 4 for each in keys], keys=b"".join(keys))


def _pack(keys: Sequence[int]) -> bytes:
    words = array("I", keys)
    if sys.byteorder == "big":
        words.byteswap()
    return words.tobytes()


def _unpack(packed: bytes) -> tuple[int, ...]:
    words = array("I", packed)
    if sys.byteorder == "big":
        words.byteswap()
    return tuple(words)
