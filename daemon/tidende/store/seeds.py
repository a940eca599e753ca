"""The ledger's seeds: what was read, where, and how its file looked then."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from tidende.model.seed import Stamp
from tidende.store.among import among, these
from tidende.store.tables import seeds

Place: TypeAlias = tuple[str, str]
"""An inbox's name and a path in it."""

# What every batch asks and writes, is built once.
_AT_PATHS = (
    select(seeds)
    .where(seeds.c.inbox == bindparam("at_inbox"), among(seeds.c.path))
    .order_by(seeds.c.id)
)
_LAST = select(func.max(seeds.c.id))
_INSERT = insert(seeds)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedRow:
    """A seed as the ledger has it."""

    id: int
    inbox: str
    path: str
    sha256: str
    occurrence: int
    source: str
    stamp: Stamp
    received: float
    attempts: int

    @property
    def name(self) -> str:
        """The file's name, without the folders above it."""
        return self.path.rpartition("/")[2]


@dataclass(slots=True)
class History:
    """What one place held, oldest first; the last is what it holds now."""

    rows: list[SeedRow] = field(default_factory=list)

    @property
    def current(self) -> SeedRow | None:
        """The newest seed at this place."""
        return self.rows[-1] if self.rows else None

    def occurrences(self, sha256: str) -> int:
        """Return how often this content came here."""
        return sum(row.sha256 == sha256 for row in self.rows)


def histories(connection: Connection, places: Iterable[Place]) -> dict[Place, History]:
    """Return, for each of `places`, all seeds it held."""
    found: dict[Place, History] = {place: History() for place in places}
    for inbox in {inbox for inbox, _ in found}:
        paths = these(path for name, path in found if name == inbox)
        for row in connection.execute(_AT_PATHS, {"at_inbox": inbox, **paths}):
            found[inbox, row.path].rows.append(_seed(row))
    return found


def by_ids(connection: Connection, ids: Iterable[int]) -> dict[int, SeedRow]:
    """Return the seeds with these ids."""
    rows = connection.execute(select(seeds).where(among(seeds.c.id)), these(ids))
    return {row.id: _seed(row) for row in rows}


def last_id(connection: Connection) -> int:
    """Return the highest id ever given, 0 when there was none."""
    return connection.execute(_LAST).scalar() or 0


def add(connection: Connection, rows: Sequence[SeedRow]) -> None:
    """Record new seeds under the ids that they carry."""
    if rows:
        connection.execute(_INSERT, [_columns(row) for row in rows])


def note_attempt(connection: Connection, rows: Sequence[SeedRow]) -> None:
    """Record how known seeds' files look now, how often they were tried, and what was in them.

    The content's hash changes for one that was refused unread and is read at last.
    """
    if rows:
        statement = update(seeds).where(seeds.c.id == bindparam("seed_id"))
        names = ("sha256", "occurrence", "size", "mtime_ns", "ctime_ns", "inode", "attempts")
        connection.execute(
            statement.values({name: bindparam(f"new_{name}") for name in names}),
            [
                {"seed_id": row.id}
                | {f"new_{name}": value for name, value in _columns(row).items() if name in names}
                for row in rows
            ],
        )


def stamp_of(row: Row[Any]) -> Stamp:
    """Return the stamp that a row holds in four columns."""
    return Stamp(size=row.size, mtime_ns=row.mtime_ns, ctime_ns=row.ctime_ns, inode=row.inode)


def _seed(row: Row[Any]) -> SeedRow:
    return SeedRow(
        id=row.id,
        inbox=row.inbox,
        path=row.path,
        sha256=row.sha256,
        occurrence=row.occurrence,
        source=row.source,
        stamp=stamp_of(row),
        received=row.received,
        attempts=row.attempts,
    )


def _columns(row: SeedRow) -> dict[str, object]:
    return {
        "id": row.id,
        "inbox": row.inbox,
        "path": row.path,
        "sha256": row.sha256,
        "occurrence": row.occurrence,
        "source": row.source,
        "size": row.stamp.size,
        "mtime_ns": row.stamp.mtime_ns,
        "ctime_ns": row.stamp.ctime_ns,
        "inode": row.stamp.inode,
        "received": row.received,
        "attempts": row.attempts,
    }
