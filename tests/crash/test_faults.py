"""The machine refuses: each fault ends in health or in a clear exit, and nothing is lost by it."""

import errno
import os
import resource
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from program import (
    TIDENDE,
    DataDirectory,
    StartDaemon,
    assert_each_once,
    environment,
    run_tidende,
)
from reckoning import assert_ledger_is_sound, assert_queue_is_ledger
from seeds import drop, telegram

EX_SOFTWARE = 70
COUNT = 40
BIG = 60_000
"""Bytes of a seed of which a small disk takes few."""


def drop_many(tmp_path: Path, inbox: Path, first: int, count: int = COUNT) -> set[str]:
    """Move so many seeds into the inbox, and return their names."""
    names = {f"{number:04d}.txt" for number in range(first, first + count)}
    for name in names:
        drop(tmp_path, name, telegram(int(name[:4])), inbox)
    return names


def assert_all_is_well(data: DataDirectory, names: set[str]) -> None:
    """Every seed was decided once, and every event stands in the queue once."""
    assert_each_once(data, names)
    assert_ledger_is_sound(data)
    assert_queue_is_ledger(data)


@pytest.mark.parametrize("reserve", [1_000_000, 0], ids=["reserve", "to the last byte"])
def test_a_full_disk_is_waited_for(
    tmp_path: Path,
    mount_tmpfs: Callable[[Path, str], None],
    inbox: Path,
    start_daemon: StartDaemon,
    reserve: int,
) -> None:
    """Seeds stay in their inbox until there is room again; nobody has to restart anything."""
    disk = tmp_path / "small"
    disk.mkdir()
    mount_tmpfs(disk, "10m")
    data, ballast = DataDirectory(disk / "data"), disk / "ballast"
    daemon = start_daemon(f"queue.reserve_bytes={reserve}", at=data)
    names = drop_many(tmp_path, inbox, 0)
    daemon.wait_for("seed_decided", count=COUNT)
    fill_up(ballast)
    names |= {drop(tmp_path, "big.txt", telegram(7) + b"Og mer.\n\n" * (BIG // 9), inbox).name}
    names |= drop_many(tmp_path, inbox, COUNT)
    assert "space" in str(daemon.wait_for("commit_postponed")["message"]) or reserve
    ballast.unlink()
    daemon.wait_for("seed_decided", count=2 * COUNT + 1)
    assert daemon.stop() == 0, daemon.told()
    assert_all_is_well(data, names)


def fill_up(ballast: Path) -> None:
    """Write until the file system takes no more."""
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise


def test_a_daemon_without_free_descriptors_waits_for_some(
    tmp_path: Path, inbox: Path, data: DataDirectory, start_daemon: StartDaemon
) -> None:
    daemon = start_daemon()
    names = drop_many(tmp_path, inbox, 0)
    daemon.wait_for("seed_decided", count=COUNT)
    before = resource.prlimit(daemon.pid, resource.RLIMIT_NOFILE)
    resource.prlimit(daemon.pid, resource.RLIMIT_NOFILE, (3, before[1]))
    names |= drop_many(tmp_path, inbox, COUNT)
    daemon.wait_for("commit_postponed")
    resource.prlimit(daemon.pid, resource.RLIMIT_NOFILE, before)
    daemon.wait_for("seed_decided", count=2 * COUNT)
    assert daemon.stop() == 0, daemon.told()
    assert_all_is_well(data, names)


@pytest.mark.parametrize("place", ["tmp", "ready"])
def test_a_queue_that_may_not_be_written_is_waited_for(
    tmp_path: Path,
    inbox: Path,
    data: DataDirectory,
    start_daemon: StartDaemon,
    require_tool: Callable[[str], str],
    place: str,
) -> None:
    """Whoever mends the permissions has mended all."""
    minded: tuple[str, ...] = ()
    if os.geteuid() == 0:  # it may write everywhere, unless it gives that up
        minded = (require_tool("setpriv"), "--bounding-set", "-dac_override")
    daemon = start_daemon(program=(*minded, *TIDENDE))
    names = drop_many(tmp_path, inbox, 0)
    daemon.wait_for("seed_decided", count=COUNT)
    folders = [data.queue / place, *(data.queue / place).glob("[0-9]*")]
    for folder in folders:
        folder.chmod(0o500)
    names |= drop_many(tmp_path, inbox, COUNT)
    daemon.wait_for("commit_postponed" if place == "tmp" else "publication_postponed")
    for folder in folders:
        folder.chmod(0o700)
    daemon.wait_for("seed_decided", count=2 * COUNT)
    assert daemon.stop() == 0, daemon.told()
    assert_all_is_well(data, names)


def test_a_locked_ledger_is_waited_for(
    tmp_path: Path, inbox: Path, data: DataDirectory, start_daemon: StartDaemon
) -> None:
    """Somebody looks into it with a tool of their own, and begins to write."""
    daemon = start_daemon()
    with closing(sqlite3.connect(data.ledger, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        names = drop_many(tmp_path, inbox, 0)
        assert "locked" in str(daemon.wait_for("commit_postponed")["message"])
        other.execute("ROLLBACK")
    daemon.wait_for("seed_decided", count=COUNT)
    assert daemon.stop() == 0, daemon.told()
    assert_all_is_well(data, names)


@pytest.mark.parametrize("call", ["fsync", "fdatasync", "syncfs"])
@pytest.mark.parametrize("nth", [1, 2, 5, 9])
def test_a_failed_sync_ends_the_process_and_the_next_finishes(
    tmp_path: Path, inbox: Path, data: DataDirectory, strace: str, call: str, nth: int
) -> None:
    """What the kernel couldn't write it has dropped; asked again it would say that all is well."""
    names = drop_many(tmp_path, inbox, 0, 20)
    settings = ("--set=intake.settle_seconds=0", "--set=workers.count=1", "--set=log.format=json")
    arguments = ("ingest", "--inbox", str(inbox), "--data", str(data.root), *settings)
    inject = f"inject={call}:error=EIO:when={nth}+"
    done = subprocess.run(
        [strace, "-o", os.devnull, "-e", f"trace={call}", "-e", inject, *TIDENDE, *arguments],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode in {0, EX_SOFTWARE}, done.stderr  # it may sync less often than that
    assert "Traceback" not in done.stderr
    if done.returncode:
        assert done.stderr.splitlines()[-1].startswith("tidende: ")
    run_tidende(*arguments)
    assert_all_is_well(data, names)


def test_a_killed_worker_is_replaced(
    tmp_path: Path, inbox: Path, data: DataDirectory, start_daemon: StartDaemon
) -> None:
    daemon = start_daemon()
    names = drop_many(tmp_path, inbox, 0)
    for pid in daemon.workers():
        os.kill(pid, signal.SIGKILL)
    daemon.wait_for("worker_died")
    names |= drop_many(tmp_path, inbox, COUNT)
    daemon.wait_for("seed_decided", count=2 * COUNT)
    assert daemon.stop() == 0, daemon.told()
    assert_all_is_well(data, names)


# Runs the daemon as the command line does, and ends the thread of a name once it is asked to.
WITHOUT_A_THREAD = """
import ctypes, sys, threading, time
from tidende.cli.main import run_command_line

def end(name):
    sys.stdin.readline()
    for thread in threading.enumerate():
        if type(thread).__name__ == name or thread.name == name:
            ctypes.pythonapi.PyThreadState_SetAsyncExc(
                ctypes.c_ulong(thread.ident), ctypes.py_object(SystemExit))

threading.Thread(target=end, args=(sys.argv.pop(1),), daemon=True).start()
run_command_line()
"""


def test_a_dead_scheduler_ends_the_daemon_for_its_supervisor(
    tmp_path: Path, inbox: Path, data: DataDirectory, start_daemon: StartDaemon
) -> None:
    """And the next one takes in what came meanwhile."""
    daemon = start_daemon(program=(sys.executable, "-c", WITHOUT_A_THREAD, "timer"))
    names = drop_many(tmp_path, inbox, 0)
    daemon.wait_for("seed_decided", count=COUNT)
    daemon.tell("now")
    assert daemon.wait() == EX_SOFTWARE, daemon.told()
    assert "tidende: the scheduler has died" in daemon.told()
    daemon = start_daemon()
    names |= drop_many(tmp_path, inbox, COUNT)
    daemon.wait_for("seed_decided", count=COUNT)
    assert daemon.stop() == 0, daemon.told()
    assert_all_is_well(data, names)


@pytest.mark.parametrize("thread", ["_Descriptor", "InotifyEmitter", "BaseObserver"])
def test_a_watch_that_dies_is_made_anew(
    tmp_path: Path, inbox: Path, data: DataDirectory, start_daemon: StartDaemon, thread: str
) -> None:
    """What came while nobody watched is found by the scan that follows."""
    program = (sys.executable, "-c", WITHOUT_A_THREAD, thread)
    daemon = start_daemon("intake.rescan_seconds=3600", program=program)
    names = drop_many(tmp_path, inbox, 0)
    daemon.wait_for("seed_decided", count=COUNT)
    daemon.tell("now")
    names |= drop_many(tmp_path, inbox, COUNT)  # a thread that waits dies of the next news
    daemon.wait_for("watch_died")
    daemon.wait_for("inbox_watched", count=2)
    names |= drop_many(tmp_path, inbox, 2 * COUNT)
    # Each by its name: what watch and scan both saw is decided twice, the second time as known.
    for name in names:
        daemon.decision(name)
    assert daemon.stop() == 0, daemon.told()
    assert_all_is_well(data, names)


def test_of_two_daemons_one_is_told_to_go(
    tmp_path: Path, inbox: Path, data: DataDirectory, start_daemon: StartDaemon
) -> None:
    daemon = start_daemon()
    names = drop_many(tmp_path, inbox, 0)
    refused = run_tidende("run", "--inbox", inbox, "--data", data.root, code=75)
    assert f"held by process {daemon.pid}" in refused.stderr
    daemon.wait_for("seed_decided", count=COUNT)
    assert daemon.stop() == 0
    assert_all_is_well(data, names)


# Runs the daemon with a clock that is ahead by as many hours as it is told. Not libfaketime: its
# version 0.9.10 makes every sleep fail when the clock runs behind.
WITH_ANOTHER_CLOCK = """
import datetime, sys, threading, time
import apscheduler.schedulers.base, apscheduler.triggers.interval, apscheduler.executors.base
from tidende import clock
from tidende.cli.main import run_command_line

real_time, real = time.time, datetime.datetime
ahead = 0.0

class Dates(type):
    def __instancecheck__(cls, value):
        return isinstance(value, real)

class Shifted(real, metaclass=Dates):
    @classmethod
    def now(cls, tz=None):
        return real.now(tz) + datetime.timedelta(seconds=ahead)

def listen():
    global ahead
    ahead = 3600 * float(sys.stdin.readline())

time.time = lambda: real_time() + ahead
clock.datetime = Shifted
for part in apscheduler.schedulers.base, apscheduler.triggers.interval, apscheduler.executors.base:
    part.datetime = Shifted
threading.Thread(target=listen, daemon=True).start()
run_command_line()
"""


@pytest.mark.parametrize("hours", [-9, 9])
def test_a_clock_that_jumps_by_hours_stops_nothing(
    tmp_path: Path, inbox: Path, data: DataDirectory, start_daemon: StartDaemon, hours: int
) -> None:
    """What was to come in a second isn't put off by hours: a command's request is answered."""
    daemon = start_daemon(program=(sys.executable, "-c", WITH_ANOTHER_CLOCK))
    names = drop_many(tmp_path, inbox, 0)
    daemon.wait_for("seed_decided", count=COUNT)
    daemon.tell(str(hours))
    assert abs(float(daemon.wait_for("clock_jumped")["seconds"])) == pytest.approx(9 * 3600, abs=60)
    names |= drop_many(tmp_path, inbox, COUNT)
    daemon.wait_for("seed_decided", count=2 * COUNT)
    run_tidende("digest", "run", "daily", "--data", data.root)
    assert daemon.stop() == 0, daemon.told()
    assert_all_is_well(data, names)
