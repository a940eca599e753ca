"""The CloudEvents 1.0 envelope, in two halves.

`prepare` is pure and costly and runs in the workers: it serialises all that is known before the
verdict. `seal_*` runs in the committer and splices those bytes into the finished event.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from tidende.clock import rfc3339
from tidende.emit.identity import (
    ArticleKey,
    article_event_id,
    event_id,
    quarantine_event_id,
)
from tidende.emit.ninjs import item
from tidende.emit.schema import schema_urn
from tidende.model.article import Article, Provenance
from tidende.model.event import Event, EventType, format_sequence
from tidende.model.payload import DigestData, QuarantineData, StoryData
from tidende.model.seed import RawSeed
from tidende.model.story import Story
from tidende.model.verdict import Verdict, VerdictKind

_ARTICLE_TYPES: Mapping[VerdictKind, EventType] = {
    "new": "tidende.article.new.v1",
    "revision": "tidende.article.revised.v1",
    "duplicate": "tidende.article.duplicate.v1",
}
_QUARANTINED: EventType = "tidende.seed.quarantined.v1"
_STORY_UPDATED: EventType = "tidende.story.updated.v1"
_DIGEST_PUBLISHED: EventType = "tidende.digest.published.v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An article as JSON, complete but for the item's uri, which the committer knows first."""

    ordinal: int
    item: bytes
    text: bytes
    extraction: bytes
    provenance: bytes

    def data(self, subject: str) -> dict[str, Any]:
        """Return the event data's first four members, ready to be serialised."""
        named = b'{"uri":%b,%b' % (orjson.dumps(subject), self.item[1:])
        return {
            "item": orjson.Fragment(named),
            "text": orjson.Fragment(self.text),
            "extraction": orjson.Fragment(self.extraction),
            "provenance": orjson.Fragment(self.provenance),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What every event of a moment shares: the configured source, and the time."""

    source: str
    time: datetime


def prepare(raw: RawSeed, article: Article) -> Prepared:
    """Return the article's JSON; outside an inbox there is no time of receipt either."""
    inbox = raw.candidate.inbox or None
    provenance = Provenance(
        name=raw.name,
        path=raw.candidate.path,
        source=raw.candidate.source or None,
        inbox=inbox,
        sha256=raw.sha256,
        size=raw.size,
        encoding=article.encoding,
        format=article.format,
        received=rfc3339(raw.received) if inbox is not None else None,
        evidence=article.evidence,
        repairs=article.repairs,
    )
    return Prepared(
        ordinal=article.ordinal,
        item=orjson.dumps(item(article, sha256=raw.sha256)),
        text=orjson.dumps(article.text),
        extraction=orjson.dumps(article.extraction),
        provenance=orjson.dumps(provenance),
    )


def article_event_type(verdict: VerdictKind) -> EventType:
    """Return the type of the event that tells of a verdict."""
    return _ARTICLE_TYPES[verdict]


def seal_article(  # noqa: PLR0913  # an event is made of exactly these
    prepared: Prepared,
    *,
    key: ArticleKey,
    subject: str,
    verdict: Verdict,
    story: Story,
    header: Header,
    sequence: int,
) -> Event:
    """Return the event that tells of one article's verdict."""
    kind = article_event_type(verdict.verdict)
    data = prepared.data(subject) | {"dedup": verdict, "story": story}
    return _seal(
        kind, article_event_id(kind, key), subject, schema_urn("article"), data, header, sequence
    )


def seal_quarantined(
    data: QuarantineData, *, key: ArticleKey, header: Header, sequence: int
) -> Event:
    """Return the event that a seed, or one article of it, was refused."""
    identifier = quarantine_event_id(_QUARANTINED, key, data.attempt)
    schema = schema_urn("quarantine")
    return _seal(_QUARANTINED, identifier, None, schema, data, header, sequence)


def seal_story(data: StoryData, *, header: Header, sequence: int) -> Event:
    """Return the event that a story's articles or thread are others now."""
    identifier = event_id(_STORY_UPDATED, data.story.id, data.version)
    schema = schema_urn("story")
    return _seal(_STORY_UPDATED, identifier, data.story.id, schema, data, header, sequence)


def seal_digest(data: DigestData, *, subject: str, header: Header, sequence: int) -> Event:
    """Return the event that an edition is out."""
    identifier = event_id(_DIGEST_PUBLISHED, subject)
    schema = schema_urn("digest")
    return _seal(_DIGEST_PUBLISHED, identifier, subject, schema, data, header, sequence)


def _seal(  # noqa: PLR0913, PLR0917
    kind: EventType,
    identifier: str,
    subject: str | None,
    schema: str,
    data: object,
    header: Header,
    sequence: int,
) -> Event:
    attributes = {
        "specversion": "1.0",
        "id": identifier,
        "source": header.source,
        "type": kind,
        "subject": subject,
        "time": rfc3339(header.time),
        "datacontenttype": "application/json",
        "dataschema": schema,
        "sequence": format_sequence(sequence),
        "data": data,
    }
    if subject is None:
        del attributes["subject"]
    body = orjson.dumps(attributes)
    return Event(sequence=sequence, id=identifier, type=kind, subject=subject, body=body)
