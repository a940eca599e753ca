"""The settle gate: lets a file through when nobody writes to it any more.

A file that was renamed in is complete. Any other waits until its stamp hasn't changed for as long
as its inbox wants it to settle, and the kernel grants a read lease, which it refuses while a writer
has the file open. Empty files wait for content.
"""

import fcntl
import os
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeAlias

from tidende.intake.marks import Hint
from tidende.intake.scanner import look, oldest_first
from tidende.model.seed import Candidate

Seconds: TypeAlias = Callable[[], float]

_NANOSECONDS = 1_000_000_000


@dataclass(frozen=True, slots=True)
class _Waiting:
    candidate: Candidate
    since: float  # monotonic: when this stamp was first seen, or last looked at in vain


class Gate:
    """The files that wait to settle; `monotonic` and `wall` are clocks in seconds.

    `settle_seconds` holds for all inboxes but those that `by_inbox` names.
    """

    def __init__(
        self,
        *,
        settle_seconds: float,
        by_inbox: Mapping[str, float] | None = None,
        monotonic: Seconds,
        wall: Seconds,
    ) -> None:
        self._settle_seconds = settle_seconds
        self._by_inbox = dict(by_inbox or {})
        self._monotonic = monotonic
        self._wall = wall
        # One queue a duration, each in order of `since`: whoever is put in anew goes to the end, so
        # who is due stands in front, however many wait.
        self._queues: dict[float, dict[str, _Waiting]] = {
            seconds: {} for seconds in (settle_seconds, *self._by_inbox.values())
        }

    @property
    def longest_seconds(self) -> float:
        """The longest that any inbox's files settle."""
        return max(self._queues)

    def admit(self, candidates: Iterable[Candidate], hint: Hint) -> Iterator[Candidate]:
        """Yield the files that are complete at once; the others begin to wait."""
        for candidate in candidates:
            queue = self._queue(candidate)
            waiting = queue.get(candidate.file)
            if self._complete_at_once(candidate, hint):
                queue.pop(candidate.file, None)
                yield candidate
            elif waiting is None or waiting.candidate.stamp != candidate.stamp:
                self._wait(candidate)

    def settled(self) -> Iterator[Candidate]:
        """Yield, oldest first, the files that have become complete."""
        for candidate in oldest_first(self._due()):
            del self._queue(candidate)[candidate.file]
            stamp = look(candidate.file)
            if stamp == candidate.stamp and stamp.size and lease(candidate.file) is not False:
                yield candidate
            elif stamp is not None:
                self._wait(replace(candidate, stamp=stamp))

    def next_due(self) -> float | None:
        """Return in how many seconds a file may be complete, None when none waits."""
        firsts = (
            first.since + seconds
            for seconds, queue in self._queues.items()
            for first in islice(queue.values(), 1)
        )
        due = min(firsts, default=None)
        return None if due is None else max(0.0, due - self._monotonic())

    def filling(self) -> bool:
        """Say whether a file waits that has content already."""
        return any(candidate.stamp.size for candidate in self._all())

    def waiting(self) -> list[Candidate]:
        """Return the files that wait."""
        return list(self._all())

    def _all(self) -> Iterator[Candidate]:
        for queue in self._queues.values():
            yield from (waiting.candidate for waiting in queue.values())

    def _due(self) -> Iterator[Candidate]:
        now = self._monotonic()
        for seconds, queue in self._queues.items():
            for waiting in queue.values():
                if now - waiting.since < seconds:
                    break
                yield waiting.candidate

    def _queue(self, candidate: Candidate) -> dict[str, _Waiting]:
        return self._queues[self._seconds(candidate)]

    def _seconds(self, candidate: Candidate) -> float:
        return self._by_inbox.get(candidate.inbox, self._settle_seconds)

    def _wait(self, candidate: Candidate) -> None:
        queue = self._queue(candidate)
        queue.pop(candidate.file, None)
        queue[candidate.file] = _Waiting(candidate, self._monotonic())

    def _complete_at_once(self, candidate: Candidate, hint: Hint) -> bool:
        if not candidate.regular:
            return True  # nothing of it will be read
        if candidate.stamp.size == 0 or hint == "written":
            return False
        if hint == "moved":
            return True
        if hint == "created":
            # Linked or moved in from elsewhere: a file that somebody writes has been opened too.
            return lease(candidate.file) is True
        return self._rested(candidate) and lease(candidate.file) is not False

    def _rested(self, candidate: Candidate) -> bool:
        """Say whether the last change is long past; ctime counts, for no program can set it."""
        changed = max(candidate.stamp.mtime_ns, candidate.stamp.ctime_ns) / _NANOSECONDS
        return self._wall() - changed >= self._seconds(candidate)


def lease(file: str) -> bool | None:
    """Ask the kernel for a read lease on a file, and give it back.

    True says that nobody has the file open for writing, False that somebody has. None says that
    it can't be told: leases are for a file's owner (and root), on local file systems.
    """
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None  # not ours to judge: reading it will say what is wrong
    try:
        # Who opens the file for writing meanwhile has the kernel signal us: with SIGIO, which would
        # end the process, unless another is chosen. SIGURG is ignored by default.
        fcntl.fcntl(descriptor, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except BlockingIOError:
        return False
    except OSError:
        return None
    else:
        return True
    finally:
        os.close(descriptor)
