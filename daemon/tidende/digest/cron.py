"""Crontab expressions as crontab(5) reads them, over APScheduler's trigger."""

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tidende.errors import ConfigError

if TYPE_CHECKING:
    from apscheduler.triggers.cron import CronTrigger

_WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NUMBERED = re.compile(r"(\*|[0-7])(?:-([0-7]))?(?:/([1-9]\d?))?")
_HOUR, _WEEKDAY, _FIELDS = 1, 4, 5
RESOLUTION = timedelta(seconds=1)


def cron_trigger(cron: str, timezone: str) -> "CronTrigger":
    """Return APScheduler's trigger for a crontab expression.

    `CronTrigger.from_crontab` counts weekdays from Monday; cron's 0 and 7 are Sunday. Raises
    ConfigError for what is no cron expression or time zone.
    """
    # 160 ms, and no command but those that make digests needs it.
    from apscheduler.triggers.cron import CronTrigger  # noqa: PLC0415

    fields = cron.split()
    try:
        if len(fields) == _FIELDS:
            fields[_WEEKDAY] = _name_weekdays(fields[_WEEKDAY])
        return CronTrigger.from_crontab(" ".join(fields), ZoneInfo(timezone))
    except (ValueError, LookupError, OSError) as error:
        raise ConfigError(
            f'no schedule (expected minute hour day month weekday, like "0 6 * * *"): {error}'
        ) from error


class Cron:
    """One expression in one time zone."""

    def __init__(self, cron: str, timezone: str) -> None:
        self._trigger = cron_trigger(cron, timezone)
        # When summer time ends an hour comes twice. A schedule that names its hours fires in the
        # first of the two only, as cron does.
        self._once = not cron.split()[_HOUR].startswith("*")

    def first(self, start: datetime, end: datetime) -> datetime | None:
        """Return the first instant in [`start`, `end`], in UTC, rounded up to a second, or None."""
        while start <= end:
            found: datetime | None = self._trigger.get_next_fire_time(
                None, start.astimezone(self._trigger.timezone)
            )
            instant = found.astimezone(UTC) if found else None
            if instant is None or instant > end:
                return None
            if not (self._once and instant.astimezone(self._trigger.timezone).fold):
                return instant
            start = instant + RESOLUTION
        return None


def _name_weekdays(field: str) -> str:
    """Return a weekday field with names for numbers, which APScheduler doesn't count as cron."""
    return ",".join(_name_weekday(part) for part in field.split(","))


def _name_weekday(part: str) -> str:
    match = _NUMBERED.fullmatch(part)
    if match is None:
        return part
    first, last, step = match.groups()
    if first == "*" and step is None:
        return part
    begin = 0 if first == "*" else int(first)
    end = int(last) if last else begin if step is None and first != "*" else len(_WEEKDAYS) - 2
    return ",".join(_WEEKDAYS[begin : end + 1 : int(step or 1)])
