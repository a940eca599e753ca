"""Requests of commands, answered by whoever holds the data directory."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from desk import BINARY, FERRY, START, Desk
from tidende.model.seed import Candidate
from tidende.service.corrections import Corrections
from tidende.service.forgetting import Forgetting
from tidende.service.requests import Requests
from tidende.store import rejections, requests
from tidende.store.requests import RequestKind


class Office:
    """Takes requests for a desk, and has seeds tried again when it is told to."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.requests = Requests(
            ledger=desk.ledger,
            corrections=Corrections(
                ledger=desk.ledger, committer=desk.committer, now=desk.clock.now
            ),
            digests=desk.digests,
            quarantine=desk.quarantine,
            deliveries=desk.deliveries,
            inboxes=[desk.inbox],
            forgetting=Forgetting(
                ledger=desk.ledger, data=desk.data, inboxes=[desk.inbox], now=desk.clock.now
            ),
            now=desk.clock.now,
        )
        self.retried: list[Candidate] = []

    def ask(self, kind: RequestKind, **argument: Any) -> int:
        with self._desk.ledger.write() as connection:
            return requests.ask(connection, kind, argument, START)

    def poll(self) -> None:
        self.requests.poll(self._send)

    def _send(self, candidates: Sequence[Candidate]) -> None:
        self.retried.extend(candidates)

    def answer(self, number: int) -> Mapping[str, Any] | None:
        with self._desk.ledger.read() as connection:
            return requests.find(connection, number).answer

    def try_again(self) -> None:
        candidates, self.retried = self.retried, []
        for recorded in self._desk.committer.commit(self._desk.read(candidates)):
            self.requests.heard(recorded)

    def keys(self) -> Sequence[str]:
        with self._desk.ledger.read() as connection:
            return [row.key for row in rejections.still_open(connection)]


@pytest.fixture
def office(desk: Desk) -> Office:
    """Return an office for the desk."""
    return Office(desk)


def test_a_digest_is_made_on_request(desk: Desk, office: Office) -> None:
    """The answer describes the edition."""
    desk.drop("a", FERRY)
    desk.take_all()
    number = office.ask("digest.run", name="daily", at=None)
    assert office.answer(number) is None
    office.poll()
    answer = office.answer(number)
    assert answer is not None
    assert (answer["edition"]["digest"], answer["edition"]["articles"]) == ("daily", 1)


def test_a_digest_is_made_up_to_a_moment(desk: Desk, office: Office) -> None:
    """As the command's --at says."""
    desk.drop("a", FERRY)
    desk.take_all()
    number = office.ask("digest.run", name="daily", at="2026-11-22T06:00:00+01:00")
    office.poll()
    answer = office.answer(number)
    assert answer is not None
    assert answer["edition"]["window_end"] == "2026-11-22T05:00:00.000Z"


def test_a_digest_without_news_is_answered_with_none(office: Office) -> None:
    """That too is an answer."""
    number = office.ask("digest.run", name="daily", at=None)
    office.poll()
    assert office.answer(number) == {"edition": None, "editions": []}


def test_what_cannot_be_done_is_answered_with_the_reason(office: Office) -> None:
    """The holder goes on; the one who asked hears why."""
    number = office.ask("digest.run", name="weekly", at=None)
    office.poll()
    assert office.answer(number) == {"error": "digests.weekly: no such digest; known: daily"}


def test_a_seed_is_tried_again_on_request(desk: Desk, office: Office) -> None:
    """The answer comes when it has been decided, and only then."""
    desk.drop("a.bin", BINARY)
    desk.take_all()
    (key,) = office.keys()
    number = office.ask("quarantine.retry", keys=[key])
    office.poll()
    office.poll()
    assert office.answer(number) is None
    assert [candidate.attempt for candidate in office.retried] == [2]
    office.try_again()
    answer = office.answer(number)
    assert answer is not None
    (result,) = answer["seeds"]
    assert (result["key"], result["path"]) == (key, "a.bin")
    assert (result["decision"], result["reason"]) == ("quarantined", "not-text")


def test_all_refused_seeds_are_tried_again_where_none_is_named(desk: Desk, office: Office) -> None:
    """One that is readable by now is told with its verdict."""
    desk.drop("a.bin", BINARY)
    desk.drop("b.txt", "x" * (desk.limit + 1))
    desk.take_all()
    desk.limit *= 2
    number = office.ask("quarantine.retry", keys=[])
    office.poll()
    office.try_again()
    answer = office.answer(number)
    assert answer is not None
    assert {result["path"]: result["decision"] for result in answer["seeds"]} == {
        "a.bin": "quarantined",
        "b.txt": "new",
    }
    assert len(office.keys()) == 1


def test_a_seed_without_a_copy_is_tried_again_from_its_inbox(desk: Desk, office: Office) -> None:
    """Where somebody tidied the quarantine up, the seed itself may be there still."""
    file = desk.drop("post/a.bin", BINARY)
    desk.take_all()
    (copy,) = desk.data.quarantine.glob("*-a.bin")
    copy.unlink()
    office.ask("quarantine.retry", keys=[])
    office.poll()
    assert [candidate.file for candidate in office.retried] == [str(file)]


@pytest.mark.parametrize("keys", [["0123456789abcdef"], []])
def test_nothing_to_try_again_is_answered_at_once(office: Office, keys: list[str]) -> None:
    """An unknown key, or an empty quarantine."""
    number = office.ask("quarantine.retry", keys=keys)
    office.poll()
    assert office.answer(number) == {"seeds": []}
    assert office.retried == []


def test_a_seed_that_nobody_asked_for_answers_nothing(desk: Desk, office: Office) -> None:
    """New seeds come in all the time."""
    desk.drop("a.bin", BINARY)
    desk.take_all()
    number = office.ask("quarantine.retry", keys=[])
    office.poll()
    desk.drop("b.txt", FERRY)
    for recorded in desk.take_all():
        office.requests.heard(recorded)
    assert office.answer(number) is None


def test_a_request_that_a_crash_left_open_is_taken_up_by_the_next_holder(
    desk: Desk, office: Office
) -> None:
    """It stands in the ledger, not in a process."""
    desk.drop("a.bin", BINARY)
    desk.take_all()
    number = office.ask("quarantine.retry", keys=[])
    office.poll()
    after = Office(desk)
    after.poll()
    after.try_again()
    assert after.answer(number) is not None
