"""Whatever consumers and the daemon do, and wherever it is killed: no event is lost or doubled."""

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any
from unittest.mock import patch

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle as Events
from hypothesis.stateful import (
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
)
from structlog.testing import capture_logs

from shelf import ATTEMPTS, LEASE, CrashError, Shelf
from tidende.durable import write_durably
from tidende.model.event import Event
from tidende.queue import ClaimedEvent, LeaseLostError, Queue

CONSUMERS = ("a", "b")
STEPS = (
    "tidende.emit.leases.os.rename",
    "tidende.emit.shards.os.rename",
    "tidende.emit.returns.write_durably",
    "tidende.emit.returns.os.rename",
)


class QueueMachine(RuleBasedStateMachine):
    """Two consumers and a daemon on one queue."""

    claims = Events("claims")

    @initialize()
    def begin(self) -> None:
        """Open an empty queue."""
        self.root = Path(tempfile.mkdtemp())
        self.shelf = Shelf(self.root)
        self.queues = {name: Queue(self.shelf.path, name) for name in CONSUMERS}
        self.published = list[Event]()
        self.acknowledged: set[int] = set()
        self.failures: dict[int, int] = {}

    def teardown(self) -> None:
        """Take it away."""
        if hasattr(self, "root"):
            self.shelf.ledger.close()
            shutil.rmtree(self.root)

    @rule(count=st.integers(1, 3))
    def publish(self, count: int) -> None:
        """Publish some events."""
        self.published += self.shelf.publish(count)

    @rule(target=claims, consumer=st.sampled_from(CONSUMERS), count=st.integers(1, 3))
    def take(self, consumer: str, count: int) -> object:
        """Claim some."""
        return multiple(*self.queues[consumer].take(count))

    @rule(claim=consumes(claims))
    def ack(self, claim: ClaimedEvent) -> None:
        """Acknowledge one, if it is ours still."""
        try:
            claim.ack()
        except LeaseLostError:
            return
        assert claim.sequence not in self.acknowledged
        self.acknowledged.add(claim.sequence)

    @rule(claim=consumes(claims))
    def nack(self, claim: ClaimedEvent) -> None:
        """Hand one back, if it is ours still."""
        try:
            claim.nack("no")
        except LeaseLostError:
            return
        self._fail(claim.sequence)

    @rule(claim=claims)
    def renew(self, claim: ClaimedEvent) -> None:
        """Renew a lease, if it is ours still."""
        try:
            claim.renew()
        except LeaseLostError:
            return

    @rule(seconds=st.sampled_from([1.0, LEASE / 2, LEASE]))
    def wait(self, seconds: float) -> None:
        """Let time go by."""
        self.shelf.clock.pass_by(seconds)

    @rule()
    def sweep(self) -> None:
        """Do the daemon's part."""
        before = self._claimed()
        with capture_logs():
            self.shelf.sweep()
        self._note_expired(before)

    @rule(step=st.sampled_from(STEPS), done=st.booleans())
    def sweep_and_crash(self, step: str, *, done: bool) -> None:
        """Do it until a step, which is done or not, and begin again as a new process."""
        before = self._claimed()
        real = os.rename if step.endswith("rename") else write_durably

        def crash(*given: Any) -> None:
            if done:
                real(*given)
            raise CrashError

        with capture_logs(), patch(step, crash), suppress(CrashError):
            self.shelf.sweep()
        self._note_expired(before)
        self.shelf.restart()

    @rule()
    def revive(self) -> None:
        """Put the dead ones back."""
        for event in self.shelf.deliveries.revive([]):
            self.failures[event["sequence"]] = 0

    @invariant()
    def each_event_is_in_one_place(self) -> None:
        """And whole; what was acknowledged stays so, and nothing failed too often is out."""
        for event in getattr(self, "published", ()):
            [file] = self.shelf.path.rglob(event.file_name)
            assert file.read_bytes() == event.body
            part = self.shelf.part(event)
            assert (part == "done") == (event.sequence in self.acknowledged)
            failures = self.failures.get(event.sequence, 0)
            assert failures <= ATTEMPTS
            if part == "dead":
                assert failures == ATTEMPTS
                assert self.shelf.reason(event)["attempts"] == ATTEMPTS

    @invariant()
    def attempts_are_counted_once(self) -> None:
        """Nothing that has been moved on has more, or fewer, than its failures."""
        if not hasattr(self, "published"):
            return
        with self.shelf.ledger.read() as connection:
            query = "SELECT sequence, attempts FROM deliveries"
            rows = connection.exec_driver_sql(query).all()
        counted = {int(sequence): int(attempts) for sequence, attempts in rows}
        for event in self.published:
            if self.shelf.part(event) != "returned":
                expected = self.failures.get(event.sequence, 0)
                assert counted.get(event.sequence, 0) == expected

    def _claimed(self) -> set[int]:
        return {event.sequence for event in self.published if self.shelf.part(event) == "claimed"}

    def _note_expired(self, before: set[int]) -> None:
        for sequence in before - self._claimed():
            self._fail(sequence)

    def _fail(self, sequence: int) -> None:
        self.failures[sequence] = self.failures.get(sequence, 0) + 1


TestQueue = QueueMachine.TestCase
TestQueue.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
