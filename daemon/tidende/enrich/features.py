"""What the classifier sees of a candidate: its context and its form, never its own words.

`features` gives one value for each of `SLOTS`. The values of the context are the words around the
candidate; of the candidate itself only its form (see `forms`) and how the same name is used
elsewhere in the article. So the weights know no name.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from tidende.enrich.candidates import Candidate
from tidende.enrich.forms import NAME, Features, Form, form_of
from tidende.enrich.vocabulary import Vocabulary, ending

CONTEXT = (
    "before",
    "before2",
    "before-form",
    "after",
    "after2",
    "after-form",
    "around",
    "opens",
    "usage",
    "role",
    "genitive",
    "beside",
)
SLOTS = CONTEXT + NAME

_MEMORY = 1 << 13  # words that are remembered: most come again
_LEFT = 40
_TOKEN = re.compile(r"\w+(?:[-'’]\w+)*|[^\w\s]")
_RIGHT = re.compile(r"\s?(\w+(?:-\w+)*|[^\w\s]|$)\s?(\w+|[^\w\s]|$)")
_MOST = 3
_LONGEST_JOINT = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """How an article uses names: how often each, and what longer names begin or end with a word."""

    times: Counter[str]
    surnames: frozenset[str]
    first_names: frozenset[str]
    beginnings: frozenset[str]
    endings: frozenset[str]


def usage(found: Sequence[Candidate], words: Vocabulary) -> Usage:
    """Count an article's names."""
    forms = [form_of(each.words, words) for each in found]
    longer = [form for form in forms if form.several]
    named = [form for form in longer if form.has_first_name]
    return Usage(
        times=Counter([form.key for form in forms]),
        surnames=frozenset([form.last for form in named]),
        first_names=frozenset([form.first for form in named]),
        beginnings=frozenset([form.first for form in longer]),
        endings=frozenset([form.last for form in longer]),
    )


def features(
    text: str, candidate: Candidate, used: Usage, beside: str, words: Vocabulary
) -> Features:
    """Return a value for each slot; `beside` is said by the function of this name."""
    form = form_of(candidate.words, words)
    before, before2 = _left(text, candidate.start)
    right = _RIGHT.match(text, candidate.end)
    after, after2 = right.groups() if right else ("", "")
    lower, follow = _context(before), _context(after)
    shape = form.features[0]
    return (
        lower,
        _context(before2),
        lower[-4:],
        follow,
        _context(after2),
        follow[-3:],
        f"{lower} {follow}",
        f"{shape} opens" if candidate.opens else "",
        _usage(form, used),
        f"role {shape}" if is_role(before.lower(), words) else shape,
        f"{form.owns} {after[:1].islower()}",
        beside,
        *form.features,
    )


def _left(text: str, start: int) -> tuple[str, str]:
    """Return the two words or marks before a place in a line, the nearer first; "^" for none.

    No token holds a space, so those of the last two pieces are enough; most are words as they are.
    """
    first = start - _LEFT if start > _LEFT else 0
    line = text.rfind("\n", first, start) + 1 or first
    pieces = text[line:start].rsplit(None, 2)[-2:]
    if len(pieces) > 1 and pieces[0].isalnum() and pieces[1].isalnum():
        return pieces[1], pieces[0]
    tokens = ["^", "^", *_TOKEN.findall(" ".join(pieces))]
    return tokens[-1], tokens[-2]


@lru_cache(maxsize=_MEMORY)
def is_role(word: str, words: Vocabulary) -> bool:
    """Tell whether a lower-case word may stand before a person's name: "leder", "herr"."""
    return word in words.titles or bool(ending(word, words.roles))


def beside(text: str, found: Sequence[Candidate], words: Vocabulary) -> list[str]:
    """Say of each candidate what stands beside it in a list: "Oslo, Bergen og Voss"."""
    said = [form_of(each.words, words).list_kind for each in found]
    joined = [
        0 < second.start - first.end < _LONGEST_JOINT
        and text[first.end : second.start].strip(" ,/") in words.joints
        for first, second in pairwise(found)
    ]
    return [
        (said[at - 1] if at and joined[at - 1] else "")
        + ("|" + said[at + 1] if at < len(joined) and joined[at] else "")
        for at in range(len(found))
    ]


@lru_cache(maxsize=_MEMORY)
def _context(word: str) -> str:
    """Return a context word in lower case; of a capital word only that it is one."""
    if not word or word.islower():
        return word
    if word[0].isdigit():
        return "0"
    return word.lower() if not word[0].isalpha() else ("AA" if word.isupper() else "Aa")


def _usage(form: Form, used: Usage) -> str:
    """Say how the article uses the name elsewhere."""
    many = min(used.times[form.key], _MOST)
    if form.several:
        return f"{many} long {'alone' if form.last in used.times else ''}"
    if form.key in used.surnames:
        return f"{many} surname"
    if form.full in used.first_names:
        return f"{many} first name"
    if form.key in used.endings:
        return f"{many} ends"
    return f"{many} begins" if form.full in used.beginnings else str(many)
