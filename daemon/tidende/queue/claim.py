"""An event that its consumer has claimed: renew the lease, acknowledge it, hand it back.

All of it by renames, of which one wins: after the lease has run out, the file isn't ours any more
and the rename fails.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from logging import getLogger
from pathlib import Path
from typing import Any, BinaryIO, Self

import orjson

from tidende.durable import explained
from tidende.errors import StoreError, TidendeError
from tidende.queue.layout import EventName


class LeaseLostError(TidendeError):
    """The lease ran out, or somebody else moved the event on: it is no longer this consumer's."""


class ClaimedEvent:
    """One event, ours until its lease runs out.

    As a context manager it acknowledges the event when the block ends. When the block raises an
    `Exception`, it hands the event back with the exception's text and logs it, and the program
    goes on: the event comes again, and is put aside when it has failed too often. Only
    LeaseLostError, and what is no `Exception` (KeyboardInterrupt), goes on up.
    """

    def __init__(self, queue: Path, consumer: str, name: EventName) -> None:
        self.consumer = consumer
        self.sequence = name.sequence
        self.id = name.id
        self.path = queue / "claimed" / consumer / name.file
        """Where the event's file stands while it is claimed."""
        self.is_settled = False
        """Whether it was acknowledged, handed back or lost."""
        self._queue = queue
        self._name = name

    def __repr__(self) -> str:
        return f"ClaimedEvent({str(self.path)!r})"

    @cached_property
    def body(self) -> bytes:
        """The CloudEvent as it was written: one JSON object."""
        with self._ours():
            return self.path.read_bytes()

    def open(self) -> BinaryIO:
        """Return the event's file, open for reading; it stays readable if the lease is lost."""
        with self._ours():
            return self.path.open("rb")

    @cached_property
    def attributes(self) -> dict[str, Any]:
        """The whole CloudEvent: `id`, `type`, `subject`, `time`, `data` and the others."""
        found: dict[str, Any] = orjson.loads(self.body)
        return found

    @property
    def type(self) -> str:
        """Which kind of event it is, as `tidende.article.new.v1`."""
        return str(self.attributes["type"])

    @property
    def subject(self) -> str | None:
        """The urn of what it tells of, if that has one."""
        return self.attributes.get("subject")

    @property
    def data(self) -> dict[str, Any]:
        """What it tells; docs/events.md has every field."""
        found: dict[str, Any] = self.attributes["data"]
        return found

    def renew(self) -> None:
        """Begin the lease anew; raises LeaseLostError when it has run out."""
        with self._ours():
            os.utime(self.path)

    def ack(self) -> None:
        """Say that it is done with for good; raises LeaseLostError when it isn't ours any more."""
        self._move(self._queue / "done" / self._name.shard)

    def nack(self, reason: str) -> None:
        """Hand it back, to be tried again; raises LeaseLostError when it isn't ours any more."""
        if not self.path.exists():
            raise self._lost()
        returned = self._queue / "returned"
        said = orjson.dumps(
            {"consumer": self.consumer, "message": reason.encode(errors="replace").decode()}
        )
        draft = returned / f".{self._name.reason}.{self.consumer}"
        try:
            draft.write_bytes(said)
            draft.replace(returned / self._name.reason)
        except OSError:  # without its reason rather than not at all: a rename needs no room
            with suppress(OSError):
                draft.unlink(missing_ok=True)
        self._move(returned)

    def _move(self, folder: Path) -> None:
        with self._ours():
            try:
                os.rename(self.path, folder / self._name.file)
            except FileNotFoundError:
                if self.path.exists():
                    raise StoreError(f"{folder}: is missing") from None
                raise
        self.is_settled = True

    @contextmanager
    def _ours(self) -> Iterator[None]:
        """Say what it means when the file is gone."""
        try:
            with explained(self.path):
                yield
        except StoreError as error:
            if isinstance(error.__cause__, FileNotFoundError):
                raise self._lost() from None
            raise

    def _lost(self) -> LeaseLostError:
        self.is_settled = True
        return LeaseLostError(f"{self.path}: the lease was lost")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: object,
        error: BaseException | None,
        _trace: object,
    ) -> bool:
        if self.is_settled or isinstance(error, LeaseLostError):
            return False
        if error is None:
            self.ack()
            return False
        goes_on = isinstance(error, Exception)
        log = getLogger("tidende.queue")
        if goes_on:
            log.warning("event %s handed back", self._name.file, exc_info=error)
        try:
            self.nack(describe(error))
        except LeaseLostError as lost:
            log.warning("%s", lost)
        return goes_on


def describe(error: BaseException) -> str:
    """Return an exception as one line: its kind and its text."""
    text = str(error)
    return f"{type(error).__name__}: {text}" if text else type(error).__name__
