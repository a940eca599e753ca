"""Finds what may be a name: capital words that stand together, and what belongs to them.

The first step of `names`. A run of capital words (see `runs`) loses the common word that a sentence
opens with, is cut where one name ends and another begins (see `borders`), and joined with an
institution's lower-case tail.
"""

from collections.abc import Sequence
from typing import NamedTuple

from tidende.enrich.bodies import is_entitled
from tidende.enrich.borders import cut
from tidende.enrich.runs import Word, Words, runs_of
from tidende.enrich.tails import tail_end, whole_end
from tidende.enrich.vocabulary import Vocabulary
from tidende.enrich.word_forms import word_form
from tidende.lexicon.gazetteer import FIRST_NAME
from tidende.model.article import Block

_NEAR = 2000  # characters to both sides
_LINK = range(len(" i "), len(" von ") + 1)  # characters that a preposition takes
_MOST_JOINED = 8  # words of a name that may take more


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
        for part in cut(text, kept, words, inside):
            if part and (not found or part[0][0] >= found[-1].end):
                _add(text, part, opens=opens and part[0] == run[0], words=words, found=found)
    return found


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


def _add(text: str, part: Words, *, opens: bool, words: Vocabulary, found: list[Candidate]) -> None:
    """Add a candidate with all that belongs to it, joined with the one before if they are one."""
    start, end = part[0][0], part[-1][1]
    names = tuple(text[start:end].split())
    more = whole_end(text, part[-1][0], part[-1][2], words) or tail_end(
        text, end, names, words, opens=opens
    )
    if more > end:
        names, end = (*names, *text[end:more].split()), more
    if found and start - found[-1].end in _LINK and _is_linked(text, found[-1], start, words):
        last = found.pop()
        names = (*last.words, text[last.end + 1 : start - 1], *names)
        start, opens = last.start, last.opens
    found.append(Candidate(start, end, names, opens))


def _is_linked(text: str, last: Candidate, start: int, words: Vocabulary) -> bool:
    """Tell an institution from the name that belongs to it: "Universitetet i Oslo"."""
    if len(last.words) >= _MOST_JOINED or text[last.end + 1 : start - 1] not in words.links:
        return False
    return word_form(last.words[-1], words).heads
