"""When an edition is due: pure, from the schedule, the last edition, and the time it is now."""

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
_RESOLUTION = timedelta(seconds=1)


def cron_trigger(cron: str, timezone: str) -> "CronTrigger":
    """Return APScheduler's trigger for a crontab expression as crontab(5) reads it.

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
        raise ConfigError(f"no schedule: {cron!r} in {timezone!r}: {error}") from error


def edition_due(
    *,
    cron: str,
    timezone: str,
    last_end: datetime | None,
    has_articles: bool,
    now: datetime,
) -> datetime | None:
    """Return the window end of the edition that is due, in UTC and whole seconds, or None.

    Without articles since the last edition none is due. The first is due at once; a later one
    when a scheduled instant has passed since `last_end`, the latest if several have. Times
    are aware.
    """
    if not has_articles:
        return None
    if last_end is None:
        return now.astimezone(UTC).replace(microsecond=0)
    return _latest_instant(cron, timezone, last_end.astimezone(UTC), now.astimezone(UTC))


def _latest_instant(cron: str, timezone: str, after: datetime, now: datetime) -> datetime | None:
    """Return the last scheduled instant in (`after`, `now`].

    Bisects: "one is left after this moment" holds up to the last instant and then no more, so
    thirty questions are enough for years of a cron expression that fires each minute.
    """
    trigger = cron_trigger(cron, timezone)
    once = not cron.split()[_HOUR].startswith("*")
    latest = _next_instant(trigger, after + timedelta.resolution, now, once=once)
    none_after = now
    while latest is not None and none_after - latest > _RESOLUTION:
        middle = latest + (none_after - latest) / 2
        found = _next_instant(trigger, middle, now, once=once)
        if found is None:
            none_after = middle
        else:
            latest = found
    return latest


def _next_instant(
    trigger: "CronTrigger", start: datetime, end: datetime, *, once: bool
) -> datetime | None:
    """Return the first instant in [`start`, `end`], rounded up to a second, or None.

    When summer time ends an hour comes twice. With `once`, a schedule that names its hours
    fires in the first of the two only, as cron does.
    """
    while start <= end:
        found: datetime | None = trigger.get_next_fire_time(
            None, start.astimezone(trigger.timezone)
        )
        instant = found.astimezone(UTC) if found else None
        if instant is None or instant > end:
            return None
        if not (once and instant.astimezone(trigger.timezone).fold):
            return instant
        start = instant + _RESOLUTION
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
