"""The worker pool: processes for the pure stages, answers in the order of the questions.

Not concurrent.futures: there one dead worker breaks the whole pool, and one task can't be ended.
Here a dead worker is replaced and its chunk tried again seed by seed; a seed that ends a worker
twice is refused, the others go on. A worker that takes too long is ended.
"""

import os
import socket
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from io import FileIO
from multiprocessing.connection import Connection

import orjson

from tidende.clock import Clock, monotonic
from tidende.errors import StoreError
from tidende.logs import get_logger
from tidende.model.limits import Limits
from tidende.model.seed import Candidate, Rejected
from tidende.service import tally
from tidende.service.outcome import Outcome, refused
from tidende.service.strikes import Strikes

CHUNK = 32
"""Seeds a worker takes at a time under load: enough to hide the pipe, few enough to share."""
AHEAD = 4
"""Chunks a worker has at hand, so that it never waits for the committer."""
STRIKES = 2
"""How often a seed may end a worker before it is refused."""
STARTS = 3
"""How many workers in a row may end before they are ready, until we say that none can start."""


@dataclass(frozen=True, slots=True)
class _Task:
    number: int
    candidate: Candidate


@dataclass(slots=True)
class _Worker:
    process: subprocess.Popen[bytes]
    connection: Connection
    tally: FileIO
    """The file in which it counts the chunks that it has begun."""
    chunks: deque[list[_Task]] = field(default_factory=deque)
    answered: int = 0
    begun: float | None = None
    """When it began with the first of its chunks, a monotonic time; None until it is ready."""
    overdue: bool = False

    def in_hand(self) -> list[_Task]:
        """Return the last chunk that it has begun, unless that is answered.

        Those before it, which it didn't come to send, are not to blame for its end.
        """
        begun = tally.read(self.tally.fileno())
        return self.chunks[begun - self.answered - 1] if begun > self.answered else []

    def close(self) -> None:
        self.connection.close()
        self.tally.close()


