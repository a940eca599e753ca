"""From a file's being closed to its event's being readable."""

import ctypes
import os
import struct
import threading
import time
from pathlib import Path

import orjson

_MOVED_TO = 0x80
_HEADER = struct.Struct("iIII")
_libc = ctypes.CDLL(None)


class Arrivals(threading.Thread):
    """Notes when each name appears in a folder, as inotify tells it, until `stop`."""

    def __init__(self, folder: Path) -> None:
        super().__init__(daemon=True)
        self.seen: dict[str, float] = {}
        self._descriptor = _libc.inotify_init1(0)
        assert _libc.inotify_add_watch(self._descriptor, os.fsencode(folder), _MOVED_TO) >= 0

    def run(self) -> None:
        """Read what the kernel tells; ends with the process."""
        while True:
            told = os.read(self._descriptor, 1 << 16)
            now = time.perf_counter()
            at = 0
            while at < len(told):
                *_, length = _HEADER.unpack_from(told, at)
                at += _HEADER.size + length
                name = told[at - length : at].rstrip(b"\0").decode()
                self.seen.setdefault(name, now)


def latencies(ready: Path, arrivals: dict[str, float], closed: dict[str, float]) -> list[float]:
    """Return the milliseconds of each seed in `closed`, by its name; raises for one without."""
    arrived: dict[str, float] = {}
    for file in ready.glob("*/*.json"):
        event = orjson.loads(file.read_bytes())
        origin = event["data"].get("provenance")
        if origin is not None and file.name in arrivals:
            arrived[origin["name"]] = arrivals[file.name]
    return [1000 * (arrived[name] - when) for name, when in closed.items()]
