"""Reads speech tags: the verb beside quoted words, and the words that name its subject.

A tag may stand after the words ("..., sier Kari Nordmann"), before them ("Nordmann sier: ...") or
later in the sentence. Who is meant is for `speakers` to say.
"""

import re
from typing import NamedTuple

from tidende.enrich.quotes.grammar import WORD, Grammar

_POINT = re.compile(r"[,.?!…:;][»”“\"]?\s+(?=[^\W\d_])")
_LONGEST_SUBJECT = 200
_LONGEST_PHRASE = 60  # from a verb to its particle
_SHORTEST_UNKNOWN = 4
_BREAK = re.compile(r"[.!?…:;\"“”«»„()\[\]]|\s[-–—]\s|[,\n]")


# Tuples, since an article has many: a frozen dataclass takes several times as long to make.
class Subject(NamedTuple):
    """The words that name a speaker, or a pronoun in their place.

    `head` ends before the first comma, `end` after what stands in apposition. An `oblique` subject
    is named after a preposition: "heter det i en melding fra Nordmann".
    """

    start: int
    head: int
    end: int
    pronoun: str | None = None
    plural: bool = False
    oblique: bool = False


class Tag(NamedTuple):
    """A speech tag: its verb as printed (None for "ifølge") and its subject; spans the text."""

    verb: str | None
    subject: Subject
    start: int
    end: int


def tag_after(text: str, at: int, limit: int, grammar: Grammar) -> Tag | None:
    """Return the tag that begins with its verb or source at `at`, with the speaker after it."""
    word = WORD.match(text, at, limit)
    if word is None or not word[0][0].islower():
        return None
    verb = _verb(text, word, limit, grammar)
    if verb is not None:
        subject = _impersonal(text, word.end(), limit, grammar) or subject_after(
            text, word.end(), limit, grammar
        )
        return _tag(verb, subject, at)
    source = None
    if word[0] in grammar.opens_source:
        source = grammar.source_after.match(text, at, limit)
    if source is not None:
        subject = subject_after(text, source.end(), limit, grammar)
        return _tag(None, subject, at)
    return _unknown_verb(text, word, limit, grammar)


def first_tag(text: str, start: int, limit: int, grammar: Grammar) -> tuple[int, Tag] | None:
    """Return the first tag after a stop or comma, and where the words before it end."""
    for point in _POINT.finditer(text, start, limit):
        end, at = point.span()
        if text[at].islower() and (found := tag_after(text, at, limit, grammar)) is not None:
            return end, found
    return None


def source_in(text: str, start: int, limit: int, grammar: Grammar) -> Tag | None:
    """Return "according to" and the like with its subject, anywhere between two positions."""
    source = grammar.source.search(text, start, limit)
    if source is None:
        return None
    subject = subject_after(text, source.end(), limit, grammar)
    return _tag(None, subject, source.start())


def verbs_in(
    text: str, start: int, limit: int, grammar: Grammar
) -> list[tuple[str, re.Match[str]]]:
    """Return the verbs of speech between two positions: as printed, and where they begin."""
    found: list[tuple[str, re.Match[str]]] = []
    if grammar.spoken.isdisjoint(WORD.findall(text, start, limit)):
        return found
    for word in WORD.finditer(text, start, limit):
        if word[0] not in grammar.spoken:
            continue
        verb = _verb(text, word, limit, grammar)
        if verb is None and word[0] in grammar.participles:
            verb = word[0]
        if verb is not None:
            found.append((verb, word))
    return found


def subject_after(text: str, at: int, limit: int, grammar: Grammar) -> Subject | None:
    """Return the subject that begins after `at`, or None where none does."""
    limit = min(limit, at + _LONGEST_SUBJECT)
    first = _first_word(text, at, limit, grammar)
    if first is None:
        return None
    low = first[0].lower()
    if low in grammar.pronouns or low in grammar.plural:
        return None if _goes_on(text, first.end(), grammar) else _pronoun(first, low, grammar)
    if low in grammar.nobody and not _article(text, first, limit, grammar):
        return None
    if low in grammar.stops or low in grammar.prepositions:
        return None
    return _phrase(text, first, limit, grammar)


def _article(text: str, word: re.Match[str], limit: int, grammar: Grammar) -> bool:
    """Say whether a word like "det" is an article: "sier det nasjonale senteret"."""
    follows = WORD.match(text, word.end() + 1, limit)
    return (
        word[0] in grammar.articles
        and follows is not None
        and text[word.end()] == " "
        and follows[0].lower() not in grammar.common
    )


def _first_word(text: str, at: int, limit: int, grammar: Grammar) -> re.Match[str] | None:
    """Return the subject's first word: what follows, but for words like "også"."""
    previous = at
    for word in WORD.finditer(text, at, limit):
        if _BREAK.search(text, previous, word.start()):
            return None
        if word[0] not in grammar.fillers:
            return word
        previous = word.end()
    return None


