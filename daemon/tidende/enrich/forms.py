"""What a name is wherever it stands: its shape, its ending, what lists hold its words.

The part of `features` that looks at the candidate itself. Names come again, within an article and
from one to the next, so that all of this is found once for each name and remembered.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TypeAlias

from tidende.enrich.bodies import is_compound
from tidende.enrich.genitive import bare
from tidende.enrich.name_facts import NameFacts, name_facts
from tidende.enrich.vocabulary import Vocabulary, ending
from tidende.lexicon.gazetteer import FIRST_NAME, PERSON, PLACE

Features: TypeAlias = tuple[str, ...]

NAME = (
    "form",
    "ending3",
    "ending4",
    "start3",
    "lists",
    "whole",
    "cue",
    "second cue",
    "head",
    "known as",
    "common",
    "compound",
    "known",
)

_MEMORY = 1 << 13  # names and words that are remembered
_LONG = 4


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Form:
    """A name by itself: `full` as printed, `key` and `last` without what may be a genitive.

    `features` has the values of the slots `NAME`, the first of which is the `shape`; `list_kind`
    says what a name beside it in a list would have as its neighbour. One that `can_name` does not
    only refer to a name, as "Nato-landene" does; `facts` are what its words say that it is.

    `as_opening`, `as_role` and `as_owner` are values of the context's slots: for a name that opens
    a sentence, that stands behind a role, and that no lower-case word follows or one does.
    """

    full: str
    key: str
    first: str
    last: str
    several: bool
    has_first_name: bool
    can_name: bool
    is_known: bool
    list_kind: str
    shape: str
    as_opening: str
    as_role: str
    as_owner: tuple[str, str]
    facts: NameFacts
    features: Features


@lru_cache(maxsize=_MEMORY)
def form_of(name: tuple[str, ...], words: Vocabulary) -> Form:
    """Return what is true of a name, given as its words, wherever it stands."""
    full, several, seen = " ".join(name), len(name) > 1, _features(name, words)
    has_first_name = several and bool(words.gazetteer.flags(name[0]) & FIRST_NAME)
    shape, owns = seen[0], name[-1][-1] in "s’"
    return Form(
        full=full,
        key=bare(full),
        first=name[0],
        last=bare(name[-1]),
        several=several,
        has_first_name=has_first_name,
        can_name=_can_name(name[-1], words),
        is_known=_is_known(name, words),
        list_kind="person" if has_first_name else _list_kind(name[-1], words),
        shape=shape,
        as_opening=f"{shape} opens",
        as_role=f"role {shape}",
        as_owner=(f"{owns} {False}", f"{owns} {True}"),
        facts=name_facts(name, words),
        features=seen,
    )


def _features(name: tuple[str, ...], words: Vocabulary) -> Features:
    """Return the values of the slots `NAME`."""
    first, last = name[0], name[-1]
    stem, full = bare(last), " ".join(name)
    lower, lower_stem = last.lower(), bare(last).lower()
    several = len(name) > 1
    shape = _shape(last, words)
    known = words.gazetteer.flags
    flags = known(last) or known(stem)
    whole = known(full) or known(bare(full)) if several else flags
    return (
        f"{min(len(name), _LONG)} {_shape(first, words)} {shape}" if several else shape,
        lower_stem[-3:],
        lower_stem[-4:],
        first[:3] if several else "",
        f"{known(first)} {flags}" if several else str(flags),
        f"{whole} {min(len(name), _LONG)}",
        ending(lower, words.organisations) or ending(lower_stem, words.organisations),
        ending(first.lower(), words.organisations) if several else ending(lower_stem, words.places),
        _head(name, words),
        f"{bool(whole & PLACE)} {bool(whole & PERSON)} {several}",
        f"{first.lower() in words.common} {lower in words.common}",
        last[-4:] if is_compound(last, words) else "",
        _known(full, words),
    )


def _head(name: tuple[str, ...], words: Vocabulary) -> str:
    """Say what the noun of a name is a word for: of "Universitetet i Oslo" the first."""
    head = name[-1]
    for word, after in pairwise(name):
        if after in words.links or after in words.subjects:
            head = word
            break
    noun = head.lower()
    if ending(noun, words.organisations) or ending(bare(noun), words.organisations):
        return "organisation"
    return "place" if ending(bare(noun), words.places) else ""


def _known(name: str, words: Vocabulary) -> str:
    """Say whether the name is a well-known organisation's, a month, or a people's."""
    if name in words.known or bare(name) in words.known:
        return "organisation"
    lower = name.lower()
    if lower in words.calendar:
        return "calendar"
    return "people" if words.gazetteer.demonym(lower, words.tag) else ""


def _can_name(word: str, words: Vocabulary) -> bool:
    """Tell "EU-kommissionen" from "Nato-landene", which only refers to a name."""
    if not is_compound(word, words):
        return True
    tail = word.rpartition("-")[2].removesuffix("s")
    return bool(ending(tail, words.organisations) or ending(tail, words.places))


def _is_known(name: tuple[str, ...], words: Vocabulary) -> bool:
    """Tell a well-known name that is no common word with a capital: "Aftenposten", "IS"."""
    full = " ".join(name)
    if bare(full) not in words.known and full not in words.known:
        return False
    return name[0].isupper() or name[0].lower() not in words.common


def _list_kind(last: str, words: Vocabulary) -> str:
    if last in words.known or ending(bare(last).lower(), words.organisations):
        return "organisation"
    return "place" if words.gazetteer.flags(last) & PLACE else "other"


def _shape(word: str, words: Vocabulary) -> str:
    """Return a word's shape: "AA", "Aa", "A.", "Aa-Aa", "aA", with a digit or not."""
    if word.isalpha():
        if word.isupper():
            return "A" * min(len(word), _LONG)
        if word.islower():
            return "aa"
        return "Aa" if word[1:].islower() else ("AAs" if word[:-1].isupper() else "AaA")
    kind = "-" if "-" in word else "." if "." in word else "&" if "&" in word else "'"
    return f"{'compound' if is_compound(word, words) else kind} {any(map(str.isdigit, word))}"
