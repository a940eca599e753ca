"""What the words of a name say by themselves that it is, wherever it stands.

A part of `certainty`. Found once for each name, with the rest that is true of it (see `forms`).
"""

from dataclasses import dataclass

from tidende.enrich.bodies import is_compound, is_head
from tidende.enrich.genitive import bare
from tidende.enrich.vocabulary import Vocabulary, ending
from tidende.lexicon.gazetteer import FIRST_NAME, PERSON, PLACE


@dataclass(frozen=True, slots=True, kw_only=True)
class NameFacts:
    """What a name is by its own words.

    A `body` is an organisation for sure; a `national` one ("Norsk Folkehjelp"), a `known` one and
    an `acronym` in the genitive ("SCB:s") are where nothing speaks against it. `other` is no
    person, body or place; a `site` is a building, a `town` in a list, a `land` a country or a part.
    A `municipal` name ends in the word for a municipality.
    """

    body: bool
    national: bool
    known: bool
    acronym: bool
    other: bool
    site: bool
    town: bool
    land: bool
    municipal: bool


def name_facts(name: tuple[str, ...], words: Vocabulary) -> NameFacts:
    """Return what a name, given as its words, is by itself."""
    full, several = " ".join(name), len(name) > 1
    other = _is_other(full, words)
    return NameFacts(
        body=several and _is_body(name, words),
        national=several and _is_national(name, words),
        known=_is_known(full, words),
        acronym=not several and not other and _is_owning_acronym(full),
        other=other,
        site=several and _is_site(name[-1], words),
        town=not several and bool(words.gazetteer.flags(bare(full)) & PLACE),
        land=_is_land(full, words),
        municipal=several and name[-1] in words.municipalities,
    )


def _is_land(name: str, words: Vocabulary) -> bool:
    """Tell a country or a part of one."""
    facts = words.gazetteer.places(name, words.tag) or words.gazetteer.places(bare(name), words.tag)
    return any(fact.kind in {"country", "region"} for fact in facts[:1])


def _is_body(name: tuple[str, ...], words: Vocabulary) -> bool:
    """Tell a court, a German office with its town, a known body's branch, a club."""
    return (
        _is_institution(name[-1], words)
        or is_head(name[0].lower(), words)
        or _is_branch(name, words)
        or _is_marked(name, words)
    )


def _is_institution(tail: str, words: Vocabulary) -> bool:
    """Tell the "tingrett" of "Bergen tingrett"."""
    return any(ending(form.lower(), words.institutions) for form in (tail, bare(tail)))


def _is_branch(name: tuple[str, ...], words: Vocabulary) -> bool:
    """Tell a known body's part in a town: "Oslo Høyre"."""
    rest, flags = bare(" ".join(name[1:])), words.gazetteer.flags
    return bool(flags(name[0]) & PLACE) and rest in words.known and not flags(rest) & PERSON


def _is_marked(name: tuple[str, ...], words: Vocabulary) -> bool:
    """Tell a club by a word of its name: "FC Lillevik", "Lillevik Fotball"."""
    return bare(name[-1]) in words.club_marks or (name[0].isupper() and name[0] in words.club_marks)


def _is_national(name: tuple[str, ...], words: Vocabulary) -> bool:
    """Tell "Norsk Folkehjelp", whose second capital makes a name of it; German has them anyway."""
    if words.nouns or words.clitic or not name[1][:1].isupper() or is_compound(name[-1], words):
        return False
    if words.gazetteer.flags(" ".join(name)) & PLACE:
        return False
    if any(words.gazetteer.flags(word) & FIRST_NAME for word in name[:2]):
        return False
    return words.gazetteer.demonym(name[0].lower(), words.tag) is not None


def _is_known(full: str, words: Vocabulary) -> bool:
    """Tell an organisation that everybody knows and that bears no town's and no first name."""
    if bare(full) not in words.known and full not in words.known:
        return False
    flags = words.gazetteer.flags(full) | words.gazetteer.flags(bare(full))
    return not flags & (PLACE | FIRST_NAME)


def _is_owning_acronym(name: str) -> bool:
    """Tell "SCB:s": what owns something is an organisation."""
    base = bare(name).removesuffix(":")
    return base != name and base.isupper() and len(base) > 1


def _is_other(full: str, words: Vocabulary) -> bool:
    """Tell an event, a prize, a thing: "VM", "Oscar"."""
    return full in words.others or bare(full) in words.others


def _is_site(tail: str, words: Vocabulary) -> bool:
    """Tell the "rådhus" of "Oslo rådhus"."""
    return tail.lower() in words.sites or bare(tail).lower() in words.sites
