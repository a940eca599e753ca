"""Finds what may be a name: capital words that stand together, and what belongs to them.

The first step of `names`. A run of capital words (see `runs`) is cut where a sentence opens with a
common word, behind a title or role, and between a genitive and a first name; it is joined with an
institution's lower-case tail.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from tidende.enrich.bodies import (
    is_body,
    is_chief,
    is_entitled,
    is_head,
    is_institution,
    is_noun_before,
    is_whole,
)
from tidende.enrich.runs import Word, Words, runs_of
from tidende.enrich.tails import tail_end, whole_end
from tidende.enrich.vocabulary import Vocabulary, ending
from tidende.lexicon.gazetteer import FIRST_NAME, PERSON, PLACE
from tidende.model.article import Block

_MEMORY = 1 << 13  # words that are remembered: most come again
_NEAR = 2000  # characters to both sides
_MOST_JOINED = 8  # words of a name that may take more
_LONGEST_SYLLABLE = 4  # of a name like "Dae-jung"


class Candidate(NamedTuple):
    """What may be a name; `words` as printed, `opens` where a sentence opens with it.

    A tuple, since an article has many: a frozen dataclass takes several times as long to make.
    """

    start: int
    end: int
    words: tuple[str, ...]
    opens: bool


def candidates(text: str, blocks: Sequence[Block], words: Vocabulary) -> list[Candidate]:
    """Return all that may be names in running text, in order, not overlapping."""
    runs, inside = runs_of(text, blocks, words)
    found: list[Candidate] = []
    for run, opening in runs:
        whole = opening and whole_end(text, run[0][0], run[0][2], words)
        kept, opens = (run, opening) if whole or not opening else _open(run, words, inside)
        if opens and len(kept) == 1 and _is_lowered(text, kept[0], words, inside):
            continue
        cut = _parts(text, kept, words, inside) if len(kept) > 1 else _part(text, kept, words)
        for part in cut:
            if part and (not found or part[0][0] >= found[-1].end):
                _add(text, part, opens=opens and part[0] == run[0], words=words, found=found)
    return found


@lru_cache(maxsize=_MEMORY)
def is_compound(word: str, words: Vocabulary) -> bool:
    """Tell "Nato-landene" from "Bakke-Jensen" and "Jong-un": its last part is a common word."""
    head, hyphen, tail = word.rpartition("-")
    if not hyphen or not head or not tail.islower():
        return False
    if len(tail) > _LONGEST_SYLLABLE or head.isupper() or head in words.known:
        return True
    return len(tail) == _LONGEST_SYLLABLE and tail in words.common


def _open(run: Words, words: Vocabulary, inside: set[str]) -> tuple[Words, bool]:
    """Leave out the common word that opens a sentence, and say whether the run still opens it.

    Two common words with capitals are a name ("Norske Skog"), and so is what has a capital
    elsewhere too, within a sentence.
    """
    first = run[0][2]
    lower = first.lower()
    if len(run) == 1:
        keep = lower not in words.common or (first in inside and not words.nouns)
        return (run if keep and lower not in words.function else []), True
    second = run[1][2]
    if f"{first} {second}" in words.known or is_entitled([word for _, _, word in run], words):
        return run, True
    if lower not in words.common:
        unknown = words.gazetteer.flags(second) & FIRST_NAME and not words.gazetteer.flags(first)
        bare = not first.endswith("s") and not first.isupper() and "-" not in first
        return (run[1:], False) if unknown and bare else (run, True)
    named = (
        words.gazetteer.flags(first) & FIRST_NAME
        and words.gazetteer.flags(second)
        and lower not in words.function
    )
    if named or (second.lower() in words.common and lower not in words.function):
        return run, True
    return run[1:], False


def _is_lowered(text: str, opening: Word, words: Vocabulary, inside: set[str]) -> bool:
    """Tell a common word that only opens a sentence: the text has it in lower case near there."""
    start, stop, word = opening
    if words.nouns or word in inside or word in words.known or not word[1:].islower():
        return False
    lower, at = word.lower(), max(0, start - _NEAR) - 1
    while (at := text.find(lower, at + 1, stop + _NEAR)) >= 0:
        end = at + len(lower)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
            return True
    return False


def _part(text: str, run: Words, words: Vocabulary) -> Sequence[Words]:
    """Do for a run of one word what `_parts` does, as most are; only German has work here."""
    if not words.nouns or not run:
        return (run,)
    ((start, _, word),) = run
    if stop := whole_end(text, start, word, words):
        return ([(start, stop, text[start:stop])],)
    return () if word in words.common_nouns else (run,)


def _parts(text: str, run: Words, words: Vocabulary, inside: set[str]) -> Iterator[Words]:
    """Cut a run where one name ends and another begins."""
    part: Words = []
    before, stop = "", 0
    for at, (start, end, word) in enumerate(run):
        if start < stop:
            continue
        if stop := whole_end(text, start, word, words):
            yield part
            yield [(start, stop, text[start:stop])]
            part, before = [], ""
            continue
        after = run[at + 1][2] if at + 1 < len(run) else ""
        if _is_between(word, before, after, words):
            yield part
            part, before = [], ""
            continue
        if part and (
            is_compound(before, words)
            or _is_joined(text[part[-1][1] : start], before, words)
            or _parted(part, word, after, words, inside)
        ):
            yield part
            part = []
        part.append((start, end, word))
        before = word
    yield part


def _is_joined(gap: str, before: str, words: Vocabulary) -> bool:
    """Tell a conjunction that looks like a particle: "Twitter da Maradona"."""
    named = words.gazetteer.flags(before) & FIRST_NAME or before.lower() in words.particles
    return gap.strip() in words.doubtful_particles and not named


@lru_cache(maxsize=_MEMORY)
def _is_between(word: str, before: str, after: str, words: Vocabulary) -> bool:
    """Tell a word that is no part of a name: a title, a German noun, a capital "Det".

    `before` is the word before it in the same name, none for the first.
    """
    first, lower = not before, word.lower()
    flags = words.gazetteer.flags(word)
    if words.nouns and (told := _is_noun_between(word, before, after, words)) is not None:
        return told
    frequent = lower in words.function and not word.isupper() and not flags
    particle = lower in words.particles and words.gazetteer.flags(before) & FIRST_NAME and after
    if not first and (
        (frequent and not particle) or (lower in words.calendar and not flags & PERSON)
    ):
        return True
    if not after:
        return False
    title = lower.rstrip(".")
    if title in words.titles or (first and is_noun_before(word, after, words)):
        return first or after.lower() not in words.common
    named = words.gazetteer.flags(after) & FIRST_NAME and not word.endswith("s")
    return bool(named and not flags and lower in words.common)


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
    left, both = words.gazetteer.flags(before), f"{before} {word}"
    if left & FIRST_NAME or words.gazetteer.flags(both) or both in words.known:
        return False
    base = before[:-1] if before.endswith("s") else ""
    if words.gazetteer.flags(word) & FIRST_NAME:
        if base and (
            words.gazetteer.flags(base)
            or base.isupper()
            or "." in base
            or base in inside
            or base in words.known
        ):
            return True
        body = (len(before) > 1 and before.isupper()) or is_body(before, words)
        return bool(after) and (body or bool(left & PLACE and not left & PERSON))
    lower = word.lower()
    return base in inside and not (left or lower in words.common or is_institution(lower, words))


def _add(text: str, part: Words, *, opens: bool, words: Vocabulary, found: list[Candidate]) -> None:
    """Add a candidate with all that belongs to it, joined with the one before if they are one."""
    start, end = part[0][0], part[-1][1]
    names = tuple(text[start:end].split())
    more = whole_end(text, part[-1][0], part[-1][2], words) or tail_end(
        text, end, names, words, opens=opens
    )
    if more > end:
        names, end = (*names, *text[end:more].split()), more
    if (
        found
        and found[-1].end + 2 < start <= found[-1].end + 5
        and len(found[-1].words) < _MOST_JOINED
    ):
        last = found[-1]
        if text[last.end + 1 : start - 1] in words.links and ending(
            last.words[-1].lower(), words.heads
        ):
            names = (*last.words, text[last.end + 1 : start - 1], *names)
            start, opens = last.start, last.opens
            found.pop()
    found.append(Candidate(start, end, names, opens))
