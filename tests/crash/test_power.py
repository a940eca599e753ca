"""The power fails at any moment: what left the inbox is there, and no event comes a second time.

A file system in a file (ext4, loop-mounted) is shut down by its own ioctl, which drops all that was
not synced, as a power cut does. It is mounted anew, and the daemon started again. A few rounds in
`make test`, 50 with CRASH_POINTS=all (`make crash`); needs root, and is skipped without.
"""

import fcntl
import os
import random
import struct
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from program import DataDirectory, StartDaemon, wait_until
from reckoning import EVERY_POINT, assert_ledger_is_sound, assert_queue_is_ledger, decisions
from seeds import telegram

ROUNDS = 50 if EVERY_POINT else 3
SEEDS = 60
COPY_OF_EACH = 5

SHUTDOWN = 0x8004587D
"""EXT4_IOC_SHUTDOWN of the kernel's fs/ext4/ext4.h."""
WITHOUT_FLUSHING = 2

Sighted = tuple[str, str]
"""An event's sequence and its id."""


class Disk:
    """A file system that can lose its power."""

    def __init__(self, image: Path, place: Path) -> None:
        self.image = image
        self.place = place

    def mount(self) -> None:
        subprocess.run(["mount", "-o", "loop", self.image, self.place], check=True)

    def cut_power(self) -> None:
        """Drop all that isn't on the disk; whoever writes from here on is refused."""
        descriptor = os.open(self.place, os.O_RDONLY)
        fcntl.ioctl(descriptor, SHUTDOWN, struct.pack("I", WITHOUT_FLUSHING))
        os.close(descriptor)
        # What the disk has now. Unmounting writes inodes that no power cut would have written.
        subprocess.run(["cp", "--sparse=always", self.image, self._copy], check=True)

    def restore_power(self) -> None:
        """Mount what was on the disk when its power was cut."""
        subprocess.run(["umount", self.place], check=True)
        self._copy.replace(self.image)
        self.mount()

    @property
    def _copy(self) -> Path:
        return self.image.with_suffix(".copy")


@pytest.fixture
def disk(tmp_path: Path, require_tool: Callable[[str], str]) -> Iterator[Disk]:
    """Return a mounted disk of its own."""
    if os.geteuid() != 0:
        pytest.skip("needs root, to mount a file system")
    image, place = tmp_path / "disk.img", tmp_path / "disk"
    place.mkdir()
    with image.open("wb") as file:
        file.truncate(96 * 1024 * 1024)
    subprocess.run([require_tool("mkfs.ext4"), "-q", "-F", image], check=True)
    found = Disk(image, place)
    try:
        found.mount()
    except subprocess.CalledProcessError as error:
        pytest.skip(f"a file system can't be mounted here: {error}")
    yield found
    subprocess.run(["umount", "-l", place], check=False, capture_output=True)


@pytest.fixture
def inbox(disk: Disk) -> Path:
    """Return an inbox on that disk."""
    path = disk.place / "inbox"
    path.mkdir()
    return path


@pytest.fixture
def data(disk: Disk) -> DataDirectory:
    """Return a data directory on that disk."""
    return DataDirectory(disk.place / "data")


def drop(inbox: Path, names: dict[str, bytes]) -> None:
    """Drop seeds as a careful writer does: each is on the disk when it is in the inbox."""
    for name, content in names.items():
        part = inbox / f"{name}.part"
        with part.open("wb", buffering=0) as file:
            file.write(content)
            os.fsync(file.fileno())
        part.rename(inbox / name)
    descriptor = os.open(inbox, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


def consume(data: DataDirectory) -> set[Sighted]:
    """Take what is ready, and return what was seen."""
    seen = set()
    for file in (data.queue / "ready").glob("*/*.json"):
        sequence, _, identifier = file.stem.partition("-")
        seen.add((sequence, identifier))
        done = data.queue / "done" / file.parent.name
        done.mkdir(exist_ok=True)
        file.rename(done / file.name)
    return seen


def seeds(number: int) -> dict[str, bytes]:
    """Return the seeds of a round, with copies of the last one's among them."""
    return {
        f"{number:03d}-{i:03d}.txt": telegram(
            number * SEEDS + i if i % COPY_OF_EACH else max(number - 1, 0) * SEEDS + i + 1
        )
        for i in range(SEEDS)
    }


@pytest.mark.timeout(3600 if EVERY_POINT else 300)
def test_what_left_the_inbox_survives_any_power_cut(
    disk: Disk, start_daemon: StartDaemon, inbox: Path, data: DataDirectory
) -> None:
    """And what a consumer has seen is in the ledger, under the same number, for ever."""
    chance = random.Random(17)
    config = disk.image.with_name("tidende.toml")
    config.write_text(f'[[inboxes]]\nname = "wire"\npath = "{inbox}"\non_done = "delete"\n')
    dropped: dict[str, bytes] = {}
    seen: set[Sighted] = set()
    for number in range(ROUNDS):
        daemon = start_daemon("queue.reserve_bytes=0", config=config)
        new = seeds(number)
        drop(inbox, new)
        dropped |= new
        enough = chance.randrange(SEEDS)
        wait_until(lambda: len(daemon.logged("seed_decided")) >= enough, "some decisions")  # noqa: B023
        seen |= consume(data)
        disk.cut_power()
        assert daemon.wait() != 0, daemon.told()
        disk.restore_power()
        assert_whole(inbox, data, dropped, seen)
    daemon = start_daemon("queue.reserve_bytes=0", config=config)
    wait_until(lambda: not list(inbox.glob("*.txt")), "an empty inbox")
    assert daemon.stop() == 0
    assert {path for path, *_ in decisions(data).values()} == set(dropped)
    assert len(decisions(data)) == len(dropped)
    assert_ledger_is_sound(data)
    assert_queue_is_ledger(data)


def assert_whole(
    inbox: Path, data: DataDirectory, dropped: dict[str, bytes], seen: set[Sighted]
) -> None:
    """Each seed is in the inbox or decided, and each event that was seen is recorded."""
    assert_ledger_is_sound(data)
    for name, content in dropped.items():
        file = inbox / name
        assert not file.exists() or file.read_bytes() == content
    known = {path for path, *_ in decisions(data).values()}
    assert known | {file.name for file in inbox.glob("*.txt")} == set(dropped)
    recorded = data.rows("SELECT sequence, id FROM events")
    assert seen <= {(f"{sequence:020d}", identifier) for sequence, identifier in recorded}
