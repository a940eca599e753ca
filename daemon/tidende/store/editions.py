"""The ledger's editions: which window of the ledger each digest has covered.

A digest's regular editions follow one another without a gap; a window without news may be skipped,
and stands among them so that it isn't looked at again. On an extra one, made of any window, nothing
follows. A correction has the window and kind of what it corrects, and a version of its own.
"""

from dataclasses import asdict, dataclass
from typing import Literal, TypeAlias

from sqlalchemy import Connection, Select, delete, func, insert, select

from tidende.store.tables import editions

EditionKind: TypeAlias = Literal["regular", "skipped", "extra"]


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionRow:
    """An edition: it covers the sequences after < n <= through; times in seconds since 1970.

    `since` is the end of the edition before, or where an extra one's window begins; None where
    there is no beginning. `forms` are its files' extensions, the main one first.
    """

    digest: str
    window_end: float
    version: int
    after: int
    through: int
    stories: int
    articles: int
    made: float
    kind: EditionKind = "regular"
    since: float | None = None
    forms: tuple[str, ...] = ()


def add(connection: Connection, row: EditionRow) -> None:
    """Record an edition."""
    connection.execute(insert(editions), asdict(row) | {"forms": " ".join(row.forms)})


def skip(connection: Connection, row: EditionRow) -> None:
    """Record a window in which nothing was new; skipped ones in a row become one."""
    before = last(connection, row.digest)
    if before is not None and before.kind == "skipped":
        connection.execute(
            delete(editions)
            .where(editions.c.digest == before.digest, editions.c.window_end == before.window_end)
            .where(editions.c.kind == "skipped")
        )
    add(connection, row)


def last(connection: Connection, digest: str) -> EditionRow | None:
    """Return the one that the digest's next edition follows, in its last version."""
    query = _newest_first(digest).where(editions.c.kind != "extra").limit(1)
    return next(iter(_read(connection, query)), None)


def last_told(connection: Connection, digest: str) -> EditionRow | None:
    """Return the digest's newest regular edition, in its last version."""
    query = _newest_first(digest).where(editions.c.kind == "regular").limit(1)
    return next(iter(_read(connection, query)), None)


def at(connection: Connection, digest: str, window_end: float) -> EditionRow | None:
    """Return the edition of a window that ends then, in its last version; not a skipped one."""
    query = _newest_first(digest).where(
        editions.c.window_end == window_end, editions.c.kind != "skipped"
    )
    return next(iter(_read(connection, query.limit(1))), None)


def exactly(
    connection: Connection, digest: str, window_end: float, version: int
) -> EditionRow | None:
    """Return one version of the edition of a window that ends then."""
    query = _newest_first(digest).where(
        editions.c.window_end == window_end, editions.c.version == version
    )
    return next(iter(_read(connection, query)), None)


def next_version(connection: Connection, digest: str, window_end: float) -> int:
    """Return the version that an edition of a window which ends then would have."""
    query = select(func.max(editions.c.version)).where(
        editions.c.digest == digest, editions.c.window_end == window_end
    )
    return (connection.execute(query).scalar() or 0) + 1


def fits(connection: Connection, row: EditionRow, follows: EditionRow | None) -> bool:
    """Say whether an edition that was drawn up after `follows` is still the next of its digest."""
    return (
        last(connection, row.digest) == follows
        and next_version(connection, row.digest, row.window_end) == row.version
    )


def newest_first(connection: Connection, digest: str | None = None) -> list[EditionRow]:
    """Return the editions of one digest, or of all, without skipped ones."""
    return _read(connection, _newest_first(digest).where(editions.c.kind != "skipped"))


def _newest_first(digest: str | None) -> Select[tuple[int]]:
    query = select(editions).order_by(
        editions.c.window_end.desc(), editions.c.version.desc(), editions.c.id.desc()
    )
    return query if digest is None else query.where(editions.c.digest == digest)


def _read(connection: Connection, query: Select[tuple[int]]) -> list[EditionRow]:
    rows = []
    for row in connection.execute(query):
        values = {name: value for name, value in row._asdict().items() if name != "id"}
        rows.append(EditionRow(**values | {"forms": tuple(values["forms"].split())}))
    return rows
