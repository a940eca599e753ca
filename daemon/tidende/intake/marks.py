"""Marks: what the watcher and the scanner tell the loop, on a queue that can be waited for."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Literal, TypeAlias

from tidende.intake.inbox import Inbox
from tidende.model.seed import Candidate

Hint: TypeAlias = Literal["moved", "created", "written", "scanned"]
"""How a file came to our notice; one moved in, or only created, may be complete at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Something happened to a path of an inbox; None stands for a folder: scan the inbox.

    `opened` alone is no news, for we open files too; after `created` it means that somebody
    writes.
    """

    inbox: Inbox
    path: str | None
    hint: Hint | Literal["opened"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanned:
    """What a scan found that the ledger doesn't know, in the order to take it in."""

    candidates: Sequence[Candidate]


@dataclass(frozen=True, slots=True, kw_only=True)
class Retried:
    """Seeds that somebody wants to have tried again, as they are."""

    candidates: Sequence[Candidate]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overflowed:
    """The kernel had more to tell of an inbox than its queue holds, and dropped what came."""

    inbox: Inbox


News: TypeAlias = Mark | Scanned | Retried | Overflowed


def combine(marks: Iterable[Mark]) -> dict[tuple[Inbox, str | None], Hint]:
    """Return each path that has news, with the one hint that its marks amount to."""
    hints: dict[tuple[Inbox, str | None], list[str]] = {}
    for mark in marks:
        hints.setdefault((mark.inbox, mark.path), []).append(mark.hint)
    return {key: _sum(said) for key, said in hints.items() if set(said) != {"opened"}}


def _sum(hints: Sequence[str]) -> Hint:
    if hints[-1] == "scanned":
        return "scanned"
    while hints and hints[-1] == "opened" and "moved" in hints:
        hints = hints[:-1]  # whoever opens a file that was moved in may well be a reader
    if hints[-1] == "moved":
        return "moved"
    return "created" if set(hints) == {"created"} else "written"


class Marks:
    """A queue that any thread may fill; its `fileno` is readable while it holds something."""

    def __init__(self) -> None:
        self._queue: SimpleQueue[News] = SimpleQueue()
        self._wakeup = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)

    def fileno(self) -> int:
        """Return the descriptor to wait for."""
        return self._wakeup

    def put(self, news: News) -> None:
        """Add news and wake the loop."""
        self._queue.put(news)
        self.wake()

    def wake(self) -> None:
        """Wake the loop; safe in a signal handler."""
        os.eventfd_write(self._wakeup, 1)

    def drain(self) -> Iterator[News]:
        """Yield all that is there now."""
        try:
            os.eventfd_read(self._wakeup)
        except BlockingIOError:
            return
        while not self._queue.empty():
            yield self._queue.get()

    def close(self) -> None:
        """Let go of the descriptor."""
        os.close(self._wakeup)
