"""Who holds the data directory: one process, by a lock on the queue's LOCK file."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tidende.errors import HeldError

LOCK = "LOCK"
PATIENCE = 50
"""How often a lock without a holder's id is tried again, a hundredth of a second apart."""


@contextmanager
def hold(queue: Path) -> Iterator[None]:
    """Hold the data directory for the length of the block.

    The kernel lets go of the lock when the process ends, however it ends. Raises HeldError with
    the holder's process id when another process has it.
    """
    queue.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(queue / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        _lock(descriptor, queue)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield
        os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)


def _lock(descriptor: int, queue: Path) -> None:
    for _ in range(PATIENCE):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if (pid := _read_pid(descriptor)) is not None and _lives(pid):
                raise HeldError(
                    f"{queue.parent}: held by process {pid}, which must end first"
                ) from None
            # `holder` only looks, also at a dead one's id; or the holder is just writing its own.
            time.sleep(0.01)
        else:
            return
    raise HeldError(f"{queue.parent}: held by a process that doesn't say its id")


def holder(queue: Path) -> int | None:
    """Return the process id of who holds the data directory, or None when nobody does."""
    try:
        descriptor = os.open(queue / LOCK, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _read_pid(descriptor)
    else:
        return None
    finally:
        os.close(descriptor)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # another user's
        return True
    return True


def _read_pid(descriptor: int) -> int | None:
    content = os.pread(descriptor, 32, 0).strip()
    return int(content) if content.isdigit() else None
