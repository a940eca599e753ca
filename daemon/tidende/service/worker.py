"""A worker process: takes chunks of candidates from a socket and answers with their outcomes.

Started by `workers.WorkerPool` as `python -m tidende.service.worker FD LIMITS EXTRACTS`, in a
process group of its own: a terminal's Ctrl-C and systemd's SIGTERM are the daemon's to handle. It
ends when the daemon's end of the socket closes, however the daemon ends.
"""

import os
import pickle
import resource
import signal
import sys
from contextlib import suppress
from multiprocessing.connection import Connection
from queue import Queue
from threading import Thread

import orjson

from tidende.clock import now
from tidende.garbage import collect_less_often
from tidende.lexicon import gazetteer
from tidende.model.limits import Limits
from tidende.service.exchange import Question, answer, asked
from tidende.service.processing import process


def serve(connection: Connection, *, limits: Limits, extracts: bool) -> None:
    """Say that we are ready (None), then answer chunk by chunk until there are no more."""
    answers: Queue[bytes] = Queue()
    Thread(target=_send, args=(connection, answers), daemon=True).start()
    answers.put(pickle.dumps(None))
    answers.join()
    with suppress(EOFError, ConnectionResetError):  # the daemon has gone
        while True:
            chunk: list[Question] = connection.recv()
            outcomes = (
                process(asked(each), limits=limits, extracts=extracts, now=now) for each in chunk
            )
            answers.put(pickle.dumps([answer(each) for each in outcomes]))
            if len(chunk) == 1:
                answers.join()  # else it would be blamed for what the next one does to us


def _send(connection: Connection, answers: "Queue[bytes]") -> None:
    """Send answers while the next chunk is worked on.

    A chunk's answer is larger than what a socket takes at once, and while the daemon commits a
    batch it takes nothing. It has given us no more than a few chunks, so no more wait here.
    """
    with suppress(OSError):
        while True:
            connection.send_bytes(answers.get())
            answers.task_done()
    os._exit(0)  # the daemon has gone, and the other thread may wait for us


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
    os._exit(0)  # what was loaded goes with the process; taking it apart first takes a while
