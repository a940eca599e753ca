"""What is measured of two tellings: the numbers that the verdict weighs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tidende.dedup.alignment import ALMOST, likeness
from tidende.dedup.changes import whole
from tidende.dedup.compare import Comparison, Overlap, Pair
from tidende.dedup.content import fold_words, words
from tidende.dedup.sentences import Sentence
from tidende.dedup.telling import Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """The numbers of one comparison; shares are 0 to 1.

    `containment` are the shorter article's shingles that the other has, `aligned` and
    `longer_aligned` both articles' words in sentences with a counterpart; `lead` is whether both
    first sentences have one; `least` are the words of the shorter article, `stated` the words
    that carry a fact in the one that has fewer. `headlines` is the likeness of the headlines, 1
    where one is unknown.

    `facts_changed` are the different facts of matched sentences that stand in another's place, as
    a share of those sentences' facts, and `changes` counts them; `renamed` is whether a name or
    date is among them, `renamed_first` whether one is in the first sentence; `other_date` is
    whether the articles' own dates differ. `added` and `removed` are paragraphs, `added_words` the
    words of sentences without a counterpart.
    """

    containment: float
    aligned: float
    longer_aligned: float
    facts_changed: float
    changes: int
    lead: bool
    least: int
    stated: int
    headlines: float
    added: int
    removed: int
    added_words: int
    renamed: bool
    renamed_first: bool
    other_date: bool
    other_language: bool


def measure(new: Telling, known: Telling, shared: Overlap, compared: Comparison) -> Measures:
    """Return the numbers of a comparison."""
    changed = [pair for pair in compared.pairs if pair.changed]
    longer_aligned, aligned = (
        1 - _length(alone) / max(1, len(said))
        for said, alone in sorted(
            ((new.words, compared.added), (known.words, compared.removed)),
            # Of two of one length, always the same one is the longer, as in `compare`.
            key=lambda each: (len(each[0]), each[0]),
            reverse=True,
        )
    )
    return Measures(
        containment=shared.containment,
        aligned=aligned,
        longer_aligned=longer_aligned,
        facts_changed=_facts_changed(new, known, compared, changed),
        changes=len({(pair.gained, pair.lost) for pair in changed}),
        lead=_lead(compared),
        least=min(len(new.words), len(known.words)),
        stated=min(new.stated, known.stated),
        headlines=_headlines(new, known),
        added=len(whole(new, compared.added)),
        removed=len(whole(known, compared.removed)),
        added_words=_length(compared.added),
        renamed=any(pair.renamed(new, known) for pair in changed),
        renamed_first=any(pair.first and pair.renamed(new, known) for pair in changed),
        other_date=_differ(*_alike(new.published, known.published)),
        other_language=_differ(new.language, known.language),
    )


def _lead(compared: Comparison) -> bool:
    """Say whether both articles' first sentences stand in the other almost as they are."""
    reworded = [pair for pair in compared.pairs if pair.likeness < ALMOST]
    alone = [*compared.added, *compared.removed]
    alone += [pair.new for pair in reworded] + [pair.known for pair in reworded]
    return all(each.start > 0 for each in alone)


def _headlines(new: Telling, known: Telling) -> float:
    one, other = (each.extraction.get("headline") for each in (new, known))
    if not one or not other:
        return 1.0
    return likeness(*(frozenset(words(fold_words(each))) for each in (one, other)))


def _length(sentences: Iterable[Sentence]) -> int:
    return sum(each.end - each.start for each in sentences)


def _facts_changed(
    new: Telling, known: Telling, compared: Comparison, changed: Sequence[Pair]
) -> float:
    """Return the share of different facts in matched sentences that stand in another's place."""
    stated = replaced = 0
    for telling, alone, facts in (
        (new, compared.added, [pair.gained for pair in changed]),
        (known, compared.removed, [pair.lost for pair in changed]),
    ):
        skipped = {each.start for each in alone}
        matched = {
            word
            for each in telling.sentences
            if each.start not in skipped
            for word in telling.words[each.start : each.end]
        }
        stated += len(telling.facts.forms.keys() & matched)
        replaced += len(frozenset[str]().union(*facts))
    return replaced / max(1, stated)


def _alike(one: str | None, other: str | None) -> tuple[str | None, str | None]:
    """Cut two dates to the precision that both have, a day at most."""
    shared = min(len(one or ""), len(other or ""), len("2018-02-14"))
    return (one or "")[:shared] or None, (other or "")[:shared] or None


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other
