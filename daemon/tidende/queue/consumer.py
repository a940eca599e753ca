"""A consumer: claims events one by one, in order of sequence as far as it can be had.

It claims an event just before it hands it out, so that it holds none in reserve: what it hasn't
begun is free for others, and there is nothing to hand back when it ends.
"""

import os
import re
import socket
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Self

from tidende.durable import explained
from tidende.errors import ConfigError, StoreError
from tidende.queue.claim import ClaimedEvent, LeaseLostError, describe
from tidende.queue.layout import (
    EventName,
    check_version,
    event_names,
    file_names,
    is_consumer,
    is_shard,
)

POLL_SECONDS = 0.2
BATCH = 500
"""Names that are used of one listing: a shard holds ten thousand, and others take from it too."""


class Queue:
    """A queue directory as one consumer sees it.

    `consumer` is a name that no other running consumer has, of letters, digits and `._-`; left
    out, it is made of the machine's name and the process's number. Raises ConfigError for a name
    that can't be one, TidendeError when there is no queue at `path`, StoreError when it is one of
    another version.
    """

    def __init__(self, path: str | os.PathLike[str], consumer: str | None = None) -> None:
        self.path = Path(path)
        self.consumer = own_name() if consumer is None else consumer
        if not is_consumer(self.consumer):
            raise ConfigError(
                f"consumer = {self.consumer!r}: expected up to 64 letters, digits and ._-, "
                "the first no dot"
            )
        check_version(self.path)
        self._claimed = self.path / "claimed" / self.consumer
        self._in_hand: list[ClaimedEvent] = []
        self._stopped = False

    def take(self, count: int | None = None) -> Iterator[ClaimedEvent]:
        """Claim and yield what is ready, at most `count` events, once through in order.

        What was handed back meanwhile isn't taken again in the same pass, so that this ends.
        """
        taken, last = 0, -1
        while taken != count and not self._stopped:
            names = list(islice(self._ready(after=last), BATCH))
            if not names:
                return
            for name in names:
                if taken == count or self._stopped:
                    return
                last = name.sequence
                if (event := self._claim(name)) is not None:
                    taken += 1
                    yield event

    def follow(self, poll_seconds: float = POLL_SECONDS) -> Iterator[ClaimedEvent]:
        """Claim and yield what is ready and what will be, until `stop` is called."""
        while not self._stopped:
            found = False
            for event in self.take():
                found = True
                yield event
            if not found:
                self._rest(poll_seconds)

    def stop(self) -> None:
        """End `take` and `follow` before their next event; for signal handlers and threads."""
        self._stopped = True

    def claimed(self) -> list[ClaimedEvent]:
        """Return what this consumer's name holds now, in order of sequence."""
        return [ClaimedEvent(self.path, self.consumer, n) for n in event_names(self._claimed)]

    def close(self) -> None:
        """Hand back what was taken and neither acknowledged nor handed back."""
        self._hand_back("left unprocessed")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: object,
        error: BaseException | None,
        _trace: object,
    ) -> None:
        self._hand_back(describe(error) if error is not None else "left unprocessed")

    def _hand_back(self, reason: str) -> None:
        for event in self._in_hand:
            if not event.is_settled:
                try:
                    event.nack(reason)
                except LeaseLostError:
                    continue  # somebody has it already
        self._in_hand = []

    def _rest(self, seconds: float) -> None:
        """Wait, but not on a lock: a signal handler that calls `stop` could come in its midst."""
        end = time.monotonic() + seconds
        while not self._stopped and (left := end - time.monotonic()) > 0:
            time.sleep(min(left, POLL_SECONDS))

    def _ready(self, after: int) -> Iterator[EventName]:
        ready = self.path / "ready"
        first = f"{after + 1:020d}"
        with explained(ready):
            for shard in sorted(filter(is_shard, file_names(ready))):
                if shard >= first[: len(shard)]:
                    yield from (n for n in event_names(ready / shard) if n.sequence > after)

    def _claim(self, name: EventName) -> ClaimedEvent | None:
        """Claim an event; None when another consumer was faster."""
        source = self.path / "ready" / name.shard / name.file
        with explained(source):
            try:
                os.rename(source, self._claimed / name.file)
            except FileNotFoundError:
                if self._claimed.is_dir() or not source.exists():
                    return None
                # Not there yet, or tidied away after a long silence.
                self._make_own_folder()
                return self._claim(name)
        event = ClaimedEvent(self.path, self.consumer, name)
        self._in_hand = [other for other in self._in_hand if not other.is_settled]
        self._in_hand.append(event)
        return event

    def _make_own_folder(self) -> None:
        try:
            self._claimed.mkdir(exist_ok=True)
        except FileNotFoundError:
            raise StoreError(f"{self._claimed.parent}: is missing") from None


def own_name() -> str:
    """Return a consumer's name that no other process has: the machine's, and our number."""
    host = re.sub(r"[^A-Za-z0-9_-]", "-", socket.gethostname())[:40]
    return f"{host}-{os.getpid()}"
