"""To a digest with a filter the ledger is what fits it: what else came is neither news nor known.

So a story is known only if one of its earlier articles was wanted, and the first wanted copy of an
article that wasn't (an agency's text, by the newspaper that the digest follows) is an article.
"""

from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from sqlalchemy import Connection

from tidende.digest.filters import Filter
from tidende.digest.recall import earlier, original
from tidende.model.edition import Window

_Event: TypeAlias = dict[str, Any]

_ARTICLE, _COPY = "tidende.article.new.v1", "tidende.article.duplicate.v1"


def keep_wanted(
    connection: Connection, window: Window, wanted: Filter, found: Iterable[_Event]
) -> Iterator[_Event]:
    """Yield those of a window's events, as `select` does, that are wanted, changed accordingly."""
    past = _Past(connection, window, wanted)
    first: dict[str, str] = {}  # who tells an article in this window, by the original's subject
    for event in found:
        if not wanted.fits(event):
            continue
        story, subject, of = event["data"]["story"], event["subject"], original(event)
        if story["told"]:
            known = past.originals(story["id"])
            story["told"] = len(known)
        else:
            known = frozenset()
        if event["type"] != _COPY:
            first[subject] = subject
        elif of in first:
            event["data"]["dedup"]["of"] = first[of]
        elif of not in known:
            first[of] = subject
            event["type"] = _ARTICLE
            event["data"]["dedup"] |= {"verdict": "new", "of": None, "changes": []}
        yield event


class _Past:
    """What was wanted of stories before a window; each is read once."""

    def __init__(self, connection: Connection, window: Window, wanted: Filter) -> None:
        self._connection = connection
        self._after = window.after
        self._wanted = wanted
        self._known: dict[str, frozenset[str]] = {}

    def originals(self, story: str) -> frozenset[str]:
        """Return the subjects of a story's wanted articles and of what wanted copies repeat."""
        if story not in self._known:
            before = earlier(self._connection, self._after, self._wanted, story)
            self._known[story] = frozenset(original(event) for event in before)
        return self._known[story]
