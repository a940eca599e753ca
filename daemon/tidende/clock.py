"""The only place that asks the system for the time, so that everything else can be told it."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeAlias

Clock: TypeAlias = Callable[[], datetime]

DAY_SECONDS = 86_400.0


def now() -> datetime:
    """Return the current time in UTC."""
    return datetime.now(tz=UTC)


def monotonic() -> float:
    """Return seconds that never jump, for measuring how long something took."""
    return time.monotonic()


def milliseconds_since(start: float) -> float:
    """Return how long it is since `start`, a `monotonic` time, in milliseconds to the µs."""
    return round((time.monotonic() - start) * 1000, 3)


def rfc3339(moment: datetime) -> str:
    """Return an aware time as RFC 3339 in UTC, with milliseconds."""
    utc = moment.astimezone(UTC)
    return utc.strftime("%Y-%m-%dT%H:%M:%S.") + f"{utc.microsecond // 1000:03d}Z"


def rfc3339_of(seconds: float) -> str:
    """Return seconds since 1970 as RFC 3339 in UTC."""
    return rfc3339(datetime.fromtimestamp(seconds, tz=UTC))
