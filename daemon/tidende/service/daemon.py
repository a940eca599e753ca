"""The daemon: starts the parts in order, turns the loop, watches over it, stops in order."""

import signal
import time
from functools import partial
from multiprocessing.connection import wait
from types import FrameType

from tidende import clock
from tidende.clock import monotonic
from tidende.errors import StoreError
from tidende.intake.inbox import Inbox
from tidende.intake.marks import Mark, Marks, Overflowed, Retried, Scanned, combine
from tidende.intake.scanner import find, oldest_first
from tidende.logs import get_logger
from tidende.service.beginning import Beginning
from tidende.service.drift import Drift
from tidende.service.lookout import Lookout
from tidende.service.notify import notify
from tidende.service.pipeline import Pipeline
from tidende.service.schedule import Schedule
from tidende.service.wiring import Parts, pipeline

CHECK_SECONDS = 1.0
OTHER_JOBS = 9
"""Threads for what else the timer wakes."""
RETENTION_SECONDS = 60.0
"""It does an hour's work in pieces, if there is more than one piece."""
LINGER_SECONDS = 0.002
"""After a file's `created`: its `opened`, if there is one, comes right behind."""


class Daemon:
    """Takes in seeds until it is told to stop."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._marks = Marks()
        self._lookouts = [
            Lookout(
                inbox,
                intake=parts.settings.intake,
                scan=parts.scan,
                marks=self._marks,
                health=parts.health,
            )
            for inbox in parts.inboxes
        ]
        # A thread for each inbox: one whose file system hangs doesn't hold up the others.
        threads = OTHER_JOBS + len(self._lookouts)
        self._schedule = Schedule(
            now=clock.now,
            on_failure=self._fail,
            on_trouble=parts.health.report,
            threads=threads,
        )
        self._drift = Drift()
        self._failure: Exception | None = None
        self._stopping: str | None = None
        self._beginning = Beginning(monotonic=monotonic)
        self._idle = False
        self._next_check = 0.0

    def run(self) -> None:
        """Run until SIGTERM or SIGINT; raises what it can't go on with."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._on_signal)
        with pipeline(self._parts) as way:
            try:
                self._start(way)
                while not self._stopping:
                    self._turn(way)
            finally:
                self._let_go()
            self._finish(way)

    def _start(self, way: Pipeline) -> None:
        # The watches first: what comes between them and the scan is seen twice, not missed.
        for lookout in self._lookouts:
            lookout.start()
            job = partial(self._tend, lookout)
            self._schedule.every(CHECK_SECONDS, f"inbox {lookout.inbox.name}", job)
        self._schedule.every(CHECK_SECONDS, "first scan", self._scan_all)
        self._schedule.every(CHECK_SECONDS, "requests", self._answer_requests)
        self._schedule.every(CHECK_SECONDS, "digests", self._make_digests)
        self._schedule.every(CHECK_SECONDS, "mail", self._parts.mailing.deliver)
        self._schedule.every(CHECK_SECONDS, "deliveries", self._parts.deliveries.sweep)
        self._schedule.every(RETENTION_SECONDS, "retention", self._parts.retention.apply_if_due)
        self._schedule.start()
        get_logger().info(
            "daemon_started",
            inboxes={inbox.name: str(inbox.path) for inbox in self._parts.inboxes},
            workers=len(way.connections()),
        )
        notify("READY=1")

    def _turn(self, way: Pipeline) -> None:
        due = way.next_due()
        timeout = CHECK_SECONDS if due is None else min(CHECK_SECONDS, due)
        wait([self._marks.fileno(), *way.connections()], timeout=timeout)
        self._take_news(way)
        way.turn()
        self._idle = self._beginning.scanned and not way.busy and not way.gate.filling()
        if monotonic() >= self._next_check:
            self._check(way)
            self._next_check = monotonic() + CHECK_SECONDS

    def _take_news(self, way: Pipeline) -> None:
        """Pass on what watcher, scanner and requests have told."""
        news = self._beginning.admit(self._marks.drain())
        if any(isinstance(item, Mark) and item.hint == "created" for item in news):
            time.sleep(LINGER_SECONDS)
            news += self._marks.drain()
        for item in news:
            if isinstance(item, Scanned):
                way.sight(item.candidates, "scanned")
            elif isinstance(item, Overflowed):
                self._lookout(item.inbox).note_overflow()
            elif isinstance(item, Retried):
                way.process(item.candidates)
        for (inbox, path), hint in combine(m for m in news if isinstance(m, Mark)).items():
            if path is None:
                self._lookout(inbox).hurry()
            elif (candidate := find(inbox, path)) is not None:
                way.sight([candidate], hint)

    def _check(self, way: Pipeline) -> None:
        """Raise if anything that should be running isn't; else tell systemd that all is well."""
        if self._failure is not None:
            raise self._failure
        self._parts.committer.publish_due()
        if self._drift.has_jumped():
            self._schedule.restart()
        self._parts.soundness.verify()
        if not self._schedule.is_alive():
            raise StoreError("the scheduler has died")
        for lookout in self._lookouts:
            lookout.check()
        self._parts.health.report("commits", way.postponed)
        self._parts.health.report("publication", self._parts.committer.postponed)
        self._parts.health.beat()
        notify("WATCHDOG=1")

    def _let_go(self) -> None:
        """Take nothing new in."""
        get_logger().info("daemon_stopping", signal=self._stopping)
        notify("STOPPING=1")
        self._schedule.stop()
        for lookout in self._lookouts:
            lookout.stop()

    def _finish(self, way: Pipeline) -> None:
        """See through what the workers have in hand, as far as there is time."""
        deadline = monotonic() + self._parts.settings.shutdown_seconds
        way.give_up_waiting()
        while way.busy and way.postponed is None and monotonic() < deadline:
            way.collect()
            wait(way.connections(), timeout=0.1)
        self._marks.close()
        self._parts.health.close()
        get_logger().info("daemon_stopped", undecided=way.busy)

    def _scan_all(self) -> None:
        """Scan all inboxes together, the first time: the oldest comes first, wherever it lies."""
        if self._beginning.scanned:
            return
        for lookout in self._lookouts:
            lookout.hurry()
        found = [candidate for lookout in self._lookouts for candidate in lookout.tend()]
        self._marks.put(Scanned(candidates=oldest_first(found)))

    def _tend(self, lookout: Lookout) -> None:
        if self._beginning.scanned and (found := lookout.tend()):
            self._marks.put(Scanned(candidates=found))

    def _lookout(self, inbox: Inbox) -> Lookout:
        return next(lookout for lookout in self._lookouts if lookout.inbox == inbox)

    def _answer_requests(self) -> None:
        self._parts.requests.poll(lambda found: self._marks.put(Retried(candidates=found)))

    def _make_digests(self) -> None:
        # One that was missed while nothing ran waits until what lay in the inboxes is decided, the
        # first of all until nothing is in hand at all.
        idle = self._idle
        if self._beginning.is_over(idle=idle):
            self._parts.digests.make_due(first=idle)
            self._parts.digests.raise_postponed()

    def _fail(self, error: Exception) -> None:
        self._failure = error
        self._marks.wake()

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        self._stopping = signal.Signals(number).name
        self._marks.wake()
