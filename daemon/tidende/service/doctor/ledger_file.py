"""Looks at the ledger's file: is it there, of this program's making, and whole."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass

from tidende.service.doctor.findings import Finding
from tidende.service.layout import DataDirectory
from tidende.service.opening import what_is_lost
from tidende.store.soundness import read_only, tells_of_damage
from tidende.store.tables import REVISION

LISTED = 20
"""So many of a damaged ledger's faults are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What was found of the ledger's file.

    One that `is_damaged` must be made anew from what can be read of it; entries that refer to
    lost ones don't count, for those can be mended where they are. `can_be_read` says whether its
    tables are this program's.
    """

    findings: tuple[Finding, ...]
    is_damaged: bool = False
    can_be_read: bool = False


def check_ledger(data: DataDirectory) -> Condition:
    """Look at the ledger's file; reads all of it."""
    if not data.ledger.is_file():
        return _damaged(f"{data.ledger} is missing")
    if data.ledger.stat().st_size == 0:
        return _damaged(f"{data.ledger} is empty")
    try:
        with closing(read_only(data.ledger)) as connection:
            faults = [
                f"{data.ledger}: {' '.join(said.split())}"
                for (said,) in connection.execute(f"PRAGMA integrity_check({LISTED})")
                if said != "ok"
            ]
            if faults:
                return _damaged(*faults)
            if (revision := _revision(connection)) is None:
                return _damaged(f"{data.ledger} is a database without Tidende's tables")
            return _look_into(connection, data, revision)
    except sqlite3.DatabaseError as error:
        said = f"{data.ledger}: {error}"
        # Locked, or not to be opened: that says nothing about what is in it.
        return _damaged(said) if tells_of_damage(error) else Condition(findings=(_problem(said),))


def _look_into(connection: sqlite3.Connection, data: DataDirectory, revision: str) -> Condition:
    if revision > REVISION:
        said = f"{data.ledger}: made by a newer version of Tidende ({revision})"
        return Condition(findings=(_problem(said),))
    found = []
    orphans = len(connection.execute("PRAGMA foreign_key_check").fetchall())
    if orphans:
        found.append(_problem(f"{data.ledger}: {orphans} entries refer to others that are lost"))
    (last,) = connection.execute("SELECT coalesce(max(sequence), 0) FROM events").fetchone()
    if what := what_is_lost(data.queue, last):
        found.append(_problem(f"{data.ledger}: {what}"))
    if revision != REVISION:
        message = f"of revision {revision}; the next start brings it to {REVISION}"
        found.append(Finding(severity="note", about="ledger", message=message))
    if not found:
        message = f"{data.ledger} is whole; its newest event is {last}"
        found.append(Finding(severity="ok", about="ledger", message=message))
    return Condition(findings=tuple(found), can_be_read=revision == REVISION)


def _revision(connection: sqlite3.Connection) -> str | None:
    query = "SELECT count(*) FROM sqlite_master WHERE name = 'alembic_version'"
    if connection.execute(query).fetchone() == (0,):
        return None
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return row[0] if row else None


def _damaged(*messages: str) -> Condition:
    return Condition(findings=tuple(map(_problem, messages)), is_damaged=True)


def _problem(message: str) -> Finding:
    return Finding(severity="problem", about="ledger", message=message)
