"""Finds what may be a name: capital words that stand together, and what belongs to them.

The first step of `names`. A run of capital words (see `runs`) is cut where a sentence opens with a
common word, behind a title or role, and between a genitive and a first name; it is joined with an
institution's lower-case tail.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from tidende.enrich.runs import Words, runs_of
from tidende.enrich.tails import tail_end, whole_end
from tidende.enrich.vocabulary import Vocabulary, ending
from tidende.lexicon.gazetteer import FIRST_NAME, PERSON, PLACE
from tidende.model.article import Block

_MEMORY = 1 << 13  # words that are remembered: most come again
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
        kept, opens = _open(run, words, inside) if opening else (run, False)
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
        if part and (is_compound(before, words) or _parted(before, word, after, words, inside)):
            yield part
            part = []
        part.append((start, end, word))
        before = word
    yield part


@lru_cache(maxsize=_MEMORY)
def _is_between(word: str, before: str, after: str, words: Vocabulary) -> bool:
    """Tell a word that is no part of a name: a title, a German noun, a capital "Det".

    `before` is the word before it in the same name, none for the first.
    """
    first, lower = not before, word.lower()
    flags = words.gazetteer.flags(word)
    if words.nouns:
        if word in words.common_nouns:
            return first or not _describes(before.lower(), words)
        if after and not flags and words.gazetteer.flags(after) & (PLACE | FIRST_NAME):
            return not is_compound(after, words) and "-" not in word
    frequent = lower in words.function and not word.isupper() and not flags
    if not first and (frequent or (lower in words.calendar and not flags & PERSON)):
        return True
    if not after:
        return False
    title = lower.rstrip(".")
    if title in words.titles or (first and ending(title, words.roles)):
        return first or after.lower() not in words.common
    named = words.gazetteer.flags(after) & FIRST_NAME and not word.endswith("s")
    return bool(named and not flags and lower in words.common)


def _describes(word: str, words: Vocabulary) -> bool:
    """Tell an adjective, whose capital makes a name of the noun behind it: "Deutsche Bank"."""
    return word in words.common or words.gazetteer.demonym(word, words.tag) is not None


def _parted(
    before: str,
    word: str,
    after: str,
    words: Vocabulary,
    inside: set[str],
) -> bool:
    """Tell a name from the one before it: "Frps | Oskar Grimstad", "Oslo | Kari Nordmann"."""
    left = words.gazetteer.flags(before)
    if left & FIRST_NAME or words.gazetteer.flags(f"{before} {word}"):
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
        acronym = len(before) > 1 and before.isupper()
        return bool(after) and (acronym or bool(left & PLACE and not left & PERSON))
    return base in inside and not left and word.lower() not in words.common


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
