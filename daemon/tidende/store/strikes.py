"""The ledger's strikes: which files ended a worker process, and how often, until decided."""

from dataclasses import asdict

from sqlalchemy import Connection, delete, insert, select

from tidende.model.seed import Candidate, Stamp
from tidende.store.seeds import stamp_of
from tidende.store.tables import strikes


def counts(connection: Connection) -> dict[tuple[str, str, Stamp], int]:
    """Return all strikes, by inbox, path and the file's stamp at the last of them."""
    return {
        (row.inbox, row.path, stamp_of(row)): int(row.strikes)
        for row in connection.execute(select(strikes))
    }


def put(connection: Connection, candidate: Candidate, count: int) -> None:
    """Record how often this file has ended a worker; 0 forgets it."""
    place = {"inbox": candidate.inbox, "path": candidate.path}
    connection.execute(delete(strikes).filter_by(**place))
    if count:
        connection.execute(insert(strikes), place | asdict(candidate.stamp) | {"strikes": count})
