"""Carries on what consumers did: leases that ran out, events handed back, dead ones.

A sweep runs every second. What failed is counted in the ledger first, then moved; the ledger
remembers which failure it counted, so that a crash in between counts none twice. An event waits in
returned/ for a while before it goes out again, each time longer: what failed it may be down.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from threading import Lock
from typing import Any

from tidende.clock import Clock, rfc3339_of
from tidende.emit.leases import Leases
from tidende.emit.returns import Returned, Returns
from tidende.emit.shards import Shards
from tidende.emit.strangers import Strangers
from tidende.errors import TransientError
from tidende.logs import get_logger
from tidende.queue.layout import EventName
from tidende.service.backoff import pause
from tidende.store import deliveries
from tidende.store.deliveries import Delivery, Failure
from tidende.store.ledger import Ledger

LONGEST_PAUSE_SECONDS = 600.0
TIDY_EVERY = 60
"""Sweeps between two looks for folders and files that nobody needs any more."""


class Deliveries:
    """The daemon's part in the protocol of leases; safe to call from several threads."""

    def __init__(  # noqa: PLR0913  # one for each thing it works on
        self,
        *,
        ledger: Ledger,
        leases: Leases,
        returns: Returns,
        shards: Shards,
        strangers: Strangers,
        max_attempts: int,
        retry_seconds: float,
        monotonic: Callable[[], float],
        now: Clock,
    ) -> None:
        self._ledger = ledger
        self._leases = leases
        self._returns = returns
        self._shards = shards
        self._strangers = strangers
        self._max_attempts = max_attempts
        self._retry_seconds = retry_seconds
        self._monotonic = monotonic
        self._now = now
        self._lock = Lock()
        self._expired: dict[str, str] = {}
        self._moved: list[int] = []
        self._due: dict[str, float] = {}
        self._sweeps = 0

    def sweep(self) -> None:
        """Take back what was claimed for too long, and move on what was handed back.

        Raises TransientError when something of it can't be done now; the rest is done.
        """
        with self._lock:
            self._expired |= self._leases.expire()
            names = list(self._returns.find())
            there = {name.file for name in names}
            self._due = {file: due for file, due in self._due.items() if file in there}
            # Those that wait aren't looked at: there may be as many as a long outage makes.
            found = [self._returns.read(name) for name in names if self._is_due(name)]
            if due := [each for each in found if each is not None]:
                self._move_on(due)
            self._expired = {}
            self._strangers.end_round()
            if self._sweeps % TIDY_EVERY == 0:
                self._tidy()
            self._sweeps += 1
            if self._leases.trouble is not None:
                raise self._leases.trouble

    def revive(self, files: Sequence[str]) -> list[Mapping[str, Any]]:
        """Put dead events back into ready, these or all when none is named; attempts begin anew.

        Returns what went, each with its sequence, id and file's name.
        """
        with self._lock:
            chosen = [name for name in self._returns.dead() if name.file in files or not files]
            with self._ledger.write() as connection:
                deliveries.forget(connection, (name.sequence for name in chosen))
            gone = [name for name in chosen if self._returns.revive(name)]
            self._returns.make_durable(gone)
        get_logger().info("dead_events_revived", events=len(gone))
        return [{"sequence": name.sequence, "id": name.id, "file": name.file} for name in gone]

    def _move_on(self, returned: Sequence[Returned]) -> None:
        counted = self._count(returned)
        restored: list[EventName] = []
        trouble: TransientError | None = None
        for each in returned:
            delivery = counted.get(each.name.id)
            if delivery is None:
                self._strangers.note(self._returns.path(each.name))
                continue
            if delivery.is_counted_now:
                _log(each.name, delivery)
            if not delivery.dead and self._must_wait(each, delivery):
                continue
            self._due.pop(each.name.file, None)
            try:
                if not delivery.dead and self._returns.restore(each.name):
                    restored.append(each.name)
                elif delivery.dead and self._returns.bury(each.name, _reason(delivery)):
                    self._moved.append(each.name.sequence)
            except TransientError as error:
                trouble = trouble or error  # the others may fare better
        self._returns.make_durable(restored)
        self._moved += [name.sequence for name in restored]
        if trouble is not None:
            raise trouble

    def _count(self, returned: Sequence[Returned]) -> Mapping[str, Delivery]:
        """Count failures, by event id, and let go of what was moved on with the last count."""
        failures = [self._failure(each) for each in returned]
        with self._ledger.write() as connection:
            deliveries.settle(connection, self._moved)
            counted = deliveries.count(
                connection, failures, now=self._now(), max_attempts=self._max_attempts
            )
        self._moved = []
        return counted

    def _is_due(self, name: EventName) -> bool:
        return self._monotonic() >= self._due.get(name.file, -math.inf)

    def _must_wait(self, returned: Returned, delivery: Delivery) -> bool:
        """Say whether a failure is so fresh that whatever caused it needs time.

        The wait begins with the failure, also one of a process before us; from then on a wall clock
        that is set doesn't matter.
        """
        file = returned.name.file
        if file not in self._due:
            wait = pause(
                delivery.attempts, first=self._retry_seconds, longest=LONGEST_PAUSE_SECONDS
            )
            age = self._now().timestamp() - delivery.failed
            self._due[file] = self._monotonic() + wait - min(max(age, 0.0), wait)
        return not self._is_due(returned.name)

    def _failure(self, returned: Returned) -> Failure:
        """Return what is to be counted; a lease that ran out was ended by us, not handed back."""
        name = returned.name
        consumer, message = returned.consumer, returned.message
        if name.file in self._expired:
            consumer, message = self._expired[name.file], "its lease ran out"
        return Failure(
            sequence=name.sequence,
            id=name.id,
            ctime_ns=returned.ctime_ns,
            consumer=consumer,
            message=message,
        )

    def _tidy(self) -> None:
        self._shards.tidy()
        self._leases.tidy()
        self._returns.tidy()


def _reason(delivery: Delivery) -> Mapping[str, Any]:
    return {
        "attempts": delivery.attempts,
        "consumer": delivery.consumer,
        "message": delivery.messages[-1],
        "when": rfc3339_of(delivery.failed),
        "failures": delivery.messages,
    }


def _log(name: EventName, delivery: Delivery) -> None:
    get_logger().warning(
        "event_died" if delivery.dead else "delivery_failed",
        sequence=name.sequence,
        id=name.id,
        consumer=delivery.consumer,
        attempts=delivery.attempts,
        message=delivery.messages[-1],
    )
