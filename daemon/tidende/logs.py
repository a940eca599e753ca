"""Logging: structlog events, rendered for a person on a terminal and as JSON lines elsewhere.

Event names are constants in the past tense ("seed_decided"), values are keys, units stand in the
keys ("took_ms"). Article text is never logged.
"""

import json
import logging
import sys
from contextlib import suppress
from typing import Literal, TextIO, cast

import orjson
import structlog

LogFormat = Literal["auto", "console", "json"]


def configure(*, level: str, form: LogFormat, stream: TextIO | None = None) -> None:
    """Send all logging, the libraries' too, to `stream` (standard error when None)."""
    out = cast("TextIO", _Unbreakable(stream or sys.stderr))
    for_person = form == "console" or (form == "auto" and out.isatty())
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.StackInfoRenderer(),
    ]
    if for_person:
        stamp = structlog.processors.TimeStamper(fmt="%H:%M:%S", utc=False)
        last: list[structlog.typing.Processor] = [
            structlog.dev.ConsoleRenderer(pad_event_to=16, sort_keys=False)
        ]
    else:
        stamp = structlog.processors.TimeStamper(fmt="iso", utc=True)
        last = [structlog.processors.dict_tracebacks, _render_json]
    structlog.configure(
        processors=[*shared, stamp, *last],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(out),
        cache_logger_on_first_use=False,
    )
    _adopt_standard_logging(level)


class _Unbreakable:
    """A stream that loses what can't be written: a full disk must not end us by its log."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        with suppress(OSError):
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._stream.flush()

    def isatty(self) -> bool:
        return self._stream.isatty()


def get_logger() -> structlog.typing.FilteringBoundLogger:
    """Return a logger; where it is called doesn't matter, the event name says what happened."""
    logger: structlog.typing.FilteringBoundLogger = structlog.get_logger()
    return logger


def _render_json(_logger: object, _method: str, event: structlog.typing.EventDict) -> str:
    first = {key: event.pop(key) for key in ("timestamp", "level", "event") if key in event}
    line = {**first, **event}
    try:
        return orjson.dumps(line, default=repr).decode()
    except TypeError:  # a library's file name in surrogates, say; a line is never lost for it
        text = json.dumps(line, default=repr, skipkeys=True, ensure_ascii=False)
        return text.encode(errors="replace").decode()


class _ToStructlog(logging.Handler):
    """Passes what libraries log through the same rendering."""

    def emit(self, record: logging.LogRecord) -> None:
        get_logger().log(
            record.levelno,
            "library_logged",
            logger=record.name,
            message=record.getMessage(),
            exc_info=record.exc_info,
        )


def _adopt_standard_logging(level: str) -> None:
    root = logging.getLogger()
    root.handlers = [_ToStructlog()]
    root.setLevel(max(logging.WARNING, logging.getLevelNamesMapping()[level.upper()]))
