"""What a word of a name is by itself: its shape, its ending, what lists hold it.

A part of `forms`. Most new names are made of words that came before, so that all of this is found
once for each word and remembered.
"""

from functools import lru_cache
from typing import NamedTuple

from tidende.enrich.bodies import is_compound, is_noun_before
from tidende.enrich.vocabulary import Vocabulary, ending
from tidende.lexicon.gazetteer import PERSON, PLACE

FREQUENT, PARTICLE, CALENDAR, TITLE, NOUN, COMMON = (1 << bit for bit in range(6))
"""What speaks by itself against a word's being part of the name that its neighbours are."""

_OWNS = ("s", "'", "’")
_OWNS_APART = ("'s", "’s")
_MEMORY = 1 << 15  # words that are remembered: most come again
_LONG = 4  # letters; more say no more


# A tuple, since texts bring new words all the time: a frozen dataclass takes several times as long.
class WordForm(NamedTuple):
    """A word of a name: `stem` is without what may be a genitive, `lower_stem` in lower case too.

    `flags` are the gazetteer's, `stem_flags` the stem's. `cue` is the ending that makes an
    organisation's word of it, `any_cue` this or the stem's, `place_cue` the stem's that makes a
    place's; `noun` says what it is a word for. `list_kind` is what a name that ends in it has in
    common with its neighbours in a list; one that ends in a `compound` only refers to a name, as
    "Nato-landene" does, unless it `can_name`. `hints` are bits of this module, 0 for most words.
    """

    lower: str
    stem: str
    lower_stem: str
    shape: str
    flags: int
    stem_flags: int
    common: bool
    compound: bool
    can_name: bool
    cue: str
    any_cue: str
    place_cue: str
    noun: str
    list_kind: str
    hints: int


@lru_cache(maxsize=_MEMORY)
def word_form(word: str, words: Vocabulary) -> WordForm:
    """Return what is true of a word in whatever name it stands."""
    lower, stem, flags = word.lower(), bare(word), words.gazetteer.flags(word)
    lower_stem, compound = stem.lower(), is_compound(word, words)
    cue = stem_cue = ending(lower, words.organisations)
    stem_flags = flags
    if stem != word:
        stem_cue = ending(lower_stem, words.organisations)
        stem_flags = words.gazetteer.flags(stem)
    return WordForm(
        lower=lower,
        stem=stem,
        lower_stem=lower_stem,
        shape=_shape(word, compound=compound),
        flags=flags,
        stem_flags=stem_flags,
        common=lower in words.common,
        compound=compound,
        can_name=not compound or _closes_a_name(lower, words),
        cue=cue,
        any_cue=cue or stem_cue,
        place_cue=ending(lower_stem, words.places),
        noun="organisation" if cue else _noun_of(bare(lower), words),
        list_kind=_list_kind(stem_cue, flags, known=word in words.known),
        hints=_hints(word, lower, flags, words),
    )


def bare(word: str) -> str:
    """Return a word without what may be a genitive, for counting only."""
    if not word.endswith(_OWNS):
        return word
    return word[: -2 if word.endswith(_OWNS_APART) else -1] or word


def _shape(word: str, *, compound: bool) -> str:
    """Return a word's shape: "AA", "Aa", "A.", "Aa-Aa", "aA", with a digit or not."""
    if word.isalpha():
        if word.isupper():
            return "A" * min(len(word), _LONG)
        if word.islower():
            return "aa"
        return "Aa" if word[1:].islower() else ("AAs" if word[:-1].isupper() else "AaA")
    kind = "-" if "-" in word else "." if "." in word else "&" if "&" in word else "'"
    return f"{'compound' if compound else kind} {any(map(str.isdigit, word))}"


def _closes_a_name(compound: str, words: Vocabulary) -> bool:
    """Tell "EU-kommissionen" from "Nato-landene", which only refers to a name."""
    tail = compound.rpartition("-")[2].removesuffix("s")
    return bool(ending(tail, words.organisations) or ending(tail, words.places))


def _noun_of(stem: str, words: Vocabulary) -> str:
    """Say what a word without genitive is a noun for."""
    if ending(stem, words.organisations):
        return "organisation"
    return "place" if ending(stem, words.places) else ""


def _list_kind(cue: str, flags: int, *, known: bool) -> str:
    if known or cue:
        return "organisation"
    return "place" if flags & PLACE else "other"


def _hints(word: str, lower: str, flags: int, words: Vocabulary) -> int:
    found = NOUN if is_noun_before(word, "", words) else 0
    if lower in words.common:
        if not flags and not word.endswith("s"):
            found |= COMMON
        if not flags and lower in words.function and not word.isupper():
            found |= FREQUENT
    if lower in words.particles:
        found |= PARTICLE
    if lower in words.calendar and not flags & PERSON:
        found |= CALENDAR
    return found | TITLE if lower.rstrip(".") in words.titles else found
