"""Where the time goes: each stage's processor time an article, and the functions that take most.

    make profile          (or: python benchmarks/stages.py [--articles N] [--corpus DIR] [--top N])

One process does what workers and the daemon do, one after the other, with everything on and in
batches as under load. The articles are seen for the first time: memories that the same articles
had filled would flatter. The first ones aren't counted, they pay for patterns and tables. A stage's
time is its own, without that of the stages within; "waits" is what passed beside it: for the disk,
and for the processor where others use it. The functions are cProfile's, over other articles; it
makes small ones dearer than they are.
"""

import argparse
import cProfile
import gc
import importlib
import pickle
import pstats
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import corpus

from tidende import clock, logs
from tidende.intake.gate import Gate
from tidende.lexicon import gazetteer
from tidende.model.limits import Limits
from tidende.model.seed import Candidate
from tidende.service import processing
from tidende.service.outcome import Outcome
from tidende.service.pipeline import Pipeline
from tidende.service.wiring import Parts, hold
from tidende.settings import load

BATCH = 64
"""About what the committer finds finished under load."""
WARM = 5  # batches

WORKERS = {
    "read": "tidende.service.processing:read",
    "parse": "tidende.service.processing:parse",
    "enrich": "tidende.service.processing:enrich",
    "gather": "tidende.service.processing:gather",
    "fingerprint": "tidende.service.processing:fingerprint",
    "sketch": "tidende.service.processing:sketch",
    "keys": "tidende.service.processing:keys",
    "pack": "tidende.service.processing:pack",
    "prepare": "tidende.service.processing:prepare",
    "other": "tidende.service.processing:process",
    "send": "stages:send",
}
MAIN = {
    "receive": "stages:receive",
    "look up": "tidende.service.recording:Memory.look_up",
    "decide": "tidende.service.comparing:Comparing.decide",
    "weigh and part": "tidende.service.linking:Linking.place",
    "follow": "tidende.service.linking:Linking.follow",
    "index": "tidende.service.catalogue:Search.add",
    "seal": "tidende.service.recording:seal_article",
    "seal stories": "tidende.service.recording:seal_story",
    "ledger rows": "tidende.service.recording:Recording.write",
    "record events": "tidende.service.outbox:Outbox.enter",
    "stage": "tidende.emit.queue_directory:QueueDirectory.stage",
    "publish": "tidende.emit.queue_directory:QueueDirectory.publish",
    "ledger commit, other": "tidende.service.committer:Committer.commit",
    "log": "tidende.service.pipeline:_log",
}


@dataclass(slots=True)
class Stopwatch:
    """Processor and wall seconds of stages, each without those within it."""

    spent: dict[str, list[float]] = field(default_factory=lambda: defaultdict(lambda: [0.0, 0.0]))
    _running: list[str] = field(default_factory=list)
    _since: tuple[float, float] = (0.0, 0.0)

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function, with its time noted."""

        def run(*args: Any, **kwargs: Any) -> Any:
            self._switch()
            self._running.append(stage)
            try:
                made = function(*args, **kwargs)
                return list(made) if isinstance(made, Iterator) else made
            finally:
                self._switch()
                self._running.pop()

        return run

    def _switch(self) -> None:
        """Give the time since the last switch to the stage that has run."""
        now = (time.thread_time(), time.perf_counter())
        if self._running:
            spent = self.spent[self._running[-1]]
            spent[0] += now[0] - self._since[0]
            spent[1] += now[1] - self._since[1]
        self._since = now


class InlineWorkers:
    """Stands for the worker pool, in this process."""

    def __init__(self) -> None:
        self._waiting: list[Candidate] = []

    def put(self, candidates: Iterable[Candidate]) -> None:
        """Take in candidates."""
        self._waiting += candidates

    def take(self) -> Iterator[Outcome]:
        """Yield their outcomes."""
        waiting, self._waiting = self._waiting, []
        made = [processing.process(one, limits=Limits(), now=clock.now) for one in waiting]
        return iter(receive(send(made)))

    def connections(self) -> list[Connection]:
        """Return nothing: there is none to wait for."""
        return []


def send(outcomes: Sequence[Outcome]) -> bytes:
    """Make of outcomes what a worker sends."""
    return pickle.dumps(outcomes)


def receive(sent: bytes) -> list[Outcome]:
    """Make outcomes of what a worker has sent."""
    received: list[Outcome] = pickle.loads(sent)  # noqa: S301
    return received


def watch(stopwatch: Stopwatch) -> None:
    """Have the stages' times noted."""
    for stage, place in (*WORKERS.items(), *MAIN.items()):
        module, _, name = place.partition(":")
        owner = globals() if module == "stages" else importlib.import_module(module)
        *around, name = name.split(".")
        for each in around:
            owner = getattr(owner, each)
        if isinstance(owner, dict):
            owner[name] = stopwatch.timed(stage, owner[name])
        else:
            setattr(owner, name, stopwatch.timed(stage, getattr(owner, name)))


