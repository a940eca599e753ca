"""Overrules the classifier where the words themselves say that a name is an organisation's.

The step of `names` behind `consistency`: a court by its tail, a company by the noun before it, and
the first word of an organisation's longer name. No first name is overruled.
"""

from collections.abc import Sequence
from functools import lru_cache

from tidende.enrich.candidates import Candidate
from tidende.enrich.classifier import KINDS
from tidende.enrich.forms import bare
from tidende.enrich.vocabulary import Vocabulary, ending
from tidende.lexicon.gazetteer import FIRST_NAME

_NONE, _PERSON, _ORGANISATION, _ = range(len(KINDS))
_LONGEST = 24  # letters of the noun before a name
_MEMORY = 1 << 12


def certain(
    text: str, found: Sequence[Candidate], decided: Sequence[int], words: Vocabulary
) -> list[int]:
    """Return the kind of each candidate as its number in `KINDS`; the others stay as `decided`."""
    kinds = list(decided)
    sure = {
        each.words
        for each, kind in zip(found, decided, strict=True)
        if kind != _ORGANISATION
        and (
            (len(each.words) > 1 and _is_institution(each.words[-1], words))
            or _is_named_body(text, each, words)
        )
    }
    if sure:
        kinds = [
            _ORGANISATION if each.words in sure else kind
            for each, kind in zip(found, kinds, strict=True)
        ]
    alone = [at for at, kind in enumerate(kinds) if kind == _PERSON and len(found[at].words) == 1]
    short = _beginnings(found, kinds, words) if alone else frozenset()
    for at in alone if short else ():
        if bare(found[at].words[0]) in short:
            kinds[at] = _ORGANISATION
    return kinds


@lru_cache(maxsize=_MEMORY)
def _is_institution(tail: str, words: Vocabulary) -> bool:
    """Tell the "tingrett" of "Bergen tingrett"."""
    return bool(ending(bare(tail).lower(), words.institutions))


def _is_named_body(text: str, each: Candidate, words: Vocabulary) -> bool:
    """Tell what a noun names: "rederiet Fjordline", and "the operator, Fjord Line," in commas."""
    end = each.start - 1
    if end < 1 or text[end] != " ":
        return False
    if text[end - 1] == ",":
        if not each.words[1:] or not text.startswith(",", each.end):
            return False
        end -= 1
    noun = text[text.rfind(" ", max(0, end - _LONGEST), end) + 1 : end]
    if noun.lower() not in words.named_bodies:
        return False
    return not any(words.gazetteer.flags(word) & FIRST_NAME for word in each.words)


def _beginnings(
    found: Sequence[Candidate], kinds: Sequence[int], words: Vocabulary
) -> frozenset[str]:
    """Return first words of organisations' longer names that are no part of a person's."""
    longer = [(each.words, kind) for each, kind in zip(found, kinds, strict=True) if each.words[1:]]
    first = {name[0] for name, kind in longer if kind == _ORGANISATION}
    if not first:
        return frozenset()
    people = {bare(word) for name, kind in longer if kind == _PERSON for word in name}
    return frozenset(
        word for word in first - people if not words.gazetteer.flags(word) & FIRST_NAME
    )
