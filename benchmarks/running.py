"""A daemon to be measured: started, asked how far it is, stopped."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import closing
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self

from usage import Cpu, Peak, cpu

from tidende.service.layout import DataDirectory

TIDENDE = (sys.executable, "-m", "tidende")
PATIENCE_SECONDS = 1_800.0
POLL_SECONDS = 0.02
FIRST = "Ferja er i rute igjen\n\nRundt 40 biler sto i kø på kaia i Storvik søndag.\n\n(NTB)\n"
QUIET_SECONDS = 1.5
_numbers = count(1)
_DECIDED = b'"event":"seed_decided"'


class RunningDaemon:
    """`tidende run` on an inbox, with its data below `work`; `started` is when it was executed.

    Settings are as the program has them, but for those that are given; it logs JSON to a file, in
    which each decided seed has a line, written when its event is published.
    """

    def __init__(self, work: Path, inbox: Path, settings: Sequence[str] = ()) -> None:
        self.data = DataDirectory(work / "data")
        work.mkdir(parents=True, exist_ok=True)
        address = f"@tidende-benchmark-{os.getpid()}-{next(_numbers)}"
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind("\0" + address[1:])
        self._is_ready = threading.Event()
        self._ready_at = 0.0
        self._log = (work / "log").open("w+b")
        self._tail = b""
        self._count = 0
        command = [*TIDENDE, "run", "--inbox", inbox, "--data", self.data.root]
        self.started = time.perf_counter()
        self._process = subprocess.Popen(
            [*command, *(f"--set={one}" for one in ("log.format=json", *settings))],
            stderr=self._log.fileno(),
            env={**os.environ, "NOTIFY_SOCKET": address},
        )
        self._reader = (work / "log").open("rb")
        threading.Thread(target=self._listen, daemon=True).start()
        self._peak = Peak(self._process.pid)

    def __enter__(self) -> Self:
        self._peak.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.send_signal(signal.SIGTERM)
        code = self._process.wait()
        self._socket.shutdown(socket.SHUT_RDWR)
        for each in (self._socket, self._log, self._reader):
            each.close()
        assert error is not None or code == 0, code

    def wait_ready(self) -> float:
        """Return how many seconds after its execution it said that it is ready."""
        assert self._is_ready.wait(PATIENCE_SECONDS), f"not ready: {self._log.name}"
        return self._ready_at - self.started

    def _listen(self) -> None:
        """Be its service manager; one that doesn't listen to the pings would hold it up."""
        while said := self._socket.recv(4096):
            if said.startswith(b"READY=1"):
                self._ready_at = time.perf_counter()
                self._is_ready.set()

    def decided(self) -> int:
        """Return how many seeds are decided and their events published."""
        said = self._tail + self._reader.read()
        whole, _, self._tail = said.rpartition(b"\n")
        self._count += whole.count(_DECIDED)
        return self._count

    def wait_decided(self, seeds: int) -> float:
        """Return when so many seeds are decided; ends the run when it takes too long."""
        until = time.perf_counter() + PATIENCE_SECONDS
        while self.decided() < seeds:
            assert self._process.poll() is None, f"the daemon has ended: {self._last_words()}"
            assert time.perf_counter() < until, f"only {self._count} of {seeds} are decided"
            time.sleep(POLL_SECONDS)
        return time.perf_counter()

    def warm_up(self, inbox: Path) -> None:
        """Wait until it is ready, its workers have worked, and all is quiet."""
        self.wait_ready()
        drop(FIRST.encode(), inbox / "first.txt")
        self.wait_decided(1)
        time.sleep(QUIET_SECONDS)

    def _last_words(self) -> str:
        return Path(str(self._log.name)).read_text(encoding="utf-8")[-2_000:]

    def cpu(self) -> Cpu:
        """Return what it has used until now."""
        return cpu(self._process.pid)

    def peak_megabytes(self) -> float:
        """Return the most memory that its processes had together."""
        return self._peak.stop()

    def verify(self, seeds: int) -> None:
        """Raise unless the ledger has so many seeds and each of its events stands in ready."""
        with closing(sqlite3.connect(self.data.ledger)) as ledger:
            (known,) = ledger.execute("SELECT count(*) FROM seeds").fetchone()
            (events,) = ledger.execute("SELECT count(*) FROM events").fetchone()
        ready = sum(len(os.listdir(shard)) for shard in (self.data.queue / "ready").iterdir())
        assert known == seeds, f"{known} seeds of {seeds} are in the ledger"
        assert ready == events, f"{ready} events of {events} are ready"


def drop(content: bytes, file: Path) -> float:
    """Put a file into place as a careful writer does, and return when."""
    draft = file.with_name(f".{file.name}.tmp")
    draft.write_bytes(content)
    now = time.perf_counter()
    draft.rename(file)
    return now


def accepts(settings: Sequence[str]) -> str | None:
    """Return why the program refuses settings, None when it takes them."""
    command = [*TIDENDE, "check-config", *(f"--set={one}" for one in settings)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return None if done.returncode == 0 else done.stderr.strip()