def _phrase(text: str, first: re.Match[str], limit: int, grammar: Grammar) -> Subject:
    """Return the subject that begins with a word, up to a stop and over one comma at most."""
    head, end = None, first.end()
    for word in WORD.finditer(text, first.end(), limit):
        gap = _BREAK.search(text, end, word.start())
        if gap is not None:
            if gap[0] != "," or head is not None:
                break
            head = end
        if _ends_subject(text, first.start(), word, grammar):
            break
        end = word.end()
    return Subject(start=first.start(), head=head or end, end=end)


def _goes_on(text: str, at: int, grammar: Grammar) -> bool:
    """Say whether a pronoun is the subject of what follows it: "mener han er uskyldig"."""
    follows = WORD.match(text, at + 1)
    return (
        follows is not None
        and text[at] == " "
        and follows[0] in grammar.common
        and follows[0] not in grammar.fillers | grammar.stops | grammar.prepositions
        and follows[0] not in grammar.particles_of_verbs
    )


def _ends_subject(text: str, start: int, word: re.Match[str], grammar: Grammar) -> bool:
    """Say whether a word after the subject's first is no part of it.

    "og" joins roles before a name is there ("forfatter og journalist Kari Nordmann"), and halves
    of a compound ("helse- og omsorgsminister").
    """
    if word[0] not in grammar.stops or word.start() == start:
        return False
    if word[0] not in grammar.joiners:
        return True
    if text[word.start() - 2] == "-":
        return False
    named = any(part[0][0].isupper() for part in WORD.finditer(text, start, word.start()))
    follows = WORD.match(text, word.end() + 1)
    return named or follows is None or follows[0] in grammar.verbs


def pronoun_before(text: str, start: int, verb: int, grammar: Grammar) -> Subject | None:
    """Return the pronoun that stands right before a verb, but for words like "også"."""
    for word in reversed(list(WORD.finditer(text, max(start, verb - _LONGEST_PHRASE), verb))):
        low = word[0].lower()
        if low in grammar.pronouns:
            return _pronoun(word, low, grammar)
        if low not in grammar.fillers:
            return None
    return None


def _tag(verb: str | None, subject: Subject | None, start: int) -> Tag | None:
    if subject is None:
        return None
    return Tag(verb=verb, subject=subject, start=start, end=subject.end)


def _pronoun(word: re.Match[str], low: str, grammar: Grammar) -> Subject:
    pronoun = grammar.pronouns.get(low)
    return Subject(
        start=word.start(),
        head=word.end(),
        end=word.end(),
        pronoun=pronoun,
        plural=pronoun is None,
    )


def _impersonal(text: str, at: int, limit: int, grammar: Grammar) -> Subject | None:
    """Return the speaker of "heter det i en melding fra Nordmann": whoever follows."""
    word = WORD.match(text, at + 1, limit)
    if word is None or word[0] not in grammar.impersonal:
        return None
    follows = WORD.match(text, word.end() + 1, limit)
    if follows is None or text[word.end()] in ".,":
        return Subject(start=word.end(), head=word.end(), end=word.end(), oblique=True)
    if follows[0] not in grammar.prepositions:
        return None
    stop = _BREAK.search(text, follows.end(), min(limit, at + _LONGEST_SUBJECT))
    end = stop.start() if stop else min(limit, at + _LONGEST_SUBJECT)
    return Subject(start=follows.end(), head=end, end=end, oblique=True)


def _verb(text: str, word: re.Match[str], limit: int, grammar: Grammar) -> str | None:
    """Return the verb as printed, with the particle that belongs to it, or None for no verb."""
    particles = grammar.verbs.get(word[0])
    if not particles:
        return None if particles is None else word[0]
    for other in WORD.finditer(text, word.end(), min(limit, word.end() + _LONGEST_PHRASE)):
        if other[0] in particles:
            return f"{word[0]} {other[0]}"
    return None


def _unknown_verb(text: str, word: re.Match[str], limit: int, grammar: Grammar) -> Tag | None:
    """Return the tag of a verb that no list has: with a verb's ending, and a name to end on."""
    verb = word[0]
    if len(verb) < _SHORTEST_UNKNOWN or not verb.endswith(grammar.endings):
        return None
    if verb in grammar.common or text[word.end() : word.end() + 1] != " ":
        return None
    subject = subject_after(text, word.end(), limit, grammar)
    if subject is None or subject.pronoun is not None or subject.plural:
        return None
    named = all(part[0][0].isupper() for part in WORD.finditer(text, subject.start, subject.end))
    ends = subject.end >= limit or text[subject.end] in ".\n("
    return (
        Tag(verb=verb, subject=subject, start=word.start(), end=subject.end)
        if named and ends
        else None
    )
