"""Compares two tellings: how much they share, and which sentences and facts differ.

Sentences are matched by their shingles and then by their words; what a sentence states is then
looked for in the whole other article.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tidende.dedup.alignment import align, likeness
from tidende.dedup.sentences import Sentence
from tidende.dedup.shingles import LENGTH
from tidende.dedup.telling import Telling

_HELD = 0.6  # of a sentence's shingles; then the other article holds it, in one piece or in two


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A sentence of the new article and its counterpart.

    `likeness` is the share of different words in common; `gained` and `lost` are the facts that
    only one of the articles has.
    """

    new: Sentence
    known: Sentence
    likeness: float
    gained: frozenset[str]
    lost: frozenset[str]

    @property
    def changed(self) -> bool:
        """Whether one fact stands in another's place."""
        return bool(self.gained and self.lost)

    @property
    def first(self) -> bool:
        """Whether one of the two begins its article."""
        return self.new.start == 0 or self.known.start == 0

    def turned(self) -> "Pair":
        """Return the pair as the known article's reader sees it."""
        return Pair(
            new=self.known,
            known=self.new,
            likeness=self.likeness,
            gained=self.lost,
            lost=self.gained,
        )

    def renamed(self, new: Telling, known: Telling) -> bool:
        """Whether one name or date stands in another's place, not just one figure."""
        return bool(self.gained - new.facts.figures and self.lost - known.facts.figures)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How one article compares with another.

    Of the sentences that the other article doesn't hold word for word, `pairs` are told otherwise
    there, and `added` and `removed` have no counterpart.
    """

    pairs: tuple[Pair, ...]
    added: tuple[Sentence, ...]
    removed: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """The shingles in common, as a share of all and of the shorter article's."""

    resemblance: float
    containment: float


def overlap(new: Telling, known: Telling) -> Overlap:
    """Return how much text two articles share; the cheap look before `compare`."""
    both = len(new.shingle_set & known.shingle_set)
    less, more = sorted((len(new.shingle_set), len(known.shingle_set)))
    return Overlap(resemblance=both / max(1, less + more - both), containment=both / max(1, less))


def compare(new: Telling, known: Telling) -> Comparison:
    """Return how the new article compares with the known one.

    The longer one's sentences are looked for in the shorter one's, whichever is new, so that
    sentences are matched the same way in both orders of arrival.
    """
    if (len(new.words), new.words) < (len(known.words), known.words):
        found = _compare(known, new)
        return Comparison(
            pairs=tuple(pair.turned() for pair in found.pairs),
            added=found.removed,
            removed=found.added,
        )
    return _compare(new, known)


def _compare(new: Telling, known: Telling) -> Comparison:
    aligned = align(new, known)
    return Comparison(
        pairs=tuple(_pair(new, known, told, was) for told, was in aligned.pairs),
        added=tuple(each for each in aligned.added if _share_held(each, new, known) < _HELD),
        removed=tuple(each for each in aligned.removed if _share_held(each, known, new) < _HELD),
    )


def _share_held(sentence: Sentence, one: Telling, other: Telling) -> float:
    """Return how much of a sentence stands anywhere in the other article, headline included."""
    runs = one.shingles[sentence.start : sentence.end - LENGTH + 1]
    if not runs:
        said = one.words[sentence.start : sentence.end]
        return sum(word in other.vocabulary for word in said) / len(said)
    return sum(run in other.shingle_set or run in other.frame for run in runs) / len(runs)


def _pair(new: Telling, known: Telling, told: Sentence, was: Sentence) -> Pair:
    """Compare what two matched sentences state."""
    now, then = new.words[told.start : told.end], known.words[was.start : was.end]
    here, there = frozenset(now), frozenset(then)
    came, went = _refilled(new, known, now, then)
    return Pair(
        new=told,
        known=was,
        likeness=likeness(here, there),
        gained=came | _missing(here - there, new, known),
        lost=went | _missing(there - here, known, new),
    )


def _refilled(
    new: Telling, known: Telling, now: Sequence[str], then: Sequence[str]
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the facts that stand in others' places in two sentences that are else the same.

    Such a change is certain even where the other article has that figure somewhere else.
    """
    if len(now) != len(then):
        return frozenset(), frozenset()
    differ = [(a, b) for a, b in zip(now, then, strict=True) if a != b]
    if not all(a in new.facts.forms and b in known.facts.forms for a, b in differ):
        return frozenset(), frozenset()
    differ = [(a, b) for a, b in differ if new.facts.forms[a] != known.facts.forms[b]]
    return frozenset(a for a, _ in differ), frozenset(b for _, b in differ)


def _missing(some: Collection[str], one: Telling, other: Telling) -> frozenset[str]:
    """Return those of some words that state a fact which the other article doesn't state."""
    return frozenset(
        word
        for word in some
        if (form := one.facts.forms.get(word)) is not None
        and word not in other.vocabulary
        and form not in other.vocabulary
    )
