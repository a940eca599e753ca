"""Makes a ledger agree with itself and with the queue again, in one transaction.

In order: events whose files survive come back; bodies come back from files; what belongs to an
event comes back from its body; and what can't be put together again goes, so that its seed may
come in anew under the same names.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

import orjson
from sqlalchemy import Connection, delete, exists, insert, select, update
from sqlalchemy.exc import IntegrityError, InterfaceError, ProgrammingError

from tidende.emit.envelope import article_event_type
from tidende.emit.identity import ArticleKey, article_event_id
from tidende.emit.queue_files import QueueFile
from tidende.errors import StoreError
from tidende.model.event import ARTICLE_EVENTS
from tidende.service.doctor.adoption import Adoption, Json
from tidende.service.doctor.relinking import relink
from tidende.store import retention
from tidende.store.events import packer, unpack
from tidende.store.tables import articles, deliveries, events, rejections, seeds

Tell: TypeAlias = Callable[[str], None]
SetAside: TypeAlias = Callable[[QueueFile], None]
"""Takes a file out of the queue, to where a person can look at it."""

_NOT_AS_IT_SHOULD_BE = (
    *(ArithmeticError, AttributeError, LookupError, TypeError, ValueError),
    *(IntegrityError, InterfaceError, ProgrammingError),
)
"""What comes of an event that lacks something, or has another thing in its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    """What one transaction mends; `files` are the queue's, in order of sequence.

    A file of which no event of the ledger can be made is set aside: no start would go by it.
    """

    connection: Connection
    adoption: Adoption
    files: tuple[QueueFile, ...]
    moment: float
    salvaged: bool
    """Whether the ledger was made of what could be read of a damaged one."""
    tell: Tell
    set_aside: SetAside

    def mend(self) -> None:
        """Do all of it; each kind of thing that was done is told in a line."""
        self._take_back_events()
        self._mend_bodies()
        self._drop_orphans(rejections)
        self._adopt_orphans()
        self._drop_orphans(articles)
        self._drop_inexplicable()
        self._stand_in_for_lost_events()

    def _say(self, count: int, what: str) -> None:
        if count:
            self.tell(f"{count} {what}")

    def _take_back_events(self) -> None:
        """Give every file its event's row."""
        known = set(self.connection.scalars(select(events.c.id)))
        taken = set(self.connection.scalars(select(events.c.sequence)))
        back = 0
        for file in self.files:
            if file.id in known:
                continue
            body = _content(file)
            event = _parsed(body, file)
            if event is None or file.sequence in taken:
                if file.place != "tmp":  # there the next start clears it away
                    why = "another event has its sequence" if event else "holds no whole event"
                    self.tell(f"{file.path}: {why}")
                    self.set_aside(file)
                continue
            self.connection.execute(
                insert(events).values(
                    sequence=file.sequence,
                    id=file.id,
                    type=event["type"],
                    subject=event.get("subject"),
                    recorded=_seconds(event["time"]),
                    body=packer()(body),
                    published=file.place != "tmp",
                )
            )
            known.add(file.id)
            taken.add(file.sequence)
            back += 1
        self._say(back, "events were taken back into the ledger from their files")

    def _mend_bodies(self) -> None:
        """Restore damaged bodies from the events' files; what has none is emptied."""
        files = {file.id: file for file in self.files}
        restored, emptied = 0, []
        for sequence in self.connection.scalars(select(events.c.sequence)).all():
            query = select(events.c.id, events.c.body).where(events.c.sequence == sequence)
            row = self.connection.execute(query).one()
            try:
                unpack(self.connection, sequence, row.body)
            except StoreError:
                file = files.get(row.id)
                body = _content(file) if file else b""
                if file is None or _parsed(body, file) is None:
                    emptied.append(sequence)
                    continue
                values = {"body": packer()(body)}
                self.connection.execute(
                    update(events).where(events.c.sequence == sequence).values(values)
                )
                restored += 1
        for sequence in emptied:
            retention.empty(self.connection, [sequence])
            retention.mark_pruned(self.connection, [sequence], self.moment)
        self._say(restored, "damaged events were restored from their files")
        self._say(len(emptied), "damaged events have no file: their texts are lost")

    def _adopt_orphans(self) -> None:
        """Write what belongs to the events, as far as it is missing."""
        whole = (
            select(articles.c.id)
            .join(seeds, seeds.c.id == articles.c.seed)
            .where(articles.c.sequence == events.c.sequence)
            .exists()
        )
        lacking = (events.c.type.startswith(ARTICLE_EVENTS) & ~whole) | events.c.type.in_(
            (
                "tidende.seed.quarantined.v1",
                "tidende.story.updated.v1",
                "tidende.digest.published.v1",
            )
        )
        query = select(events.c.sequence).where(lacking).order_by(events.c.sequence)
        failed = articles_back = 0
        for sequence in self.connection.scalars(query).all():
            packed = self.connection.execute(
                select(events.c.body).where(events.c.sequence == sequence)
            ).scalar_one()
            if packed:
                event = orjson.loads(unpack(self.connection, sequence, packed))
                adopted = self._adopt(sequence, event)
                failed += not adopted
                articles_back += adopted and event["type"].startswith(ARTICLE_EVENTS)
        self._say(failed, "events don't tell enough of their seeds for these to be known again")
        if articles_back or self.salvaged:
            relink(self.connection)

    def _adopt(self, sequence: int, event: Json) -> bool:
        """Adopt one event, or nothing of it: half of it would have its seed passed for known."""
        savepoint = self.connection.begin_nested()
        try:
            adopted = self.adoption.adopt(sequence, event)
        except _NOT_AS_IT_SHOULD_BE as error:
            self.tell(f"event {sequence}: can't be understood: {type(error).__name__}: {error}")
            adopted = False
        if adopted:
            savepoint.commit()
        else:
            savepoint.rollback()
        return adopted

    def _drop_orphans(self, table: Any) -> None:
        """Let go of what refers to a seed that nobody knows any more."""
        lost = ~exists().where(seeds.c.id == table.c.seed)
        sequences: Iterable[int] = ()
        if table is articles:
            sequences = self.connection.scalars(select(articles.c.sequence).where(lost)).all()
        count = self.connection.execute(delete(table).where(lost)).rowcount
        self._drop_events(sequences)
        if table is articles:
            self._say(count, "articles are lost: their seeds come in anew if they are still there")

    def _drop_inexplicable(self) -> None:
        """Let go of articles' events without an article: the same seed would be given their ids."""
        query = select(events.c.sequence).where(
            events.c.type.startswith(ARTICLE_EVENTS),
            ~exists().where(articles.c.sequence == events.c.sequence),
        )
        sequences = self.connection.scalars(query).all()
        self._drop_events(sequences)
        self._say(len(sequences), "events without a known article were let go of")

    def _drop_events(self, sequences: Iterable[int]) -> None:
        dropped = set(sequences)
        for file in self.files:
            if file.sequence in dropped:
                self.set_aside(file)
        for sequence in dropped:
            self.connection.execute(delete(deliveries).where(deliveries.c.sequence == sequence))
            self.connection.execute(delete(events).where(events.c.sequence == sequence))
        gone = ~exists().where(events.c.sequence == deliveries.c.sequence)
        self.connection.execute(delete(deliveries).where(gone))

    def _stand_in_for_lost_events(self) -> None:
        """Give articles whose event is lost one without a body, under the id that it had."""
        query = (
            select(articles, seeds.c.inbox, seeds.c.path, seeds.c.occurrence, seeds.c.received)
            .join(seeds, seeds.c.id == articles.c.seed)
            .where(~exists().where(events.c.sequence == articles.c.sequence))
        )
        rows = self.connection.execute(query).all()
        for row in rows:
            key = ArticleKey(
                inbox=row.inbox,
                path=row.path,
                sha256=row.sha256,
                occurrence=row.occurrence,
                ordinal=row.ordinal,
            )
            kind = article_event_type(row.verdict)
            self.connection.execute(
                insert(events).values(
                    sequence=row.sequence,
                    id=article_event_id(kind, key),
                    type=kind,
                    subject=row.subject,
                    recorded=row.received,
                    body=b"",
                    published=True,
                    pruned=self.moment,
                )
            )
        self._say(len(rows), "articles are known, but their events' texts are lost")


def _content(file: QueueFile) -> bytes:
    """Return what a file holds, nothing when it was moved on meanwhile."""
    try:
        return file.path.read_bytes()
    except FileNotFoundError:
        return b""


def _parsed(body: bytes, file: QueueFile) -> Json | None:
    """Return the event in a file, None unless it is one of ours and the one that the name says."""
    try:
        event = orjson.loads(body)
        _seconds(event["time"])
        said = (event["id"], int(event["sequence"]), event["type"].partition(".")[0])
        whole = isinstance(event["data"], dict) and isinstance(event.get("subject"), str | None)
    except (AttributeError, KeyError, OverflowError, TypeError, ValueError):
        return None
    return event if whole and said == (file.id, file.sequence, "tidende") else None


def _seconds(time: str) -> float:
    return datetime.fromisoformat(time).timestamp()
