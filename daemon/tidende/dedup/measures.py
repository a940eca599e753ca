"""What is measured of two tellings: the numbers that the verdict weighs."""

from collections.abc import Iterable
from dataclasses import dataclass

from tidende.dedup.changes import passages
from tidende.dedup.compare import Comparison
from tidende.dedup.sentences import Sentence
from tidende.dedup.telling import Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """Shares are 0 to 1.

    `containment` and `aligned` are the shorter article's shingles and words that the other has
    (as words of sentences with a counterpart); `changed` is the share of matched sentences in
    which one fact stands in another's place; `lead` whether both begin with the same sentence;
    `least` are the words of the shorter article; `added` and `removed` are paragraphs.
    """

    resemblance: float
    containment: float
    aligned: float
    changed: float
    changes: int
    lead: bool
    least: int
    added: int
    removed: int


def measure(new: Telling, known: Telling, compared: Comparison) -> Measures:
    """Return the numbers for a comparison."""
    changes = sum(pair.changed for pair in compared.pairs)
    matched = len(compared.same) + len(compared.pairs)
    least = min(len(new.words), len(known.words))
    by_new = 1 - _length(compared.added) / max(1, len(new.words))
    by_known = 1 - _length(compared.removed) / max(1, len(known.words))
    return Measures(
        resemblance=compared.resemblance,
        containment=compared.containment,
        aligned=by_new if len(new.words) <= len(known.words) else by_known,
        changed=changes / max(1, matched),
        changes=changes,
        lead=_lead(compared.added) and _lead(compared.removed),
        least=least,
        added=len(passages(new, compared.added)),
        removed=len(passages(known, compared.removed)),
    )


def _length(sentences: Iterable[Sentence]) -> int:
    return sum(each.end - each.start for each in sentences)


def _lead(alone: Iterable[Sentence]) -> bool:
    """Say whether an article's first sentence has a counterpart."""
    return all(each.start > 0 for each in alone)
