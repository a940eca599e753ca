"""When an article was news, from what it says of its date and when it was received."""

from datetime import UTC, date, datetime, time, timedelta

from tidende.model.article import Published


def news_time(published: Published | None, received: datetime) -> datetime:
    """Return when an article was news: as published, else as received.

    A partial date counts as its last moment, but never later than the article was received.
    """
    if published is None:
        return received
    try:
        return min(_last_moment(published), received)
    except (ValueError, OverflowError):  # the year 0 or 9999: printed, but no moment of ours
        return received


def _last_moment(published: Published) -> datetime:
    value = published.value
    if published.precision == "minute":
        moment = datetime.fromisoformat(value)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if published.precision == "day":
        after = date.fromisoformat(value) + timedelta(days=1)
    else:
        year, month = int(value[:4]), int(value[5:7] or 12)
        after = date(year + month // 12, month % 12 + 1, 1)
    return datetime.combine(after, time(), UTC) - timedelta(seconds=1)
