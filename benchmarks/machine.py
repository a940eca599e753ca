"""What the machine allows: the physical limits that stand beside the measured figures."""

import ctypes
import os
import platform
import time
from pathlib import Path

BATCH = 256
FILES = 4_096
EVENT_BYTES = 16_000
"""About what an article's event takes with everything on."""

_libc = ctypes.CDLL(None)


def describe() -> str:
    """Return processor, cores, kernel and Python in a line."""
    info = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    names = [line.partition(":")[2].strip() for line in info.splitlines() if "model name" in line]
    cpu = names[0] if names else platform.machine()
    python = platform.python_version()
    return f"{cpu}, {os.cpu_count()} cores, Linux {platform.release()}, Python {python}"


def durable_files(work: Path) -> float:
    """Return how many files a second can be made durable: a syncfs and a rename each a batch."""
    staged, ready = work / "staged", work / "ready"
    for folder in (staged, ready):
        folder.mkdir(parents=True)
    content = os.urandom(EVENT_BYTES)
    os.sync()
    start = time.perf_counter()
    for first in range(0, FILES, BATCH):
        numbers = range(first, first + BATCH)
        for number in numbers:
            descriptor = os.open(staged / f"{number}", os.O_WRONLY | os.O_CREAT, 0o644)
            os.write(descriptor, content)
            os.close(descriptor)
        _flush(_libc.syncfs, staged)
        for number in numbers:
            os.rename(staged / f"{number}", ready / f"{number}")
        _flush(_libc.fsync, ready)
    return FILES / (time.perf_counter() - start)


def read_rate(folder: Path) -> float:
    """Return how many files of a folder can be opened and read a second, as they are now."""
    names = os.listdir(folder)[:FILES]
    start = time.perf_counter()
    for name in names:
        (folder / name).read_bytes()
    return len(names) / (time.perf_counter() - start)


def _flush(how: "ctypes._NamedFuncPointer", folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    assert how(descriptor) == 0
    os.close(descriptor)
