"""Looks at the ledger's file: is it there, of this program's making, and whole."""

import sqlite3
from contextlib import closing

from tidende.emit.queue_directory import was_laid_out
from tidende.emit.queue_files import highest_sequence
from tidende.service.doctor.findings import Finding
from tidende.service.layout import DataDirectory
from tidende.store.soundness import read_only
from tidende.store.tables import REVISION

LISTED = 20
"""So many of a damaged ledger's faults are told."""


def check_ledger(data: DataDirectory) -> tuple[list[Finding], bool]:
    """Return what is to be said of the ledger's file, and whether its tables can be read."""
    if not data.ledger.is_file():
        return [_problem(f"{data.ledger} is missing")], False
    if data.ledger.stat().st_size == 0:
        return [_problem(f"{data.ledger} is empty")], False
    try:
        with closing(read_only(data.ledger)) as connection:
            return _look_into(connection, data)
    except sqlite3.DatabaseError as error:
        return [_problem(f"{data.ledger}: {error}")], False


def is_damaged(data: DataDirectory) -> bool:
    """Say whether the ledger must be made anew from what can be read of it.

    Entries that refer to lost ones don't count: those can be mended where they are.
    """
    if not data.ledger.is_file() or data.ledger.stat().st_size == 0:
        return was_laid_out(data.queue)
    try:
        with closing(read_only(data.ledger)) as connection:
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()
            return found != ("ok",) or _revision(connection) is None
    except sqlite3.DatabaseError:
        return True


def _look_into(connection: sqlite3.Connection, data: DataDirectory) -> tuple[list[Finding], bool]:
    found = []
    for (said,) in connection.execute(f"PRAGMA integrity_check({LISTED})"):
        if said != "ok":
            found.append(_problem(f"{data.ledger}: {' '.join(said.split())}"))
    if found:
        return found, False
    revision = _revision(connection)
    if revision is None:
        return [_problem(f"{data.ledger} is a database without Tidende's tables")], False
    if revision > REVISION:
        return [_problem(f"{data.ledger}: made by a newer version of Tidende ({revision})")], False
    orphans = len(connection.execute("PRAGMA foreign_key_check").fetchall())
    if orphans:
        found.append(_problem(f"{data.ledger}: {orphans} entries refer to others that are lost"))
    (last,) = connection.execute("SELECT coalesce(max(sequence), 0) FROM events").fetchone()
    if (highest := highest_sequence(data.queue)) > last:
        found.append(
            _problem(f"{data.ledger}: the queue holds event {highest}, it knows none after {last}")
        )
    if revision != REVISION:
        message = f"of revision {revision}; the next start brings it to {REVISION}"
        found.append(Finding(severity="note", about="ledger", message=message))
    if not found:
        message = f"{data.ledger} is whole; its newest event is {last}"
        found.append(Finding(severity="ok", about="ledger", message=message))
    return found, revision == REVISION


def _revision(connection: sqlite3.Connection) -> str | None:
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.OperationalError:  # no such table
        return None
    return row[0] if row else None


def _problem(message: str) -> Finding:
    return Finding(severity="problem", about="ledger", message=message)
