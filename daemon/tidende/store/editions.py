"""The ledger's editions: which window of the ledger each digest has covered."""

from dataclasses import asdict, dataclass

from sqlalchemy import Connection, insert, select

from tidende.store.tables import editions


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionRow:
    """An edition: it covers the sequences after < n <= through; times in seconds since 1970."""

    digest: str
    window_end: float
    version: int
    after: int
    through: int
    stories: int
    articles: int
    made: float


def add(connection: Connection, row: EditionRow) -> None:
    """Record an edition."""
    connection.execute(insert(editions), asdict(row))


def last(connection: Connection, digest: str) -> EditionRow | None:
    """Return the digest's newest edition."""
    found = _listed(connection, digest, limit=1)
    return found[0] if found else None


def newest_first(connection: Connection, digest: str | None = None) -> list[EditionRow]:
    """Return the editions of one digest, or of all."""
    return _listed(connection, digest, limit=None)


def _listed(connection: Connection, digest: str | None, *, limit: int | None) -> list[EditionRow]:
    query = select(editions).order_by(editions.c.id.desc()).limit(limit)
    if digest is not None:
        query = query.where(editions.c.digest == digest)
    return [
        EditionRow(**{name: value for name, value in row._asdict().items() if name != "id"})
        for row in connection.execute(query)
    ]
