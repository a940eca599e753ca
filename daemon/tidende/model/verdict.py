"""What was decided of an article, and what the decision rests on."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

VerdictKind: TypeAlias = Literal["new", "duplicate", "revision"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One observation that a decision rests on; `value` is what was measured."""

    signal: str
    value: str | float


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One fact or passage that a revision changed; `before` None is an addition."""

    kind: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The event's `data.dedup`: `of` is the other article's subject, `similarity` 0 to 1."""

    verdict: VerdictKind
    of: str | None = None
    similarity: float | None = None
    evidence: tuple[Evidence, ...] = ()
    changes: tuple[Change, ...] = ()
