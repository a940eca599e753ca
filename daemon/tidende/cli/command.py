"""Runs a command for each event: what `tidende queue take --exec` does."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import IO

from tidende.cli.output import complain
from tidende.errors import TidendeError
from tidende.queue import ClaimedEvent, LeaseLostError, Queue

RENEW_SECONDS = 0.25
"""A renewal costs one system call, and the shortest lease that can be set is a second."""
NOT_STARTED = (126, 127)
"""What a shell says of a command that it can't run, or can't find."""
LAST_WORDS_SECONDS = 1.0
"""So long we listen to what a command left behind that still holds its standard error."""


class CommandConsumer:
    """Hands events to a shell command, one after the other."""

    def __init__(self, queue: Queue, command: str) -> None:
        self._queue = queue
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None
        self._signals = 0

    def run(self, *, count: int | None, follow: bool) -> bool:
        """Go through the queue; say whether every event was acknowledged.

        The first SIGTERM or SIGINT lets the running command finish, a second one ends it. Raises
        TidendeError when the command can't be run at all.
        """
        good = True
        with self._listening():
            for event in self._queue.follow() if follow else self._queue.take(count):
                try:
                    good &= self._process_one(event)
                except LeaseLostError as lost:
                    complain(f"{lost}; the event goes to a consumer once more")
                    good = False
        return good

    def _process_one(self, event: ClaimedEvent) -> bool:
        try:
            event.attributes  # noqa: B018  # read once, before anything is run for it
        except ValueError:
            event.nack("its file holds no JSON")
            complain(f"{event.path.name}: handed back: its file holds no JSON")
            return False
        code, said = self._execute(event)
        if code == 0:
            event.ack()
            return True
        ended = f"exit code {code}" if code > 0 else f"ended by {signal.Signals(-code).name}"
        reason = f"{ended}: {said}" if said else ended
        event.nack(reason)
        if code in NOT_STARTED:
            raise TidendeError(f"--exec {self._command!r}: can't be run: {reason}")
        complain(f"{event.path.name}: handed back: {reason}")
        return False

    def _execute(self, event: ClaimedEvent) -> tuple[int, str]:
        """Run the command to its end, and return its exit code and the last line it complained."""
        variables = {
            "TIDENDE_EVENT_FILE": str(event.path.absolute()),
            "TIDENDE_EVENT_ID": event.id,
            "TIDENDE_EVENT_TYPE": event.type,
            "TIDENDE_EVENT_SEQUENCE": str(event.sequence),
        }
        with event.open() as file:
            self._process = subprocess.Popen(
                ["/bin/sh", "-c", self._command],
                stdin=file,
                stderr=subprocess.PIPE,
                env={**os.environ, **variables},
                process_group=0,  # a terminal's Ctrl-C is ours to handle
            )
        try:
            with _last_line(self._process.stderr) as said:
                self._wait(self._process, event)
            return self._process.returncode, said[-1]
        finally:
            self._end()

    def _wait(self, process: subprocess.Popen[bytes], event: ClaimedEvent) -> None:
        while True:
            try:
                process.wait(timeout=RENEW_SECONDS)
            except subprocess.TimeoutExpired:
                event.renew()
            else:
                return

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None and process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    @contextmanager
    def _listening(self) -> Iterator[None]:
        numbers = (signal.SIGTERM, signal.SIGINT)
        before = [signal.signal(number, self._on_signal) for number in numbers]
        try:
            yield
        finally:
            for number, handler in zip(numbers, before, strict=True):
                signal.signal(number, handler)

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        self._signals += 1
        self._queue.stop()
        process = self._process
        if self._signals > 1 and process is not None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, number)


@contextmanager
def _last_line(stream: IO[bytes] | None) -> Iterator[list[str]]:
    """Pass a command's complaints on, and give a list that holds the last line at the end."""
    said = [""]

    def pass_on() -> None:
        for line in stream or ():
            sys.stderr.buffer.write(line)
            sys.stderr.buffer.flush()
            said[0] = line.decode(errors="replace").strip() or said[0]

    reader = threading.Thread(target=pass_on, daemon=True)
    reader.start()
    yield said
    reader.join(timeout=LAST_WORDS_SECONDS)
