"""Cuts a run of capital words where one name ends and another begins.

A part of `candidates`: behind a title or role, between a genitive and a first name, at a name that
is kept whole.
"""

from collections.abc import Sequence
from functools import lru_cache

from tidende.enrich.bodies import (
    is_body,
    is_chief,
    is_compound,
    is_head,
    is_institution,
    is_noun_before,
    is_whole,
)
from tidende.enrich.runs import Words
from tidende.enrich.tails import whole_end
from tidende.enrich.vocabulary import Vocabulary
from tidende.lexicon.gazetteer import FIRST_NAME, PERSON, PLACE

_MEMORY = 1 << 13  # words that are remembered: most come again
_FREQUENT, _PARTICLE, _CALENDAR, _TITLE, _NOUN, _COMMON = (1 << bit for bit in range(6))


def cut(text: str, run: Words, words: Vocabulary, inside: set[str]) -> Sequence[Words]:
    """Return the names in a run, each as its words; `inside` are the capital words in sentences."""
    if len(run) > 1:
        return _parts(text, run, words, inside)
    return _part(text, run, words) if words.nouns and run else (run,)


def _part(text: str, run: Words, words: Vocabulary) -> Sequence[Words]:
    """Do for a German run of one word what `_parts` does; elsewhere it has no work there."""
    ((start, _, word),) = run
    if stop := whole_end(text, start, word, words):
        return ([(start, stop, text[start:stop])],)
    return () if word in words.common_nouns else (run,)


def _parts(text: str, run: Words, words: Vocabulary, inside: set[str]) -> list[Words]:
    """Cut a run where one name ends and another begins."""
    parts: list[Words] = []
    part: Words = []
    before, stop = "", 0
    for at, (start, end, word) in enumerate(run):
        if start < stop:
            continue
        if stop := whole_end(text, start, word, words):
            parts += part, [(start, stop, text[start:stop])]
            part, before = [], ""
            continue
        after = run[at + 1][2] if at + 1 < len(run) else ""
        if _is_between(word, before, after, words):
            parts.append(part)
            part, before = [], ""
            continue
        if part and (
            is_compound(before, words)
            or _is_joined(text[part[-1][1] : start], before, words)
            or _parted(part, word, after, words, inside)
        ):
            parts.append(part)
            part = []
        part.append((start, end, word))
        before = word
    parts.append(part)
    return parts


def _is_joined(gap: str, before: str, words: Vocabulary) -> bool:
    """Tell a conjunction that looks like a particle: "Twitter da Maradona"."""
    if gap == " " or gap.strip() not in words.doubtful_particles:
        return False
    return not words.gazetteer.flags(before) & FIRST_NAME and before.lower() not in words.particles


def _is_between(word: str, before: str, after: str, words: Vocabulary) -> bool:
    """Tell a word that is no part of a name: a title, a German noun, a capital "Det".

    `before` is the word before it in the same name, none for the first.
    """
    if words.nouns and (told := _is_noun_between(word, before, after, words)) is not None:
        return told
    hints = _hints(word, words)
    if not hints:
        return False  # as of most words
    first, flags = not before, words.gazetteer.flags
    particle = hints & _PARTICLE and after and flags(before) & FIRST_NAME
    if not first and (hints & _CALENDAR or (hints & _FREQUENT and not particle)):
        return True
    if not after:
        return False
    if hints & _TITLE or (first and hints & _NOUN and is_noun_before(word, after, words)):
        return first or after.lower() not in words.common
    return bool(hints & _COMMON and flags(after) & FIRST_NAME)


@lru_cache(maxsize=_MEMORY)
def _hints(word: str, words: Vocabulary) -> int:
    """Return what speaks by itself against a word's being part of a name; 0 for nothing."""
    lower, flags = word.lower(), words.gazetteer.flags(word)
    said = (
        (_FREQUENT, lower in words.function and not word.isupper() and not flags),
        (_PARTICLE, lower in words.particles),
        (_CALENDAR, lower in words.calendar and not flags & PERSON),
        (_TITLE, lower.rstrip(".") in words.titles),
        (_NOUN, is_noun_before(word, "", words)),
        (_COMMON, lower in words.common and not flags and not word.endswith("s")),
    )
    return sum(hint for hint, holds in said if holds)


def _is_noun_between(word: str, before: str, after: str, words: Vocabulary) -> bool | None:
    """Tell a German noun that is no part of a name; None where it may be another word."""
    flags, behind = words.gazetteer.flags(word), words.gazetteer.flags(after)
    if is_head(word.lower(), words) and behind & PLACE:
        return False
    if word in words.common and not flags & PLACE and word not in words.known:
        return not before or not _describes(before.lower(), words)
    if after and not flags and behind & (PLACE | FIRST_NAME):
        named = "-" not in word or is_chief(word.lower(), words)
        return named and not is_compound(after, words)
    return None


def _describes(word: str, words: Vocabulary) -> bool:
    """Tell an adjective, whose capital makes a name of the noun behind it: "Deutsche Bank"."""
    return word in words.common or words.gazetteer.demonym(word, words.tag) is not None


def _parted(
    part: Words,
    word: str,
    after: str,
    words: Vocabulary,
    inside: set[str],
) -> bool:
    """Tell a name from the one before it: "Frps | Oskar Grimstad", "Oslo | Kari Nordmann"."""
    before = part[-1][2]
    if part[1:] and is_whole([each for _, _, each in part], word, words):
        return True
    surely, owned = _border(before, word, words, more=bool(after))
    return surely or (owned and before[:-1] in inside)


def _border(before: str, word: str, words: Vocabulary, *, more: bool) -> tuple[bool, bool]:
    """Say whether a name ends between two words: surely, and if the text has the first without -s.

    There is `more` where another word follows in the run.
    """
    left, both = words.gazetteer.flags(before), f"{before} {word}"
    if left & FIRST_NAME or words.gazetteer.flags(both) or both in words.known:
        return False, False
    base = before[:-1] if before.endswith("s") else ""
    if not words.gazetteer.flags(word) & FIRST_NAME:
        lower = word.lower()
        noun = lower in words.common or is_institution(lower, words)
        return False, bool(base) and not (left or noun)
    owner = base and (
        words.gazetteer.flags(base) or base.isupper() or "." in base or base in words.known
    )
    body = (len(before) > 1 and before.isupper()) or is_body(before, words)
    ended = more and (body or bool(left & PLACE and not left & PERSON))
    return bool(owner) or ended, bool(base)
