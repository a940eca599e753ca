"""Consumers beside the real daemon: ours, the shell's, and what becomes of what they fail at."""

import json
import os
import re
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from program import TIDENDE, DataDirectory, StartDaemon, environment, run_tidende, wait_until
from seeds import fill

RARELY = "digests.daily.schedule=0 0 29 2 *"
"""Lets no edition be made but the first."""
PARTS = ("ready", "claimed", "returned", "done", "dead")

CONSUMER = """
import sys
from tidende.queue import Queue
with Queue(sys.argv[1], consumer=sys.argv[2]) as queue, open(sys.argv[3], "a") as log:
    for event in queue.follow():
        with event:
            print(event.id, file=log, flush=True)
"""
HANGS = """
import sys, time
from tidende.queue import Queue
queue = Queue(sys.argv[1], consumer="hangs")
print(next(queue.follow()).id, flush=True)
time.sleep(3600)
"""

StartProcess: TypeAlias = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start() -> Iterator[StartProcess]:
    """Return a function that starts a program; all are ended."""
    started: list[subprocess.Popen[str]] = []

    def begin(*command: str | Path, **variables: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [str(each) for each in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment() | variables,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


@pytest.fixture(scope="session")
def shell_consumer(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the consumer that docs/queue.md shows, as a file."""
    page = (root / "docs" / "queue.md").read_text()
    [script] = re.findall(r"^```sh\n(#!/bin/sh\n.*?)^```$", page, re.MULTILINE | re.DOTALL)
    file = tmp_path_factory.mktemp("shell") / "consume"
    file.write_text(script)
    return file


@pytest.fixture
def filled(inbox: Path, data: DataDirectory) -> DataDirectory:
    """Return a data directory with twelve events that are ready, the last an edition's."""
    fill(inbox / "tree", 11)
    run_tidende(
        *("ingest", "--inbox", inbox, "--data", data.root),
        *("--set=intake.settle_seconds=0", f"--set={RARELY}", "--set=workers.count=1"),
    )
    return data


def _counts(data: DataDirectory) -> Counter[str]:
    files = data.queue.rglob("*.json")
    names = (file.relative_to(data.queue).parts for file in files)
    return Counter(parts[0] for parts in names if not parts[-1].endswith(".reason.json"))


def _only(data: DataDirectory, **counts: int) -> Callable[[], bool]:
    return lambda: _counts(data) == Counter(counts)


def _ids(data: DataDirectory) -> set[str]:
    return {str(key) for (key,) in data.rows("SELECT id FROM events")}


def _first(data: DataDirectory) -> tuple[str, str]:
    """Return the number and the id of the first event."""
    event = data.events()[0]
    return event["sequence"].lstrip("0"), event["id"]


def _queue(data: DataDirectory, *arguments: str | Path, code: int = 0) -> str:
    return run_tidende("queue", *arguments, "--data", data.root, code=code).stdout


def _reason(data: DataDirectory) -> dict[str, Any]:
    [file] = (data.queue / "dead").glob("*.reason.json")
    found: dict[str, Any] = json.loads(file.read_bytes())
    return found


def _lines(file: Path) -> Sequence[str]:
    return file.read_text().split() if file.exists() else ()


def test_consumers_of_two_kinds_share_a_queue(
    filled: DataDirectory,
    start_daemon: StartDaemon,
    start: StartProcess,
    shell_consumer: Path,
    inbox: Path,
    tmp_path: Path,
) -> None:
    """Each event is processed at least once, and all end in done."""
    log = tmp_path / "log"
    start_daemon(RARELY)
    for name in ("one", "two"):
        start(sys.executable, "-c", CONSUMER, filled.queue, name, log)
    note = f'grep -o \'"id":"[0-9a-f]*"\' | head -n 1 | cut -d \'"\' -f 4 >>{log}'
    shell = start("sh", shell_consumer, filled.queue, "shell", "sh", "-c", note)
    fill(tmp_path / "more", 40).rename(inbox / "more")
    wait_until(_only(filled, done=52), "every event in done")
    assert set(_lines(log)) == _ids(filled)
    shell.terminate()
    assert shell.wait(60) == 0


def test_the_shell_consumer_hands_back_a_poison_event_which_dies(
    filled: DataDirectory, start_daemon: StartDaemon, start: StartProcess, shell_consumer: Path
) -> None:
    _, poison = _first(filled)
    daemon = start_daemon(RARELY, "queue.max_attempts=2", "queue.retry_seconds=0")
    start("sh", shell_consumer, filled.queue, "shell", "sh", "-c", f"! grep -q {poison}")
    wait_until(_only(filled, done=11, dead=1), "the poison event in dead, the others in done")
    assert _reason(filled)["failures"] == ["exit code 1", "exit code 1"]
    assert _reason(filled)["consumer"] == "shell"
    assert len(daemon.logged("delivery_failed", id=poison)) == 1
    assert daemon.logged("event_died", id=poison, attempts=2)
    assert daemon.stop() == 0


def test_the_shell_consumer_refuses_another_version(
    filled: DataDirectory, start: StartProcess, shell_consumer: Path
) -> None:
    (filled.queue / "VERSION").write_text("2\n")
    shell = start("sh", shell_consumer, filled.queue, "shell", "true")
    assert shell.wait(60) == 2
    assert _counts(filled) == Counter(ready=12)


def test_a_killed_consumers_event_comes_back_after_its_lease(
    filled: DataDirectory, start_daemon: StartDaemon, start: StartProcess
) -> None:
    daemon = start_daemon(RARELY, "queue.lease_seconds=2")
    consumer = start(sys.executable, "-c", HANGS, filled.queue)
    assert consumer.stdout is not None
    held = consumer.stdout.readline().strip()
    assert _counts(filled) == Counter(ready=11, claimed=1)
    consumer.kill()
    wait_until(_only(filled, ready=12), "the event to be ready again")
    failed = daemon.wait_for("delivery_failed", id=held)
    assert (failed["consumer"], failed["message"]) == ("hangs", "its lease ran out")


def test_ingest_sweeps_once(filled: DataDirectory, inbox: Path) -> None:
    """Where cron takes the daemon's place, its next pass brings back what was lost."""
    claim = Path(_queue(filled, "take", "--consumer", "mine").strip())
    _queue(filled, "nack", claim)
    assert _counts(filled) == Counter(ready=11, returned=1)
    settings = (f"--set={RARELY}", "--set=queue.retry_seconds=0")
    run_tidende("ingest", "--inbox", inbox, "--data", filled.root, *settings)
    assert _counts(filled) == Counter(ready=12)


class TestExec:
    def test_it_goes_once_through_what_is_ready(
        self, filled: DataDirectory, tmp_path: Path
    ) -> None:
        """With the event on its standard input, and what it is in its environment."""
        names = ("FILE", "ID", "TYPE", "SEQUENCE")
        fields = "|".join(f"$TIDENDE_EVENT_{name}" for name in names)
        out = tmp_path / "out"
        command = f'cmp -s - "$TIDENDE_EVENT_FILE" && echo "{fields}" >>{out}'
        expected = filled.events()
        _queue(filled, "take", "--exec", command, "--consumer", "mine")
        assert _counts(filled) == Counter(done=12)
        lines = [line.split("|") for line in out.read_text().splitlines()]
        assert [line[1:] for line in lines] == [
            [event["id"], event["type"], event["sequence"].lstrip("0")] for event in expected
        ]
        assert Path(lines[0][0]).parent == filled.queue / "claimed" / "mine"

    def test_events_flow_to_standard_output(self, filled: DataDirectory) -> None:
        """One a line, for a pipe."""
        expected = filled.events()
        printed = _queue(filled, "take", "--exec", "cat && echo")
        assert [json.loads(line) for line in printed.splitlines()] == expected
        assert _counts(filled) == Counter(done=12)

    def test_what_fails_dies_with_code_and_last_line_and_can_be_revived(
        self, filled: DataDirectory, start_daemon: StartDaemon, start: StartProcess
    ) -> None:
        number, poison = _first(filled)
        start_daemon(RARELY, "queue.max_attempts=2", "queue.retry_seconds=0")
        command = f"if grep -q {poison}; then echo first >&2; echo no index >&2; exit 7; fi"
        consumer = start(
            *(*TIDENDE, "queue", "take", "--exec", command, "--follow"), "--data", filled.root
        )
        wait_until(_only(filled, done=11, dead=1), "the poison event in dead")
        assert _reason(filled)["failures"] == ["exit code 7: no index"] * 2
        consumer.terminate()
        assert consumer.wait(60) == 1
        [dead] = json.loads(_queue(filled, "dead", "--json"))
        assert (dead["id"], dead["message"]) == (poison, "exit code 7: no index")
        [revived] = json.loads(_queue(filled, "revive", number, "--json"))
        assert revived["id"] == poison
        assert _counts(filled) == Counter(done=11, ready=1)
        assert filled.rows("SELECT * FROM deliveries") == []

    def test_one_failure_is_exit_code_1_and_the_others_go_on(self, filled: DataDirectory) -> None:
        _, poison = _first(filled)
        _queue(filled, "take", "--exec", f"! grep -q {poison}", code=1)
        assert _counts(filled) == Counter(done=11, returned=1)

    def test_a_command_that_cannot_be_run_fails_one_event_only(self, filled: DataDirectory) -> None:
        done = run_tidende(
            *("queue", "take", "--exec", "/no/such/command", "--data", filled.root), code=1
        )
        assert "can't be run: exit code 127" in done.stderr
        assert _counts(filled) == Counter(ready=11, returned=1)

    def test_the_lease_is_renewed_while_the_command_runs(
        self, filled: DataDirectory, start_daemon: StartDaemon, start: StartProcess, tmp_path: Path
    ) -> None:
        """Beside it, a claim that nobody renews is lost."""
        daemon = start_daemon(RARELY, "queue.lease_seconds=1")
        go = tmp_path / "go"
        os.mkfifo(go)
        command = ("queue", "take", "--exec", f"read line <{go}", "--count", "1")
        consumer = start(*TIDENDE, *command, "--consumer", "busy", "--data", filled.root)
        busy = filled.queue / "claimed" / "busy"
        [held] = wait_until(lambda: list(busy.glob("*.json")), "the claim")
        for count in (1, 2):
            _queue(filled, "take", "--consumer", "idle")
            daemon.wait_for("delivery_failed", count=count, consumer="idle")
        assert held.exists()
        go.write_text("on\n")
        assert consumer.wait(60) == 0
        assert not daemon.logged("delivery_failed", consumer="busy")
        assert _counts(filled)["done"] == 1

    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
    def test_a_signal_lets_the_command_finish(
        self, filled: DataDirectory, start: StartProcess, tmp_path: Path, number: signal.Signals
    ) -> None:
        consumer, go = self._begin(filled, start, tmp_path)
        consumer.send_signal(number)
        go.write_text("on\n")
        assert consumer.wait(60) == 0
        assert _counts(filled) == Counter(ready=11, done=1)

    def test_a_second_signal_ends_the_command_and_hands_the_event_back(
        self, filled: DataDirectory, start: StartProcess, tmp_path: Path
    ) -> None:
        consumer, _ = self._begin(filled, start, tmp_path)
        # Signals of one number that come at once are one.
        consumer.send_signal(signal.SIGTERM)
        consumer.send_signal(signal.SIGINT)
        assert consumer.wait(60) == 1
        assert _counts(filled) == Counter(ready=11, returned=1)
        [file] = (filled.queue / "returned").glob("*.reason.json")
        assert "ended by SIG" in json.loads(file.read_bytes())["message"]

    def test_follow_goes_with_exec(self, filled: DataDirectory) -> None:
        _queue(filled, "take", "--follow", code=2)

    def _begin(
        self, data: DataDirectory, start: StartProcess, folder: Path
    ) -> tuple[subprocess.Popen[str], Path]:
        """Start a consumer whose command waits for a line in a pipe; return when it waits."""
        go, begun = folder / "go", folder / "begun"
        os.mkfifo(go)
        command = f"touch {begun}; read line <{go}"
        consumer = start(
            *(*TIDENDE, "queue", "take", "--exec", command, "--follow"), "--data", data.root
        )
        wait_until(begun.exists, "the command to begin")
        return consumer, go


class TestByHand:
    def test_take_prints_paths_and_ack_takes_them(self, filled: DataDirectory) -> None:
        paths = _queue(filled, "take", "--count", "2").split()
        assert [Path(path).parent.name for path in paths] == ["cli", "cli"]
        _queue(filled, "ack", *paths)
        assert _counts(filled) == Counter(ready=10, done=2)

    @pytest.mark.parametrize("name", ["file", "sequence", "id"])
    def test_a_claim_is_named_by_file_sequence_or_id(
        self, filled: DataDirectory, name: str
    ) -> None:
        [taken] = json.loads(_queue(filled, "take", "--json"))
        wanted = Path(taken["file"]).name if name == "file" else str(taken[name])
        _queue(filled, "nack", "--reason", "no index", wanted)
        [file] = (filled.queue / "returned").glob("*.reason.json")
        assert json.loads(file.read_bytes()) == {"consumer": "cli", "message": "no index"}

    def test_what_is_not_claimed_is_a_clear_error(self, filled: DataDirectory) -> None:
        _queue(filled, "take", "--consumer", "mine")
        for wanted in (("7",), ("1", "--consumer", "other")):
            done = run_tidende("queue", "ack", *wanted, "--data", filled.root, code=1)
            assert f"{wanted[0]}: not claimed" in done.stderr
        assert _counts(filled) == Counter(ready=11, claimed=1)

    def test_status_counts_every_part(self, filled: DataDirectory) -> None:
        _queue(filled, "take", "--count", "3", "--consumer", "mine")
        _queue(filled, "ack", "1")
        _queue(filled, "nack", "2")
        counts = {"ready": 9, "claimed": 1, "returned": 1, "done": 1, "dead": 0}
        told = json.loads(_queue(filled, "status", "--json"))
        assert told == counts | {"consumers": {"mine": 1}}
        status = json.loads(run_tidende("status", "--data", filled.root, "--json").stdout)
        assert {part: status[part] for part in PARTS} == counts

    def test_without_a_daemon_revive_does_it_itself(
        self, filled: DataDirectory, inbox: Path
    ) -> None:
        _queue(filled, "take")
        _queue(filled, "nack", "1")
        settings = ("--set=queue.max_attempts=1", f"--set={RARELY}")
        run_tidende("ingest", "--inbox", inbox, "--data", filled.root, *settings)
        assert _counts(filled) == Counter(ready=11, dead=1)
        _queue(filled, "revive", "--all")
        assert _counts(filled) == Counter(ready=12)

    def test_reviving_what_is_not_dead_is_a_clear_error(self, filled: DataDirectory) -> None:
        done = run_tidende("queue", "revive", "1", "--data", filled.root, code=1)
        assert "1: no dead event" in done.stderr
        _queue(filled, "revive", code=2)
