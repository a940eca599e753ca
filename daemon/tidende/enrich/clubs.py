"""Finds clubs that are called by their town: "Molde" of "vant 2-1 over Molde".

A part of `certainty`. A town stands for its club where a score is told beside it, and where a
compound of the article makes a team of it: "Molde-treneren".
"""

import re
from collections.abc import Sequence

from tidende.enrich.candidates import Candidate
from tidende.enrich.forms import bare
from tidende.enrich.name_facts import name_facts
from tidende.enrich.vocabulary import Vocabulary, ending

_NEAR = 90  # from a club to the score of its match
_SCORE = re.compile(r"(?<![\w.,:-])\d{1,3}[-–:]\d{1,3}(?![\w:-]|[.,]\d)")
_SCORE_AND_WORD = re.compile(_SCORE.pattern + r"(?: \(\d+[-–:]\d+\))?(?: [^\W\d]+)? ([^\W\d]+) $")
_WORD_BEFORE = re.compile(r"([^\W\d]+) $")
_WORD_BEHIND = re.compile(r" ([^\W\d]+)")


def clubs(
    text: str, found: Sequence[Candidate], towns: Sequence[int], words: Vocabulary
) -> set[str]:
    """Return which of the `towns`, numbers of candidates, are clubs, as names without genitive."""
    fans = {
        head
        for each in found
        for head, _, noun in [each.words[-1].rpartition("-")]
        if head and _is_club_noun(noun.lower(), words)
    }
    said = {at: " ".join(found[at].words) for at in towns}
    return {
        bare(name)
        for at, name in said.items()
        if not name_facts(found[at].words, words).land
        and (bare(name) in fans or _plays(text, found[at], words))
    }


def _is_club_noun(noun: str, words: Vocabulary) -> bool:
    bases = (noun, *(noun.removesuffix(end) for end in words.definite if noun.endswith(end)))
    return any(ending(base, words.club_nouns) for base in bases)


def _plays(text: str, each: Candidate, words: Vocabulary) -> bool:
    """Tell a club by the score before it, or by a score near it and a verb beside it."""
    line = text.rfind("\n", 0, each.start) + 1
    first = max(line, each.start - _NEAR)
    before = _SCORE_AND_WORD.search(text, first, each.start)
    if before and before[1].lower() in words.against:
        return True
    verb, behind = _WORD_BEFORE.search(text, first, each.start), _WORD_BEHIND.match(text, each.end)
    if not any(word and word[1].lower() in words.contests for word in (verb, behind)):
        return False
    sentence = text[max(first, text.rfind(". ", first, each.start)) : each.end + _NEAR]
    return _SCORE.search(sentence.partition("\n")[0].partition(". ")[0]) is not None
