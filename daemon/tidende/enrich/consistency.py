"""Makes an article's candidates agree: one name is one kind of thing throughout.

Each candidate has its own scores; the same name elsewhere and the longer names that it is part of
("Stoltenberg" of "Jens Stoltenberg") speak too.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from tidende.enrich.candidates import Candidate, is_compound
from tidende.enrich.classifier import Scores
from tidende.enrich.features import bare
from tidende.enrich.vocabulary import Vocabulary, ending

_OTHERS = 1.0  # what the same name elsewhere counts, against the place itself
_LONGER = 1.2  # what the longer names count
_BRACKET = len(" (")
_ENOUGH = 3  # places elsewhere; more don't count more


def kinds(found: Sequence[Candidate], scores: Sequence[Scores], words: Vocabulary) -> list[int]:
    """Return the kind of each candidate as its number in `KINDS`."""
    names = [bare(" ".join(each.words)) for each in found]
    same = defaultdict[str, list[int]](list)
    longer = defaultdict[str, list[int]](list)
    for at, name in enumerate(names):
        same[name].append(at)
        if len(found[at].words) > 1:
            longer[bare(found[at].words[-1])].append(at)
    for at, (full, short) in enumerate(pairwise(found)):
        if short.start - full.end == _BRACKET and is_acronym(short.words, full.words):
            longer[names[at + 1]].append(at)
    mean = {name: _mean(scores, places) for name, places in same.items()}
    long = {name: _mean(scores, places) for name, places in longer.items()}
    return [
        _decide(
            scores[at],
            mean[name],
            len(same[name]),
            long.get(name),
            sure=_is_known(found[at].words, name, words),
        )
        if _can_name(found[at].words[-1], words)
        else 0
        for at, name in enumerate(names)
    ]


def _can_name(word: str, words: Vocabulary) -> bool:
    """Tell "EU-kommissionen" from "Nato-landene", which only refers to a name."""
    if not is_compound(word, words):
        return True
    tail = word.rpartition("-")[2].removesuffix("s")
    return bool(ending(tail, words.organisations) or ending(tail, words.places))


def _mean(scores: Sequence[Scores], places: Sequence[int]) -> Sequence[float]:
    if len(places) == 1:
        return scores[places[0]]
    return [
        sum(column) / len(places) for column in zip(*(scores[at] for at in places), strict=True)
    ]


def is_acronym(short: Sequence[str], full: Sequence[str]) -> bool:
    """Tell whether one word's letters stand in this order in a full name: "Nkom", "WHO"."""
    if len(short) != 1 or len(short[0]) < len(full):
        return False
    letters = iter("".join(full).casefold())
    return len(full) > 1 and all(letter in letters for letter in bare(short[0]).casefold())


def _is_known(name: Sequence[str], key: str, words: Vocabulary) -> bool:
    """Tell a well-known name that is no common word with a capital: "Aftenposten", "IS"."""
    if key not in words.known and " ".join(name) not in words.known:
        return False
    return name[0].isupper() or name[0].lower() not in words.common


def _decide(
    own: Scores,
    mean: Sequence[float],
    times: int,
    longer: Sequence[float] | None,
    *,
    sure: bool,
) -> int:
    """Return the kind that most speaks for; one that is `sure` to be a name is of some kind."""
    total: Sequence[float] = own
    if times > 1:
        others = _OTHERS * min(times - 1, _ENOUGH)
        total = [one + others * many for one, many in zip(own, mean, strict=True)]
    if longer:
        total = [one + _LONGER * long for one, long in zip(total, longer, strict=True)]
    some = total[1:] if sure else total
    return some.index(max(some)) + sure
