"""Carries on what consumers did: leases that ran out, events handed back, dead ones.

A sweep runs every second. What failed is counted in the ledger first, then moved; the ledger
remembers which failure it counted, so that a crash in between counts none twice.
"""

from collections.abc import Mapping, Sequence
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
from tidende.store import deliveries
from tidende.store.deliveries import Delivery, Failure
from tidende.store.ledger import Ledger

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
        now: Clock,
    ) -> None:
        self._ledger = ledger
        self._leases = leases
        self._returns = returns
        self._shards = shards
        self._strangers = strangers
        self._max_attempts = max_attempts
        self._now = now
        self._lock = Lock()
        self._expired: dict[str, str] = {}
        self._moved: list[int] = []
        self._sweeps = 0

    def sweep(self) -> None:
        """Take back what was claimed for too long, and move on what was handed back.

        Raises TransientError when something of it can't be done now; the rest is done.
        """
        with self._lock:
            self._expired |= self._leases.expire()
            if returned := list(self._returns.find()):
                self._move_on(returned)
            self._expired = {}
            self._strangers.end_round()
            if self._sweeps % TIDY_EVERY == 0:
                self._tidy()
            self._sweeps += 1

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
        failures = [self._failure(each) for each in returned]
        with self._ledger.write() as connection:
            deliveries.settle(connection, self._moved)
            counted = deliveries.count(
                connection, failures, now=self._now(), max_attempts=self._max_attempts
            )
        self._moved = []
        restored: list[EventName] = []
        trouble: TransientError | None = None
        for each in returned:
            delivery = counted.get(each.name.id)
            if delivery is None:
                self._strangers.note(self._returns.path(each.name))
                continue
            if delivery.is_counted_now:
                _log(each.name, delivery)
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
