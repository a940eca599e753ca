"""Compares two tellings: how much they share, and which sentences and facts differ.

Sentences are matched by their shingles and then by their words; what a sentence states is then
looked for in the whole other article.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tidende.dedup.sentences import Sentence
from tidende.dedup.shingles import LENGTH
from tidende.dedup.telling import Telling

_MATCHED = (
    0.5  # of both sentences' different words; templates and edits lie above, others below 0.3
)
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

    def renamed(self, new: Telling, known: Telling) -> bool:
        """Whether one name or date stands in another's place, not just one figure."""
        return bool(self.gained - new.facts.figures and self.lost - known.facts.figures)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """How one article compares with another.

    `same` are the new article's sentences that the known one holds word for word; `pairs` are the
    sentences that are told otherwise; `added` and `removed` have no counterpart.
    """

    same: tuple[Sentence, ...]
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
    """Return how the new article compares with the known one."""
    same, open_new = _split(new, known)
    _, open_known = _split(known, new)
    pairs, added, removed = _match(new, known, open_new, open_known)
    return Comparison(
        same=tuple(same),
        pairs=tuple(pairs),
        added=tuple(each for each in added if _share_held(each, new, known) < _HELD),
        removed=tuple(each for each in removed if _share_held(each, known, new) < _HELD),
    )


def _split(one: Telling, other: Telling) -> tuple[list[Sentence], list[Sentence]]:
    """Return the sentences that the other article holds word for word, and the rest."""
    held = other.shingle_set
    missing = [place for place, run in enumerate(one.shingles) if run not in held]
    same: list[Sentence] = []
    rest: list[Sentence] = []
    for sentence in one.sentences:
        last = sentence.end - LENGTH
        first_missing = bisect_left(missing, sentence.start)
        intact = first_missing == len(missing) or missing[first_missing] > last
        (same if intact and last >= sentence.start else rest).append(sentence)
    return same, rest


def _share_held(sentence: Sentence, one: Telling, other: Telling) -> float:
    """Return how much of a sentence stands anywhere in the other article, headline included."""
    runs = one.shingles[sentence.start : sentence.end - LENGTH + 1]
    if not runs:
        said = one.words[sentence.start : sentence.end]
        return sum(word in other.vocabulary for word in said) / len(said)
    return sum(run in other.shingle_set or run in other.frame for run in runs) / len(runs)


def _match(
    new: Telling, known: Telling, open_new: Sequence[Sentence], open_known: Sequence[Sentence]
) -> tuple[list[Pair], list[Sentence], list[Sentence]]:
    """Pair the sentences that share most of their words; return the pairs and what is left."""
    said = [frozenset(known.words[each.start : each.end]) for each in open_known]
    where: dict[str, list[int]] = {}
    for number, there in enumerate(said):
        for word in there:
            where.setdefault(word, []).append(number)
    taken: set[int] = set()
    pairs, added = [], []
    for sentence in open_new:
        here = frozenset(new.words[sentence.start : sentence.end])
        match = _counterpart(here, said, where, taken)
        if match is None:
            added.append(sentence)
            continue
        taken.add(match)
        pairs.append(_pair(new, known, sentence, open_known[match]))
    return pairs, added, [each for n, each in enumerate(open_known) if n not in taken]


def _counterpart(
    here: frozenset[str],
    said: Sequence[frozenset[str]],
    where: dict[str, list[int]],
    taken: set[int],
) -> int | None:
    votes = Counter(number for word in here for number in where.get(word, ()))
    best, most = None, _MATCHED
    for number, common in votes.items():
        share = 2 * common / (len(here) + len(said[number]))  # as `_likeness`, counted already
        if share >= most and number not in taken:
            best, most = number, share
    return best


def _pair(new: Telling, known: Telling, told: Sentence, was: Sentence) -> Pair:
    """Compare what two matched sentences state."""
    now, then = new.words[told.start : told.end], known.words[was.start : was.end]
    here, there = frozenset(now), frozenset(then)
    came, went = _refilled(new, known, now, then)
    return Pair(
        new=told,
        known=was,
        likeness=_likeness(here, there),
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


def _likeness(here: frozenset[str], there: frozenset[str]) -> float:
    return 2 * len(here & there) / (len(here) + len(there))


def _missing(some: Collection[str], one: Telling, other: Telling) -> frozenset[str]:
    """Return those of some words that state a fact which the other article doesn't state."""
    return frozenset(
        word
        for word in some
        if (form := one.facts.forms.get(word)) is not None
        and word not in other.vocabulary
        and form not in other.vocabulary
    )
