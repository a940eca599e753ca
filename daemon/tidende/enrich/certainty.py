"""Overrules the classifier where the words themselves say what a name is.

The step of `names` behind `consistency`. An organisation is a court by its tail, a company by the
noun before it, what everybody knows, a club by the score of its match, and the first or last word
of an organisation's longer name; no first name is overruled. A country is a place, and so is a
building by its tail. Events and prizes are none of the three.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tidende.enrich.bodies import is_national
from tidende.enrich.candidates import Candidate
from tidende.enrich.classifier import KINDS
from tidende.enrich.clubs import clubs
from tidende.enrich.forms import Form
from tidende.enrich.name_facts import (
    ACRONYM,
    BODY,
    KNOWN,
    LAND,
    MUNICIPAL,
    NATIONAL,
    OTHER,
    SITE,
    TOWN,
)
from tidende.enrich.vocabulary import Vocabulary, ending
from tidende.enrich.word_forms import bare
from tidende.lexicon.gazetteer import FIRST_NAME, PLACE

_NONE, _PERSON, _ORGANISATION, _PLACE = range(len(KINDS))
_LONGEST = 24  # letters of the word before a name
_MEMORY = 1 << 12


def certain(
    text: str,
    found: Sequence[Candidate],
    forms: Sequence[Form],
    decided: Sequence[int],
    words: Vocabulary,
) -> list[int]:
    """Return the kind of each candidate as its number in `KINDS`; the others stay as `decided`.

    `forms` are the candidates'.
    """
    known = [form.facts for form in forms]
    kinds = [
        _NONE if kind and facts & OTHER else kind
        for facts, kind in zip(known, decided, strict=True)
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
        for each, facts, kind in zip(found, known, kinds, strict=True)
        if kind != _ORGANISATION
        and (
            _is_sure(text, each, facts, kind, people, words)
            if facts  # as few names have
            else _is_named_body(text, each, words)
        )
    }
    towns = [
        at
        for at, kind in enumerate(kinds)
        if kind == _PLACE or (kind != _ORGANISATION and known[at] & TOWN)
    ]
    played = clubs(text, found, forms, towns, words) if towns else set()
    kinds = [
        _ORGANISATION
        if form.key in played or each.words in sure
        else (_overruled(text, each, facts, kind, words) if facts or each.words[1:] else kind)
        for each, form, facts, kind in zip(found, forms, known, kinds, strict=True)
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


def _overruled(text: str, each: Candidate, facts: int, kind: int, words: Vocabulary) -> int:
    """Return what a candidate is after all that is no sure organisation; a land is a place."""
    several, last = len(each.words) > 1, each.words[-1]
    if facts & SITE and kind in {_PERSON, _ORGANISATION}:
        return _PLACE
    if several and kind != _PERSON and _says_who(_word_before(text, each), kind, words):
        return _PERSON
    if facts & ACRONYM and kind == _NONE and not each.opens:
        return _ORGANISATION
    if several or not facts & LAND or kind == _PLACE:
        return kind
    nobody = words.nouns and not words.gazetteer.flags(bare(last)) & FIRST_NAME
    return _PLACE if nobody or kind == _ORGANISATION else kind


def _is_sure(  # noqa: PLR0913, PLR0917 - what is known of one candidate, each from another step
    text: str,
    each: Candidate,
    facts: int,
    kind: int,
    people: _People,
    words: Vocabulary,
) -> bool:
    """Tell an organisation that the classifier held to be something else, or nothing."""
    if facts & BODY or (facts & NATIONAL and (kind or not each.opens)):
        return True
    if facts & MUNICIPAL and _acts(text, each, people, words):
        return True
    if kind and facts & KNOWN and bare(" ".join(each.words)) not in people.words:
        before = _last_word(text, each.start - 1).lower()
        elsewhere = words.speech if kind == _PERSON else words.role_links
        return each.words[-1].isupper() or before not in elsewhere
    return _is_named_body(text, each, words)


def _word_before(text: str, each: Candidate) -> str:
    """Return the lower-case word that a space parts from a name, "" for none."""
    if text[each.start - 1 : each.start] != " ":
        return ""
    word = _last_word(text, each.start - 1)
    return word if word.isalpha() and word.islower() else ""


@lru_cache(maxsize=_MEMORY)
def _says_who(word: str, kind: int, words: Vocabulary) -> bool:
    """Tell a noun that a person's name follows: "briten"; "ledare", which a body's may follow."""
    if not word or kind == _PLACE:
        return False
    return is_national(word, words) or (kind == _NONE and bool(ending(word, words.roles)))


def _acts(text: str, each: Candidate, people: _People, words: Vocabulary) -> bool:
    """Tell "Bergen kommune" that acts from "i Bergen kommune", where something is or happens.

    It acts behind a name as well: "Kari Nordmann i Bergen kommune".
    """
    link = _last_word(text, each.start - 1)
    return link.lower() not in words.links or each.start - len(f" {link} ") in people.ends


def _is_named_body(text: str, each: Candidate, words: Vocabulary) -> bool:
    """Tell what a noun names: "rederiet Fjordline", and "the operator, Fjord Line," in commas."""
    end = each.start - 1
    if end < 1 or text[end] != " " or not words.named_bodies:
        return False
    if text[end - 1] == ",":
        if not each.words[1:] or not text.startswith(",", each.end):
            return False
        end -= 1
    noun = _last_word(text, end)
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


def _last_word(text: str, end: int) -> str:
    """Return the word before a place, or the end of a very long one; none at the very start."""
    return text[max(0, end - _LONGEST) : max(0, end)].rpartition(" ")[2]
