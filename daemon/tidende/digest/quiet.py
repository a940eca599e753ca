"""Quiet hours: a stretch of each day, by the clock on the wall."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """From `begin` until before `end`; over midnight where that is the earlier."""

    begin: time
    end: time
    timezone: ZoneInfo

    @classmethod
    def read(cls, hours: str, timezone: ZoneInfo) -> "QuietHours | None":
        """Return the hours that "22:00-06:30" says, None for the empty text."""
        if not hours:
            return None
        begin, _, end = hours.partition("-")
        return cls(begin=time.fromisoformat(begin), end=time.fromisoformat(end), timezone=timezone)

    def holds(self, moment: datetime) -> bool:
        """Say whether a moment is within them."""
        now = moment.astimezone(self.timezone).time()
        if self.begin < self.end:
            return self.begin <= now < self.end
        return now >= self.begin or now < self.end

    def ended(self, moment: datetime) -> datetime:
        """Return when they are over, in UTC, for a moment within them."""
        local = moment.astimezone(self.timezone)
        day = local + _DAY if self.begin > self.end and local.time() >= self.begin else local
        # An hour that comes twice: the one of the two in which the moment is.
        end = day.replace(hour=self.end.hour, minute=self.end.minute, second=0, microsecond=0)
        return end.astimezone(UTC)

    def begun(self, moment: datetime) -> datetime:
        """Return when they began, in UTC, for a moment within them."""
        local = moment.astimezone(self.timezone)
        day = local - _DAY if local.time() < self.begin else local
        begin = day.replace(
            hour=self.begin.hour, minute=self.begin.minute, second=0, microsecond=0, fold=0
        )
        return begin.astimezone(UTC)

    def next_begin(self, moment: datetime) -> datetime:
        """Return when they begin next after a moment outside of them, in UTC."""
        local = moment.astimezone(self.timezone)
        day = local + _DAY if local.time() >= self.begin else local
        begin = day.replace(hour=self.begin.hour, minute=self.begin.minute, second=0, microsecond=0)
        return begin.astimezone(UTC)
