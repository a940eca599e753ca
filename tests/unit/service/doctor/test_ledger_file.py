"""The ledger's file: what counts as damage, and what doesn't."""

import sqlite3
from contextlib import closing
from functools import partial

import pytest

from desk import Desk
from tidende.service.doctor import ledger_file
from tidende.service.doctor.ledger_file import check_ledger
from tidende.store.soundness import read_only


def test_a_sound_ledger_can_be_read(desk: Desk) -> None:
    """And isn't made anew."""
    condition = check_ledger(desk.data)
    assert [finding.severity for finding in condition.findings] == ["ok"]
    assert (condition.is_damaged, condition.can_be_read) == (False, True)


def test_a_ledger_that_is_locked_is_not_damaged(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A repair would put another in its place."""
    desk.ledger.close()
    monkeypatch.setattr(ledger_file, "read_only", partial(read_only, timeout=0.0))
    with closing(sqlite3.connect(desk.data.ledger, isolation_level=None)) as connection:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        condition = check_ledger(desk.data)
    assert "database is locked" in condition.findings[0].message
    assert (condition.is_damaged, condition.can_be_read) == (False, False)


@pytest.mark.parametrize("content", [b"", b"a diary, not a database\n" * 100])
def test_what_is_no_ledger_is_damaged(desk: Desk, content: bytes) -> None:
    """An empty one too: SQLite would take it for a new database."""
    desk.ledger.close()
    desk.data.ledger.write_bytes(content)
    assert check_ledger(desk.data).is_damaged


def test_a_ledger_that_lacks_what_the_queue_holds_is_told_with_the_file(desk: Desk) -> None:
    """It may be the file that is at fault."""
    folder = desk.data.queue / "ready" / ("0" * 16)
    folder.mkdir()
    stray = folder / f"{9:020d}-deadbeef.json"
    stray.touch()
    condition = check_ledger(desk.data)
    assert f"the queue holds event 9 ({stray})" in condition.findings[0].message
    assert condition.can_be_read
