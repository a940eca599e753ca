"""Killed at any step, the program loses nothing and says nothing twice.

strace counts the system calls by which a pass over a small inbox changes anything, and ends the
process with SIGKILL as it enters the Nth of them, in a new data directory for each N. Then the same
pass runs again, and must end as one does that nobody interrupted.

Some points in `make test`, every one with CRASH_POINTS=all (`make crash`). The workers are left
alone: they change nothing, and tests/integration/test_daemon.py kills them.
"""

import os
import shutil
import signal
import subprocess
from collections import Counter
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import zstandard

from program import (
    BOUND_SECONDS,
    TIDENDE,
    DataDirectory,
    StartDaemon,
    assert_each_once,
    environment,
    run_tidende,
    wait_until,
)
from reckoning import EVERY_POINT
from seeds import BINARY, fill

POINTS = 16
PATIENCE_SECONDS = 5 * BOUND_SECONDS
"""For one pass: tracing is slow, and all processors are busy with it."""
SHARES = 8
"""So many tests share the points, for pytest's workers to run side by side."""

CALLS = (
    *("rename", "renameat", "renameat2", "link", "linkat", "unlink", "unlinkat"),
    *("mkdir", "mkdirat", "ftruncate", "fallocate", "fsync", "fdatasync", "syncfs"),
    *("write", "writev", "pwrite64", "pwritev", "sendto", "sendmsg"),
)
PAGES = "pwrite64"
"""SQLite's pages: more than half of all calls, and nothing of ours happens between them."""

SEEDS = (
    "000_7d1e5a90c3b2f846.txt",
    "004_c85b12e6f07d9a34.txt",
    "005_2af09d6e4b7c8153.txt",  # the same bytes as 004
    "006_5f3ce8b1a9d07264.txt",
    "007_e2094c7b6d15fa38.txt",  # the same text as 006
    BINARY,
)

Verdict = tuple[str, str | None, str | None]


@dataclass(frozen=True, order=True)
class Point:
    """The Nth call of a kind."""

    call: str
    nth: int


@dataclass(frozen=True, kw_only=True)
class Uninterrupted:
    """What a pass comes to that nobody interrupts, and the calls that it makes, in order."""

    calls: tuple[Point, ...]
    verdicts: dict[str, Verdict]
    files: set[str]


