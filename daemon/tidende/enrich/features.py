"""What the classifier sees around a candidate, beside the form of the name itself (see `forms`).

`features` gives one value for each slot of `CONTEXT`: the words around the candidate, and how the
same name is used elsewhere in the article. With those of `forms` they are all that the weights are
of, so the weights know no name.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from tidende.enrich.candidates import Candidate
from tidende.enrich.forms import NAME, Features, Form
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
class _Usage:
    """How an article uses names: how often each, and what longer names begin or end with a word."""

    times: Counter[str]
    surnames: frozenset[str]
    first_names: frozenset[str]
    beginnings: frozenset[str]
    endings: frozenset[str]


def features(
    text: str, found: Sequence[Candidate], forms: Sequence[Form], words: Vocabulary
) -> list[Features]:
    """Return each candidate's values for the slots of `CONTEXT`; `forms` are the candidates'."""
    usage, beside = _usage(forms), _beside(text, found, forms, words)
    seen: list[Features] = []
    for each, form, used, near in zip(found, forms, usage, beside, strict=True):
        before, before2 = _left(text, each.start)
        right = _RIGHT.match(text, each.end)
        after, after2 = right.groups() if right else ("", "")
        lower, close, role = _before(before, words)
        follow, end, small = _after(after)
        values = (
            lower,
            _context(before2),
            close,
            follow,
            _context(after2),
            end,
            f"{lower} {follow}",
            f"{form.shape} opens" if each.opens else "",
            used,
            f"role {form.shape}" if role else form.shape,
            f"{form.owns} {small}",
            near,
        )
        seen.append(values)
    return seen


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
def _before(word: str, words: Vocabulary) -> tuple[str, str, bool]:
    """Return the word before a name, its end, and whether it may be a role: "leder", "herr"."""
    context, lower = _context(word), word.lower()
    return context, context[-4:], lower in words.titles or bool(ending(lower, words.roles))


@lru_cache(maxsize=_MEMORY)
def _after(word: str) -> tuple[str, str, bool]:
    """Return the word behind a name, its end, and whether it is in lower case."""
    context = _context(word)
    return context, context[-3:], word[:1].islower()


def _beside(
    text: str, found: Sequence[Candidate], forms: Sequence[Form], words: Vocabulary
) -> list[str]:
    """Say of each candidate what stands beside it in a list: "Oslo, Bergen og Voss"."""
    said = [form.list_kind for form in forms]
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


def _usage(forms: Sequence[Form]) -> list[str]:
    """Say of each name how the article uses it elsewhere."""
    longer = [form for form in forms if form.several]
    named = [form for form in longer if form.has_first_name]
    used = _Usage(
        times=Counter([form.key for form in forms]),
        surnames=frozenset([form.last for form in named]),
        first_names=frozenset([form.first for form in named]),
        beginnings=frozenset([form.first for form in longer]),
        endings=frozenset([form.last for form in longer]),
    )
    said = {form: _said(form, used) for form in set(forms)}
    return [said[form] for form in forms]


def _said(form: Form, used: _Usage) -> str:
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
