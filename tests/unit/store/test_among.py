"""One of many values."""

from sqlalchemy import select

from tidende.store.among import among, these
from tidende.store.ledger import Ledger
from tidende.store.stories import StoryRow, put
from tidende.store.tables import stories

IDS = ['"', "\\u0041", "a'b", "æ🎈", "1", ""]


def test_values_are_found_as_they_are(ledger: Ledger) -> None:
    """Quotes, escapes, digits and no letters at all are text like any other."""
    query = select(stories.c.id).where(among(stories.c.id))
    with ledger.write() as connection:
        put(connection, [StoryRow(id=each, thread=None, version=len(each)) for each in IDS])
        for each in IDS:
            assert connection.scalars(query, these([each, "other"])).all() == [each]
        assert connection.scalars(query, these([])).all() == []
        numbers = select(stories.c.id).where(among(stories.c.version))
        assert set(connection.scalars(numbers, these([2, 3, 7]))) == {"æ🎈", "a'b"}
