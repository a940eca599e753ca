"""The daemon as a process: how it stops, what others may do beside it, and how it bears a loss."""

import json
import os
import re
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from program import (
    DataDirectory,
    StartDaemon,
    assert_each_once,
    is_alive,
    run_tidende,
    wait_until,
)
from seeds import drop, fill


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_with_exit_code_0(
    start_daemon: StartDaemon, number: signal.Signals
) -> None:
    daemon = start_daemon()
    assert daemon.stop(number) == 0
    assert daemon.logged("daemon_stopping", signal=number.name)


@pytest.mark.parametrize("everyone", [False, True])
def test_a_stop_finishes_what_was_begun_and_a_restart_decides_the_rest(
    start_daemon: StartDaemon,
    tmp_path: Path,
    inbox: Path,
    data: DataDirectory,
    *,
    everyone: bool,
) -> None:
    """Also when the workers are signalled with it, as systemd does."""
    count = 300
    daemon = start_daemon()
    fill(tmp_path / "tree", count).rename(inbox / "tree")
    daemon.wait_for("seed_decided")
    if everyone:
        for pid in daemon.workers():
            os.kill(pid, signal.SIGTERM)
    assert daemon.stop() == 0
    assert daemon.logged("daemon_stopped", undecided=False)
    begun = len(daemon.logged("seed_decided"))
    assert len(data.articles()) == begun
    daemon = start_daemon()
    if begun < count:
        daemon.wait_for("seed_decided", count=count - begun)
    daemon.stop()
    assert_each_once(data, {f"tree/{number:04d}.txt" for number in range(count)})


def test_an_interrupt_of_the_whole_process_group_is_a_clean_stop(
    start_daemon: StartDaemon, inbox: Path, data: DataDirectory
) -> None:
    """A terminal's Ctrl-C signals them all."""
    fill(inbox / "tree", 20)
    daemon = start_daemon()
    daemon.wait_for("seed_decided")
    workers = daemon.workers()
    os.killpg(daemon.pid, signal.SIGINT)
    for pid in workers:
        os.killpg(pid, signal.SIGINT)
    assert daemon.wait() == 0
    assert not daemon.logged("worker_died")
    assert len(data.articles()) == len(daemon.logged("seed_decided"))


def test_no_worker_outlives_a_killed_daemon(start_daemon: StartDaemon) -> None:
    daemon = start_daemon(workers=2)
    workers = wait_until(daemon.workers, "the workers")
    daemon.stop(signal.SIGKILL)
    wait_until(lambda: not any(map(is_alive, workers)), "the workers' end")


@pytest.mark.parametrize("command", ["run", "ingest"])
def test_a_second_holder_is_refused_and_told_the_pid(
    start_daemon: StartDaemon, inbox: Path, data: DataDirectory, command: str
) -> None:
    daemon = start_daemon()
    refused = run_tidende(command, "--inbox", inbox, "--data", data.root, code=75)
    assert re.search(rf"\b{daemon.pid}\b", refused.stderr)
    assert daemon.stop() == 0


def test_status_names_the_daemon_while_it_runs(
    start_daemon: StartDaemon, data: DataDirectory
) -> None:
    daemon = start_daemon()
    status = ("status", "--data", data.root, "--json")
    assert json.loads(run_tidende(*status).stdout)["holder"] == daemon.pid
    daemon.stop()
    assert json.loads(run_tidende(*status).stdout)["holder"] is None


def test_digest_run_has_the_daemon_make_the_edition(
    start_daemon: StartDaemon,
    tmp_path: Path,
    inbox: Path,
    data: DataDirectory,
    ferry: bytes,
    library: bytes,
) -> None:
    (inbox / "a.txt").write_bytes(ferry)
    daemon = start_daemon()
    first = daemon.wait_for("edition_made")
    drop(tmp_path, "b.txt", library, inbox)
    daemon.decision("b.txt")
    wait_until_past(first["window_end"])
    made = run_tidende("digest", "run", "daily", "--data", data.root, "--json")
    edition = json.loads(made.stdout)
    daemon.wait_for("edition_made", window_end=edition["window_end"])
    assert edition["articles"] == 1
    assert all(Path(file).is_file() for file in edition["files"])
    daemon.stop()
    assert len(data.events("digest.published")) == 2


def test_a_digest_nobody_configured_is_refused_by_the_daemon(
    start_daemon: StartDaemon, data: DataDirectory
) -> None:
    daemon = start_daemon()
    refused = run_tidende("digest", "run", "weekly", "--data", data.root, code=1)
    assert "weekly" in refused.stderr
    assert daemon.stop() == 0


def test_the_first_edition_covers_all_that_lay_in_the_inbox(
    start_daemon: StartDaemon, inbox: Path, data: DataDirectory
) -> None:
    fill(inbox / "tree", 150)
    daemon = start_daemon()
    daemon.wait_for("edition_made", articles=150)
    daemon.stop()
    assert len(daemon.logged("edition_made")) == 1
    [published] = data.events("digest.published")
    files = [Path(file) for file in published["data"]["files"]]
    assert files[0].suffix == ".md"
    folder = data.editions / "daily"
    assert {file.resolve() for file in folder.iterdir()} == {
        file.resolve() for file in (*files, folder / "index.html")
    }


def test_a_killed_worker_loses_nothing(
    start_daemon: StartDaemon, tmp_path: Path, inbox: Path, data: DataDirectory
) -> None:
    """Neither one that has seeds in hand, nor one that has none."""
    count = 200
    daemon = start_daemon(workers=2)
    [idle, *_] = wait_until(lambda: daemon.workers()[:2], "the workers")
    os.kill(idle, signal.SIGKILL)
    daemon.wait_for("worker_died", pid=idle)
    fill(tmp_path / "tree", count).rename(inbox / "tree")
    daemon.wait_for("seed_decided")
    busy = daemon.workers()[0]
    os.kill(busy, signal.SIGKILL)
    daemon.wait_for("worker_died", pid=busy)
    daemon.wait_for("seed_decided", count=count)
    assert daemon.stop() == 0
    assert_each_once(data, {f"tree/{number:04d}.txt" for number in range(count)})


def wait_until_past(moment: str) -> None:
    """Wait for the second after an RFC 3339 time: windows end on whole seconds, and differ."""
    end = datetime.fromisoformat(moment) + timedelta(seconds=1)
    wait_until(lambda: datetime.now(tz=UTC) >= end, f"the second after {moment}")
