"""Finds where a name ends that goes on in lower case: "Sogn og Fjordane", "Bergen tingrett".

`candidates` asks this of each run of capital words.
"""

import re
from functools import lru_cache

from tidende.enrich.vocabulary import LOWER, Vocabulary, ending
from tidende.enrich.word_forms import word_form
from tidende.lexicon.gazetteer import FIRST_NAME

_MEMORY = 1 << 13  # words that are remembered: most come again
_LOWER_WORD = rf" ([{LOWER}][\w-]{{0,40}})"
_FOLLOW = re.compile(rf"{_LOWER_WORD}(?:{_LOWER_WORD})?")
_SUBJECT = re.compile(rf"{_LOWER_WORD * 2}(?:{_LOWER_WORD * 2})?")


def whole_end(text: str, start: int, word: str, words: Vocabulary) -> int:
    """Return where a name that is kept whole ends: "Sogn og Fjordane"; 0 for none."""
    if word not in words.wholes:
        return 0
    for whole in words.wholes[word]:
        if text.startswith(whole, start):
            stop = start + len(whole)
            return stop + 1 if text[stop : stop + 1] == "s" else stop
    return 0


def tail_end(text: str, end: int, names: tuple[str, ...], words: Vocabulary, *, opens: bool) -> int:
    """Return where the lower-case words end that belong to a name ending at `end`.

    "Bergen tingrett", "Trondheim økonomiske høyskole", "Statens institutt for
    rusmiddelforskning", "Den norske kirke", "Norsk danseforbund".
    """
    if not text[end + 1 : end + 2].islower() or (names[1:] and _is_person(names, words)):
        return end
    follow = _FOLLOW.match(text, end)
    if not follow:
        return end
    count, last = 0, word_form(names[-1], words)
    heads, first, second = last.heads, follow[1], follow[2] or ""
    if _is_tail(first, words):
        count, heads = 1, bool(ending(first, words.heads))
    elif second and first[-1] in "ea" and _is_tail(second, words):
        count, heads = 2, bool(ending(second, words.heads))
    elif not opens and len(names) == 1 and last.common:
        count = _described(last.lower, first, second, words)
    end = follow.end(count) if count else end
    if not heads:
        return end
    subject = _SUBJECT.match(text, end)
    if not subject or subject[1] not in words.subjects:
        return end
    return subject.end(4 if subject[4] and subject[3] in words.conjunctions else 2)


def _is_person(names: tuple[str, ...], words: Vocabulary) -> bool:
    """Tell who has no institution behind the name, unlike "Henrik Ibsens gate"."""
    owns = names[-1].endswith("s")
    return not owns and bool(words.gazetteer.flags(names[0]) & FIRST_NAME)


@lru_cache(maxsize=_MEMORY)
def _is_tail(word: str, words: Vocabulary) -> bool:
    return word in words.tails or bool(ending(word.removesuffix("s"), words.long_tails))


def _described(last: str, first: str, second: str, words: Vocabulary) -> int:
    """Count the words behind "Den" ("Den norske kirke") or "Norsk" ("Norsk danseforbund")."""
    if last not in words.articles:
        return int(bool(ending(first, words.organisations)))
    return 2 if ending(second, words.organisations) or second in words.tails else 0
