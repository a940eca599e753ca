"""Judges articles by what they say, against those whose text is nearly the same.

The known ones' texts are those of their events, in the ledger or in the transaction at hand.
"""

from collections.abc import Iterable
from functools import lru_cache

import orjson
from sqlalchemy import Connection

from tidende.dedup.telling import Telling, tell
from tidende.dedup.verdict import decide
from tidende.model.event import Event
from tidende.model.verdict import Verdict
from tidende.service.catalogue import Search
from tidende.service.outcome import FingerprintedArticle
from tidende.store import events

_REMEMBERED = 128  # articles' tellings, some 50 kB each
_LARGE = 200_000  # bytes of an event, of which a telling takes ten times as many: not remembered


class Comparing:
    """Comparisons within one transaction."""

    def __init__(self, connection: Connection, search: Search) -> None:
        self._connection = connection
        self._search = search
        self._fresh: dict[int, Event] = {}

    def remember(self, event: Event) -> None:
        """Have an article of this transaction compared with those that follow it."""
        self._fresh[event.sequence] = event

    def decide(self, article: FingerprintedArticle) -> tuple[Verdict, int | None]:
        """Return the verdict on an article, and the sequence of the one that it repeats."""
        near = self._search.copies(article.sketch)
        if not near:
            return Verdict(verdict="new"), None
        known = {event.subject: event for event in self._events(near)}
        prepared = article.prepared
        verdict = decide(
            tell(orjson.loads(prepared.text), orjson.loads(prepared.extraction)),
            {subject: _tell(event.body) for subject, event in known.items() if subject},
        )
        return verdict, known[verdict.of].sequence if verdict.of else None

    def _events(self, sequences: Iterable[int]) -> list[Event]:
        """Return these articles' events in this order, but for those whose body is gone."""
        wanted = list(sequences)
        found = dict(self._fresh)
        missing = [sequence for sequence in wanted if sequence not in found]
        for event in events.by_sequences(self._connection, missing):
            found[event.sequence] = event
        return [found[sequence] for sequence in wanted if sequence in found]


def _tell(body: bytes) -> Telling:
    return _read(body) if len(body) > _LARGE else _remembered(body)


@lru_cache(maxsize=_REMEMBERED)
def _remembered(body: bytes) -> Telling:
    return _read(body)


def _read(body: bytes) -> Telling:
    data = orjson.loads(body)["data"]
    return tell(data["text"], data["extraction"])
