"""An event as it leaves: numbered, named and serialised once."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

EventType: TypeAlias = Literal[
    "tidende.article.new.v1",
    "tidende.article.revised.v1",
    "tidende.article.duplicate.v1",
    "tidende.seed.quarantined.v1",
    "tidende.story.updated.v1",
    "tidende.digest.published.v1",
]

ARTICLE_EVENTS = "tidende.article."
"""How the types of an article's events begin."""
SEQUENCE_DIGITS = 20
SHARD_DIGITS = 16
"""A shard is a sequence's leading 16 digits: a directory of ten thousand files."""


def format_sequence(sequence: int) -> str:
    """Return the 20 digits that sort as the number does."""
    return f"{sequence:0{SEQUENCE_DIGITS}d}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A CloudEvent: `body` is its JSON, `subject` the urn of what it tells of."""

    sequence: int
    id: str
    type: EventType
    subject: str | None
    body: bytes

    @property
    def file_name(self) -> str:
        """The name of its file in the queue."""
        return f"{format_sequence(self.sequence)}-{self.id}.json"

    @property
    def shard(self) -> str:
        """The directory in which its file stands."""
        return format_sequence(self.sequence)[:SHARD_DIGITS]
