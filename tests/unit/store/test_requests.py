"""Requests: asked by a command, answered by whoever holds the data directory."""

import pytest
from sqlalchemy.exc import NoResultFound

from desk import START
from tidende.store import requests
from tidende.store.ledger import Ledger


def test_a_request_is_open_until_it_is_answered(ledger: Ledger) -> None:
    """Requests are found in the order they were asked, and each once."""
    with ledger.write() as connection:
        first = requests.ask(connection, "digest.run", {"name": "daily", "at": None}, START)
        second = requests.ask(connection, "quarantine.retry", {"keys": ["å"]}, START)
        found = requests.still_open(connection)
        assert [(request.id, request.kind, request.argument) for request in found] == [
            (first, "digest.run", {"name": "daily", "at": None}),
            (second, "quarantine.retry", {"keys": ["å"]}),
        ]
        requests.answer(connection, first, {"edition": None}, START)
        assert [request.id for request in requests.still_open(connection)] == [second]


def test_an_answer_stands_beside_its_request(ledger: Ledger) -> None:
    """Whoever asked finds it by the request's id; before, there is none."""
    with ledger.write() as connection:
        number = requests.ask(connection, "quarantine.retry", {"keys": []}, START)
        assert requests.find(connection, number).answer is None
        requests.answer(connection, number, {"seeds": [{"key": "aa"}]}, START)
        assert requests.find(connection, number).answer == {"seeds": [{"key": "aa"}]}


def test_a_request_that_nobody_asked_is_not_found(ledger: Ledger) -> None:
    """An id must come from asking."""
    with ledger.read() as connection, pytest.raises(NoResultFound):
        requests.find(connection, 7)
