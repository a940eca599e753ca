"""The outbox of e-mail."""

from dataclasses import replace

import pytest

from tidende.errors import StoreError
from tidende.store import mails
from tidende.store.ledger import Ledger
from tidende.store.mails import MailCounts, MailRow

MAIL = MailRow(
    digest="daily",
    window_end=1000.0,
    version=1,
    recipient="a@example.org",
    message_id="<1@example.org>",
    recorded=1001.0,
    due=1001.0,
)
OTHER = replace(MAIL, recipient="b@example.org", message_id="<2@example.org>")


def test_what_is_due_comes_in_order_and_not_before(ledger: Ledger) -> None:
    """Later is due later, and no more at once than asked for."""
    later = replace(MAIL, recipient="c@example.org", message_id="<3@example.org>", due=2000.0)
    with ledger.write() as connection:
        mails.add(connection, [MAIL, later, OTHER])
        assert mails.due(connection, 1000.0, limit=9) == []
        assert mails.due(connection, 1001.0, limit=9) == [MAIL, OTHER]
        assert mails.due(connection, 3000.0, limit=2) == [MAIL, later]


def test_it_is_counted_how_mails_stand(ledger: Ledger) -> None:
    """Sent, waiting with what is wrong, given up."""
    with ledger.write() as connection:
        mails.add(connection, [])
        assert mails.count(connection) == MailCounts(sent=0, waiting=0, given_up=0, trouble=None)
        mails.add(connection, [MAIL, OTHER, replace(MAIL, version=2, message_id="<4@x>")])
        assert mails.in_trouble(connection) is None
        mails.note(connection, replace(MAIL, attempts=1, due=None, sent=1002.0))
        mails.note(connection, replace(OTHER, attempts=1, due=1062.0, trouble="no answer"))
        mails.note(connection, replace(MAIL, message_id="<4@x>", due=None, trouble="unknown"))
        expected = MailCounts(sent=1, waiting=1, given_up=1, trouble="no answer")
        assert mails.count(connection) == expected
        assert mails.in_trouble(connection) == (1, "no answer")


def test_an_edition_goes_to_nobody_twice(ledger: Ledger) -> None:
    """A second mail of it to the same recipient can't be recorded."""
    with ledger.write() as connection:
        mails.add(connection, [MAIL])
        assert mails.of_edition(connection, "daily", 1000.0, 1) == [MAIL]
        assert mails.of_edition(connection, "daily", 1000.0, 2) == []
    with pytest.raises(StoreError, match="UNIQUE"), ledger.write() as connection:
        mails.add(connection, [replace(MAIL, message_id="<9@example.org>")])
