"""What a process and its children use: processor seconds, and their memory together."""

import os
import re
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

EVERY_SECONDS = 0.25
_TICKS = os.sysconf("SC_CLK_TCK")
_PSS = re.compile(r"^Pss:\s+(\d+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Cpu:
    """Processor seconds, user's and system's, of a process and of all its children."""

    main: float = 0.0
    workers: float = 0.0

    def __sub__(self, other: "Cpu") -> "Cpu":
        return Cpu(self.main - other.main, self.workers - other.workers)

    @property
    def total(self) -> float:
        """Seconds of all."""
        return self.main + self.workers


def cpu(pid: int) -> Cpu:
    """Return what a process and its children have used until now; those that ended count."""
    fields = _stat(pid)
    reaped = (int(fields[13]) + int(fields[14])) / _TICKS
    living = 0.0
    for child in _children(pid):
        with suppress(OSError):
            living += _spent(_stat(child))
    return Cpu(main=_spent(fields), workers=living + reaped)


def memory(pid: int) -> float:
    """Return the megabytes of a process and its children; what they share counts once."""
    return sum(map(_proportional, (pid, *_children(pid)))) / 1024


class Peak(threading.Thread):
    """Watches the `memory` of a process and its children until `stop`; `megabytes` is its peak."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.megabytes = 0.0
        self._pid = pid
        self._over = threading.Event()

    def run(self) -> None:
        """Sample until it is over."""
        while not self._over.wait(EVERY_SECONDS):
            with suppress(OSError):
                self.megabytes = max(self.megabytes, memory(self._pid))

    def stop(self) -> float:
        """End, and return the peak."""
        self._over.set()
        self.join()
        return self.megabytes


def _stat(pid: int) -> list[str]:
    """Return the fields of a process after its name, from its state on."""
    return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()


def _spent(fields: list[str]) -> float:
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _children(pid: int) -> Iterator[int]:
    for thread in os.listdir(f"/proc/{pid}/task"):
        with suppress(OSError):
            listed = Path(f"/proc/{pid}/task/{thread}/children").read_text(encoding="utf-8")
            yield from map(int, listed.split())


def _proportional(pid: int) -> int:
    found = _PSS.search(Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8"))
    return int(found[1]) if found else 0
