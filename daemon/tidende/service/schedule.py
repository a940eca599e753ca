"""The daemon's timer: APScheduler wakes what is to be done now and then, and no more.

Each job asks by itself what is due, of the ledger and not of the timer, so a wake-up that was
missed, or came while the job still ran, costs nothing.
"""

import logging
from collections.abc import Callable
from datetime import UTC
from pathlib import Path
from threading import Event, Thread
from typing import TypeAlias

from apscheduler.events import EVENT_SCHEDULER_STARTED
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.interval import IntervalTrigger

from tidende.clock import Clock, monotonic
from tidende.durable import explained
from tidende.errors import TransientError
from tidende.logs import get_logger

Job: TypeAlias = Callable[[], None]
OnTrouble: TypeAlias = Callable[[str, str | None], None]

BEAT_SECONDS = 5
MISSED_BEATS = 12
"""So many heartbeats late, the timer is held to be dead; a busy machine misses a few."""


class Schedule:
    """Jobs on a timer, in so many threads.

    `on_failure` hears of a job that can't go on; `on_trouble` of one, by its name, that has to be
    put off, with the reason, and with None when it works.
    """

    def __init__(
        self,
        *,
        now: Clock,
        on_failure: Callable[[Exception], None],
        on_trouble: OnTrouble = lambda _job, _message: None,
        threads: int = 8,
    ) -> None:
        self._now = now
        self._on_failure = on_failure
        self._on_trouble = on_trouble
        self._troubles: dict[str, str] = {}
        self._beat = monotonic()
        self._started = Event()
        self._scheduler = BlockingScheduler(
            jobstores={"default": MemoryJobStore()},
            executors={"default": ThreadPoolExecutor(threads)},
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
            timezone=UTC,
        )
        self._scheduler.add_listener(lambda _: self._started.set(), EVENT_SCHEDULER_STARTED)
        # A thread of our own, so that we know whether it lives.
        self._thread = Thread(target=self._scheduler.start, name="timer", daemon=True)
        # It warns of every wake-up that comes while a job still runs, which is as it should be.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        self.every(BEAT_SECONDS, "heartbeat", self._note_beat)

    def every(self, seconds: float, name: str, job: Job) -> None:
        """Run a job now and then every so many seconds."""
        self._scheduler.add_job(
            self._guarded(name, job),
            IntervalTrigger(seconds=seconds),
            id=name,
            next_run_time=self._now(),
        )

    def start(self) -> None:
        """Begin."""
        self._thread.start()
        while not self._started.wait(0.1) and self._thread.is_alive():
            pass

    def restart(self) -> None:
        """Run every job now: the clock was set, and their next times may be hours away."""
        for job in self._scheduler.get_jobs():
            job.modify(next_run_time=self._now())

    def stop(self) -> None:
        """End, and wait for the jobs that run."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)
            self._thread.join()

    def is_alive(self) -> bool:
        """Say whether the timer still wakes anything."""
        return self._thread.is_alive() and monotonic() - self._beat < BEAT_SECONDS * MISSED_BEATS

    def _note_beat(self) -> None:
        self._beat = monotonic()

    def _note(self, name: str, message: str | None) -> None:
        """Tell of a job's trouble, once for each."""
        if message == self._troubles.get(name):
            return
        if message is None:
            del self._troubles[name]
        else:
            self._troubles[name] = message
            get_logger().warning("job_postponed", job=name, message=message)
        self._on_trouble(name, message)

    def _guarded(self, name: str, job: Job) -> Job:
        def run() -> None:
            try:
                with explained(Path(name)):
                    job()
                self._note(name, None)
            except TransientError as error:
                self._note(name, str(error))
            except Exception as error:  # noqa: BLE001  # the loop ends the daemon with it
                self._on_failure(error)

        return run
