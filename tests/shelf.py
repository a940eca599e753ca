"""A queue with events on it, its ledger, and the daemon's part in it, under a clock of their own.

Real files and real SQLite; an event says nothing but its number.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson

from desk import Clock, Desk
from tidende.clock import now
from tidende.emit.queue_directory import QueueDirectory
from tidende.model.event import Event
from tidende.store import events

LEASE = 60.0
ATTEMPTS = 3


class CrashError(BaseException):
    """Stands for the end of the process."""


class Shelf:
    """One queue below `root`, with the sweeps of the process that holds it."""

    def __init__(self, root: Path) -> None:
        self.clock = Clock(now())  # files have the system's time: ours must begin there
        self.desk = Desk(root, clock=self.clock)
        self.ledger = self.desk.ledger
        self.path = self.desk.data.queue
        self.restart()

    def restart(self, *, retry_seconds: float = 0) -> None:
        """Begin as a new process does; what the old one remembered is gone."""
        self.queue = QueueDirectory(self.path, sync="none")
        self.deliveries = self.desk.deliveries_of(
            self.queue,
            lease_seconds=LEASE,
            max_attempts=ATTEMPTS,
            retry_seconds=retry_seconds,
        )

    def publish(self, count: int = 1) -> list[Event]:
        """Record and publish events, and return them."""
        with self.ledger.write() as connection:
            first = events.last_sequence(connection) + 1
            new = [_event(number) for number in range(first, first + count)]
            events.add(connection, new, self.clock.now())
        self.queue.stage(new)
        self.queue.publish(new)
        return new

    def sweep(self) -> None:
        """Do what the daemon does every second."""
        self.deliveries.sweep()

    def part(self, event: Event) -> str:
        """Return the one part of the queue in which an event stands."""
        [part] = self.parts_of(event)
        return part

    def parts_of(self, event: Event) -> Sequence[str]:
        """Return the parts of the queue in which an event stands."""
        return [file.relative_to(self.path).parts[0] for file in self.path.rglob(event.file_name)]

    def put(self, event: Event, folder: str) -> Path:
        """Move an event as a consumer's `mv` does, and return where it stands now."""
        [file] = self.path.rglob(event.file_name)
        target = self.path / folder
        target.mkdir(parents=True, exist_ok=True)
        return file.rename(target / file.name)

    def let_age(self, event: Event, seconds: float) -> None:
        """Let so much time go by that an event was last moved or touched so long ago."""
        [file] = self.path.rglob(event.file_name)
        self.clock.pass_by(file.stat().st_ctime + seconds - self.clock.wall())

    def reason(self, event: Event) -> dict[str, Any]:
        """Return what stands beside a dead event."""
        file = self.path / "dead" / f"{event.file_name}.reason.json"
        found: dict[str, Any] = orjson.loads(file.read_bytes())
        return found


def _event(number: int) -> Event:
    body = {"id": f"e{number}", "type": "tidende.digest.published.v1", "data": {"number": number}}
    return Event(
        sequence=number,
        id=f"e{number}",
        type="tidende.digest.published.v1",
        subject=None,
        body=orjson.dumps(body),
    )
