"""Overrules the classifier where the words themselves say what a name is.

The step of `names` behind `consistency`. An organisation is a court by its tail, a company by the
noun before it, what everybody knows, a club by the score of its match, and the first or last word
of an organisation's longer name; no first name is overruled. A country is a place, and so is a
building by its tail. Events and prizes are none of the three.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tidende.enrich.bodies import is_head
from tidende.enrich.candidates import Candidate
from tidende.enrich.classifier import KINDS
from tidende.enrich.clubs import clubs, is_land
from tidende.enrich.forms import bare
from tidende.enrich.vocabulary import Vocabulary, ending
from tidende.lexicon.gazetteer import FIRST_NAME, PERSON, PLACE

_NONE, _PERSON, _ORGANISATION, _PLACE = range(len(KINDS))
_LONGEST = 24  # letters of the noun before a name
_MEMORY = 1 << 12


def certain(
    text: str, found: Sequence[Candidate], decided: Sequence[int], words: Vocabulary
) -> list[int]:
    """Return the kind of each candidate as its number in `KINDS`; the others stay as `decided`."""
    kinds = [
        _NONE if kind and _is_other(each.words, words) else kind
        for each, kind in zip(found, decided, strict=True)
    ]
    full = [
        each for each, kind in zip(found, kinds, strict=True) if kind == _PERSON and each.words[1:]
    ]
    people = _People(
        words=frozenset(bare(word) for each in full for word in each.words),
        ends=frozenset(each.end for each in full),
    )
    sure = {
        each.words
        for each, kind in zip(found, kinds, strict=True)
        if kind != _ORGANISATION and _is_sure(text, each, kind, people, words)
    }
    towns = [at for at, kind in enumerate(kinds) if kind == _PLACE]
    played = clubs(text, found, towns, words) if towns else set()
    kinds = [
        _overruled(each, kind, sure, played, words) for each, kind in zip(found, kinds, strict=True)
    ]
    alone = [at for at, kind in enumerate(kinds) if kind == _PERSON and len(found[at].words) == 1]
    short = _short_names(found, kinds, words) if alone else frozenset()
    for at in alone if short else ():
        if bare(found[at].words[0]) in short:
            kinds[at] = _ORGANISATION
    return kinds


@dataclass(frozen=True, slots=True, kw_only=True)
class _People:
    """People's full names: their `words`, and where the names end in the text."""

    words: frozenset[str]
    ends: frozenset[int]


def _overruled(
    each: Candidate,
    kind: int,
    sure: Collection[tuple[str, ...]],
    played: Collection[str],
    words: Vocabulary,
) -> int:
    """Return what a candidate is after all; a land never is an organisation."""
    if each.words in sure or (kind == _PLACE and bare(" ".join(each.words)) in played):
        return _ORGANISATION
    if kind in {_PERSON, _ORGANISATION} and each.words[1:] and _is_site(each.words[-1], words):
        return _PLACE
    land = kind != _PLACE and not each.words[1:] and is_land(each.words[0], words)
    if not land:
        return kind
    nobody = words.nouns and not words.gazetteer.flags(bare(each.words[0])) & FIRST_NAME
    return _PLACE if nobody or kind == _ORGANISATION else kind


def _is_sure(text: str, each: Candidate, kind: int, people: _People, words: Vocabulary) -> bool:
    """Tell an organisation that the classifier held to be something else, or nothing."""
    several, last = len(each.words) > 1, each.words[-1]
    if several and (_is_institution(last, words) or _is_municipality(text, each, people, words)):
        return True
    if several and (is_head(each.words[0].lower(), words) or _is_branch(each.words, words)):
        return True
    if several and _is_marked(each.words, words):
        return True
    if (kind or not each.opens) and _is_national(each.words, words):
        return True
    if kind and _is_known(each.words, people.words, words):
        before = text[max(0, each.start - _LONGEST) : each.start - 1].rpartition(" ")[2].lower()
        elsewhere = words.speech if kind == _PERSON else words.role_links
        return last.isupper() or before not in elsewhere
    return _is_named_body(text, each, words)


