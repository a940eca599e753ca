"""The ledger's events, and the outbox among them."""

from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import text

from desk import START
from tidende.errors import StoreError
from tidende.model.event import Event, EventType
from tidende.store import events, retention
from tidende.store.ledger import Ledger


def _event(sequence: int, kind: EventType = "tidende.article.new.v1") -> Event:
    body = b'{"sequence":%d}' % sequence
    return Event(sequence=sequence, id=f"e{sequence}", type=kind, subject="urn:x", body=body)


def test_what_is_recorded_is_in_the_outbox_until_it_is_published(ledger: Ledger) -> None:
    """The outbox has the whole events, in order of sequence."""
    with ledger.write() as connection:
        events.add(connection, [_event(2), _event(1), _event(3)], START)
        assert events.unpublished(connection) == [_event(1), _event(2), _event(3)]
        events.mark_published(connection, [1, 3])
        assert events.unpublished(connection) == [_event(2)]


def test_a_rolled_back_event_never_was(ledger: Ledger) -> None:
    """Its sequence is given again."""
    with suppress(StoreError), ledger.write() as connection:
        events.add(connection, [_event(1)], START)
        events.add(connection, [_event(1)], START)
    with ledger.read() as connection:
        assert (events.last_sequence(connection), events.unpublished(connection)) == (0, [])


def test_the_last_sequence_counts_events_of_every_type(ledger: Ledger) -> None:
    """Sequences are the ledger's, not an event type's."""
    with ledger.write() as connection:
        events.add(connection, [_event(4), _event(7, "tidende.seed.quarantined.v1")], START)
        assert events.last_sequence(connection) == 7


def test_the_last_article_is_found_by_when_it_was_recorded(ledger: Ledger) -> None:
    """Only articles count, up to and with the moment."""
    later = START + timedelta(seconds=60)
    with ledger.write() as connection:
        events.add(connection, [_event(1), _event(2, "tidende.digest.published.v1")], START)
        events.add(connection, [_event(3), _event(4, "tidende.seed.quarantined.v1")], later)
        found = [
            events.last_article_sequence(connection, START + timedelta(seconds=seconds))
            for seconds in (-1, 0, 59, 60)
        ]
    assert found == [0, 1, 1, 3]


def test_the_articles_of_a_window_come_in_order(ledger: Ledger) -> None:
    """After the first sequence, up to and with the last; other types are left out."""
    with ledger.write() as connection:
        kinds: list[EventType] = [
            "tidende.article.new.v1",
            "tidende.article.duplicate.v1",
            "tidende.digest.published.v1",
            "tidende.article.revised.v1",
            "tidende.article.new.v1",
        ]
        rows = [_event(number, kind) for number, kind in enumerate(kinds, 1)]
        events.add(connection, rows, START)
        assert list(events.articles_between(connection, 1, 4)) == [
            (2, rows[1].body),
            (4, rows[3].body),
        ]


def test_no_events_are_no_error(ledger: Ledger) -> None:
    """An empty batch writes nothing."""
    with ledger.write() as connection:
        events.add(connection, [], START)
        events.mark_published(connection, [])
        assert events.last_sequence(connection) == 0
        assert events.last_article_sequence(connection, START) == 0


def test_a_window_leaves_out_what_was_emptied(ledger: Ledger) -> None:
    """A text that was taken down, or whose retention has ended, is read by nobody."""
    with ledger.write() as connection:
        events.add(connection, [_event(1), _event(2)], START)
        retention.empty(connection, [2])
        assert list(events.articles_between(connection, 0, 2)) == [(1, _event(1).body)]
        waiting = [events.first_article_after(connection, after) for after in (0, 1)]
        assert events.count_articles(connection, 0, 2) == 1
        assert events.last_article_sequence(connection, START) == 1
    assert waiting == [START, None]


def test_a_flipped_bit_in_a_body_is_noticed(ledger: Ledger) -> None:
    """The message names the ledger, the event, and the command that helps."""
    with ledger.write() as connection:
        events.add(connection, [_event(41)], START)
        (body,) = connection.execute(text("SELECT body FROM events")).one()
        broken = body[:-6] + bytes([body[-6] ^ 1]) + body[-5:]
        connection.execute(text("UPDATE events SET body = :body"), {"body": broken})
    damage = r"ledger\.sqlite is damaged: the body of event 41: .*'tidende doctor'"
    with pytest.raises(StoreError, match=damage), ledger.read() as connection:
        list(events.articles_between(connection, 0, 99))
