"""How long to wait until something that failed is tried again."""

import pytest

from tidende.service import backoff as module
from tidende.service.backoff import FIRST_SECONDS, LONGEST_SECONDS, Backoff, pause


@pytest.fixture
def passing(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the time that backoffs go by, to be moved."""
    time = [100.0]
    monkeypatch.setattr(module, "monotonic", lambda: time[0])
    return time


def test_a_pause_doubles_with_each_failure_up_to_the_longest() -> None:
    """Whoever counts failures, a loop, the ledger's deliveries or its mails, waits alike."""
    pauses = [pause(failures, first=60, longest=3600) for failures in range(1, 9)]
    assert pauses == [60, 120, 240, 480, 960, 1920, 3600, 3600]
    assert pause(10**6, first=60, longest=3600) == 3600


def test_no_first_pause_is_none_ever() -> None:
    """`queue.retry_seconds = 0` hands an event out again at once, however often it failed."""
    assert [pause(failures, first=0, longest=600) for failures in (1, 2, 10**6)] == [0, 0, 0]


@pytest.mark.usefixtures("passing")
def test_nothing_waits_before_the_first_failure() -> None:
    backoff = Backoff()
    assert backoff.is_over()
    assert backoff.remaining() is None


def test_the_wait_doubles_up_to_a_bound_and_ends(passing: list[float]) -> None:
    backoff = Backoff()
    waits = [backoff.begin() for _ in range(9)]
    assert waits[:3] == [FIRST_SECONDS, 2 * FIRST_SECONDS, 4 * FIRST_SECONDS]
    assert waits[-1] == LONGEST_SECONDS
    assert backoff.remaining() == LONGEST_SECONDS
    assert not backoff.is_over()
    passing[0] += LONGEST_SECONDS
    assert backoff.is_over()
    assert backoff.remaining() == 0


@pytest.mark.usefixtures("passing")
def test_a_success_begins_anew() -> None:
    backoff = Backoff()
    backoff.begin()
    backoff.end()
    assert backoff.is_over()
    assert backoff.begin() == FIRST_SECONDS
