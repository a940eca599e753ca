"""Whatever befalls an inbox, the daemon lives, says so, and misses nothing when it is over."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from program import DataDirectory, StartDaemon, assert_each_once, run_tidende, wait_until
from seeds import drop, fill, telegram

NEVER = "intake.rescan_seconds=3600"
"""No scan but the first, and those that the daemon has a reason for."""
QUEUED = Path("/proc/sys/fs/inotify/max_queued_events")


def test_an_overflow_of_the_kernel_s_queue_loses_nothing(
    start_daemon: StartDaemon, tmp_path: Path, inbox: Path, data: DataDirectory
) -> None:
    """While the daemon stands still, more happens than the kernel keeps in mind."""
    daemon = start_daemon(NEVER)
    drop(tmp_path, "before.txt", telegram(101), inbox)
    daemon.decision("before.txt")
    for name in (".a", ".b"):
        (inbox / name).touch()
    os.kill(daemon.pid, signal.SIGSTOP)
    for _ in range(int(QUEUED.read_text())):
        for name in (".a", ".b"):  # in turns: the kernel tells the same event only once
            os.close(os.open(inbox / name, os.O_RDONLY))
    fill(tmp_path / "tree", 20).rename(inbox / "tree")
    drop(tmp_path, "lost.txt", telegram(102), inbox)
    os.kill(daemon.pid, signal.SIGCONT)
    daemon.wait_for("watch_overflowed")
    assert daemon.decision("lost.txt") == "new"
    daemon.wait_for("seed_decided", count=22)
    drop(tmp_path, "later.txt", telegram(103), inbox)
    daemon.decision("later.txt")
    drop(tmp_path, "later.txt", telegram(104), inbox / "tree")
    daemon.decision("tree/later.txt")
    wait_until(lambda: _overflows(data), "the count in the daemon's health")
    assert daemon.stop() == 0
    tree = {f"tree/{number:04d}.txt" for number in range(20)}
    names = {"before.txt", "lost.txt", "later.txt", "tree/later.txt"}
    assert_each_once(data, tree | names)


def _overflows(data: DataDirectory) -> int:
    said = json.loads(run_tidende("health", "--data", data.root, "--json").stdout)
    return int(said["counters"]["overflows"])


@pytest.mark.parametrize("instead", ["nothing", "a_file"])
def test_an_inbox_that_is_moved_away_is_missed_until_it_is_there_again(
    start_daemon: StartDaemon, tmp_path: Path, inbox: Path, data: DataDirectory, instead: str
) -> None:
    """The daemon tells of it, and takes in what the new one holds and what comes later."""
    daemon = start_daemon(NEVER)
    drop(tmp_path, "before.txt", telegram(1), inbox)
    daemon.decision("before.txt")
    inbox.rename(tmp_path / "away")
    if instead == "a_file":
        inbox.touch()
    daemon.wait_for("health_changed", healthy=False)
    refused = run_tidende("health", "--data", data.root, code=1)
    assert str(inbox) in refused.stdout
    inbox.unlink(missing_ok=True)
    fill(tmp_path / "new", 2).rename(inbox)
    daemon.wait_for("health_changed", healthy=True)
    daemon.decision("0001.txt")
    drop(tmp_path, "later.txt", telegram(9), inbox)
    daemon.decision("later.txt")
    run_tidende("health", "--data", data.root)
    assert daemon.stop() == 0
    assert_each_once(data, {"before.txt", "0000.txt", "0001.txt", "later.txt"})


def test_an_inbox_that_is_removed_and_made_again_is_followed(
    start_daemon: StartDaemon, tmp_path: Path, inbox: Path, data: DataDirectory
) -> None:
    """At once, so that nobody saw it missing."""
    daemon = start_daemon(NEVER)
    for number in range(5):
        inbox.rmdir()
        inbox.mkdir()
        daemon.wait_for("inbox_watched", count=number + 2)
    drop(tmp_path, "later.txt", telegram(9), inbox)
    daemon.decision("later.txt")
    assert daemon.stop() == 0
    assert_each_once(data, {"later.txt"})


def test_an_inbox_that_is_unmounted_is_missed_until_it_is_mounted(
    start_daemon: StartDaemon,
    inbox: Path,
    data: DataDirectory,
    mount_tmpfs: Callable[[Path], None],
) -> None:
    """An empty directory in its place doesn't pass for an empty inbox."""
    mount_tmpfs(inbox)
    (inbox / "before.txt").write_bytes(telegram(1))
    daemon = start_daemon(NEVER)
    daemon.decision("before.txt")
    wait_until(
        lambda: subprocess.run(["umount", inbox], capture_output=True, check=False).returncode == 0,
        "the unmounting, while nobody reads there",
    )
    daemon.wait_for("health_changed", healthy=False)
    assert "isn't any more" in run_tidende("health", "--data", data.root, code=1).stdout
    mount_tmpfs(inbox)
    (inbox / "after.txt").write_bytes(telegram(2))
    daemon.wait_for("health_changed", healthy=True)
    daemon.decision("after.txt")
    (inbox / "later.txt").write_bytes(telegram(3))
    daemon.decision("later.txt")
    assert daemon.stop() == 0
    assert_each_once(data, {"before.txt", "after.txt", "later.txt"})


