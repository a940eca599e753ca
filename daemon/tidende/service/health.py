"""The daemon's health: what its parts report, logged when it changes and written to health.json."""

import os
from collections.abc import Sequence
from pathlib import Path
from threading import Lock

from tidende.clock import Clock, monotonic, rfc3339
from tidende.logs import get_logger
from tidende.service.health_file import Remark, Vitals, write
from tidende.service.notify import notify

BEAT_SECONDS = 10.0


class Health:
    """What is wrong with the daemon's parts, and what else is to be known of them.

    Any thread may report; the main loop writes, so that a loop that hangs falls silent.
    """

    def __init__(self, file: Path, *, now: Clock) -> None:
        self._file = file
        self._now = now
        self._started = rfc3339(now())
        self._lock = Lock()
        self._problems: dict[str, str] = {}
        self._notes: dict[str, str] = {}
        self._counters = {"overflows": 0}
        self._changed = True
        self._next_write = 0.0
        self._unwritten = False
        self._told: tuple[Remark, ...] = ()

    def report(self, part: str, message: str | None) -> None:
        """Say what is wrong with a part, or by None that nothing is."""
        with self._lock:
            self._put(self._problems, part, message)

    def note(self, part: str, message: str | None) -> None:
        """Say what is to be known of a part and no problem, or by None that nothing is."""
        with self._lock:
            self._put(self._notes, part, message)

    def count(self, name: str) -> int:
        """Add one to a counter, and return it."""
        with self._lock:
            self._counters[name] = self._counters.get(name, 0) + 1
            self._changed = True
            return self._counters[name]

    def beat(self) -> None:
        """Write health.json when something has changed, and now and then to say that we live.

        Other problems than at the last time are logged and told to systemd.
        """
        with self._lock:
            changed, self._changed = self._changed, False
            vitals = self._vitals()
        if not changed and monotonic() < self._next_write:
            return
        self._next_write = monotonic() + BEAT_SECONDS
        self._write(vitals)
        if vitals.problems != self._told:
            _tell(vitals)
            self._told = vitals.problems

    def close(self) -> None:
        """Take health.json away: its daemon stops."""
        self._file.unlink(missing_ok=True)

    def _write(self, vitals: Vitals) -> None:
        """Write the file; that it can't be written is said once, and doesn't stop the daemon."""
        try:
            write(self._file, vitals)
        except OSError as error:
            if not self._unwritten:
                get_logger().warning("health_not_written", message=str(error))
            self._unwritten = True
        else:
            self._unwritten = False

    def _put(self, remarks: dict[str, str], part: str, message: str | None) -> None:
        if remarks.get(part) == message:
            return
        if message is None:
            del remarks[part]
        else:
            remarks[part] = message
        self._changed = True

    def _vitals(self) -> Vitals:
        return Vitals(
            pid=os.getpid(),
            started=self._started,
            beat=rfc3339(self._now()),
            healthy=not self._problems,
            problems=_remarks(self._problems),
            notes=_remarks(self._notes),
            counters=dict(self._counters),
        )


def _remarks(said: dict[str, str]) -> tuple[Remark, ...]:
    return tuple(Remark(part=part, message=message) for part, message in said.items())


def _tell(vitals: Vitals) -> None:
    log = get_logger().info if vitals.healthy else get_logger().error
    problems = {problem.part: problem.message for problem in vitals.problems}
    log("health_changed", healthy=vitals.healthy, problems=problems)
    notify(f"STATUS={_status(vitals.problems)}")


def _status(problems: Sequence[Remark]) -> str:
    """Return the line that systemctl shows."""
    if not problems:
        return "healthy"
    first, *others = problems
    return f"{first.part}: {first.message}" + (f" (and {len(others)} more)" if others else "")
