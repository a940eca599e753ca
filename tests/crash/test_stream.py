"""Killed at random under a stream of seeds, with its consumers: nothing lost, nothing told twice.

A few kills in `make test`; 200 under 5,000 seeds with CRASH_POINTS=all (`make crash`).
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from program import DataDirectory, StartDaemon, environment, wait_until
from reckoning import (
    EVERY_POINT,
    assert_ledger_is_sound,
    assert_queue_is_ledger,
    decided_in_peace,
    decisions,
    files,
)
from seeds import telegram

SEEDS, KILLS = (5_000, 200) if EVERY_POINT else (300, 8)
COPY_OF_EACH = 5
"""One seed in so many is a copy of one that came long before."""
BINARY_EACH = 97
LONGEST_LIFE = 2.0
"""Seconds a daemon or a consumer lives at most: it starts in less than one."""


@dataclass(frozen=True)
class Stream:
    """Seeds that come in one after the other, at a pace that lasts as long as the kills do."""

    outside: Path
    inbox: Path
    pause: float

    def pour(self, ended: threading.Event) -> None:
        """Drop all seeds, each complete from its first moment, by every way there is."""
        drops: tuple[Callable[[Path, Path], object], ...] = (
            lambda made, place: made.rename(place),
            lambda made, place: place.hardlink_to(made),
            self._by_a_temporary_name,
        )
        for number in range(SEEDS):
            made = self.outside / f"{number:05d}.txt"
            made.write_bytes(content(number))
            # In the order of their numbers, however late a scan finds them.
            os.utime(made, (1_000_000 + number, 1_000_000 + number))
            folder = self.inbox / f"hour-{number // 500}"
            folder.mkdir(exist_ok=True)
            drops[number % len(drops)](made, folder / made.name)
            ended.wait(self.pause)

    @staticmethod
    def _by_a_temporary_name(made: Path, place: Path) -> None:
        shutil.copy2(made, place.with_suffix(".part"))
        place.with_suffix(".part").rename(place)


def content(number: int) -> bytes:
    """Return the content of a seed: a telegram, a copy of an earlier one, or no text."""
    if number % BINARY_EACH == BINARY_EACH - 1:
        return bytes(range(256)) + number.to_bytes(4, "big")
    if number % COPY_OF_EACH == COPY_OF_EACH - 1 and number > SEEDS // 2:
        # Another crawl header: the same text, not the same bytes, every second time.
        original = telegram((number - SEEDS // 2) // COPY_OF_EACH * COPY_OF_EACH)
        return original if number % 2 else b" date 2018-02 \n" + original
    return telegram(number)


@contextmanager
def consumers(data: DataDirectory, logs: Path, ended: threading.Event) -> Iterator[None]:
    """Run two consumers that are killed again and again, until the stream has ended."""
    chance = random.Random(20)

    def run(name: str) -> None:
        life = 0
        while not ended.is_set():
            life += 1
            arguments = [str(data.queue), f"{name}-{life}", str(logs / name)]
            process = subprocess.Popen(
                [sys.executable, str(Path(__file__).with_name("consumer.py")), *arguments],
                env=environment(),
            )
            ended.wait(chance.uniform(0, LONGEST_LIFE))
            process.kill()
            process.wait()

    threads = [threading.Thread(target=run, args=(name,)) for name in ("ada", "bo")]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join()


@pytest.mark.timeout(3600 if EVERY_POINT else 300)
def test_a_stream_is_decided_once_however_often_all_are_killed(
    tmp_path: Path, start_daemon: StartDaemon, inbox: Path, data: DataDirectory
) -> None:
    """The same decisions come of it as of one pass over the same inbox."""
    chance = random.Random(4)
    outside = tmp_path / "outside"
    logs = tmp_path / "logs"
    outside.mkdir()
    logs.mkdir()
    ended = threading.Event()
    stream = Stream(outside, inbox, pause=KILLS * LONGEST_LIFE / 2 / SEEDS)
    pouring = threading.Thread(target=stream.pour, args=(ended,))
    pouring.start()
    leases = ("queue.lease_seconds=1", "queue.max_attempts=1000", "queue.retry_seconds=0")
    try:
        with consumers(data, logs, ended):
            for _ in range(KILLS):
                daemon = start_daemon(*leases, ready=False)
                threading.Event().wait(chance.uniform(0, LONGEST_LIFE))
                assert daemon.stop(signal.SIGKILL) == -signal.SIGKILL, daemon.told()
            pouring.join()
            daemon = start_daemon(*leases)
            wait_until(lambda: decided(data) == SEEDS, "all decisions", bound_seconds=600)
            wait_until(lambda: not waiting(data), "all events to be taken", bound_seconds=600)
    finally:
        ended.set()
        pouring.join()
    assert daemon.stop() == 0
    assert_ledger_is_sound(data)
    assert_queue_is_ledger(data)
    assert decisions(data) == decided_in_peace(inbox, DataDirectory(tmp_path / "peace"))
    seen = {name for log in logs.iterdir() for name in log.read_text().split()}
    # The edition follows the last decision, perhaps when the consumers have left.
    assert set(files(data)) - editions(data) <= seen <= set(files(data))


def editions(data: DataDirectory) -> set[str]:
    """Return the names of the events that tell of editions."""
    query = "SELECT sequence, id FROM events WHERE type = 'tidende.digest.published.v1'"
    return {f"{sequence:020d}-{key}.json" for sequence, key in data.rows(query)}


def decided(data: DataDirectory) -> int:
    """Return how many seeds were decided."""
    [(number,)] = data.rows("SELECT count(*) FROM seeds")
    return int(number)


def waiting(data: DataDirectory) -> bool:
    """Say whether any event is not yet acknowledged."""
    places = ("ready", "claimed", "returned", "tmp")
    return any(file.is_file() for place in places for file in (data.queue / place).rglob("*"))