def test_a_polled_inbox_is_taken_in(
    start_daemon: StartDaemon, tmp_path: Path, data: DataDirectory
) -> None:
    """Beside a watched one, with a settling time of its own."""
    config = tmp_path / "tidende.toml"
    config.write_text(
        f"""
        [[inboxes]]
        name = "share"
        path = "{tmp_path / "share"}"
        watch = "poll"
        settle_seconds = 0.1
        [[inboxes]]
        name = "wire"
        path = "{tmp_path / "wire"}"
        """
    )
    daemon = start_daemon(NEVER, "intake.poll_seconds=0.1", config=config, settle_seconds=3600.0)
    assert daemon.logged("inbox_watched", inbox="share", by="polling")
    assert daemon.logged("inbox_watched", inbox="wire", by="inotify")
    (tmp_path / "share" / "polled.txt").write_bytes(telegram(1))
    assert daemon.decision("polled.txt") == "new"
    drop(tmp_path, "moved.txt", telegram(2), tmp_path / "wire")
    assert daemon.decision("moved.txt") == "new"
    assert daemon.stop() == 0
    assert_each_once(data, {"polled.txt", "moved.txt"})


def test_what_is_written_into_a_tree_that_was_moved_in_is_found(
    start_daemon: StartDaemon, tmp_path: Path, inbox: Path, data: DataDirectory
) -> None:
    """At any depth, at once and later, in new folders of it, too."""
    daemon = start_daemon("intake.rescan_seconds=0.5")
    tree = fill(tmp_path / "a" / "b" / "c", 3).parent.parent
    tree.rename(inbox / "a")
    (inbox / "a" / "b" / "c" / "late.txt").write_bytes(telegram(10))
    (inbox / "a" / "b" / "d").mkdir()
    (inbox / "a" / "b" / "d" / "later.txt").write_bytes(telegram(11))
    (inbox / "a").rename(inbox / "z")
    (inbox / "z" / "b" / "d" / "latest.txt").write_bytes(telegram(12))
    names = [f"c/000{number}.txt" for number in range(3)]
    paths = {f"z/b/{name}" for name in (*names, "c/late.txt", "d/later.txt", "d/latest.txt")}
    for path in paths:
        daemon.decision(path)
    assert daemon.stop() == 0
    assert paths <= {event["data"]["provenance"]["path"] for event in data.articles()}


def test_a_file_whose_content_changes_behind_its_size_and_date_is_decided_again(
    start_daemon: StartDaemon, inbox: Path, data: DataDirectory
) -> None:
    """And a file from 1990 counts like any other."""
    long_ago = (631_152_000, 631_152_000)
    file = inbox / "a.txt"
    file.write_bytes(telegram(1))
    os.utime(file, long_ago)
    daemon = start_daemon()
    assert daemon.decision("a.txt") == "new"
    daemon.stop()
    with file.open("r+b") as writer:
        writer.write(telegram(2))
    os.utime(file, long_ago)
    daemon = start_daemon()
    daemon.decision("a.txt")
    daemon.stop()
    assert len(data.articles("a.txt")) == 2


def test_health_ends_with_0_while_a_daemon_is_well_and_with_1_without_one(
    start_daemon: StartDaemon, data: DataDirectory
) -> None:
    """Stopped or killed."""
    health = ("health", "--data", data.root)
    assert "no such directory" in run_tidende(*health, code=1).stdout
    daemon = start_daemon()
    assert wait_until((data.root / "health.json").exists, "the first beat")
    assert run_tidende(*health).stdout == "healthy\n"
    said = json.loads(run_tidende(*health, "--json").stdout)
    assert (said["pid"], said["healthy"], said["problems"]) == (daemon.pid, True, [])
    status = json.loads(run_tidende("status", "--data", data.root, "--json").stdout)
    assert (status["healthy"], status["problems"]) == (True, [])
    daemon.stop()
    assert "no daemon" in run_tidende(*health, code=1).stdout
    daemon = start_daemon()
    daemon.stop(signal.SIGKILL)
    assert "no daemon" in run_tidende(*health, code=1).stdout


def test_health_imports_no_heavy_parts(data: DataDirectory) -> None:
    """It is asked every few seconds."""
    code = (
        "import sys; sys.argv = ['tidende', 'health', '--data', sys.argv[1]]\n"
        "from tidende.cli.main import run_command_line\n"
        "try:\n"
        "    run_command_line()\n"
        "except SystemExit as end:\n"
        "    print(end.code, *sorted({name.partition('.')[0] for name in sys.modules}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(data.root)],
        capture_output=True,
        text=True,
        check=True,
    )
    code_and_names = done.stdout.splitlines()[-1].split()
    assert code_and_names[0] == "1"
    heavy = {"sqlalchemy", "alembic", "apscheduler", "structlog", "pydantic_settings", "watchdog"}
    assert heavy.isdisjoint(code_and_names)


def test_an_inbox_that_is_not_there_at_a_start_keeps_no_other_waiting(
    start_daemon: StartDaemon, tmp_path: Path
) -> None:
    """A share may be mounted late; nothing is made in its place."""
    here, late = tmp_path / "here", tmp_path / "mnt" / "wire" / "late"
    config = tmp_path / "tidende.toml"
    config.write_text(
        "".join(f"[[inboxes]]\nname = '{each.name}'\npath = '{each}'\n" for each in (here, late))
    )
    here.mkdir()
    daemon = start_daemon(config=config)
    daemon.wait_for("health_changed", healthy=False)
    drop(tmp_path, "one.txt", telegram(1), here)
    assert daemon.decision("one.txt") == "new"
    assert not late.parent.exists()
    late.mkdir(parents=True)
    drop(tmp_path, "two.txt", telegram(2), late)
    assert daemon.decision("two.txt") == "new"
    assert daemon.stop() == 0
