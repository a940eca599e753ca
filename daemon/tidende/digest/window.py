"""Which window of the ledger an edition covers."""

from datetime import UTC, datetime

from sqlalchemy import Connection

from tidende.model.edition import Window
from tidende.store import editions, events
from tidende.store.editions import EditionRow


def next_window(
    connection: Connection, digest: str, end: datetime, *, recorded_by: datetime
) -> Window:
    """Return the window from the digest's last edition to what was recorded by a moment.

    It begins behind windows that were skipped, but is told as beginning with the last edition:
    what lies in between was no news.
    """
    last, told = editions.last(connection, digest), editions.last_told(connection, digest)
    after = last.through if last else 0
    return Window(
        after=after,
        through=max(after, events.last_article_sequence(connection, recorded_by)),
        end=end,
        since=moment(told.window_end) if told else None,
    )


def past_window(connection: Connection, since: datetime, until: datetime) -> Window:
    """Return the window of what was recorded after one moment and by another."""
    after = events.last_article_sequence(connection, since)
    return Window(
        after=after,
        through=max(after, events.last_article_sequence(connection, until)),
        end=until,
        since=since,
    )


def window_of(row: EditionRow) -> Window:
    """Return the window that an edition covers."""
    return Window(
        after=row.after,
        through=row.through,
        end=moment(row.window_end),
        since=None if row.since is None else moment(row.since),
    )


def moment(seconds: float) -> datetime:
    """Return seconds since 1970 as the ledger has them, in UTC."""
    return datetime.fromtimestamp(seconds, tz=UTC)
