"""Failed deliveries, counted once each."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from tidende.model.event import Event
from tidende.store import deliveries, events
from tidende.store.deliveries import KEPT, Delivery, Failure
from tidende.store.ledger import Ledger

NOW = datetime(2026, 11, 22, 5, tzinfo=UTC)


@pytest.fixture
def connection(ledger: Ledger) -> Iterator[Connection]:
    """Return a transaction in a ledger with two events."""
    new = [
        Event(sequence=n, id=f"e{n}", type="tidende.article.new.v1", subject=None, body=b"{}")
        for n in (1, 2)
    ]
    with ledger.write() as connection:
        events.add(connection, new, NOW)
        yield connection


def _fail(connection: Connection, *failures: Failure, **given: Any) -> dict[str, Delivery]:
    return deliveries.count(connection, failures, **{"now": NOW, "max_attempts": 3, **given})


def _failure(number: int = 1, ctime_ns: int = 10, message: str = "no", **given: Any) -> Failure:
    values = {"id": f"e{number}", "consumer": "a"} | given
    return Failure(sequence=number, ctime_ns=ctime_ns, message=message, **values)


def test_failures_add_up_until_the_event_is_dead(connection: Connection) -> None:
    told = [_fail(connection, _failure(ctime_ns=time))["e1"] for time in (10, 20, 30)]
    assert [delivery.attempts for delivery in told] == [1, 2, 3]
    assert [delivery.dead for delivery in told] == [False, False, True]


def test_the_same_failure_found_again_is_not_counted(connection: Connection) -> None:
    """What is told of it stays as it was."""
    first = _fail(connection, _failure(message="first"))["e1"]
    later = _fail(connection, _failure(message="other"), now=NOW + timedelta(days=1))["e1"]
    assert (first.is_counted_now, later.is_counted_now) == (True, False)
    assert (later.attempts, later.messages, later.failed) == (1, ("first",), NOW.timestamp())


def test_a_failure_of_the_same_tick_is_counted_when_the_file_had_moved_on(
    connection: Connection,
) -> None:
    _fail(connection, _failure())
    deliveries.settle(connection, [1])
    assert _fail(connection, _failure())["e1"].attempts == 2


def test_each_failures_message_is_kept_the_last_ones_of_many(connection: Connection) -> None:
    for time in range(1, KEPT + 3):
        found = _fail(connection, _failure(ctime_ns=time, message=f"m{time}"), max_attempts=100)
    assert found["e1"].messages == tuple(f"m{time}" for time in range(3, KEPT + 3))
    assert found["e1"].attempts == KEPT + 2


def test_events_are_counted_apart_and_the_last_consumer_is_kept(connection: Connection) -> None:
    _fail(connection, _failure(1), _failure(2, consumer=None))
    found = _fail(connection, _failure(1, 20, consumer="b"), _failure(2))
    assert (found["e1"].attempts, found["e1"].consumer) == (2, "b")
    assert (found["e2"].attempts, found["e2"].consumer) == (1, None)


def test_an_event_that_the_ledger_does_not_know_is_left_out(connection: Connection) -> None:
    """By its number, or by its id."""
    assert _fail(connection, _failure(3), _failure(1, id="other")) == {}
    assert _fail(connection, _failure(1))["e1"].attempts == 1


def test_forgetting_begins_anew(connection: Connection) -> None:
    for time in (10, 20, 30):
        _fail(connection, _failure(ctime_ns=time))
    deliveries.forget(connection, [1])
    found = _fail(connection, _failure(ctime_ns=40))["e1"]
    assert (found.attempts, found.dead, len(found.messages)) == (1, False, 1)


def test_more_than_a_statement_holds_are_counted(ledger: Ledger) -> None:
    count = 2000
    new = [
        Event(sequence=n, id=f"e{n}", type="tidende.article.new.v1", subject=None, body=b"{}")
        for n in range(1, count + 1)
    ]
    with ledger.write() as connection:
        events.add(connection, new, NOW)
        found = _fail(connection, *(_failure(n) for n in range(1, count + 1)))
        deliveries.settle(connection, range(1, count + 1))
    assert len(found) == count