@pytest.fixture(scope="session")
def crowd(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Path:
    """Return an inbox of a few seeds, with copies and one that is refused."""
    inbox = tmp_path_factory.mktemp("crowd")
    for number, name in enumerate(SEEDS):
        shutil.copyfile(samples / name, inbox / name)
        os.utime(inbox / name, (number, number))
    return inbox


@pytest.fixture(scope="session")
def uninterrupted(
    tmp_path_factory: pytest.TempPathFactory, strace: str, crowd: Path
) -> Uninterrupted:
    """Return what one pass does and comes to when it is left in peace."""
    folder = tmp_path_factory.mktemp("uninterrupted")
    data = DataDirectory(folder / "data")
    trace = folder / "trace"
    known = ",".join(f"?{call}" for call in CALLS)  # a processor may lack some
    assert ingest_traced(strace, crowd, data, "-o", trace, "-e", f"trace={known}") == 0
    seen: Counter[str] = Counter()
    calls = []
    for line in trace.read_text(errors="replace").splitlines():
        call, bracket, _ = line.partition("(")
        if bracket and call in CALLS:
            seen[call] += 1
            calls.append(Point(call, seen[call]))
    return Uninterrupted(calls=tuple(calls), verdicts=verdicts(data), files=refused_files(data))


def arguments(inbox: Path, data: DataDirectory) -> list[str]:
    """Return the command line of one pass that needn't wait for anything to settle."""
    settings = ("--set=intake.settle_seconds=0", "--set=workers.count=1", "--set=log.format=json")
    return ["ingest", "--inbox", str(inbox), "--data", str(data.root), *settings]


def ingest_traced(strace: str, inbox: Path, data: DataDirectory, *options: str | Path) -> int:
    """Run one pass under strace, and return its exit code, a killed one's negative signal."""
    done = subprocess.run(
        [strace, *options, *TIDENDE, *arguments(inbox, data)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
        env=environment(),
        timeout=PATIENCE_SECONDS,
    )
    return done.returncode


def verdicts(data: DataDirectory) -> dict[str, Verdict]:
    """Return each event's seed and what was decided of it, by the event's id."""
    return {event["id"]: verdict(event) for event in data.events() if "digest" not in event["type"]}


def verdict(event: dict[str, Any]) -> Verdict:
    said = event["data"]
    dedup = said.get("dedup", {"verdict": said.get("reason"), "of": None})
    return said["provenance"]["path"], dedup["verdict"], dedup["of"]


def refused_files(data: DataDirectory) -> set[str]:
    return {file.name for file in data.quarantine.iterdir()}


def points(calls: tuple[Point, ...]) -> list[Point]:
    """Return where to kill: everywhere, or at some points spread over the whole pass."""
    if EVERY_POINT:
        return list(calls)
    few = [point for point in calls if point.call != PAGES]
    pages = [point for point in calls if point.call == PAGES]
    return spread(few, POINTS - POINTS // 4) + spread(pages, POINTS // 4)


def spread(calls: list[Point], count: int) -> list[Point]:
    return [calls[(2 * number + 1) * len(calls) // (2 * count)] for number in range(count)]


def assert_whole(data: DataDirectory, expected: Uninterrupted) -> None:
    """Every seed is decided once and as expected; the queue holds what the ledger does, once."""
    assert verdicts(data) == expected.verdicts
    assert sorted(data.rows("SELECT path FROM seeds")) == sorted((name,) for name in SEEDS)
    assert_queue_is_ledger(data)
    assert_edition_is_whole(data)
    assert refused_files(data) == expected.files
    assert list((data.queue / "tmp").iterdir()) == []
    assert list(data.root.rglob("*.tmp")) == []


def assert_queue_is_ledger(data: DataDirectory) -> None:
    recorded = data.rows("SELECT sequence, id, body, published FROM events ORDER BY sequence")
    assert [row[0] for row in recorded] == list(range(1, len(recorded) + 1))
    assert all(published for *_, published in recorded)
    files = sorted((data.queue / "ready").glob("*/*"), key=lambda file: file.name)
    assert [file.name for file in files] == [f"{row[0]:020d}-{row[1]}.json" for row in recorded]
    unpack = zstandard.ZstdDecompressor().decompress
    assert [file.read_bytes() for file in files] == [unpack(row[2]) for row in recorded]


def assert_edition_is_whole(data: DataDirectory) -> None:
    [published] = data.events("digest.published")
    files = {Path(file) for file in published["data"]["files"]}
    folder = data.editions / "daily"
    latest = {folder / f"latest{file.suffix}" for file in files}
    assert set(folder.iterdir()) == {*files, *latest, folder / "index.html"}
    assert {file.resolve() for file in latest} == {file.resolve() for file in files}
    assert published["data"]["articles"] > 0


@pytest.mark.timeout(3600 if EVERY_POINT else 300)
@pytest.mark.parametrize("share", range(SHARES))
def test_a_pass_killed_at_any_step_is_finished_by_the_next(
    tmp_path: Path, strace: str, crowd: Path, uninterrupted: Uninterrupted, share: int
) -> None:
    """A pass may make fewer calls of a kind than the one that was watched, and survive a point."""
    killed = 0
    for point in points(uninterrupted.calls)[share::SHARES]:
        data = DataDirectory(tmp_path / f"{point.call}-{point.nth}")
        kill = f"inject={point.call}:signal=KILL:when={point.nth}"
        tracing = ("-o", os.devnull, "-e", f"trace={point.call}", "-e", kill)
        try:
            code = ingest_traced(strace, crowd, data, *tracing)
            assert code in {0, -signal.SIGKILL}
            run_tidende(*arguments(crowd, data), bound_seconds=PATIENCE_SECONDS)
            assert_whole(data, uninterrupted)
        except AssertionError as error:
            error.add_note(f"killed on entering {point}")
            raise
        killed += code != 0
        shutil.rmtree(data.root)
    assert killed


def test_a_daemon_killed_again_and_again_decides_every_seed_once(
    start_daemon: StartDaemon, tmp_path: Path, inbox: Path, data: DataDirectory
) -> None:
    """Between decisions or in the middle of a batch, wherever the signal finds it."""
    count = 150
    fill(tmp_path / "tree", count).rename(inbox / "tree")
    for number in range(0, count, 3):
        copy = inbox / "tree" / f"copy-{number:04d}.txt"
        shutil.copyfile(inbox / "tree" / f"{number:04d}.txt", copy)

    def has_decided(enough: int) -> bool:
        [(number,)] = data.rows("SELECT count(*) FROM seeds")
        return int(number) >= enough

    for some in (1, count // 2, count):
        daemon = start_daemon()
        wait_until(partial(has_decided, some), f"{some} decisions")
        assert daemon.stop(signal.SIGKILL) == -signal.SIGKILL
    daemon = start_daemon()
    wait_until(partial(has_decided, count + count // 3), "all decisions")
    assert daemon.stop() == 0
    assert_each_once(data, {f"tree/{file.name}" for file in (inbox / "tree").iterdir()})
    found = Counter(article["data"]["dedup"]["verdict"] for article in data.articles())
    assert found == {"new": count, "duplicate": count // 3}
    assert_queue_is_ledger(data)
