"""The daemon: starts the parts in order, turns the loop, watches over it, stops in order."""

import signal
import time
from multiprocessing.connection import wait
from types import FrameType

from tidende import clock
from tidende.clock import monotonic
from tidende.errors import StoreError
from tidende.intake.marks import Mark, Marks, Retried, Scanned, combine
from tidende.intake.scanner import find
from tidende.intake.watcher import Watcher
from tidende.logs import get_logger
from tidende.service.drift import Drift
from tidende.service.notify import notify
from tidende.service.pipeline import Pipeline
from tidende.service.schedule import Schedule
from tidende.service.wiring import Parts, pipeline

CHECK_SECONDS = 1.0
LINGER_SECONDS = 0.002
"""After a file's `created`: its `opened`, if there is one, comes right behind."""


class Daemon:
    """Takes in seeds until it is told to stop."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._marks = Marks()
        self._watcher = Watcher(parts.inboxes, self._marks)
        self._schedule = Schedule(now=clock.now, on_failure=self._fail)
        self._drift = Drift()
        self._failure: Exception | None = None
        self._stopping: str | None = None
        self._idle = False
        self._next_check = 0.0
        self._next_scan = 0.0

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
        # The watcher first: what comes between it and the scan is seen twice, not missed.
        self._watcher.start()
        self._schedule.every(CHECK_SECONDS, "rescan", self._scan_if_due)
        self._schedule.every(CHECK_SECONDS, "requests", self._answer_requests)
        self._schedule.every(CHECK_SECONDS, "digests", self._make_digests)
        self._schedule.every(CHECK_SECONDS, "deliveries", self._parts.deliveries.sweep)
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
        self._idle = not way.busy and not way.gate.filling()
        if monotonic() >= self._next_check:
            self._check()
            self._next_check = monotonic() + CHECK_SECONDS

    def _take_news(self, way: Pipeline) -> None:
        """Pass on what watcher, scanner and requests have told."""
        news = list(self._marks.drain())
        if any(isinstance(item, Mark) and item.hint == "created" for item in news):
            time.sleep(LINGER_SECONDS)
            news += self._marks.drain()
        for item in news:
            if isinstance(item, Scanned):
                way.sight(item.candidates, "scanned")
            elif isinstance(item, Retried):
                way.process(item.candidates)
        for (inbox, path), hint in combine(m for m in news if isinstance(m, Mark)).items():
            if path is None:
                self._next_scan = 0.0
            elif (candidate := find(inbox, path)) is not None:
                way.sight([candidate], hint)

    def _check(self) -> None:
        """Raise if anything that should be running isn't; else tell systemd that all is well."""
        self._parts.committer.publish_due()
        if self._drift.has_jumped():
            self._schedule.restart()
        if self._failure is not None:
            raise self._failure
        if not self._watcher.is_alive():
            raise StoreError("the watcher has died")
        if not self._schedule.is_alive():
            raise StoreError("the scheduler has died")
        notify("WATCHDOG=1")

    def _let_go(self) -> None:
        """Take nothing new in."""
        get_logger().info("daemon_stopping", signal=self._stopping)
        notify("STOPPING=1")
        self._watcher.stop()
        self._schedule.stop()

    def _finish(self, way: Pipeline) -> None:
        """See through what the workers have in hand, as far as there is time."""
        deadline = monotonic() + self._parts.settings.shutdown_seconds
        way.give_up_waiting()
        while way.busy and way.postponed is None and monotonic() < deadline:
            way.collect()
            wait(way.connections(), timeout=0.1)
        self._marks.close()
        get_logger().info("daemon_stopped", undecided=way.busy)

    def _scan_if_due(self) -> None:
        """Scan on the interval, and when a folder came in: what it holds may have no event."""
        if monotonic() < self._next_scan:
            return
        self._next_scan = monotonic() + self._parts.settings.intake.rescan_seconds
        candidates = self._parts.scan.run()
        for trouble in self._parts.scan.troubles:
            get_logger().error("inbox_unreadable", message=trouble)
        if candidates:
            self._marks.put(Scanned(candidates=candidates))

    def _answer_requests(self) -> None:
        self._parts.requests.poll(lambda found: self._marks.put(Retried(candidates=found)))

    def _make_digests(self) -> None:
        # The first edition of all waits until what lies in the inboxes is decided.
        self._parts.digests.make_due(first=self._idle)

    def _fail(self, error: Exception) -> None:
        self._failure = error
        self._marks.wake()

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        self._stopping = signal.Signals(number).name
        self._marks.wake()
