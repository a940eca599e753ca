"""Cuts a run of capital words where one name ends and another begins.

A part of `candidates`: behind a title or role, between a genitive and a first name, at a name that
is kept whole.
"""

from collections.abc import Sequence

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
from tidende.enrich.word_forms import CALENDAR, COMMON, FREQUENT, NOUN, PARTICLE, TITLE, word_form
from tidende.lexicon.gazetteer import FIRST_NAME, PERSON, PLACE


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
        if word in words.wholes and (stop := whole_end(text, start, word, words)):
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
    hints = word_form(word, words).hints
    if not hints:
        return False  # as most have none
    first, flags = not before, words.gazetteer.flags
    particle = hints & PARTICLE and after and flags(before) & FIRST_NAME
    if not first and (hints & CALENDAR or (hints & FREQUENT and not particle)):
        return True
    if not after:
        return False
    if hints & TITLE or (first and hints & NOUN and is_noun_before(word, after, words)):
        return first or after.lower() not in words.common
    return bool(hints & COMMON and flags(after) & FIRST_NAME)


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
    left = word_form(before, words).flags
    if left & FIRST_NAME:
        return False, False  # as of most
    flags, known, both = words.gazetteer.flags, words.known, f"{before} {word}"
    if flags(both) or both in known:
        return False, False
    base = before[:-1] if before.endswith("s") else ""
    right = word_form(word, words)
    if not right.flags & FIRST_NAME:
        part = left or right.common or not base or is_institution(right.lower, words)
        return False, not part
    owner = base and (flags(base) or base.isupper() or "." in base or base in known)
    body = (len(before) > 1 and before.isupper()) or is_body(before, words)
    ended = more and (body or bool(left & PLACE and not left & PERSON))
    return bool(owner) or ended, bool(base)
