"""Seeds that can't be read are kept with their reason, and can be tried again."""

import json
import shutil
from pathlib import Path

from program import DataDirectory, StartDaemon, assert_each_once, run_tidende
from seeds import BINARY, drop, telegram


def test_a_binary_file_is_kept_with_its_reason_and_has_an_event(
    start_daemon: StartDaemon, inbox: Path, data: DataDirectory, samples: Path
) -> None:
    daemon = start_daemon()
    shutil.copy(samples / BINARY, inbox)
    assert daemon.decision(BINARY) == "quarantined"
    daemon.stop()
    [event] = data.events("seed.quarantined")
    key = event["data"]["quarantine"]
    copy = data.quarantine / f"{key}-{BINARY}"
    reason = json.loads(copy.with_name(f"{copy.name}.reason.json").read_bytes())
    assert copy.read_bytes() == (samples / BINARY).read_bytes()
    assert reason["reason"] == event["data"]["reason"] == "not-text"
    assert reason["provenance"]["path"] == BINARY
    assert len(list(data.quarantine.iterdir())) == 2


def test_the_command_line_lists_shows_and_retries_beside_the_daemon(
    start_daemon: StartDaemon, inbox: Path, data: DataDirectory, samples: Path
) -> None:
    daemon = start_daemon()
    shutil.copy(samples / BINARY, inbox)
    daemon.decision(BINARY)
    at = ("--data", data.root, "--json")
    [listed] = json.loads(run_tidende("quarantine", "ls", *at).stdout)
    shown = json.loads(run_tidende("quarantine", "show", listed["key"], *at).stdout)
    assert shown == listed
    assert Path(shown["copy"]).is_file()
    [tried] = json.loads(run_tidende("quarantine", "retry", listed["key"], *at).stdout)
    assert (tried["key"], tried["decision"]) == (listed["key"], "quarantined")
    assert len(daemon.logged("seed_decided", path=BINARY)) == 2  # the daemon did it
    [listed] = json.loads(run_tidende("quarantine", "ls", *at).stdout)
    assert listed["attempts"] == 2
    daemon.stop()
    events = data.events("seed.quarantined")
    assert [event["data"]["attempt"] for event in events] == [1, 2]
    assert len({event["id"] for event in events}) == 2


def test_a_seed_that_was_too_large_is_read_when_the_limit_is_raised(
    start_daemon: StartDaemon, inbox: Path, data: DataDirectory, ferry: bytes
) -> None:
    """It is no longer in quarantine then, and has its article's event."""
    daemon = start_daemon("limits.seed_bytes=100")
    (inbox / "large.txt").write_bytes(ferry)
    assert daemon.decision("large.txt") == "quarantined"
    daemon.stop()
    daemon = start_daemon()
    at = ("--data", data.root, "--json")
    [tried] = json.loads(run_tidende("quarantine", "retry", "--all", *at).stdout)
    assert tried["decision"] == "new"
    assert json.loads(run_tidende("quarantine", "ls", *at).stdout) == []
    daemon.stop()
    assert_each_once(data, {"large.txt"})
    assert list(data.quarantine.iterdir()) == []


def test_retrying_a_seed_that_has_been_replaced_says_nothing_of_its_successor(
    start_daemon: StartDaemon,
    tmp_path: Path,
    inbox: Path,
    data: DataDirectory,
    samples: Path,
    ferry: bytes,
) -> None:
    daemon = start_daemon("intake.rescan_seconds=0.2")
    drop(tmp_path, "a.txt", (samples / BINARY).read_bytes(), inbox)
    daemon.decision("a.txt")
    drop(tmp_path, "a.txt", ferry, inbox)
    daemon.decision("a.txt", count=2)
    run_tidende("quarantine", "retry", "--all", "--data", data.root)
    daemon.decision("a.txt", count=3)
    (inbox / "beside.txt").write_bytes(telegram(1))  # at least one scan later
    daemon.decision("beside.txt")
    daemon.stop()
    assert_each_once(data, {"a.txt", "beside.txt"})
