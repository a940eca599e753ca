"""A digest's timetable: the instants at which its editions end. Pure.

They come from a cron expression or an interval. One that falls into quiet hours comes when they are
over, where several become one; one on another weekday than the digest's doesn't come at all.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tidende.digest.cron import RESOLUTION, Cron
from tidende.digest.quiet import QuietHours

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True, kw_only=True)
class Every:
    """An interval that is counted from the last edition's end: hours that pass, on no clock."""

    interval: timedelta

    def first(self, start: datetime, end: datetime, since: datetime) -> datetime | None:
        """Return the first instant in [`start`, `end`] that is whole intervals after `since`."""
        passed = max(1, -((since - start) // self.interval))
        instant = since + passed * self.interval
        return instant if instant <= end else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """When a digest's editions end; all moments are aware, and those returned in UTC."""

    source: Cron | Every
    timezone: ZoneInfo
    weekdays: frozenset[str] = field(default=frozenset(_WEEKDAYS))
    quiet: QuietHours | None = None

    @classmethod
    def read(
        cls,
        *,
        cron: str,
        interval_minutes: int = 0,
        timezone: str,
        weekdays: Iterable[str] = _WEEKDAYS,
        quiet_hours: str = "",
    ) -> "Timetable":
        """Return the timetable that a digest's settings say; raises ConfigError for a bad cron."""
        zone = ZoneInfo(timezone)
        interval = timedelta(minutes=interval_minutes)
        return cls(
            source=Every(interval=interval) if interval else Cron(cron, timezone),
            timezone=zone,
            weekdays=frozenset(weekdays),
            quiet=QuietHours.read(quiet_hours, zone),
        )

    def is_quiet(self, moment: datetime) -> bool:
        """Say whether nothing may be made at a moment."""
        return self.quiet is not None and self.quiet.holds(moment)

    def first(self, after: datetime, until: datetime, *, since: datetime) -> datetime | None:
        """Return the first instant in (`after`, `until`], None when there is none.

        `since` is the last edition's end.
        """
        return next(self._instants(after.astimezone(UTC), until.astimezone(UTC), since), None)

    def last(self, after: datetime, until: datetime, *, since: datetime) -> datetime | None:
        """Return the last instant in (`after`, `until`], else as `first`.

        Bisects: "one is left after this moment" holds up to the last instant and then no more, so
        thirty questions are enough for years of a cron expression that fires each minute.
        """
        latest = self.first(after, until, since=since)
        none_after = until.astimezone(UTC)
        while latest is not None and none_after - latest > RESOLUTION:
            middle = latest + (none_after - latest) / 2
            found = self.first(middle - timedelta.resolution, until, since=since)
            if found is None:
                none_after = middle
            else:
                latest = found
        return latest

    def _instants(self, after: datetime, until: datetime, since: datetime) -> Iterator[datetime]:
        start = after + timedelta.resolution
        if self.quiet is not None and self.quiet.holds(after):
            # What fell into these hours before `after` comes when they are over.
            start = min(start, self.quiet.begun(after))
        while (planned := self._planned(start, until, since)) is not None:
            instant, start = planned, planned + RESOLUTION
            if self.quiet is not None and self.quiet.holds(planned):
                instant = start = self.quiet.ended(planned)
            if instant > until:
                return
            if not self._is_on_its_day(instant):
                start = max(start, self._day_passed(instant))
            elif instant > after:
                yield instant

    def _planned(self, start: datetime, end: datetime, since: datetime) -> datetime | None:
        if isinstance(self.source, Cron):
            return self.source.first(start, end)
        return self.source.first(start, end, since.astimezone(UTC))

    def _is_on_its_day(self, moment: datetime) -> bool:
        return _WEEKDAYS[moment.astimezone(self.timezone).weekday()] in self.weekdays

    def _day_passed(self, moment: datetime) -> datetime:
        """Return up to when all that comes after a moment comes on the same day, in UTC.

        That is midnight, or the next quiet hours: what falls into them may come on the next day.
        """
        day = moment.astimezone(self.timezone).date() + timedelta(days=1)
        midnight = datetime.combine(day, time(), self.timezone).astimezone(UTC)
        return min(midnight, self.quiet.next_begin(moment)) if self.quiet else midnight
