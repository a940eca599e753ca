"""A worker process: takes chunks of candidates from a socket and answers with their outcomes.

Started by `workers.WorkerPool` as `python -m tidende.service.worker FD LIMITS EXTRACTS`, in a
process group of its own: a terminal's Ctrl-C and systemd's SIGTERM are the daemon's to handle. It
ends when the daemon's end of the socket closes, however the daemon ends.
"""

import resource
import signal
import sys
from contextlib import suppress
from multiprocessing.connection import Connection

import orjson

from tidende.clock import now
from tidende.garbage import collect_less_often
from tidende.lexicon import gazetteer
from tidende.model.limits import Limits
from tidende.service.processing import process


def serve(connection: Connection, *, limits: Limits, extracts: bool) -> None:
    """Say that we are ready (None), then answer chunk by chunk until there are no more."""
    with suppress(EOFError, ConnectionResetError, BrokenPipeError):  # the daemon has gone
        connection.send(None)
        while True:
            chunk = connection.recv()
            connection.send(
                [process(each, limits=limits, extracts=extracts, now=now) for each in chunk]
            )


def _make_ready() -> None:
    """Load what every article needs."""
    gazetteer.load()
    collect_less_often()


def _bound_memory(limits: Limits) -> None:
    """Have the kernel refuse more: Python says MemoryError then, and the seed is quarantined."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    soft = limits.memory_bytes
    if hard != resource.RLIM_INFINITY:
        soft = min(soft, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    chosen = Limits(**orjson.loads(sys.argv[2]))
    _bound_memory(chosen)
    _make_ready()
    serve(Connection(int(sys.argv[1])), limits=chosen, extracts=orjson.loads(sys.argv[3]))
