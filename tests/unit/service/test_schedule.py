"""The timer: it wakes jobs, and tells of one that can't go on."""

import errno
import os
from collections.abc import Callable, Iterator
from threading import Event, get_ident
from typing import TypeAlias

import pytest
from structlog.testing import capture_logs

from tidende.clock import now
from tidende.errors import StoreError, TransientError
from tidende.service.schedule import Schedule

LONG = 30
Failures: TypeAlias = list[Exception]


@pytest.fixture
def failures() -> Failures:
    """Return a list of what jobs failed with."""
    return []


@pytest.fixture
def schedule(failures: Failures) -> Iterator[Schedule]:
    """Return a timer that is stopped in the end."""
    schedule = Schedule(now=now, on_failure=failures.append)
    yield schedule
    schedule.stop()


def _raising(error: Exception, done: Event) -> Callable[[], None]:
    def job() -> None:
        done.set()
        raise error

    return job


def test_a_repeated_job_runs_at_the_start(schedule: Schedule) -> None:
    """And in a thread of its own."""
    ran, threads = Event(), []

    def job() -> None:
        threads.append(get_ident())
        ran.set()

    schedule.every(3600, "job", job)
    assert not ran.is_set()
    schedule.start()
    assert ran.wait(LONG)
    assert threads[0] != get_ident()
    assert schedule.is_alive()


def test_what_may_work_later_is_only_logged(schedule: Schedule, failures: Failures) -> None:
    """A job that is postponed doesn't end the daemon."""
    done = Event()
    schedule.every(3600, "job", _raising(TransientError("the disk is away"), done))
    with capture_logs() as logs:
        schedule.start()
        assert done.wait(LONG)
        schedule.stop()
    assert failures == []
    assert [(line["event"], line["message"]) for line in logs] == [
        ("job_postponed", "the disk is away")
    ]


def test_a_job_that_cannot_go_on_is_told(schedule: Schedule, failures: Failures) -> None:
    """An exception in a thread would otherwise be lost."""
    done, error = Event(), StoreError("the ledger is broken")
    schedule.every(3600, "job", _raising(error, done))
    schedule.start()
    assert done.wait(LONG)
    schedule.stop()
    assert failures == [error]


def test_stopping_twice_is_no_error(schedule: Schedule) -> None:
    """Nor stopping what never started."""
    schedule.stop()
    schedule.start()
    schedule.stop()
    schedule.stop()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_timer_that_has_died_is_noticed_at_once(
    schedule: Schedule, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not only by the heartbeats that it misses."""

    def die() -> None:
        raise SystemExit

    schedule.start()
    assert schedule.is_alive()
    monkeypatch.setattr(schedule._scheduler, "_process_jobs", die)
    schedule._scheduler.wakeup()
    schedule._thread.join(LONG)
    assert not schedule.is_alive()


@pytest.mark.parametrize(("number", "heals"), [(errno.EMFILE, True), (errno.EIO, False)])
def test_what_the_system_refuses_a_job_is_waited_for_if_it_heals(
    number: int, *, heals: bool
) -> None:
    """A lack of descriptors passes; a disk that fails doesn't."""
    failures: list[Exception] = []
    troubles: list[str | None] = []
    told = Event()

    def fail(error: Exception) -> None:
        failures.append(error)
        told.set()

    def note(_job: str, message: str | None) -> None:
        troubles.append(message)
        told.set()

    def job() -> None:
        raise OSError(number, os.strerror(number))

    schedule = Schedule(now=now, on_failure=fail, on_trouble=note)
    schedule.every(3600, "sweep", job)
    with capture_logs():
        schedule.start()
        assert told.wait(LONG)
        schedule.stop()
    assert bool(troubles) == heals
    assert bool(failures) != heals
