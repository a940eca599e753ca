"""What the words of a name say by themselves that it is, wherever it stands.

A part of `certainty`. Found once for each name, with the rest that is true of it (see `forms`).
"""

from functools import lru_cache

from tidende.enrich.bodies import is_head
from tidende.enrich.spelling import Spelling
from tidende.enrich.vocabulary import Vocabulary, ending
from tidende.enrich.word_forms import bare
from tidende.lexicon.gazetteer import COUNTRY, FIRST_NAME, PERSON, PLACE, REGION

BODY = 1
"""An organisation for sure."""
NATIONAL = 2
"""One by its adjective, "Norsk Folkehjelp", where nothing speaks against it; as the next two."""
KNOWN = 4
"""An organisation that everybody knows and that bears no town's and no first name."""
ACRONYM = 8
"""Capitals in the genitive: "SCB:s"."""
OTHER = 16
"""No person, body or place, but an event, a prize, a thing."""
SITE = 32
"""A building."""
TOWN = 64
"""In the list of places."""
LAND = 128
"""A country or a part of one."""
MUNICIPAL = 256
"""It ends in the word for a municipality."""

_MEMORY = 1 << 13  # words that are remembered
_LAND = COUNTRY | REGION


def name_facts(name: Spelling, words: Vocabulary) -> int:
    """Return what a name is by its own words: bits of this module, 0 for most."""
    told = OTHER if name.full in words.others or name.key in words.others else 0
    if name.known and not (name.flags | name.key_flags) & (PLACE | FIRST_NAME):
        told |= KNOWN
    if (name.flags | name.key_flags) & _LAND and _is_land(name, words):
        told |= LAND
    if name.words[1:]:
        return told | _of_several(name, words)
    if not told & OTHER and _is_owning_acronym(name):
        told |= ACRONYM
    return told | TOWN if name.key_flags & PLACE else told


def _of_several(name: Spelling, words: Vocabulary) -> int:
    """Return what a name of more than one word is by them."""
    told = _by_last(name.words[-1], words) | _by_first(name.words[0], words)
    if not told & BODY and _is_branch(name, words):
        told |= BODY
    if told & NATIONAL and not _is_national(name, words):
        told ^= NATIONAL
    return told


@lru_cache(maxsize=_MEMORY)
def _by_last(word: str, words: Vocabulary) -> int:
    """Return what the last of several words says: a court, a club, a building, a municipality."""
    forms, told = (word.lower(), bare(word).lower()), 0
    if bare(word) in words.club_marks or any(ending(form, words.institutions) for form in forms):
        told |= BODY
    if not words.sites.isdisjoint(forms):
        told |= SITE
    return told | MUNICIPAL if word in words.municipalities else told


@lru_cache(maxsize=_MEMORY)
def _by_first(word: str, words: Vocabulary) -> int:
    """Return what the first of several words says: a German office, a club, perhaps a nation's."""
    lower, told = word.lower(), 0
    if is_head(lower, words) or (word.isupper() and word in words.club_marks):
        told |= BODY
    first_name = words.gazetteer.flags(word) & FIRST_NAME
    if not (words.nouns or words.clitic or first_name):
        adjective = words.gazetteer.demonym(lower, words.tag)
        told |= NATIONAL if adjective else 0
    return told


def _is_land(name: Spelling, words: Vocabulary) -> bool:
    places = words.gazetteer.places
    facts = places(name.full, words.tag) or places(name.key, words.tag)
    return any(fact.kind in {"country", "region"} for fact in facts[:1])


def _is_branch(name: Spelling, words: Vocabulary) -> bool:
    """Tell a known body's part in a town: "Oslo Høyre"."""
    if not name.first.flags & PLACE:
        return False
    rest = bare(" ".join(name.words[1:]))
    return rest in words.known and not words.gazetteer.flags(rest) & PERSON


def _is_national(name: Spelling, words: Vocabulary) -> bool:
    """Tell "Norsk Folkehjelp", whose second capital makes a name of it; German has them anyway."""
    second = name.words[1]
    if not second[:1].isupper() or name.last.compound or name.flags & PLACE:
        return False
    return not words.gazetteer.flags(second) & FIRST_NAME


def _is_owning_acronym(name: Spelling) -> bool:
    """Tell "SCB:s": what owns something is an organisation."""
    base = name.key.removesuffix(":")
    return base != name.full and base.isupper() and len(base) > 1
