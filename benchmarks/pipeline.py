"""The whole pipeline: a backlog, a burst, a trickle, with much known, at a restart, beside peers.

    python benchmarks/pipeline.py [MODE ...] [--articles N] [--rounds N] [--work DIR]

Machines differ and are noisy, so what the machine allows is measured in the same run, and peers
take the same files: read the ratios. Each figure is the median of the rounds, with the least and
the greatest. "main" and "workers" are milliseconds of processor time an article, without what a
start takes; "peak" is the memory of all processes (PSS) at its highest.

    start    (always) from execution to READY, and to the first event, on an empty data directory
    backlog  the articles lie in the inbox when the daemon starts; also lean (see LEAN)
    burst    into a running daemon, as fast as they can be written, the writer's temporary files
             inside the inbox
    trickle  50 a second; from a file's being closed and renamed to its event's being readable
    known    a backlog with few and with many known articles
    restart  on a large ledger and an inbox of old files: READY, and the event of a new file
    peers    the same backlog through other programs (--plain, --pathway, --spark, --chokidar
             say where they are installed)

Nothing below --work is deleted before the end, since a file system that has just deleted much
creates files slowly.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import corpus
import machine
from latency import Arrivals, latencies
from ledgers import old_inbox, with_known
from peers import backlog as peer_backlog
from peers import peers
from reporting import Run, show, spread
from rounds import Bench, one_backlog, one_burst
from running import FIRST, RunningDaemon, accepts, drop
from usage import Cpu

LEAN = ("extraction.enabled=false",)
"""Language, exact and near copies, durable files; no extraction and no stories."""
TRICKLE_RATE, TRICKLE_SECONDS = 50, 20


def start(work: Path, rounds: int) -> Cpu:
    """Print how long a start takes, and return what it costs."""
    ready, first, costs = [], [], []
    for number in range(rounds):
        inbox = work / f"start-{number}" / "inbox"
        inbox.mkdir(parents=True)
        with RunningDaemon(inbox.parent, inbox) as daemon:
            ready.append(daemon.wait_ready())
            drop(FIRST.encode(), inbox / "first.txt")
            first.append(daemon.wait_decided(1) - daemon.started)
            costs.append(daemon.cpu())
    cost = sorted(costs, key=lambda each: each.total)[len(costs) // 2]
    said = f"ready {spread(ready, 's')}, first event {spread(first, 's')}"
    print(f"start: {said}, processor {cost.main:.2f} + {cost.workers:.2f} s", flush=True)
    return cost


def backlog(bench: Bench) -> None:
    """Print how fast a full inbox is taken in, with everything on and lean."""
    report(bench, "backlog", lambda: one_backlog(bench))
    if refusal := accepts(LEAN):
        print(f"backlog, lean: skipped: {refusal}")
    else:
        report(bench, "backlog, lean", lambda: one_backlog(bench, settings=LEAN))


def burst(bench: Bench) -> None:
    """Print how fast a burst into a running daemon is decided."""
    report(bench, "burst", lambda: one_burst(bench))


def trickle(bench: Bench) -> None:
    """Print the latency at a steady rate, and the daemon's share of one core meanwhile."""
    inbox, work = bench.folder("inbox"), bench.folder("trickle")
    chosen = (list(bench.files) * TRICKLE_SECONDS)[: TRICKLE_RATE * TRICKLE_SECONDS]
    contents = [file.read_bytes() for file in chosen]
    closed: dict[str, float] = {}
    with RunningDaemon(work, inbox) as daemon:
        daemon.warm_up(inbox)
        (shard,) = (daemon.data.queue / "ready").iterdir()
        arrivals = Arrivals(shard)
        arrivals.start()
        before, begin = daemon.cpu(), time.perf_counter()
        for number, content in enumerate(contents):
            time.sleep(max(0.0, begin + number / TRICKLE_RATE - time.perf_counter()))
            name = f"{number:06d}.txt"
            closed[name] = drop(content, inbox / name)
        daemon.wait_decided(len(contents) + 1)
        used, took = daemon.cpu() - before, time.perf_counter() - begin
    found = sorted(latencies(daemon.data.queue / "ready", arrivals.seen, closed))
    cuts = statistics.quantiles(found, n=100)
    print(
        f"trickle, {TRICKLE_RATE}/s: p50 {cuts[49]:.1f} ms, p99 {cuts[98]:.1f} ms, "
        f"most {found[-1]:.1f} ms; {100 * used.total / took:.0f} % of a core "
        f"(main {100 * used.main / took:.0f}, workers {100 * used.workers / took:.0f})",
        flush=True,
    )


