"""Finds clubs that are called by their town: "Molde" of "vant 2-1 over Molde".

A part of `certainty`. A town stands for its club where a score is told beside it, and where a
compound of the article makes a team of it: "Molde-treneren".
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from tidende.enrich.candidates import Candidate
from tidende.enrich.forms import Form
from tidende.enrich.name_facts import LAND
from tidende.enrich.vocabulary import Vocabulary, ending

_MEMORY = 1 << 12  # words that are remembered
_NEAR = 90  # from a club to the score of its match
_SCORE = re.compile(r"(?<![\w.,:-])\d{1,3}[-–:]\d{1,3}(?![\w:-]|[.,]\d)")
_SCORE_AND_WORD = re.compile(_SCORE.pattern + r"(?: \(\d+[-–:]\d+\))?(?: [^\W\d]+)? [^\W\d]+ $")
_LAST_LETTERS = re.compile(r"[^\W\d]+$")
_WORD_BEHIND = re.compile(r" ([^\W\d]+)")


def clubs(
    text: str,
    found: Sequence[Candidate],
    forms: Sequence[Form],
    towns: Sequence[int],
    words: Vocabulary,
) -> set[str]:
    """Return which of the `towns`, numbers of candidates, are clubs, as names without genitive."""
    fans = {
        head
        for each in found
        if "-" in each.words[-1]
        for head, _, noun in [each.words[-1].rpartition("-")]
        if head and _is_club_noun(noun.lower(), words)
    }
    return {
        forms[at].key
        for at in towns
        if not forms[at].facts & LAND and (forms[at].key in fans or _plays(text, found[at], words))
    }


@lru_cache(maxsize=_MEMORY)
def _is_club_noun(noun: str, words: Vocabulary) -> bool:
    bases = (noun, *(noun.removesuffix(end) for end in words.definite if noun.endswith(end)))
    return any(ending(base, words.club_nouns) for base in bases)


def _plays(text: str, each: Candidate, words: Vocabulary) -> bool:
    """Tell a club by the score before it, or by a score near it and a verb beside it."""
    near = max(0, each.start - _NEAR)
    first = max(near, text.rfind("\n", near, each.start) + 1)
    before = _word_before(text, first, each.start).lower()
    if before in words.against and _SCORE_AND_WORD.search(text, first, each.start):
        return True
    if before not in words.contests:
        behind = _WORD_BEHIND.match(text, each.end)
        if behind is None or behind[1].lower() not in words.contests:
            return False
    sentence = text[max(first, text.rfind(". ", first, each.start)) : each.end + _NEAR]
    return _SCORE.search(sentence.partition("\n")[0].partition(". ")[0]) is not None


def _word_before(text: str, first: int, start: int) -> str:
    """Return the letters that a space parts from what begins at `start`; "" for none."""
    if start <= first or text[start - 1] != " ":
        return ""
    word = text[text.rfind(" ", first, start - 1) + 1 or first : start - 1]
    if word.isalpha():
        return word
    letters = _LAST_LETTERS.search(word)
    return letters[0] if letters else ""
