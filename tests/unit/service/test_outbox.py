"""The outbox: what a transaction entered is published once it is committed, and then settled."""

from contextlib import suppress
from pathlib import Path

import pytest

from desk import Desk
from tidende.emit.backlog import Waiting
from tidende.emit.backpressure import Backpressure
from tidende.errors import TransientError
from tidende.model.event import Event
from tidende.service.outbox import Outbox
from tidende.store import events


class FailureError(Exception):
    """The transaction is undone."""


@pytest.fixture
def outbox(desk: Desk) -> Outbox:
    return Outbox(queue=desk.queue, backpressure=Backpressure(path=desk.data.queue, count=Waiting))


def event(sequence: int) -> Event:
    body = b'{"sequence":"%020d"}' % sequence
    return Event(
        sequence=sequence,
        id=f"{sequence:064x}",
        type="tidende.story.updated.v1",
        subject=None,
        body=body,
    )


def enter(desk: Desk, outbox: Outbox, sequence: int) -> None:
    with desk.ledger.write() as connection:
        outbox.enter(connection, [event(sequence)], desk.clock.now())
    outbox.committed([event(sequence)])


def fail_to_enter(desk: Desk, outbox: Outbox, sequence: int) -> None:
    with suppress(FailureError), desk.ledger.write() as connection:
        outbox.enter(connection, [event(sequence)], desk.clock.now())
        raise FailureError


def unsettled(desk: Desk) -> list[int]:
    with desk.ledger.read() as connection:
        return [each.sequence for each in events.unpublished(connection)]


def ready(desk: Desk) -> list[Path]:
    return sorted((desk.data.queue / "ready").glob("*/*.json"))


def test_nothing_is_published_before_it_is_committed(desk: Desk, outbox: Outbox) -> None:
    enter(desk, outbox, 1)
    assert ready(desk) == []
    outbox.publish()
    assert len(ready(desk)) == 1


def test_what_is_undone_is_never_published(desk: Desk, outbox: Outbox) -> None:
    fail_to_enter(desk, outbox, 1)
    outbox.publish()
    assert ready(desk) == []


def test_what_was_published_stays_unsettled_when_the_next_transaction_is_undone(
    desk: Desk, outbox: Outbox
) -> None:
    """It is settled with the one that is committed."""
    enter(desk, outbox, 1)
    outbox.publish()
    fail_to_enter(desk, outbox, 2)
    assert unsettled(desk) == [1]
    enter(desk, outbox, 2)
    assert unsettled(desk) == [2]


def test_what_cannot_be_published_goes_out_before_what_follows(
    desk: Desk, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(desk, outbox, 1)

    def refuse(_events: object) -> None:
        raise TransientError("ready can't be written")

    monkeypatch.setattr(desk.queue, "publish", refuse)
    outbox.publish_if_possible()
    said = outbox.postponed
    enter(desk, outbox, 2)
    monkeypatch.undo()
    outbox.publish_if_possible()
    assert (said, outbox.postponed) == ("ready can't be written", None)
    assert [int(file.name.partition("-")[0]) for file in ready(desk)] == [1, 2]
