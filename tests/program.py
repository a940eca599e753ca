"""The real program as the tests run it: commands that end, a daemon that stays, and what both left.

Nothing here looks into the program. It is started as a user starts it, and judged by its exit
code, its log, its queue directory and its ledger.
"""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import IO, Any, TypeAlias, TypeVar

T = TypeVar("T")
Json: TypeAlias = dict[str, Any]

BOUND_SECONDS = 60.0
"""How long something may take that is certain to come: only a failure ever waits as long."""
POLL_SECONDS = 0.02

TIDENDE = (sys.executable, "-m", "tidende")


def environment() -> dict[str, str]:
    """Return our own environment without settings that a developer may have in it."""
    return {name: value for name, value in os.environ.items() if not name.startswith("TIDENDE_")}


def run_tidende(
    *arguments: str | Path,
    code: int = 0,
    cwd: Path | None = None,
    bound_seconds: float = BOUND_SECONDS,
) -> subprocess.CompletedProcess[str]:
    """Run one command to its end, and return what it printed; its exit code must be `code`."""
    done = subprocess.run(
        [*TIDENDE, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        env=environment(),
        stdin=subprocess.DEVNULL,
        timeout=bound_seconds,
    )
    assert done.returncode == code, f"exit {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done


def wait_until(condition: Callable[[], T], what: str, *, bound_seconds: float = BOUND_SECONDS) -> T:
    """Return the first true value of a condition; fail with `what` was awaited after the bound."""
    deadline = time.monotonic() + bound_seconds
    while not (found := condition()):
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {bound_seconds} s in vain for {what}")
        time.sleep(POLL_SECONDS)
    return found


class DataDirectory:
    """A data directory as its consumers see it; reading it disturbs nobody."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.queue = root / "queue"
        self.quarantine = root / "quarantine"
        self.editions = root / "editions"
        self.ledger = root / "ledger.sqlite"

    def events(self, kind: str = "") -> list[Json]:
        """Return the events that are ready, in order of sequence; `kind` is part of the type."""
        files = sorted((self.queue / "ready").glob("*/*.json"), key=lambda file: file.name)
        events: list[Json] = [json.loads(file.read_bytes()) for file in files]
        return [event for event in events if kind in event["type"]]

    def articles(self, path: str | None = None) -> list[Json]:
        """Return the articles' events, or only those of the seed at a path."""
        return [
            event
            for event in self.events(".article.")
            if path in (None, event["data"]["provenance"]["path"])
        ]

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Return what the ledger answers to a query."""
        name = f"{self.ledger.as_uri()}?mode=ro"
        with closing(sqlite3.connect(name, uri=True, timeout=BOUND_SECONDS)) as connection:
            return connection.execute(query).fetchall()


def assert_each_once(data: DataDirectory, paths: set[str]) -> None:
    """Every path has one article's event, and what is in the ledger is ready, once."""
    events = data.events()
    found = Counter(event["data"]["provenance"]["path"] for event in data.articles())
    assert found == Counter(paths)
    ids = [event["id"] for event in events]
    assert len(set(ids)) == len(ids)
    assert sorted(ids) == sorted(key for (key,) in data.rows("SELECT id FROM events"))
    assert list((data.queue / "tmp").iterdir()) == []


class Daemon:
    """A daemon that runs: its log so far, its workers, and how to stop it."""

    def __init__(
        self,
        arguments: Sequence[str | Path],
        cwd: Path,
        *,
        program: Sequence[str] = TIDENDE,
        variables: Mapping[str, str] | None = None,
    ) -> None:
        self.log: list[Json] = []
        self._news = threading.Condition()
        self._ended = False
        self.process = subprocess.Popen(
            [*program, "run", *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            cwd=cwd,
            env=environment() | dict(variables or {}),
            start_new_session=True,  # a signal to its process group is not one to ours
        )
        assert self.process.stderr is not None
        self._reader = threading.Thread(target=self._read, args=(self.process.stderr,))
        self._reader.start()

    @property
    def pid(self) -> int:
        """The daemon's process id."""
        return self.process.pid

    def logged(self, event: str, **values: object) -> list[Json]:
        """Return the log lines of an event, or those that hold all `values`."""
        with self._news:
            return [
                line
                for line in self.log
                if line.get("event") == event
                and all(line.get(key) == value for key, value in values.items())
            ]

    def wait_for(self, event: str, *, count: int = 1, **values: object) -> Json:
        """Wait until an event has been logged so often, and return its last line."""
        found: list[Json] = []

        def has_come() -> bool:
            found[:] = self.logged(event, **values)
            return len(found) >= count or self._ended

        with self._news:
            self._news.wait_for(has_come, timeout=BOUND_SECONDS)
        wanted = f"{count} {event} {values}"
        assert len(found) >= count, f"never logged: {wanted}; but\n{self.told()}"
        return found[-1]

    def decision(self, path: str, *, count: int = 1) -> str:
        """Wait until the seed at a path has been decided so often, and return the last word."""
        return str(self.wait_for("seed_decided", count=count, path=path)["decision"])

    def tell(self, line: str) -> None:
        """Write a line to its standard input."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def workers(self) -> list[int]:
        """Return the process ids of the workers that live."""
        return children(self.pid)

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send a signal, wait for the end, and return the exit code."""
        self.process.send_signal(number)
        return self.wait()

    def wait(self) -> int:
        """Wait for the end, and return the exit code."""
        code = self.process.wait(timeout=BOUND_SECONDS)
        self._reader.join()
        if self.process.stdin is not None:
            with suppress(BrokenPipeError):
                self.process.stdin.close()
        return code

    def end(self) -> None:
        """End the daemon and its workers, whatever state they are in."""
        workers = self.workers()
        if self.process.poll() is None:
            self.process.kill()
        for pid in workers:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.wait()

    def told(self) -> str:
        """Return the log as text, for a failure's message."""
        return "\n".join(json.dumps(line, ensure_ascii=False) for line in self.log)

    def _read(self, stream: IO[str]) -> None:
        with stream:
            for line in stream:
                try:
                    said = json.loads(line)
                except ValueError:
                    said = {"event": "no_log_line", "text": line}
                with self._news:
                    self.log.append(said)
                    self._news.notify_all()
        with self._news:
            self._ended = True
            self._news.notify_all()


StartDaemon: TypeAlias = Callable[..., Daemon]
"""Starts a daemon on the test's inbox and data directory; takes `--set` assignments."""


def children(pid: int) -> list[int]:
    """Return the process ids of a process's children that live."""
    everybody = (int(entry.name) for entry in Path("/proc").glob("[0-9]*"))
    return [child for child in everybody if _state_and_parent(child) == ("alive", pid)]


def is_alive(pid: int) -> bool:
    """Say whether a process lives; one that nobody has waited for doesn't."""
    return _state_and_parent(pid)[0] == "alive"


def _state_and_parent(pid: int) -> tuple[str, int]:
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return "gone", 0
    state, parent = status.rpartition(")")[2].split()[:2]
    return ("dead" if state in "ZX" else "alive"), int(parent)
