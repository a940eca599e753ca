"""What a name is wherever it stands: its shape, its ending, what lists hold its words.

`own_features` is what the classifier sees of it beside `features`, `form_of` what the other steps
ask. What its words are by themselves is `word_forms`' to say.
"""

from functools import cache
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from tidende.enrich.name_facts import name_facts
from tidende.enrich.spelling import LONG, Spelling
from tidende.enrich.vocabulary import Vocabulary
from tidende.enrich.word_forms import word_form
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

_OWNERS = ("s", "’")
# By whether the first and the last word are common ones.
_COMMON = (("False False", "False True"), ("True False", "True True"))
_OWNING, _NOT_OWNING = ((f"{owns} {False}", f"{owns} {True}") for owns in (True, False))


# A tuple, since half of an article's names are new: a frozen dataclass takes several times as long.
class Form(NamedTuple):
    """A name by itself: `full` as printed, `key` and `last` without what may be a genitive.

    `list_kind` says what a name beside it in a list would have as its neighbour. One that
    `can_name` does not only refer to a name, as "Nato-landene" does; `facts` are what its words say
    that it is, the bits of `name_facts`.

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
    facts: int


def form_of(name: Spelling, words: Vocabulary) -> Form:
    """Return what the steps behind the classifier ask of a name."""
    first, last, several = name.first, name.last, len(name.words) > 1
    has_first_name = several and bool(first.flags & FIRST_NAME)
    as_opening, as_role = _placed(name.shape)
    return Form(
        full=name.full,
        key=name.key,
        first=name.words[0],
        last=last.stem,
        several=several,
        has_first_name=has_first_name,
        can_name=last.can_name,
        is_known=name.known and (name.words[0].isupper() or not first.common),
        list_kind="person" if has_first_name else last.list_kind,
        shape=name.shape,
        as_opening=as_opening,
        as_role=as_role,
        as_owner=_OWNING if name.words[-1].endswith(_OWNERS) else _NOT_OWNING,
        facts=name_facts(name, words),
    )


def own_features(name: Spelling, words: Vocabulary) -> Features:
    """Return the values of the slots `NAME`."""
    first, last, several = name.first, name.last, len(name.words) > 1
    length = min(len(name.words), LONG)
    flags, whole = last.flags or last.stem_flags, name.flags or name.key_flags
    return (
        name.shape,
        last.lower_stem[-3:],
        last.lower_stem[-4:],
        name.words[0][:3] if several else "",
        f"{first.flags} {flags}" if several else str(flags),
        f"{whole} {length}",
        last.any_cue,
        first.cue if several else last.place_cue,
        _head(name.words, words) if several else last.noun,
        _known_as(whole, several),
        _COMMON[first.common][last.common],
        name.words[-1][-4:] if last.compound else "",
        _known(name, words),
    )


@cache
def _placed(shape: str) -> tuple[str, str]:
    """Return the values for a name of a shape that opens a sentence or stands behind a role."""
    return f"{shape} opens", f"role {shape}"


@cache
def _known_as(flags: int, several: bool) -> str:  # noqa: FBT001 - a memory has no use for names
    return f"{bool(flags & PLACE)} {bool(flags & PERSON)} {several}"


def _head(name: tuple[str, ...], words: Vocabulary) -> str:
    """Say what the noun of a name is a word for: of "Universitetet i Oslo" the first."""
    for word, after in pairwise(name):
        if after in words.links or after in words.subjects:
            return word_form(word, words).noun
    return word_form(name[-1], words).noun


def _known(name: Spelling, words: Vocabulary) -> str:
    """Say whether the name is a well-known organisation's, a month, or a people's."""
    if name.known:
        return "organisation"
    lower = name.full.lower()
    if lower in words.calendar:
        return "calendar"
    return "people" if words.gazetteer.demonym(lower, words.tag) else ""
