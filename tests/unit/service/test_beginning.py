"""A start: what lay in the inboxes comes before all else, but not at any price."""

from pathlib import Path

import pytest

from desk import Clock
from tidende.intake.inbox import Inbox
from tidende.intake.marks import Mark, Scanned
from tidende.service.beginning import BACKLOG_SECONDS, FIRST_SCAN_SECONDS, Beginning

FOUND = Scanned(candidates=())


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def beginning(clock: Clock) -> Beginning:
    return Beginning(monotonic=clock.monotonic)


def told(name: str) -> Mark:
    return Mark(inbox=Inbox(name="wire", path=Path("/wire")), path=name, hint="moved")


def test_what_comes_before_the_first_scan_waits_for_it(beginning: Beginning) -> None:
    assert beginning.admit([told("a")]) == []
    assert beginning.admit([told("b"), FOUND]) == [told("a"), told("b"), FOUND]
    assert beginning.admit([told("c")]) == [told("c")]


def test_a_scan_that_hangs_is_not_waited_for_longer(beginning: Beginning, clock: Clock) -> None:
    beginning.admit([told("a")])
    clock.pass_by(FIRST_SCAN_SECONDS - 1)
    assert beginning.admit([]) == []
    clock.pass_by(1)
    assert beginning.admit([]) == [told("a")]
    assert beginning.scanned


def test_it_is_over_once_nothing_is_in_hand(beginning: Beginning) -> None:
    assert not beginning.is_over(idle=False)
    assert beginning.is_over(idle=True)
    assert beginning.is_over(idle=False)


def test_it_is_over_after_a_while_though_more_comes_all_the_time(
    beginning: Beginning, clock: Clock
) -> None:
    clock.pass_by(BACKLOG_SECONDS - 1)
    assert not beginning.is_over(idle=False)
    clock.pass_by(1)
    assert beginning.is_over(idle=False)
