"""What each kind of event carries as its `data`; the shipped JSON Schemas are made from these."""

from dataclasses import dataclass
from typing import Any

from tidende.model.article import Extraction, Provenance
from tidende.model.story import Story
from tidende.model.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleData:
    """One article: `item` is an IPTC ninjs 3.1 object, `extraction` points into `text`."""

    item: dict[str, Any]
    text: str
    extraction: Extraction
    provenance: Provenance
    dedup: Verdict
    story: Story


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryData:
    """A story whose articles or thread changed after the fact; one that dissolved has no members.

    `version` counts the story's updates from 1, `article` is the subject of the article whose
    arrival led to it, None for a correction.
    """

    story: Story
    version: int
    article: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a refused seed came from; `sha256` is None when it wasn't read whole."""

    name: str
    path: str
    source: str
    inbox: str
    sha256: str | None
    size: int
    received: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarantineData:
    """A refused seed, or the article `ordinal` of one; `quarantine` is its key there."""

    provenance: Origin
    ordinal: int | None
    stage: str
    reason: str
    message: str
    attempt: int
    quarantine: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestData:
    """An edition that is out: it covers the sequences after < n <= through."""

    digest: str
    window_end: str
    version: int
    after: int
    through: int
    stories: int
    articles: int
    files: tuple[str, ...]
