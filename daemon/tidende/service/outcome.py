"""What worker processes make of a seed, as it goes to the committer.

Apart from the stages that make it: reading and enrichment are loaded by the workers alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from tidende.clock import Clock
from tidende.emit.envelope import Prepared
from tidende.model.seed import Candidate, Rejected


@dataclass(frozen=True, slots=True, kw_only=True)
class FingerprintedArticle:
    """An article ready for its verdict."""

    prepared: Prepared
    fingerprint: bytes
    sketch: tuple[int, ...]
    """By which near copies are found."""
    keys: tuple[int, ...]
    """By which other reports of its event are found."""
    clues: bytes
    """What it is weighed by against them; empty where nothing was extracted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Processed:
    """What the pure stages made of a seed.

    `sha256` is None when the seed was refused before it was read whole; `received` is in seconds
    since 1970; `took_ms` says how long each stage took.
    """

    candidate: Candidate
    sha256: str | None
    received: float
    articles: tuple[FingerprintedArticle, ...]
    rejections: tuple[Rejected, ...]
    took_ms: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class PutBack:
    """A seed that can't be decided now: it is gone, or to be tried again once it has settled."""

    candidate: Candidate
    gone: bool
    message: str


Outcome: TypeAlias = Processed | PutBack


def refused(candidate: Candidate, refusal: Rejected, *, now: Clock) -> Processed:
    """Return the outcome of a seed whose content was never seen."""
    return Processed(
        candidate=candidate,
        sha256=None,
        received=now().timestamp(),
        articles=(),
        rejections=(refusal,),
        took_ms={},
    )
