"""Logging: JSON lines for programs, lines of words for a person."""

import errno
import logging
import os
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any, TypeAlias

import orjson
import pytest
import structlog

from tidende import logs

Start: TypeAlias = Callable[..., StringIO]


class Terminal(StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def start() -> Iterator[Start]:
    """Return a function that starts logging and gives the stream that it goes to."""
    root = logging.getLogger()
    before = root.handlers, root.level

    def configure(
        form: logs.LogFormat = "json", level: str = "info", stream: StringIO | None = None
    ) -> StringIO:
        stream = stream or StringIO()
        logs.configure(level=level, form=form, stream=stream)
        return stream

    yield configure
    structlog.reset_defaults()
    root.handlers, root.level = before


def _lines(stream: StringIO) -> list[dict[str, Any]]:
    return [orjson.loads(line) for line in stream.getvalue().splitlines()]


def test_a_json_line_has_time_level_event_and_values(start: Start) -> None:
    """Each event is one line of JSON with the time in UTC."""
    stream = start()
    logs.get_logger().info("seed_decided", path="a.txt", read_ms=1.5)
    (line,) = _lines(stream)
    assert line.pop("timestamp").endswith("Z")
    assert line == {"level": "info", "event": "seed_decided", "path": "a.txt", "read_ms": 1.5}


def test_what_is_below_the_level_is_not_logged(start: Start) -> None:
    """The level decides what is written."""
    stream = start(level="warning")
    logs.get_logger().info("seed_decided")
    logs.get_logger().warning("worker_died")
    assert [line["event"] for line in _lines(stream)] == ["worker_died"]


def test_automatic_form_is_json_where_nobody_reads(start: Start) -> None:
    """A pipe or a file gets JSON lines."""
    stream = start("auto")
    logs.get_logger().info("daemon_started")
    assert _lines(stream)[0]["event"] == "daemon_started"


def test_automatic_form_is_words_on_a_terminal(start: Start) -> None:
    """A terminal gets what a person reads easily."""
    stream = start("auto", stream=Terminal())
    logs.get_logger().info("daemon_started", workers=2)
    assert "daemon_started" in stream.getvalue()
    assert not stream.getvalue().startswith("{")


def test_what_libraries_log_takes_the_same_way(start: Start) -> None:
    """A library's warning is an event with its name and message."""
    stream = start()
    logging.getLogger("some.library").warning("queue of %d is full", 3)
    (line,) = _lines(stream)
    said = {key: line[key] for key in ("event", "level", "logger", "message")}
    assert said == {
        "event": "library_logged",
        "level": "warning",
        "logger": "some.library",
        "message": "queue of 3 is full",
    }


def test_an_exception_is_logged_with_its_traceback(start: Start) -> None:
    """What went wrong, and where, stands in the line of the event."""
    stream = start()
    try:
        int("no number")
    except ValueError:
        logs.get_logger().exception("job_failed")
    (line,) = _lines(stream)
    assert line["exception"][0]["exc_type"] == "ValueError"
    assert "no number" in line["exception"][0]["exc_value"]


@pytest.mark.parametrize("value", ["caf\udce9.txt", 2**70, b"bytes", {1: 2}, object])
def test_a_value_that_json_lacks_does_not_lose_the_line(start: Start, value: object) -> None:
    """Whatever is logged, the line comes out and can be read."""
    stream = start()
    logs.get_logger().info("file_ignored", what=value)
    assert _lines(stream)[0]["event"] == "file_ignored"


class FullDisk(StringIO):
    """A stream that takes nothing."""

    def write(self, _text: str) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("form", ["json", "console"])
def test_a_log_that_cannot_be_written_ends_nothing(start: Start, form: logs.LogFormat) -> None:
    """It may lie on the disk that is full."""
    start(form, stream=FullDisk())
    logs.get_logger().info("something_happened")