@lru_cache(maxsize=_MEMORY)
def _is_other(name: tuple[str, ...], words: Vocabulary) -> bool:
    """Tell an event, a prize, a thing: "VM", "Oscar"."""
    full = " ".join(name)
    return full in words.others or bare(full) in words.others


def _is_known(name: tuple[str, ...], people: Collection[str], words: Vocabulary) -> bool:
    """Tell an organisation that everybody knows and that bears no town's and no person's name."""
    full = " ".join(name)
    if bare(full) not in words.known and full not in words.known:
        return False
    flags = words.gazetteer.flags(full) | words.gazetteer.flags(bare(full))
    return not flags & (PLACE | FIRST_NAME) and bare(full) not in people


@lru_cache(maxsize=_MEMORY)
def _is_national(name: tuple[str, ...], words: Vocabulary) -> bool:
    """Tell "Norsk Folkehjelp", whose second capital makes a name of it; German has them anyway."""
    if words.nouns or words.clitic or not name[1:] or not name[1][:1].isupper():
        return False
    if words.gazetteer.flags(" ".join(name)) & PLACE:
        return False
    if any(words.gazetteer.flags(word) & FIRST_NAME for word in name[:2]):
        return False
    return words.gazetteer.demonym(name[0].lower(), words.tag) is not None


@lru_cache(maxsize=_MEMORY)
def _is_site(tail: str, words: Vocabulary) -> bool:
    """Tell the "rådhus" of "Oslo rådhus"."""
    return tail.lower() in words.sites or bare(tail).lower() in words.sites


def _is_marked(name: tuple[str, ...], words: Vocabulary) -> bool:
    """Tell a club by a word of its name: "FC Lillevik", "Lillevik Fotball"."""
    return bare(name[-1]) in words.club_marks or (name[0].isupper() and name[0] in words.club_marks)


@lru_cache(maxsize=_MEMORY)
def _is_branch(name: tuple[str, ...], words: Vocabulary) -> bool:
    """Tell a known body's part in a town: "Oslo Høyre"."""
    rest, flags = bare(" ".join(name[1:])), words.gazetteer.flags
    return bool(flags(name[0]) & PLACE) and rest in words.known and not flags(rest) & PERSON


def _is_municipality(text: str, each: Candidate, people: _People, words: Vocabulary) -> bool:
    """Tell "Bergen kommune" that acts from "i Bergen kommune", where something is or happens.

    It acts behind a name as well: "Kari Nordmann i Bergen kommune".
    """
    if each.words[-1] not in words.municipalities:
        return False
    link = text[max(0, each.start - _LONGEST) : each.start - 1].rpartition(" ")[2]
    return link.lower() not in words.links or each.start - len(f" {link} ") in people.ends


@lru_cache(maxsize=_MEMORY)
def _is_institution(tail: str, words: Vocabulary) -> bool:
    """Tell the "tingrett" of "Bergen tingrett"."""
    return any(ending(form.lower(), words.institutions) for form in (tail, bare(tail)))


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
    if not ending(noun.lower(), words.named_bodies):
        return False
    town = not each.words[1:] and words.gazetteer.flags(bare(each.words[0])) & PLACE
    return not town and not any(words.gazetteer.flags(word) & FIRST_NAME for word in each.words)


def _short_names(
    found: Sequence[Candidate], kinds: Sequence[int], words: Vocabulary
) -> frozenset[str]:
    """Return first and last words of organisations' longer names that are no part of a person's."""
    longer = [(each.words, kind) for each, kind in zip(found, kinds, strict=True) if each.words[1:]]
    ends = {
        word
        for name, kind in longer
        if kind == _ORGANISATION
        for word in (name[0], bare(name[-1]))
        if word[:1].isupper()
    }
    if not ends:
        return frozenset()
    people = {bare(word) for name, kind in longer if kind == _PERSON for word in name}
    return frozenset(word for word in ends - people if not words.gazetteer.flags(word) & FIRST_NAME)
