"""More than inotify can tell of, and slower than it can wait for: the scanner has the last word.

100,000 files at once with CRASH_POINTS=all (`make crash`), fewer in `make test`.
"""

import fcntl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from program import DataDirectory, StartDaemon, assert_each_once, wait_until
from reckoning import EVERY_POINT, assert_ledger_is_sound, assert_queue_is_ledger
from seeds import telegram

FILES = 100_000 if EVERY_POINT else 2_000
PAUSE_SECONDS = 4.0 if EVERY_POINT else 0.5
QUEUE = Path("/proc/sys/fs/inotify/max_queued_events")
SMALL = 64


@contextmanager
def small_event_queue() -> Iterator[None]:
    """Have the kernel give new watches a queue of 64 events; it is the machine's setting."""
    with Path("/tmp/tidende-tests-inotify.lock").open("w") as lock:  # noqa: S108  # for all runs
        fcntl.flock(lock, fcntl.LOCK_EX)
        before = QUEUE.read_text()
        try:
            QUEUE.write_text(f"{SMALL}\n")
        except OSError as error:
            pytest.skip(f"{QUEUE} can't be set here: {error}")
        try:
            yield
        finally:
            QUEUE.write_text(before)


@pytest.mark.timeout(3600 if EVERY_POINT else 300)
def test_files_that_inotify_cannot_tell_of_are_all_decided(
    inbox: Path, data: DataDirectory, start_daemon: StartDaemon
) -> None:
    """Nobody reads as fast as files are dropped."""
    with small_event_queue():
        daemon = start_daemon("intake.rescan_seconds=3600")
    names = {f"{number:06d}.txt" for number in range(FILES)}
    for name in names:
        (inbox / name).write_bytes(telegram(int(name[:6])))
    daemon.wait_for("watch_overflowed")
    wait_until(
        lambda: data.rows("SELECT count(*) FROM seeds") == [(FILES,)],
        "all decisions",
        bound_seconds=3000,
    )
    assert daemon.stop() == 0
    assert_each_once(data, names)
    assert_ledger_is_sound(data)
    assert_queue_is_ledger(data)


def test_a_writer_that_pauses_for_less_than_the_settle_time_is_waited_for(
    inbox: Path, data: DataDirectory, start_daemon: StartDaemon
) -> None:
    """It closes the file after each piece; only time tells that it is complete."""
    daemon = start_daemon(settle_seconds=2 * PAUSE_SECONDS)
    content = telegram(1)
    pieces = [content[start : start + 40] for start in range(0, len(content), 40)]
    for piece in pieces:
        with (inbox / "slow.txt").open("ab") as file:
            file.write(piece)
        threading.Event().wait(PAUSE_SECONDS)
    assert daemon.decision("slow.txt") == "new"
    assert daemon.stop() == 0
    [article] = data.articles()
    assert article["data"]["text"].encode() == content
