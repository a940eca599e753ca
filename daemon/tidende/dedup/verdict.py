"""The verdict: what an article is to those that are known, and why.

Copies of the same bytes or the same text are known by hash (`copy_of`). For others there are
candidates (`sketch.py`), each of which is judged on its text and its facts; the best decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tidende.dedup.changes import changes
from tidende.dedup.compare import Overlap, compare, overlap
from tidende.dedup.measures import measure
from tidende.dedup.order import Order, order
from tidende.dedup.rules import Kind, Ruling, Signal, rule, shares_enough
from tidende.dedup.telling import Telling
from tidende.model.verdict import Change, Evidence, Verdict

_RANK = {"unrelated": 0, "revision": 1, "duplicate": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A known article, as far as a verdict on its copy needs it."""

    subject: str
    same_bytes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What one article is to another: the kind, each signal, and the decision in words.

    `order` says which of the two is the original, None where neither dates nor length tell.
    """

    kind: Kind
    similarity: float
    signals: tuple[Signal, ...]
    reason: str
    order: Order | None = None
    changes: tuple[Change, ...] = ()


def copy_of(twin: Known) -> Verdict:
    """Return the verdict on an article whose `twin` has the same bytes or the same text."""
    signal = "same-bytes" if twin.same_bytes else "same-text"
    return Verdict(
        verdict="duplicate",
        of=twin.subject,
        similarity=1.0,
        evidence=(Evidence(signal=signal, value=1.0),),
    )


def judge(new: Telling, known: Telling) -> Judgement:
    """Return what the new article is to the known one."""
    shared = overlap(new, known)
    enough = shares_enough(shared.containment)
    if not enough.met:
        ruling = Ruling(kind="unrelated", reason="they share too little text", signals=(enough,))
        return _judgement(ruling, shared)
    compared = compare(new, known)
    ruling = rule(measure(new, known, shared, compared))
    if ruling.kind == "unrelated":
        return _judgement(ruling, shared)
    changed = changes(new, known, compared) if ruling.kind == "revision" else ()
    return _judgement(ruling, shared, order=order(new, known, ruling.kind), changed=changed)


def _judgement(
    ruling: Ruling, shared: Overlap, order: Order | None = None, changed: tuple[Change, ...] = ()
) -> Judgement:
    return Judgement(
        kind=ruling.kind,
        similarity=round(shared.resemblance, 3),
        signals=ruling.signals,
        reason=ruling.reason,
        order=order,
        changes=changed,
    )


def decide(new: Telling, candidates: Mapping[str, Telling]) -> Verdict:
    """Return the verdict on an article, given the candidates by their subjects.

    A duplicate of any comes before a revision of any, then the more alike, then the first given.
    """
    best = max(
        ((judge(new, known), subject) for subject, known in candidates.items()),
        key=lambda each: (_RANK[each[0].kind], each[0].similarity),
        default=None,
    )
    if best is None:
        return Verdict(verdict="new")
    judgement, subject = best
    return verdict_of(judgement, subject)


def verdict_of(judgement: Judgement, subject: str) -> Verdict:
    """Return the verdict that a judgement against the article `subject` comes to."""
    if judgement.kind == "unrelated":
        return Verdict(verdict="new")
    evidence = [Evidence(signal=each.name, value=each.value) for each in judgement.signals]
    if judgement.order is not None:
        evidence.append(Evidence(signal="order", value=judgement.order))
    evidence.append(Evidence(signal="decision", value=judgement.reason))
    return Verdict(
        verdict=judgement.kind,
        of=subject,
        similarity=judgement.similarity,
        evidence=tuple(evidence),
        changes=judgement.changes,
    )
