"""What the words of a name say by themselves that it is, wherever it stands.

A part of `certainty`. Found once for each name, with the rest that is true of it (see `forms`).
"""

from tidende.enrich.bodies import is_head
from tidende.enrich.genitive import bare
from tidende.enrich.spelling import Spelling
from tidende.enrich.vocabulary import Vocabulary, ending
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
    last = name.last
    told = BODY if _is_body(name, words) else 0
    if _is_national(name, words):
        told |= NATIONAL
    if last.lower in words.sites or last.lower_stem in words.sites:
        told |= SITE
    return told | MUNICIPAL if name.words[-1] in words.municipalities else told


def _is_land(name: Spelling, words: Vocabulary) -> bool:
    places = words.gazetteer.places
    facts = places(name.full, words.tag) or places(name.key, words.tag)
    return any(fact.kind in {"country", "region"} for fact in facts[:1])


def _is_body(name: Spelling, words: Vocabulary) -> bool:
    """Tell a court, a German office with its town, a known body's branch, a club."""
    return (
        _is_institution(name, words)
        or is_head(name.first.lower, words)
        or _is_branch(name, words)
        or _is_marked(name, words)
    )


def _is_institution(name: Spelling, words: Vocabulary) -> bool:
    """Tell the "tingrett" of "Bergen tingrett"."""
    last = name.last
    return any(ending(form, words.institutions) for form in (last.lower, last.lower_stem))


def _is_branch(name: Spelling, words: Vocabulary) -> bool:
    """Tell a known body's part in a town: "Oslo Høyre"."""
    if not name.first.flags & PLACE:
        return False
    rest = bare(" ".join(name.words[1:]))
    return rest in words.known and not words.gazetteer.flags(rest) & PERSON


def _is_marked(name: Spelling, words: Vocabulary) -> bool:
    """Tell a club by a word of its name: "FC Lillevik", "Lillevik Fotball"."""
    first = name.words[0]
    return name.last.stem in words.club_marks or (first.isupper() and first in words.club_marks)


def _is_national(name: Spelling, words: Vocabulary) -> bool:
    """Tell "Norsk Folkehjelp", whose second capital makes a name of it; German has them anyway."""
    second = name.words[1]
    if words.nouns or words.clitic or not second[:1].isupper() or name.last.compound:
        return False
    if name.flags & PLACE or (name.first.flags | words.gazetteer.flags(second)) & FIRST_NAME:
        return False
    return words.gazetteer.demonym(name.first.lower, words.tag) is not None


def _is_owning_acronym(name: Spelling) -> bool:
    """Tell "SCB:s": what owns something is an organisation."""
    base = name.key.removesuffix(":")
    return base != name.full and base.isupper() and len(base) > 1
