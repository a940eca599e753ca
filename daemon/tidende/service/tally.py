"""How many chunks a worker has begun: a file in memory that it writes and the pool reads.

What was written is there at once, also when the next thing the worker does is to die.
"""

import os

_BYTES = 8


def note(descriptor: int, begun: int) -> None:
    """Write how many chunks were begun."""
    os.pwrite(descriptor, begun.to_bytes(_BYTES, "little"), 0)


def read(descriptor: int) -> int:
    """Return how many chunks were begun, 0 before the first."""
    return int.from_bytes(os.pread(descriptor, _BYTES, 0), "little")
