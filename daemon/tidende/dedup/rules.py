"""The rules that make a kind of what was measured; thresholds with their evidence beside them.

The evidence is from the pairs in tests/unit/dedup/pairs (six languages) and a generated corpus.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from tidende.dedup.measures import Measures

Kind: TypeAlias = Literal["duplicate", "revision", "unrelated"]

CONTAINED = 0.45
"""Copies from 0.72, known noisy ones from 0.46 (0.3 of all shingles). A text and its translation
into the nearest language 0.40; real follow-ups that repeat the first report 0.37 and 0.41."""

CONTAINED_ACROSS = 0.7
"""Where the languages differ: when the words are the same, one of them was told wrong."""

ALIGNED_WITH_LEAD = 0.45
"""Two papers' versions with the same beginning and endings of their own: from 0.74."""

ALIGNED = 0.7
"""With another beginning: a rewritten lead leaves 0.87; a court case's next report 0.60."""

LONGER_ALIGNED = 0.5
"""With another beginning, most of the longer one must have a counterpart, too: it has 0.8 under a
rewritten lead; 0.46 in a follow-up that ends with the first report, and less in a round-up."""

FACTS_CHANGED = 0.3
"""Revisions up to 0.20, templates from 0.38 (rate decisions; results and quakes from 0.6)."""

FIGURES_CHANGED = 0.35
"""Where all names and dates have stayed: the toll of a short report that was told anew, 0.31."""

FIGURES_CHANGED_GROWN = 0.5
"""And where a paragraph was added, too: an update may give every figure anew, 0.43."""

FACTS_CHANGED_STRICT = 0.17
"""Where the articles' dates differ, or the names and dates with which they begin; and where several
facts are others and no paragraph was added or removed: an update tells more, a correction mends
one thing, the next report fills in the form. Such forms: from 0.24 (a rate decision with all its
usual explanations)."""

FACTS_CHANGED_REWORDED = 0.08
"""Where the wording differs too (below `CLOSE` or `GROWN`): copies edited word by word up to 0.03,
the next rate decision from 0.12."""

CLOSE = 0.8
"""Containment of revisions: from 0.85; of templates with few facts: up to 0.76."""

GROWN = 0.65
"""Containment of updates with many new figures and a paragraph more: from 0.72. Forms that are
filled in anew have as many paragraphs as before."""

SAME_WORDS = 0.93
"""Containment of articles in which two numbers of hundreds of words were corrected: from 0.95; of
the most wordy forms filled in anew: up to 0.89."""

ADDED_WORDS = 8
"""In sentences without a counterpart. Editing leaves a very short sentence without one."""

SHORT = 40
"""Words. Of a short text nearly all must have a counterpart (`ALIGNED_SHORT`)."""

ALIGNED_SHORT = 0.85

STATED = 2
"""Words that carry a fact. A short text with fewer ("the report will be updated") says so little
that its headline must be alike (`HEADLINES`)."""

HEADLINES = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """A measured value and the threshold it was held against."""

    name: str
    value: float
    threshold: float
    met: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A kind, the signals it follows from, and the decision in words."""

    kind: Kind
    reason: str
    signals: tuple[Signal, ...]


def rule(m: Measures) -> Ruling:
    """Return the kind that follows from the measures."""
    alike = _alike(m)
    for signal, reason in alike:
        if not signal.met:
            return Ruling(kind="unrelated", reason=reason, signals=tuple(s for s, _ in alike))
    news = (
        _at_least("changes", m.changes, 1),
        _at_least("added-paragraphs", m.added, 1),
        _at_least("added-words", m.added_words, ADDED_WORDS),
    )
    signals = (*(signal for signal, _ in alike), *news)
    if any(signal.met for signal in news):
        return Ruling(kind="revision", reason=_revised(m), signals=signals)
    reason = "the same report, shortened" if m.removed else "the same report with the same facts"
    return Ruling(kind="duplicate", reason=reason, signals=signals)


def shares_enough(containment: float) -> Signal:
    """Return the signal that alone says of most candidates that they are unrelated."""
    return _at_least("containment", containment, CONTAINED)


def _alike(m: Measures) -> list[tuple[Signal, str]]:
    """Return what two tellings of one report must show, and what it means when one doesn't."""
    aligned = ALIGNED_WITH_LEAD if m.lead else ALIGNED
    bare = m.least < SHORT and m.stated < STATED
    return [
        (
            _at_least(
                "containment",
                m.containment,
                CONTAINED_ACROSS if m.other_language else CONTAINED,
            ),
            "another language" if m.other_language else "they share too little text",
        ),
        (
            _at_least("aligned", m.aligned, ALIGNED_SHORT if m.least < SHORT else aligned),
            "they share a passage, and each tells more that the other doesn't",
        ),
        (
            _at_least("longer-aligned", m.longer_aligned, 0.0 if m.lead else LONGER_ALIGNED),
            "the longer one repeats the shorter one and begins otherwise",
        ),
        (
            _at_most("facts-changed", m.facts_changed, _most_facts_changed(m)),
            "the wording is alike, but the facts are others",
        ),
        (
            _at_least("headlines", m.headlines, HEADLINES if bare else 0.0),
            "it says too little under another headline",
        ),
    ]


def _most_facts_changed(m: Measures) -> float:
    grown = bool(m.added) != bool(m.removed)
    filled_in = m.changes > 1 and not m.added and not m.removed and m.containment < SAME_WORDS
    other_event = m.renamed_first and not (m.changes == 1 and m.containment >= CLOSE)
    reworded = m.containment < (GROWN if grown else CLOSE)
    if reworded:
        return FACTS_CHANGED_REWORDED
    if m.other_date or other_event or filled_in:
        return FACTS_CHANGED_STRICT
    if m.renamed:
        return FACTS_CHANGED
    return FIGURES_CHANGED_GROWN if grown else FIGURES_CHANGED


def _revised(m: Measures) -> str:
    told = ["changed facts"] if m.changes else []
    if m.added or m.added_words >= ADDED_WORDS:
        told.append("added paragraphs" if m.added else "added sentences")
    return f"the same report with {' and '.join(told)}"


def _at_least(name: str, value: float, threshold: float) -> Signal:
    return Signal(name=name, value=round(value, 3), threshold=threshold, met=value >= threshold)


def _at_most(name: str, value: float, threshold: float) -> Signal:
    return Signal(name=name, value=round(value, 3), threshold=threshold, met=value <= threshold)
