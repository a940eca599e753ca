"""A long run at a steady rate shows whether memory, descriptors or latency grow.

    python benchmarks/soak.py [--minutes 60] [--rate 50] [--work DIR]

Starts the daemon with the defaults, renames one seed in after another (every tenth a copy of an
earlier one), takes the events as a consumer does, and prints a line a minute: memory of
all its processes, open descriptors of the daemon, and the milliseconds from a file's rename into
the inbox to its event's being readable. Ends with the daemon's exit code, and with 1 if any seed
has no event.
"""

import argparse
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from running import TIDENDE
from usage import memory

WORDS = (  # noqa: SIM905  # a list of so many lines says no more
    "avisen politiet kommunen regjeringen statsministeren kampen byen havnen skolen sykehuset "
    "melder venter sier avviser bekrefter varsler undersøker stanser åpner stenger fredag torsdag "
    "etter under over mellom ifølge prosent millioner kroner personer skadd reddet funnet siktet"
).split()
COPY_OF_EACH = 10
SETTLED_MINUTES = 5
"""The first minutes fill caches; growth is measured after them."""


def article(number: int) -> str:
    """Return about three kilobytes of an article that no other one is like."""
    chance = random.Random(number)
    paragraphs = [
        " ".join(chance.choice(WORDS) for _ in range(60)).capitalize() + "." for _ in range(7)
    ]
    return f"Sak {number} er avgjort\n\n" + "\n\n".join(paragraphs) + "\n\n(NTB)\n"


class Consumer(threading.Thread):
    """Takes every event as soon as it is there, and notes how long it took."""

    def __init__(self, queue: Path) -> None:
        super().__init__(daemon=True)
        self.queue = queue
        self.dropped: dict[str, float] = {}
        self.taken = 0
        self.latencies: list[float] = []

    def run(self) -> None:
        """Take what is ready, for ever."""
        mine = self.queue / "claimed" / "soak"
        mine.mkdir(parents=True, exist_ok=True)
        while True:
            found = sorted((self.queue / "ready").glob("*/*.json"), key=lambda file: file.name)
            seen = time.monotonic()
            for file in found:
                claimed = file.rename(mine / file.name)
                body = claimed.read_bytes()
                start = body.find(b'"path":"') + 8
                name = body[start : body.index(b'"', start)].decode()
                if name in self.dropped:
                    self.latencies.append(1000 * (seen - self.dropped.pop(name)))
                    self.taken += 1
                claimed.rename(self.queue / "done" / file.name[:16] / file.name)
            time.sleep(0.002)


@dataclass(frozen=True)
class Sample:
    """How it stood at the end of a minute."""

    megabytes: float
    handles: int


class Writer:
    """Renames seeds into the inbox, so many a second."""

    def __init__(self, work: Path, rate: float, consumer: Consumer) -> None:
        self.inbox, self.outside = work / "inbox", work / "outside"
        for folder in (self.inbox, self.outside):
            folder.mkdir(parents=True, exist_ok=True)
        self.rate = rate
        self.consumer = consumer
        self.number = 0
        self.start = time.monotonic()

    def write_until(self, moment: float) -> None:
        """Keep the rate until so many seconds after the start."""
        while (now := time.monotonic() - self.start) < moment:
            while self.number < now * self.rate:
                self._drop(self.number)
                self.number += 1
            time.sleep(0.005)

    def _drop(self, number: int) -> None:
        told = number - 1000 if number % COPY_OF_EACH == 0 and number > 1000 else number
        made = self.outside / f"{number:07d}.txt"
        made.write_text(article(told))
        folder = self.inbox / f"{number // 3000:04d}"
        folder.mkdir(exist_ok=True)
        self.consumer.dropped[f"{folder.name}/{made.name}"] = time.monotonic()
        made.rename(folder / made.name)


def soak(work: Path, minutes: int, rate: float) -> int:
    """Run it, and return the exit code."""
    data = work / "data"
    consumer = Consumer(data / "queue")
    writer = Writer(work, rate, consumer)
    settings = ("--set=log.format=json", "--set=log.level=warning")
    with (work / "daemon.log").open("wb") as log:
        daemon = subprocess.Popen(
            [*TIDENDE, "run", "--inbox", writer.inbox, "--data", data, *settings], stderr=log
        )
    while not (data / "queue" / "ready").is_dir():
        time.sleep(0.1)
    consumer.start()
    writer.start = time.monotonic()
    samples = []
    print("minute   seeds  RSS MB  descriptors  p50 ms  p99 ms  max ms", flush=True)
    for minute in range(1, minutes + 1):
        writer.write_until(60 * minute)
        latencies, consumer.latencies = consumer.latencies, []
        sample = Sample(memory(daemon.pid), len(os.listdir(f"/proc/{daemon.pid}/fd")))
        cuts = statistics.quantiles(latencies, n=100)
        print(
            f"{minute:6} {writer.number:7} {sample.megabytes:7.1f} {sample.handles:12} "
            f"{cuts[49]:7.1f} {cuts[98]:7.1f} {max(latencies):7.1f}",
            flush=True,
        )
        samples.append(sample)
    deadline = time.monotonic() + 60
    while consumer.dropped and time.monotonic() < deadline:
        time.sleep(0.1)
    daemon.send_signal(signal.SIGTERM)
    code = daemon.wait()
    first, last = samples[min(SETTLED_MINUTES, len(samples) - 1)], samples[-1]
    print(
        f"{writer.number} seeds, {consumer.taken} events seen, {len(consumer.dropped)} missing; "
        f"after {SETTLED_MINUTES} minutes memory x {last.megabytes / first.megabytes:.2f}, "
        f"descriptors {last.handles - first.handles:+d}; the daemon ended with {code}"
    )
    return code or int(bool(consumer.dropped))


def main() -> int:
    """Run a soak as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=int, default=60)
    parser.add_argument("--rate", type=float, default=50)
    parser.add_argument("--work", type=Path)
    chosen = parser.parse_args()
    work = chosen.work or Path(tempfile.mkdtemp(prefix="tidende-soak-"))
    try:
        return soak(work, chosen.minutes, chosen.rate)
    finally:
        if chosen.work is None:
            shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
