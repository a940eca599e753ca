"""Takes events back into the ledger: from an event, the rows that were written with it.

An event carries all that its decision rests on: where its seed lay and what was in it, the verdict,
the story, the text of which the fingerprint is made. With these rows back, the same seed is known
and isn't published a second time.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias

from sqlalchemy import Connection, func, select, update

from tidende.dedup.fingerprint import fingerprint_of
from tidende.emit.identity import ArticleKey, article_subject, quarantine_key
from tidende.intake.scanner import look
from tidende.model.event import ARTICLE_EVENTS
from tidende.model.seed import Stamp
from tidende.service.rereading import signature
from tidende.service.seed_keys import unread, was_read
from tidende.store import articles, editions, rejections, seeds, signatures, stories
from tidende.store.articles import ArticleRow
from tidende.store.editions import EditionRow
from tidende.store.rejections import RejectionRow
from tidende.store.seeds import SeedRow
from tidende.store.stories import StoryRow
from tidende.store.tables import articles as articles_table
from tidende.store.tables import editions as editions_table
from tidende.store.tables import rejections as rejections_table
from tidende.store.tables import seeds as seeds_table

Json: TypeAlias = Mapping[str, Any]
Locate: TypeAlias = Callable[[str, str], Path | None]
"""Gives the file of an inbox's name and an escaped path, None when there is no such inbox."""

NO_STAMP = Stamp(size=0, mtime_ns=0, ctime_ns=0, inode=0)
"""No file looks so: a scan reads the file again, finds the same content, and notes its stamp."""
ORDINALS = 10_000
OCCURRENCES = 100


