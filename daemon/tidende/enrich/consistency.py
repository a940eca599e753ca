"""Makes an article's candidates agree: one name is one kind of thing throughout.

Each candidate has its own scores; the same name elsewhere and the longer names that it is part of
("Stoltenberg" of "Jens Stoltenberg") speak too.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from operator import add

from tidende.enrich.candidates import Candidate
from tidende.enrich.classifier import Scores
from tidende.enrich.forms import Form
from tidende.enrich.word_forms import bare

_OTHERS = 1.0  # what the same name elsewhere counts, against the place itself
_LONGER = 1.2  # what the longer names count
_BRACKET = len(" (")
_ENOUGH = 3  # places elsewhere; more don't count more


def kinds(found: Sequence[Candidate], forms: Sequence[Form], scores: Sequence[Scores]) -> list[int]:
    """Return the kind of each candidate as its number in `KINDS`."""
    same = defaultdict[str, list[int]](list)
    longer = defaultdict[str, list[int]](list)
    for at, form in enumerate(forms):
        same[form.key].append(at)
        if form.several:
            longer[form.last].append(at)
    for at, (full, short) in enumerate(pairwise(found)):
        if short.start - full.end == _BRACKET and is_acronym(short.words, full.words):
            longer[forms[at + 1].key].append(at)
    elsewhere = {
        name: _weighted(_mean(scores, places), _OTHERS * min(len(places) - 1, _ENOUGH))
        for name, places in same.items()
        if len(places) > 1
    }
    # Most last words are no name by themselves.
    long = {
        name: _weighted(_mean(scores, longer[name]), _LONGER)
        for name in longer.keys() & same.keys()
    }
    return [
        _decide(own, elsewhere.get(form.key), long.get(form.key), sure=form.is_known)
        if form.can_name
        else 0
        for own, form in zip(scores, forms, strict=True)
    ]


def _mean(scores: Sequence[Scores], places: Sequence[int]) -> Sequence[float]:
    if len(places) == 1:
        return scores[places[0]]
    return [
        sum(column) / len(places) for column in zip(*(scores[at] for at in places), strict=True)
    ]


def _weighted(values: Sequence[float], weight: float) -> Sequence[float]:
    return [weight * value for value in values]


def is_acronym(short: Sequence[str], full: Sequence[str]) -> bool:
    """Tell whether one word's letters stand in this order in a full name: "Nkom", "WHO"."""
    if len(short) != 1 or len(short[0]) < len(full):
        return False
    letters = iter("".join(full).casefold())
    return len(full) > 1 and all(letter in letters for letter in bare(short[0]).casefold())


def _decide(
    own: Scores,
    elsewhere: Sequence[float] | None,
    longer: Sequence[float] | None,
    *,
    sure: bool,
) -> int:
    """Return the kind that most speaks for; one that is `sure` to be a name is of some kind."""
    total: Sequence[float] = own
    if elsewhere:
        total = list(map(add, total, elsewhere))
    if longer:
        total = list(map(add, total, longer))
    some = total[1:] if sure else total
    return some.index(max(some)) + sure