class WorkerPool:
    """Worker processes, and the seeds that they have in hand."""

    def __init__(
        self,
        *,
        count: int,
        limits: Limits,
        extracts: bool = True,
        strikes: Strikes,
        now: Clock,
    ) -> None:
        self._limits = limits
        self._extracts = extracts
        self._strikes = strikes
        self._now = now
        self._waiting: deque[_Task] = deque()
        self._suspects: deque[_Task] = deque()
        self._finished: dict[int, Outcome] = {}
        self._failed_starts = 0
        self._asked = 0
        self._answered = 0
        self._workers = [self._start() for _ in range(count or os.cpu_count() or 1)]

    def __len__(self) -> int:
        """Return how many seeds were put in and haven't come out."""
        return self._asked - self._answered

    def put(self, candidates: Iterable[Candidate]) -> None:
        """Take in candidates; they come out of `take` in this order."""
        for candidate in candidates:
            place = self._suspects if self._strikes.count(candidate) else self._waiting
            place.append(_Task(self._asked, candidate))
            self._asked += 1
        self._feed()

    def connections(self) -> list[Connection]:
        """Return what becomes readable when there is something to `take`."""
        return [worker.connection for worker in self._workers]

    def take(self) -> Iterator[Outcome]:
        """Yield what is finished, in order; stops before the first that isn't."""
        for index, worker in enumerate(self._workers):
            self._end_if_overdue(worker)
            if not self._collect(worker):
                self._workers[index] = self._replace(worker)
        self._feed()
        while self._answered in self._finished:
            yield self._finished.pop(self._answered)
            self._answered += 1

    def give_up_waiting(self) -> list[Candidate]:
        """Drop, and return, the seeds that are behind all that workers have been given.

        A seed that a dead worker left waits too, but in front of others: what is finished behind
        it could never come out.
        """
        given_up: list[Candidate] = []
        last = max(self._given(), default=-1)
        while self._waiting and self._waiting[-1].number > last:
            given_up.insert(0, self._waiting.pop().candidate)
        self._asked -= len(given_up)
        return given_up

    def stop(self) -> None:
        """End the workers; what they have in hand is left undecided."""
        for worker in self._workers:
            worker.close()
        for worker in self._workers:
            try:
                worker.process.wait(timeout=1)
            except subprocess.TimeoutExpired:
                worker.process.kill()
                worker.process.wait()

    def _start(self) -> _Worker:
        try:
            return self._spawn()
        except OSError as error:
            raise StoreError(f"worker processes can't start: {error.strerror}") from error

    def _spawn(self) -> _Worker:
        ours, theirs = socket.socketpair()
        counted = FileIO(os.memfd_create("tally"))
        with theirs:
            said = (orjson.dumps(each).decode() for each in (self._limits, self._extracts))
            arguments = [str(theirs.fileno()), str(counted.fileno()), *said]
            # -P: the working directory may be an inbox, and what lies there is no code of ours.
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", "tidende.service.worker", *arguments],
                pass_fds=[theirs.fileno(), counted.fileno()],
                stdin=subprocess.DEVNULL,
                process_group=0,
            )
        return _Worker(process, Connection(ours.detach()), counted)

    def _given(self) -> Iterator[int]:
        """Yield the numbers of the seeds that a worker has or had in hand."""
        yield from self._finished
        yield from (task.number for task in self._suspects)
        for worker in self._workers:
            yield from (task.number for chunk in worker.chunks for task in chunk)

    def _feed(self) -> None:
        for depth in range(AHEAD):
            for worker in self._workers:
                if len(worker.chunks) == depth and (chunk := self._next_chunk()):
                    self._send(worker, chunk)

    def _next_chunk(self) -> list[_Task]:
        if self._suspects:
            return [self._suspects.popleft()]
        share = len(self._waiting) // (len(self._workers) * AHEAD)
        size = max(1, min(CHUNK, share))
        return [self._waiting.popleft() for _ in range(min(size, len(self._waiting)))]

    def _send(self, worker: _Worker, chunk: list[_Task]) -> None:
        if not worker.chunks and worker.begun is not None:
            worker.begun = monotonic()
        worker.chunks.append(chunk)
        with suppress(OSError):  # it is dead: `take` will find out and replace it
            worker.connection.send([task.candidate for task in chunk])

    def _collect(self, worker: _Worker) -> bool:
        """Take in all that a worker has answered; False says that it is dead."""
        try:
            while worker.connection.poll():
                said: Sequence[Outcome] | None = worker.connection.recv()
                if said is None:
                    self._failed_starts = 0
                else:
                    worker.answered += 1
                    for task, outcome in zip(worker.chunks.popleft(), said, strict=True):
                        self._finished[task.number] = outcome
                worker.begun = monotonic()
        except (EOFError, OSError):
            return False
        return True

    def _end_if_overdue(self, worker: _Worker) -> None:
        """End a worker that has taken longer for a chunk than one seed may take.

        A chunk takes milliseconds; if it holds one slow seed, that one shows when they are tried
        again alone.
        """
        if worker.begun is None or not worker.chunks or worker.connection.poll():
            return
        if monotonic() - worker.begun > self._limits.seconds:
            worker.overdue = True
            worker.process.kill()
            worker.process.wait()

    def _replace(self, dead: _Worker) -> _Worker:
        code = dead.process.wait()
        in_hand = dead.in_hand()
        dead.close()
        get_logger().error(
            "worker_died", pid=dead.process.pid, exit_code=code, overdue=dead.overdue
        )
        if dead.begun is None:
            self._failed_starts += 1
            if self._failed_starts == STARTS:
                raise StoreError(f"worker processes can't start: the last ended with code {code}")
        for chunk in reversed(dead.chunks):
            if chunk is not in_hand:
                self._waiting.extendleft(reversed(chunk))
        for task in in_hand:
            self._strike(task, overdue=dead.overdue and len(in_hand) == 1)
        return self._start()

    def _strike(self, task: _Task, *, overdue: bool) -> None:
        """Note that a worker ended with a seed in hand: have it tried alone, or refuse it."""
        strikes = self._strikes.add(task.candidate)
        if overdue:
            took = f"reading this seed took longer than {self._limits.seconds:g} seconds"
            self._refuse(task, "too-slow", took)
        elif strikes < STRIKES:
            self._suspects.append(task)
        else:
            ended = f"reading this seed ended the worker process {strikes} times"
            self._refuse(task, "ended-worker", ended)

    def _refuse(self, task: _Task, reason: str, message: str) -> None:
        refusal = Rejected(stage="parse", reason=reason, message=message)
        self._finished[task.number] = refused(task.candidate, refusal, now=self._now)