def known(bench: Bench) -> None:
    """Print the same backlog's rate with few and with many known articles, in turn."""
    ledgers = {count: with_known(bench.folder("known"), count) for count in bench.known}
    runs: dict[int, list[Run]] = {count: [] for count in ledgers}
    for _ in range(bench.rounds):
        for count, ledger in ledgers.items():
            runs[count].append(one_backlog(bench, ledger=ledger))
    for count, found in runs.items():
        show(f"backlog, {count:,} known", found, len(bench.files))
    few, many = runs.values()
    pairs = zip(few, many, strict=True)
    ratio = statistics.median(two.cpu.total / one.cpu.total for one, two in pairs)
    print(f"processor time with many known: {ratio:.2f} times that with few", flush=True)


def restart(bench: Bench) -> None:
    """Print how long a restart takes on a large ledger, with old files in the inbox."""
    inbox, work = bench.folder("inbox"), bench.folder("restart")
    (work / "data").mkdir()
    ledger = with_known(work / "data", bench.known[1])
    old_inbox(inbox, bench.old, ledger)
    ready, first = [], []
    for number in range(bench.rounds):
        with RunningDaemon(work, inbox) as daemon:
            ready.append(daemon.wait_ready())
            drop(f"Nr. {number}. {FIRST}".encode(), inbox / f"new-{number}.txt")
            first.append(daemon.wait_decided(1) - daemon.started)
    told = f"{bench.known[1]:,} known, {bench.old:,} old files"
    print(f"restart, {told}: ready {spread(ready, 's')}, first event {spread(first, 's')}")


def others(bench: Bench, places: argparse.Namespace) -> None:
    """Print the peers' rates, in turn with ours, as ratios."""
    found = list(
        peers(
            plain=places.plain,
            pathway=places.pathway,
            spark=places.spark,
            chokidar=places.chokidar,
        )
    )
    rates: dict[str, list[float]] = {peer.name: [] for peer in found if peer.missing is None}
    ours: list[float] = []
    for _ in range(bench.rounds):
        ours.append(one_backlog(bench).rate)
        for peer in (each for each in found if each.missing is None):
            made, took = peer_backlog(peer, bench.inbox, bench.folder("peer"))
            rates[peer.name].append(len(bench.files) / took if made else 0.0)
    print(f"tidende, everything on: {spread(ours, 'articles/s', 0)}")
    for peer in found:
        if peer.missing is not None:
            print(f"{peer.name}: skipped: {peer.missing}")
            continue
        ratio = statistics.median(ours) / max(statistics.median(rates[peer.name]), 1e-9)
        said = spread(rates[peer.name], "articles/s", 0)
        print(f"{peer.name}: {said}; tidende {ratio:.2f} times that ({peer.does})", flush=True)


def report(bench: Bench, name: str, job: Callable[[], Run]) -> None:
    """Do something so many rounds, and print it."""
    show(name, [job() for _ in range(bench.rounds)], len(bench.files))


MODES: dict[str, Callable[[Bench], None]] = {
    "backlog": backlog,
    "burst": burst,
    "trickle": trickle,
    "known": known,
    "restart": restart,
}


PEERS = "peers"


def options() -> argparse.Namespace:
    """Return what the command line asks for."""
    every = (*MODES, PEERS)
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("modes", nargs="*", metavar="MODE", help=f"of {', '.join(every)}; all")
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--known", type=int, nargs=2, default=(2_000, 200_000))
    parser.add_argument("--old", type=int, default=20_000, help="old files at a restart")
    parser.add_argument("--work", type=Path, help="a directory on the disk to measure")
    parser.add_argument("--corpus", type=Path, help="a folder of articles, instead of making some")
    parser.add_argument("--plain", type=Path, metavar="PYTHON", default=Path(sys.executable))
    for peer, place in (("pathway", "PYTHON"), ("spark", "PYTHON"), ("chokidar", "FOLDER")):
        parser.add_argument(f"--{peer}", type=Path, metavar=place, help="where it is installed")
    chosen = parser.parse_args()
    if unknown := set(chosen.modes) - set(every):
        parser.error(f"no such mode: {', '.join(sorted(unknown))}")
    return chosen


def main() -> None:
    """Measure, and print."""
    chosen = options()
    work = Path(tempfile.mkdtemp(prefix="tidende-benchmark-", dir=chosen.work))
    try:
        inbox = chosen.corpus or corpus.lay_out(work, chosen.articles)
        print(machine.describe())
        durable, read = machine.durable_files(work / "machine"), machine.read_rate(inbox)
        files = sorted(inbox.iterdir())
        made = chosen.corpus or corpus.kind()
        print(f"{len(files):,} articles ({made}), medians of {chosen.rounds}, on {work.parent}")
        print(
            f"limits: {durable:.0f} durable files/s of 16 KB, {read:.0f} files read/s", flush=True
        )
        bench = Bench(
            work=work,
            inbox=inbox,
            files=files,
            rounds=chosen.rounds,
            known=tuple(chosen.known),
            old=chosen.old,
            start=start(work, chosen.rounds),
        )
        for mode in chosen.modes or (*MODES, PEERS):
            if mode == PEERS:
                others(bench, chosen)
            else:
                MODES[mode](bench)
    finally:
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
