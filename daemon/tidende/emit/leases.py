"""The leases of claimed events: which have run out, and their way into returned/.

A claim and its renewals change the file's ctime; the lease runs from when we first saw that ctime,
by the monotonic clock, so that a wrong wall clock ends no lease. Only what was claimed before our
start is as old as the wall clock says. Taking an event back is one rename, as an acknowledgement
is: one of the two wins.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tidende.durable import explained
from tidende.emit.strangers import Strangers, is_event_file, look
from tidende.errors import TransientError
from tidende.queue.layout import EventName, file_names, is_consumer, parse_name

Seconds = Callable[[], float]

UNUSED_SECONDS = 86_400.0
"""So long a consumer's empty folder stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """An event's file in a consumer's folder, and when its lease began anew."""

    consumer: str
    name: EventName
    ctime_ns: int


class Leases:
    """What is claimed in one queue, and since when."""

    def __init__(
        self,
        queue: Path,
        *,
        seconds: float,
        monotonic: Seconds,
        wall: Seconds,
        strangers: Strangers,
    ) -> None:
        self._claimed = queue / "claimed"
        self._returned = queue / "returned"
        self._seconds = seconds
        self._monotonic = monotonic
        self._wall = wall
        self._strangers = strangers
        self._since: dict[Claim, float] = {}
        self._just_started = True
        self.trouble: TransientError | None = None
        """Why some claim couldn't be taken back the last time."""

    def expire(self) -> dict[str, str]:
        """Move the claims whose lease has run out into returned; return file names to consumers.

        What can't be moved now stays for the next time, and `trouble` says why. Raises StoreError
        when it never will be.
        """
        now = self._monotonic()
        self._since = {
            claim: self._since.get(claim, now - self._age(claim)) for claim in self._claims()
        }
        self._just_started = False
        expired = [claim for claim, since in self._since.items() if now - since >= self._seconds]
        self.trouble = None
        taken: dict[str, str] = {}
        for claim in expired:
            try:
                if self._take_back(claim):
                    taken[claim.name.file] = claim.consumer
            except TransientError as error:
                self.trouble = self.trouble or error  # the others may fare better
        return taken

    def tidy(self) -> None:
        """Remove the folders of consumers that have long claimed nothing."""
        for folder in map(self._claimed.joinpath, file_names(self._claimed)):
            with suppress(OSError):  # it isn't empty, or no folder
                if self._wall() - folder.stat().st_mtime >= UNUSED_SECONDS:
                    folder.rmdir()

    def _age(self, claim: Claim) -> float:
        """Return how long a claim that we haven't seen before has stood, in seconds."""
        if not self._just_started:
            return 0.0
        return min(max(self._wall() - claim.ctime_ns / 1e9, 0.0), self._seconds)

    def _claims(self) -> Iterator[Claim]:
        for consumer in file_names(self._claimed):
            folder = self._claimed / consumer
            if not is_consumer(consumer) or not folder.is_dir():
                self._strangers.note(folder)
                continue
            try:
                yield from self._claims_of(consumer, folder)
            except OSError:
                self._strangers.note(folder)  # one that shuts us out is no reason to fail others

    def _claims_of(self, consumer: str, folder: Path) -> Iterator[Claim]:
        for file in os.listdir(folder):
            name, status = parse_name(file), look(folder / file)
            if status is None:
                continue
            if name is None or not is_event_file(status):
                self._strangers.note(folder / file)
            else:
                yield Claim(consumer=consumer, name=name, ctime_ns=status.st_ctime_ns)

    def _take_back(self, claim: Claim) -> bool:
        """Move an expired claim, unless its consumer renewed or settled it meanwhile."""
        source = self._claimed / claim.consumer / claim.name.file
        target = self._returned / claim.name.file
        status = look(source)
        if status is None or status.st_ctime_ns != claim.ctime_ns:
            return False
        if target.exists():
            self._strangers.note(source)  # a copy: the event itself has been handed back
            return False
        with explained(source):
            try:
                os.rename(source, target)
            except FileNotFoundError:
                return False
        return True
