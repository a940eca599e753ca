"""Backpressure: whether there is room for more events, before any is written.

What doesn't fit stays a seed in its inbox, so a full disk or consumers that are behind cost nothing
but time.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from tidende.emit.backlog import Waiting
from tidende.errors import TransientError

Count: TypeAlias = Callable[[], Waiting]


@dataclass(slots=True, kw_only=True)
class Backpressure:
    """The bounds of a queue directory, as `config/tidende.toml` explains them; 0 is no bound.

    Counting reads the whole queue, so it is done anew only when what was counted last, with all
    that was published since, would reach a bound.
    """

    path: Path
    count: Count
    reserve_bytes: int = 0
    max_events: int = 0
    max_bytes: int = 0
    _known: Waiting = field(default=Waiting(), init=False)
    _counted: bool = field(default=False, init=False)

    def check(self) -> None:
        """Raise TransientError, with what is full, unless there is room for another batch."""
        if self.reserve_bytes:
            system = os.statvfs(self.path)
            free = system.f_bavail * system.f_frsize
            if free < self.reserve_bytes:
                raise TransientError(
                    f"{self.path}: {free} bytes free, under queue.reserve_bytes = "
                    f"{self.reserve_bytes}"
                )
        if not self._counted or self._full():
            self._known, self._counted = self._count(), True
        if full := self._full():
            raise TransientError(f"{self.path}: {full}; consumers are behind")

    def note(self, published: Waiting) -> None:
        """Add what was published to what is known to wait."""
        self._known = Waiting(
            events=self._known.events + published.events, bytes=self._known.bytes + published.bytes
        )

    def _count(self) -> Waiting:
        return self.count() if self.max_events or self.max_bytes else Waiting()

    def _full(self) -> str | None:
        if self.max_events and self._known.events >= self.max_events:
            return f"{self._known.events} events wait, queue.max_events = {self.max_events}"
        if self.max_bytes and self._known.bytes >= self.max_bytes:
            return f"{self._known.bytes} bytes wait, queue.max_bytes = {self.max_bytes}"
        return None
