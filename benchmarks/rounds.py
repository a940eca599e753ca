"""The rounds of `pipeline.py` that take in a whole corpus."""

import shutil
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from reporting import Run
from running import RunningDaemon, drop
from usage import Cpu


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What is measured with: an inbox and its files, how often, and where.

    `known` are few and many articles, `old` files at a restart, `start` what a start costs.
    """

    work: Path
    inbox: Path
    files: Sequence[Path]
    rounds: int
    known: tuple[int, int]
    old: int
    start: Cpu

    def folder(self, name: str) -> Path:
        """Return a new folder."""
        return Path(tempfile.mkdtemp(prefix=f"{name}-", dir=self.work))


def one_backlog(bench: Bench, settings: Sequence[str] = (), ledger: Path | None = None) -> Run:
    """Take in the inbox, from execution to the last event; over a copy of a ledger."""
    work = bench.folder("backlog")
    if ledger is not None:
        (work / "data").mkdir()
        shutil.copy(ledger, work / "data" / "ledger.sqlite")
    with RunningDaemon(work, bench.inbox, settings) as daemon:
        took = daemon.wait_decided(len(bench.files)) - daemon.started
        run = Run(len(bench.files) / took, daemon.cpu() - bench.start, daemon.peak_megabytes())
    if ledger is None:
        daemon.verify(len(bench.files))
    return run


def one_burst(bench: Bench) -> Run:
    """Write all files into the inbox at once, each to a hidden name there first."""
    inbox, work = bench.folder("inbox"), bench.folder("burst")
    contents = [(inbox / file.name, file.read_bytes()) for file in bench.files]
    with RunningDaemon(work, inbox) as daemon:
        daemon.warm_up(inbox)
        before, begin = daemon.cpu(), time.perf_counter()
        writer = threading.Thread(target=lambda: [drop(what, file) for file, what in contents])
        writer.start()
        took = daemon.wait_decided(len(contents) + 1) - begin
        run = Run(len(contents) / took, daemon.cpu() - before, daemon.peak_megabytes())
    daemon.verify(len(contents) + 1)
    return run
