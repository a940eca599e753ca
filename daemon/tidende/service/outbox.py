"""The outbox: events between the ledger, which has them first, and the queue.

They are staged in the transaction that records them, due once it is committed, and in the ledger's
outbox until a later transaction notes that they are published. The committer holds its lock around
each call.
"""

from collections.abc import Container, Sequence
from datetime import datetime

from sqlalchemy import Connection

from tidende.emit.backlog import Waiting
from tidende.emit.backpressure import Backpressure
from tidende.emit.queue_directory import QueueDirectory
from tidende.errors import TransientError
from tidende.logs import get_logger
from tidende.model.event import Event
from tidende.store import events


class Outbox:
    """What is recorded and not yet known, by the ledger, to be published."""

    def __init__(self, *, queue: QueueDirectory, backpressure: Backpressure) -> None:
        self._queue = queue
        self._backpressure = backpressure
        self._due: list[Event] = []
        self._published: list[int] = []
        self.postponed: str | None = None
        """Why what is due can't be published just now, None when it is or can be."""

    @property
    def unsettled(self) -> bool:
        """Whether events are published and the ledger doesn't know."""
        return bool(self._published)

    def recover(self, connection: Connection, withheld: Container[str]) -> int:
        """Finish what a crash interrupted; return how many events were published late.

        Events of the subjects `withheld` stay for a later start.
        """
        outbox = events.unpublished(connection)
        held = [event for event in outbox if event.subject in withheld]
        due = [event for event in outbox if event not in held]
        late = self._queue.recover(due, withheld=held)
        self._published = [event.sequence for event in due]
        return len(late)

    def check_room(self) -> None:
        """Raise TransientError when the queue takes no more events just now."""
        self._backpressure.check()

    def enter(self, connection: Connection, new: Sequence[Event], recorded: datetime) -> None:
        """Record events and stage them; what can't be staged whole is taken away again.

        Only here: once the ledger was asked to commit, its answer may be an error and the
        transaction found again after a crash. Then the files must be there.
        """
        self.settle(connection)
        events.add(connection, new, recorded)
        try:
            self._queue.stage(new)
        except TransientError:
            self._queue.discard(new)
            raise

    def settle(self, connection: Connection) -> None:
        """Note in the ledger what is published."""
        if self._published:
            events.mark_published(connection, self._published)

    def committed(self, new: Sequence[Event] = ()) -> None:
        """Have the events that a transaction entered published next, now that it is committed."""
        self._published = []
        self._due += new

    def publish(self) -> None:
        """Publish what is due; raises TransientError if it can't be done now."""
        if self._due:
            self._queue.publish(self._due)
            self._published += [event.sequence for event in self._due]
            size = sum(len(event.body) for event in self._due)
            self._backpressure.note(Waiting(events=len(self._due), bytes=size))
            self._due = []
        self.postponed = None

    def publish_if_possible(self) -> None:
        """Publish what is due, or say once why it is postponed."""
        try:
            self.publish()
        except TransientError as error:
            if self.postponed != str(error):
                get_logger().warning(
                    "publication_postponed", events=len(self._due), message=str(error)
                )
            self.postponed = str(error)
