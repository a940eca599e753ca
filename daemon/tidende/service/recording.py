"""One transaction's decisions: from processed seeds to the rows and events that record them.

`Recording` takes the seeds of a batch in order, decides each, and holds what is to be written.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from tidende.clock import rfc3339_of
from tidende.dedup.verdict import Known, copy_of
from tidende.emit.envelope import Header, seal_article, seal_quarantined, seal_story
from tidende.emit.identity import article_subject, quarantine_key
from tidende.model.event import Event
from tidende.model.payload import Origin, QuarantineData, StoryData
from tidende.model.seed import Rejected
from tidende.model.verdict import Verdict
from tidende.service.knowledge import Knowledge
from tidende.service.memory import Memory
from tidende.service.outcome import FingerprintedArticle, Processed
from tidende.service.recorded import Recorded
from tidende.service.seed_keys import article_key, seed_key, unread
from tidende.store import articles, rejections, seeds
from tidende.store.articles import ArticleRow
from tidende.store.rejections import RejectionRow
from tidende.store.seeds import History, SeedRow
from tidende.store.stories import Member


@dataclass(slots=True, kw_only=True)
class Recording:
    """The rows and events of one transaction."""

    memory: Memory
    header: Header
    knowledge: Knowledge
    new_seeds: list[SeedRow] = field(default_factory=list)
    touched_seeds: list[SeedRow] = field(default_factory=list)
    retried_seeds: list[SeedRow] = field(default_factory=list)
    articles: list[ArticleRow] = field(default_factory=list)
    rejections: list[RejectionRow] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def take(self, processed: Processed) -> Recorded:
        """Decide one seed, and remember what is to be written of it."""
        candidate = processed.candidate
        sha256 = processed.sha256 or unread(candidate.stamp)
        history = self.memory.histories[candidate.inbox, candidate.path]
        if candidate.again is not None:
            return self._retry(history, processed)
        current = history.current
        if current is None or current.sha256 != sha256:
            row = self._new_seed(processed, sha256, history.occurrences(sha256))
            history.rows.append(row)
            return self._decide(row, processed)
        self.touched_seeds.append(replace(current, stamp=candidate.stamp))
        return Recorded(processed=processed, attempt=current.attempts)

    def write(self, connection: Connection) -> None:
        """Write all but the events into the ledger."""
        seeds.add(connection, self.new_seeds)
        seeds.note_attempt(connection, [*self.touched_seeds, *self.retried_seeds])
        if self.retried_seeds:
            rejections.settle(connection, (row.id for row in self.retried_seeds))
        articles.add(connection, self.articles)
        self.knowledge.write()
        rejections.add(connection, self.rejections)

    def _retry(self, history: History, processed: Processed) -> Recorded:
        """Decide again a seed that was refused, unless that attempt was made already."""
        candidate = processed.candidate
        number = next(n for n, row in enumerate(history.rows) if row.id == candidate.again)
        row = history.rows[number]
        if candidate.attempt <= row.attempts:
            return Recorded(processed=processed, attempt=row.attempts)
        if processed.sha256 is not None and row.sha256 != processed.sha256:
            occurrence = history.occurrences(processed.sha256)
            row = replace(row, sha256=processed.sha256, occurrence=occurrence)
        row = replace(row, attempts=candidate.attempt)
        history.rows[number] = row
        self.retried_seeds.append(row)
        settled = tuple(self.memory.refused.get(row.id, ()))
        return replace(self._decide(row, processed), settled=settled)

    def _new_seed(self, processed: Processed, sha256: str, occurrence: int) -> SeedRow:
        row = SeedRow(
            id=self.memory.next_seed,
            inbox=processed.candidate.inbox,
            path=processed.candidate.path,
            sha256=sha256,
            occurrence=occurrence,
            source=processed.candidate.source,
            stamp=processed.candidate.stamp,
            received=processed.received,
            attempts=processed.candidate.attempt,
        )
        self.memory.next_seed += 1
        self.new_seeds.append(row)
        return row

    def _decide(self, seed: SeedRow, processed: Processed) -> Recorded:
        return Recorded(
            processed=processed,
            attempt=seed.attempts,
            copy_key=seed_key(seed),
            articles=tuple(
                self._article(seed, article)
                for article in processed.articles
                if (seed.id, article.prepared.ordinal) not in self.memory.ordinals
            ),
            refusals=tuple(
                (self._refusal(seed, processed, refusal), refusal)
                for refusal in processed.rejections
            ),
        )

    def _article(self, seed: SeedRow, article: FingerprintedArticle) -> ArticleRow:
        key = article_key(seed, article.prepared.ordinal)
        subject, sequence = article_subject(key), self.memory.take_sequence()
        verdict, leader = self._verdict(seed, article)
        row = ArticleRow(
            seed=seed.id,
            ordinal=article.prepared.ordinal,
            subject=subject,
            sequence=sequence,
            verdict=verdict.verdict,
            of=verdict.of,
            sha256=seed.sha256,
            fingerprint=article.fingerprint,
            story="",
        )
        member = Member(sequence=sequence, subject=subject, of=verdict.of)
        placed = self.knowledge.place(member, article, verdict, leader)
        row = replace(row, story=placed.story.id)
        self.memory.originals.setdefault(article.fingerprint, row)
        self.articles.append(row)
        event = seal_article(
            article.prepared,
            key=key,
            subject=subject,
            verdict=verdict,
            story=placed.story,
            header=self.header,
            sequence=sequence,
        )
        self.knowledge.remember(event)
        self.events += [event, *self._seal(placed.updates)]
        return row

    def _verdict(self, seed: SeedRow, article: FingerprintedArticle) -> tuple[Verdict, int | None]:
        """Return the verdict, and the sequence of the article that this one repeats or revises."""
        twin = self.memory.originals.get(article.fingerprint)
        if twin is None:
            return self.knowledge.compare(article)
        return copy_of(_known(twin, seed)), twin.sequence

    def _seal(self, updates: Sequence[StoryData]) -> list[Event]:
        return [
            seal_story(update, header=self.header, sequence=self.memory.take_sequence())
            for update in updates
        ]

    def _refusal(self, seed: SeedRow, processed: Processed, refusal: Rejected) -> str:
        key = article_key(seed, refusal.ordinal)
        name = quarantine_key(key)
        self.rejections.append(
            RejectionRow(
                seed=seed.id,
                ordinal=refusal.ordinal,
                attempt=seed.attempts,
                stage=refusal.stage,
                reason=refusal.reason,
                message=refusal.message,
                rejected=self.header.time.timestamp(),
                key=name,
            )
        )
        self.events.append(
            seal_quarantined(
                QuarantineData(
                    provenance=origin(processed),
                    ordinal=refusal.ordinal,
                    stage=refusal.stage,
                    reason=refusal.reason,
                    message=refusal.message,
                    attempt=seed.attempts,
                    quarantine=name,
                ),
                key=key,
                header=self.header,
                sequence=self.memory.take_sequence(),
            )
        )
        return name


def origin(processed: Processed) -> Origin:
    """Return where a refused seed came from."""
    candidate = processed.candidate
    return Origin(
        name=candidate.name,
        path=candidate.path,
        source=candidate.source,
        inbox=candidate.inbox,
        sha256=processed.sha256,
        size=candidate.stamp.size,
        received=rfc3339_of(processed.received),
    )


def _known(twin: ArticleRow, seed: SeedRow) -> Known:
    return Known(subject=twin.subject, same_bytes=twin.sha256 == seed.sha256)
