"""When an edition is due: pure, from the timetable, the last edition, and the time it is now."""

from datetime import UTC, datetime, timedelta

from tidende.digest.timetable import Timetable


def edition_due(
    table: Timetable, *, last_end: datetime | None, now: datetime, each: bool
) -> datetime | None:
    """Return the window end of the edition that is due, in UTC and whole seconds, or None.

    The first is due at once; a later one when an instant of the timetable has passed since
    `last_end`: the latest if several have, or with `each` the first of them. None is due in quiet
    hours. Times are aware.
    """
    if table.is_quiet(now):
        return None
    if last_end is None:
        return now.astimezone(UTC).replace(microsecond=0)
    search = table.first if each else table.last
    return search(last_end, now, since=last_end)


def passing_over(
    table: Timetable, due: datetime, *, last_end: datetime, news: datetime | None, now: datetime
) -> datetime:
    """Return in the place of the edition that is `due` the first that has something to tell.

    `news` is when the first article after the last edition was recorded, None when there is none.
    Where no instant that has passed can tell of it, the last of them stands for all.
    """
    if news is not None and news <= due:
        return due
    after = now if news is None else max(last_end, news - timedelta.resolution)
    search = {"until": now, "since": last_end}
    return table.first(after, **search) or table.last(last_end, **search) or due
