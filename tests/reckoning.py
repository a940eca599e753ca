"""The reckoning after a crash: every seed's decision and every event, held against each other."""

import json
import os
from collections import Counter
from pathlib import Path
from typing import TypeAlias

import zstandard

from program import DataDirectory, run_tidende

Decision: TypeAlias = tuple[str, str, str | None]
"""A seed's path, its verdict or the reason it was refused for, and what it repeats."""

EVERY_POINT = os.environ.get("CRASH_POINTS") == "all"
"""Some points in `make test`, every one in `make crash`."""
PLACES = ("ready", "claimed", "returned", "done", "dead")


def decisions(data: DataDirectory) -> dict[str, Decision]:
    """Return what the ledger's events say of each seed, by the event's id."""
    unpack = zstandard.ZstdDecompressor().decompress
    found = {}
    for identifier, body in data.rows("SELECT id, body FROM events WHERE type NOT LIKE '%digest%'"):
        said = json.loads(unpack(body))["data"]
        dedup = said.get("dedup") or {"verdict": said.get("reason"), "of": None}
        found[identifier] = (said["provenance"]["path"], dedup["verdict"], dedup["of"])
    return found


def decided_in_peace(inbox: Path, data: DataDirectory) -> dict[str, Decision]:
    """Return what one pass over the same inbox decides that nobody interrupts."""
    settings = ("--set=intake.settle_seconds=0", "--set=log.level=error")
    run_tidende("ingest", "--inbox", inbox, "--data", data.root, *settings, bound_seconds=900)
    return decisions(data)


def files(data: DataDirectory) -> Counter[str]:
    """Return how often each event's file stands in the queue."""
    found = (file for place in PLACES for file in (data.queue / place).rglob("*.json"))
    return Counter(file.name for file in found if not file.name.endswith(".reason.json"))


def assert_queue_is_ledger(data: DataDirectory) -> None:
    """Every recorded event stands in the queue once, whole, and nothing else does."""
    rows = data.rows("SELECT sequence, id, published FROM events ORDER BY sequence")
    assert [sequence for sequence, *_ in rows] == list(range(1, len(rows) + 1))
    assert all(published for *_, published in rows)
    assert files(data) == Counter(f"{sequence:020d}-{name}.json" for sequence, name, _ in rows)
    assert list((data.queue / "tmp").iterdir()) == []
    assert list(data.root.rglob("*.tmp")) == []


def assert_ledger_is_sound(data: DataDirectory) -> None:
    """Hold that the database is whole, and that every seed has one row."""
    assert data.rows("PRAGMA integrity_check") == [("ok",)]
    assert data.rows("PRAGMA foreign_key_check") == []
    doubled = "SELECT inbox, path, sha256 FROM seeds GROUP BY 1, 2, 3 HAVING count(*) > 1"
    assert data.rows(doubled) == []