def take_in(parts: Parts, candidates: Sequence[Candidate]) -> None:
    """Take in candidates, batch by batch."""
    gate = Gate(settle_seconds=0, monotonic=clock.monotonic, wall=time.time)
    way = Pipeline(gate=gate, workers=InlineWorkers(), committer=parts.committer)  # type: ignore[arg-type]
    for first in range(0, len(candidates), BATCH):
        way.process(candidates[first : first + BATCH])
        assert way.collect(), way.postponed


def table(stopwatch: Stopwatch, count: int) -> None:
    """Print what each stage took."""
    total = sum(cpu for cpu, _ in stopwatch.spent.values())
    print(f"{'µs an article':22} {'processor':>9} {'share':>6} {'waits':>7}")
    for title, stages in (("workers", WORKERS), ("main process", MAIN)):
        spent = {stage: stopwatch.spent[stage] for stage in stages if stage in stopwatch.spent}
        _line(title, sum(cpu for cpu, _ in spent.values()), 0.0, total, count)
        for stage, (cpu, wall) in sorted(spent.items(), key=lambda item: -item[1][0]):
            _line(f"  {stage}", cpu, max(0.0, wall - cpu), total, count)
    _line("all", total, 0.0, total, count)


def _line(name: str, cpu: float, waits: float, total: float, count: int) -> None:
    waited = f"{waits / count * 1e6:7.0f}" if waits else ""
    print(f"{name:22} {cpu / count * 1e6:9.0f} {cpu / total:6.1%} {waited}")


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=1_500)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--top", type=int, default=25, help="functions to list; 0 for none")
    chosen = parser.parse_args()
    warm, profiled = WARM * BATCH, chosen.articles // 2 if chosen.top else 0
    with tempfile.TemporaryDirectory(prefix="tidende-stages-") as name:
        work = Path(name)
        needed = warm + chosen.articles + profiled
        inbox = chosen.corpus or corpus.lay_out(work, needed)
        with (work / "log").open("w") as log:
            logs.configure(level="info", form="json", stream=log)
            with hold(load(None, ()).placed_at(inbox=inbox, data=work / "data")) as parts:
                found = parts.scan.run()[:needed]
                gazetteer.load()
                take_in(parts, found[:warm])
                gc.collect()
                gc.freeze()
                counted = found[warm : warm + chosen.articles]
                profile = cProfile.Profile()
                rest = found[warm + chosen.articles :]
                if rest:
                    profile.runcall(take_in, parts, rest)
                stopwatch = Stopwatch()
                watch(stopwatch)
                take_in(parts, counted)
        table(stopwatch, len(counted))
        if rest:
            print()
            pstats.Stats(profile).strip_dirs().sort_stats("tottime").print_stats(chosen.top)


if __name__ == "__main__":
    main()