class Adoption:
    """Adopts events within one transaction; adopting one twice changes nothing."""

    def __init__(
        self, connection: Connection, locate: Locate, reason_exists: Callable[[str, str], bool]
    ) -> None:
        self._connection = connection
        self._locate = locate
        self._reason_exists = reason_exists
        # What the ledger had is newer than any event; what events gave is as old as the last one.
        self._articles: set[str] = set()
        self._stories: set[str] = set()

    def adopt(self, sequence: int, event: Json) -> bool:
        """Write the rows that belong to an event, as far as they are missing; say if it could."""
        kind = event["type"]
        if kind.startswith(ARTICLE_EVENTS):
            return self._article(sequence, event)
        if kind == "tidende.seed.quarantined.v1":
            return self._refusal(event)
        if kind == "tidende.story.updated.v1":
            self._story(event["data"])
        if kind == "tidende.digest.published.v1":
            self._edition(event)
        return True

    def _article(self, sequence: int, event: Json) -> bool:
        data, subject = event["data"], event["subject"]
        known = self._connection.execute(
            select(articles_table).where(articles_table.c.subject == subject)
        ).first()
        key = _find_key(data["provenance"], lambda key: article_subject(key) == subject)
        if key is None:
            return False
        seed = self._seed(key, data["provenance"], sequence, number=known.seed if known else None)
        if known:
            return True
        blocks = data["extraction"]["blocks"]
        row = ArticleRow(
            seed=seed,
            ordinal=key.ordinal or 0,
            subject=subject,
            sequence=sequence,
            verdict=data["dedup"]["verdict"],
            of=data["dedup"]["of"],
            story=data["story"]["id"],
            sha256=key.sha256,
            fingerprint=fingerprint_of(
                data["text"], ((each["role"], each["start"], each["end"]) for each in blocks)
            ),
        )
        articles.add(self._connection, [row])
        self._articles.add(subject)
        self._thread(data["story"])
        if row.verdict != "duplicate":
            signatures.add(self._connection, [signature(sequence, data)])
        return True

    def _thread(self, story: Json) -> None:
        """Note the thread that an article's event tells of its story."""
        known = stories.rows(self._connection, [story["id"]]).get(story["id"])
        if (known or not story["thread"]) and story["id"] not in self._stories:
            return
        version = known.version if known else 0
        row = StoryRow(id=story["id"], thread=story["thread"], version=version)
        stories.put(self._connection, [row])
        self._stories.add(row.id)

    def _story(self, data: Json) -> None:
        """Put a story's articles where its update says, unless a later one is known."""
        story, version = data["story"], data["version"]
        known = stories.rows(self._connection, [story["id"]]).get(story["id"])
        if known and known.version > version:
            return
        members = story["members"]
        if known and known.version == version:
            members = [subject for subject in members if subject in self._articles]
        else:
            row = StoryRow(id=story["id"], thread=story["thread"], version=version)
            stories.put(self._connection, [row])
            self._stories.add(row.id)
        for subject in members:
            chosen = articles_table.c.subject == subject
            self._connection.execute(update(articles_table).where(chosen).values(story=story["id"]))

    def _seed(self, key: ArticleKey, said: Json, sequence: int, *, number: int | None) -> int:
        """Return the number of the event's seed, which is written if it is missing."""
        columns = seeds_table.c
        found = self._scalar(
            select(columns.id).where(
                columns.inbox == key.inbox,
                columns.path == key.path,
                columns.sha256 == key.sha256,
                columns.occurrence == key.occurrence,
            )
        )
        if found is not None:
            return int(found)
        if number is None or self._scalar(select(columns.id).where(columns.id == number)):
            # In its order too: the newest seed of a path is what the path holds now.
            number = self._free(sequence) or seeds.last_id(self._connection) + 1
        row = SeedRow(
            id=number,
            inbox=key.inbox or "",
            path=key.path,
            sha256=key.sha256,
            occurrence=key.occurrence,
            source=said["source"] or "",
            stamp=self._stamp(key),
            received=datetime.fromisoformat(said["received"]).timestamp(),
            attempts=1,
        )
        seeds.add(self._connection, [row])
        return number

    def _free(self, sequence: int) -> int | None:
        """Return a lost seed's number: the first free one after the seed of the article before."""
        earlier = select(articles_table.c.seed).where(articles_table.c.sequence < sequence)
        latest = earlier.order_by(articles_table.c.sequence.desc()).limit(1)
        number = (self._scalar(latest) or 0) + 1
        following = select(seeds_table.c.id).where(seeds_table.c.id >= number)
        for taken in self._connection.scalars(following.order_by(seeds_table.c.id)):
            if taken != number:
                return number
            number += 1
        return None

    def _stamp(self, key: ArticleKey) -> Stamp:
        """Return the stamp of the seed's file, if it still holds what it did."""
        file = self._locate(key.inbox or "", key.path)
        before = look(str(file)) if file else None
        if file is None or before is None:
            return NO_STAMP
        if not was_read(key.sha256):
            return before
        try:
            with file.open("rb") as content:
                same = hashlib.file_digest(content, "sha256").hexdigest() == key.sha256
        except OSError:
            return NO_STAMP
        return before if same and look(str(file)) == before else NO_STAMP

    def _refusal(self, event: Json) -> bool:
        data = event["data"]
        said, name, attempt = data["provenance"], data["quarantine"], data["attempt"]
        columns = rejections_table.c
        known = select(columns.id).where(columns.key == name, columns.attempt == attempt)
        if self._scalar(known) is not None:
            return True
        ordinal = data["ordinal"]
        said = {**said, "sha256": said["sha256"] or self._unread(said)}
        key = _find_key(said, lambda key: quarantine_key(key) == name, ordinals=(ordinal,))
        if key is None:
            return False
        seed = self._seed(key, said, int(event["sequence"]), number=None)
        self._connection.execute(
            update(seeds_table)
            .where(seeds_table.c.id == seed)
            .values(attempts=func.max(seeds_table.c.attempts, attempt))
        )
        row = RejectionRow(
            seed=seed,
            ordinal=ordinal,
            attempt=attempt,
            stage=data["stage"],
            reason=data["reason"],
            message=data["message"],
            rejected=datetime.fromisoformat(event["time"]).timestamp(),
            key=name,
        )
        newest = self._scalar(select(func.max(columns.attempt)).where(columns.key == name)) or 0
        rejections.add(self._connection, [row])
        # It stands there no more if it was tried again since, or read: then its reason is gone.
        stands = attempt > newest and self._reason_exists(name, said["name"])
        settled = columns.attempt < attempt if stands else columns.attempt <= attempt
        self._connection.execute(
            update(rejections_table).where(columns.key == name, settled).values(settled=True)
        )
        return True

    def _unread(self, said: Json) -> str:
        """Stand in for the hash of what was never read, as far as its file still tells."""
        file = self._locate(said["inbox"] or "", said["path"])
        return unread(look(str(file)) if file else None)

    def _edition(self, event: Json) -> None:
        data = event["data"]
        end = datetime.fromisoformat(data["window_end"]).timestamp()
        columns = editions_table.c
        known = select(columns.id).where(
            columns.digest == data["digest"],
            columns.window_end == end,
            columns.version == data["version"],
        )
        if self._scalar(known) is not None:
            return
        kept = ("digest", "version", "after", "through", "stories", "articles")
        last = editions.last(self._connection, data["digest"])
        row = EditionRow(
            **{name: data[name] for name in kept},
            window_end=end,
            made=datetime.fromisoformat(event["time"]).timestamp(),
            # One that tells what others told is an extra one, or a correction: none follows on it.
            kind="extra" if last and data["after"] < last.through else "regular",
            forms=tuple(Path(file).suffix.removeprefix(".") for file in data["files"]),
        )
        editions.add(self._connection, row)

    def _scalar(self, query: Any) -> Any:
        return self._connection.execute(query).scalar()


def _find_key(
    said: Json, fits: Callable[[ArticleKey], bool], ordinals: Sequence[int | None] = range(ORDINALS)
) -> ArticleKey | None:
    """Return the key of which an event's name was made: its ordinal and occurrence aren't told."""
    for occurrence in range(OCCURRENCES):
        for ordinal in ordinals if occurrence == 0 else ordinals[:OCCURRENCES]:
            key = ArticleKey(
                inbox=said["inbox"],
                path=said["path"],
                sha256=said["sha256"],
                occurrence=occurrence,
                ordinal=ordinal,
            )
            if fits(key):
                return key
    return None
