"""What can be read of a damaged ledger, row by row."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tidende.model.seed import Stamp
from tidende.service.doctor.salvage import salvage
from tidende.store import seeds
from tidende.store.ledger import Ledger
from tidende.store.seeds import SeedRow

COUNT = 2000
PAGE = 4096


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """Return a ledger of many seeds, closed, for tests to damage."""
    file = tmp_path / "ledger.sqlite"
    ledger = Ledger.create_or_open(file)
    stamp = Stamp(size=1, mtime_ns=1, ctime_ns=1, inode=1)
    with ledger.write() as connection:
        seeds.add(
            connection,
            [
                SeedRow(
                    id=number,
                    inbox="wire",
                    path=f"{number:05d}.txt",
                    sha256=f"hash-{number}",
                    occurrence=0,
                    source="post",
                    stamp=stamp,
                    received=1.5,
                    attempts=1,
                )
                for number in range(1, COUNT + 1)
            ],
        )
    ledger.close()
    return file


def _overwrite(file: Path, page: int) -> None:
    with file.open("r+b") as opened:
        opened.seek(page * PAGE)
        opened.write(b"\xa5" * PAGE)


def _page_with(file: Path, number: int) -> int:
    """Return the page that holds a seed's row: its source stands in no index."""
    return file.read_bytes().index(f"{number:05d}.txthash-{number}post".encode()) // PAGE


def _read(file: Path) -> set[int]:
    with closing(sqlite3.connect(file)) as connection:
        return {number for (number,) in connection.execute("SELECT id FROM seeds")}


def test_a_damaged_page_costs_its_own_rows(damaged: Path, tmp_path: Path) -> None:
    """Two of them cost theirs, and what lies between is read."""
    for number in (500, 1500):
        _overwrite(damaged, _page_with(damaged, number))
    found = salvage(damaged, tmp_path / "new.sqlite")
    lost = set(range(1, COUNT + 1)) - _read(tmp_path / "new.sqlite")
    assert {500, 1500} <= lost
    assert len(lost) < 200
    assert 1000 not in lost
    assert found.rows["seeds"] == COUNT - len(lost)
    assert {n for low, high in found.lost["seeds"] for n in range(low, high + 1)} == lost


def test_the_end_of_a_file_costs_what_was_in_it(damaged: Path, tmp_path: Path) -> None:
    """The rows before are read, though nobody says any more where they end."""
    page = _page_with(damaged, 1000)
    with damaged.open("r+b") as opened:
        opened.truncate(page * PAGE)
    salvage(damaged, tmp_path / "new.sqlite")
    found = _read(tmp_path / "new.sqlite")
    assert set(range(1, 900)) <= found


@pytest.mark.parametrize(
    "content", [b"", b"no database\n" * 1000, bytes(PAGE * 5), b"\xa5" * PAGE * 5]
)
def test_of_what_is_no_ledger_nothing_is_read(tmp_path: Path, content: bytes) -> None:
    """The new ledger is empty, and whole."""
    file = tmp_path / "ledger.sqlite"
    file.write_bytes(content)
    salvage(file, tmp_path / "new.sqlite")
    assert _read(tmp_path / "new.sqlite") == set()
    assert file.read_bytes() == content


def test_the_damaged_file_stays_as_it_is(damaged: Path, tmp_path: Path) -> None:
    """Whatever comes of it, one can try again."""
    _overwrite(damaged, _page_with(damaged, 500))
    content = damaged.read_bytes()
    salvage(damaged, tmp_path / "new.sqlite")
    assert damaged.read_bytes() == content


@pytest.mark.parametrize("cut", range(500, PAGE, 500))
def test_a_row_that_is_cut_is_not_kept(damaged: Path, tmp_path: Path, cut: int) -> None:
    """Where a file ends within a page, SQLite reads zeros for the rest of it."""
    page = _page_with(damaged, 1000)
    with damaged.open("r+b") as opened:
        opened.truncate(page * PAGE + cut)
    new = tmp_path / "new.sqlite"
    salvage(damaged, new)
    with closing(sqlite3.connect(new)) as connection:
        rows = connection.execute("SELECT id, path, sha256, source FROM seeds").fetchall()
    assert rows
    assert all(row[1:] == (f"{row[0]:05d}.txt", f"hash-{row[0]}", "post") for row in rows)
