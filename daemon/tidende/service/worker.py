"""A worker process: takes chunks of candidates from a socket and answers with their outcomes.

Started by `workers.WorkerPool` as `python -m tidende.service.worker FD TALLY LIMITS EXTRACTS`, in a
process group of its own: a terminal's Ctrl-C and systemd's SIGTERM are the daemon's to handle. It
ends when the daemon's end of the socket closes, however the daemon ends. For the file TALLY see
`tally`.
"""

import gc
import os
import pickle
import resource
import signal
import struct
import sys
from contextlib import suppress
from itertools import count
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Thread

import orjson

from tidende import lexicon
from tidende.clock import now
from tidende.garbage import collect_less_often
from tidende.lexicon import gazetteer
from tidende.model.limits import Limits
from tidende.service import tally
from tidende.service.processing import process
from tidende.service.warming import warm_up

_LENGTH = struct.Struct("!iQ")
_IDLE_SECONDS = 0.1
"""Without a chunk, until a worker warms up; a run from cron mostly has its seeds at hand before."""
_LONG = -1  # an answer may have any length; see multiprocessing.connection


def serve(connection: Connection, tally_at: int, *, limits: Limits, extracts: bool) -> None:
    """Say that we are ready (None), then answer chunk by chunk until there are no more.

    The file `tally_at` says how many were begun: answers may wait to be sent.
    """
    answers: SimpleQueue[bytes] = SimpleQueue()
    with suppress(EOFError, ConnectionResetError, BrokenPipeError):  # the daemon has gone
        connection.send(None)
        Thread(target=_send, args=(connection, answers), daemon=True).start()
        cold = [*lexicon.tags(), None] if extracts else []
        for number in count(1):
            _warm_up_while_idle(connection, cold)
            chunk = connection.recv()
            tally.note(tally_at, number)
            outcomes = [process(each, limits=limits, extracts=extracts, now=now) for each in chunk]
            answers.put(_framed(pickle.dumps(outcomes)))


def _warm_up_while_idle(connection: Connection, cold: list[str | None]) -> None:
    """Until a chunk comes, load what the first article of each language would wait for."""
    while cold and not connection.poll(_IDLE_SECONDS):
        tag = cold.pop()
        with suppress(Exception):  # an article meets it too, and is refused with the reason
            warm_up(tag)
        if not cold:
            _keep_what_is_loaded()


def _framed(said: bytes) -> bytes:
    """Return an answer behind its length, as `Connection.recv` takes it."""
    return _LENGTH.pack(_LONG, len(said)) + said


def _send(connection: Connection, answers: "SimpleQueue[bytes]") -> None:
    """Send answers while the next chunk is worked on.

    An answer is larger than what a socket takes at once, and while the daemon commits a batch it
    takes nothing. It has given us no more than a few chunks, so no more wait here.

    Each goes in one call, which the system sees to the end: `Connection.send_bytes` makes two, and
    a seed that ends in no time, within a pattern, keeps this thread from the second one. Then the
    daemon would wait for the rest of the answer, and come to end nobody.
    """
    with suppress(OSError):  # the daemon has gone
        while True:
            rest = memoryview(answers.get())
            while rest:
                rest = rest[os.write(connection.fileno(), rest) :]


def _make_ready() -> None:
    """Load what every article needs."""
    gazetteer.load()
    _keep_what_is_loaded()
    collect_less_often()


def _keep_what_is_loaded() -> None:
    """Have the garbage collector leave it alone."""
    gc.collect()
    gc.freeze()


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
    sent_by, tally_at = map(int, sys.argv[1:3])
    chosen = Limits(**orjson.loads(sys.argv[3]))
    _bound_memory(chosen)
    _make_ready()
    does_extract = orjson.loads(sys.argv[4])
    serve(Connection(sent_by), tally_at, limits=chosen, extracts=does_extract)
    os._exit(0)  # what was loaded goes with the process; taking it apart first takes a while
