"""The verdict: what an article is to those that are known, and why."""

from dataclasses import dataclass

from tidende.model.verdict import Evidence, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A known article, as far as a verdict needs it."""

    subject: str
    same_bytes: bool


def decide(twin: Known | None) -> Verdict:
    """Return the verdict on an article whose `twin` has the same bytes or the same text."""
    if twin is None:
        return Verdict(verdict="new")
    signal = "same-bytes" if twin.same_bytes else "same-text"
    return Verdict(
        verdict="duplicate",
        of=twin.subject,
        similarity=1.0,
        evidence=(Evidence(signal=signal, value=1.0),),
    )
