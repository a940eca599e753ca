"""What the classifier sees of a candidate: its context and its form, never its own words.

`features` gives one value for each of `SLOTS`. The values of the context are the words around the
candidate; of the candidate itself only its shape, its ending, what lists hold its words, and how
the same name is used elsewhere in the article. So the weights know no name.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TypeAlias

from tidende.enrich.candidates import Candidate, is_compound
from tidende.enrich.vocabulary import Vocabulary, ending
from tidende.lexicon.gazetteer import FIRST_NAME, PERSON, PLACE

Features: TypeAlias = tuple[str, ...]

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
NAME = (
    "form",
    "ending3",
    "ending4",
    "start3",
    "lists",
    "whole",
    "cue",
    "second cue",
    "head",
    "known as",
    "common",
    "compound",
    "known",
)
SLOTS = CONTEXT + NAME

_MEMORY = 1 << 13  # words that are remembered: most come again
_LEFT = 40
_TOKEN = re.compile(r"\w+(?:[-'’]\w+)*|[^\w\s]")
_RIGHT = re.compile(r"\s?(\w+(?:-\w+)*|[^\w\s]|$)\s?(\w+|[^\w\s]|$)")
_MOST = 3
_LONG = 4
_LONGEST_JOINT = 7
_GENITIVES = ("'s", "’s", "s", "'", "’")


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
    longer = [each.words for each in found if len(each.words) > 1]
    named = [name for name in longer if words.gazetteer.flags(name[0]) & FIRST_NAME]
    return Usage(
        times=Counter(bare(" ".join(each.words)) for each in found),
        surnames=frozenset(bare(name[-1]) for name in named),
        first_names=frozenset(name[0] for name in named),
        beginnings=frozenset(name[0] for name in longer),
        endings=frozenset(bare(name[-1]) for name in longer),
    )


@lru_cache(maxsize=_MEMORY)
def bare(word: str) -> str:
    """Return a word without what may be a genitive, for counting only."""
    if not word.endswith(("s", "'", "’")):
        return word
    return next(word[: -len(end)] for end in _GENITIVES if word.endswith(end)) or word


def features(
    text: str, candidate: Candidate, used: Usage, beside: str, words: Vocabulary
) -> Features:
    """Return a value for each slot; `beside` is said by the function of this name."""
    start, end, name = candidate.start, candidate.end, candidate.words
    line = text.rfind("\n", max(0, start - _LEFT), start) + 1 or max(0, start - _LEFT)
    left = _TOKEN.findall(text, line, start)
    before = left[-1] if left else "^"
    right = _RIGHT.match(text, end)
    after, after2 = right.groups() if right else ("", "")
    lower, follow = _context(before), _context(after)
    own = _of_name(name, words)
    form = own[0]
    return (
        lower,
        _context(left[-2]) if len(left) > 1 else "^",
        lower[-4:],
        follow,
        _context(after2),
        follow[-3:],
        f"{lower} {follow}",
        f"{form} opens" if candidate.opens else "",
        _usage(candidate, used),
        f"role {form}" if is_role(before.lower(), words) else form,
        f"{name[-1][-1] in 's’'} {after[:1].islower()}",
        beside,
        *own,
    )


@lru_cache(maxsize=_MEMORY)
def _of_name(name: tuple[str, ...], words: Vocabulary) -> Features:
    """Return the values of the slots `NAME`, which are the same wherever the name stands."""
    first, last = name[0], name[-1]
    stem, full = bare(last), " ".join(name)
    lower, lower_stem = last.lower(), bare(last).lower()
    several = len(name) > 1
    shape = _form(last, words)
    whole = words.gazetteer.flags(full) or words.gazetteer.flags(bare(full))
    flags = str(words.gazetteer.flags(last) or words.gazetteer.flags(stem))
    return (
        f"{min(len(name), _LONG)} {_form(first, words)} {shape}" if several else shape,
        lower_stem[-3:],
        lower_stem[-4:],
        first[:3] if several else "",
        f"{words.gazetteer.flags(first)} {flags}" if several else flags,
        f"{whole} {min(len(name), _LONG)}",
        ending(lower, words.organisations) or ending(lower_stem, words.organisations),
        ending(first.lower(), words.organisations) if several else ending(lower_stem, words.places),
        _head(name, words),
        f"{bool(whole & PLACE)} {bool(whole & PERSON)} {several}",
        f"{first.lower() in words.common} {lower in words.common}",
        last[-4:] if is_compound(last, words) else "",
        _known(full, words),
    )


def _head(name: tuple[str, ...], words: Vocabulary) -> str:
    """Say what the noun of a name is a word for: of "Universitetet i Oslo" the first."""
    head = name[-1]
    for word, after in pairwise(name):
        if after in words.links or after in words.subjects:
            head = word
            break
    noun = head.lower()
    if ending(noun, words.organisations) or ending(bare(noun), words.organisations):
        return "organisation"
    return "place" if ending(bare(noun), words.places) else ""


@lru_cache(maxsize=_MEMORY)
def is_role(word: str, words: Vocabulary) -> bool:
    """Tell whether a lower-case word may stand before a person's name: "leder", "herr"."""
    return word in words.titles or bool(ending(word, words.roles))


def _known(name: str, words: Vocabulary) -> str:
    """Say whether the name is a well-known organisation's, a month, or a people's."""
    if name in words.known or bare(name) in words.known:
        return "organisation"
    lower = name.lower()
    if lower in words.calendar:
        return "calendar"
    return "people" if words.gazetteer.demonym(lower, words.tag) else ""


def beside(text: str, found: Sequence[Candidate], words: Vocabulary) -> list[str]:
    """Say of each candidate what stands beside it in a list: "Oslo, Bergen og Voss"."""
    said = [_said(each, words) for each in found]
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


def _said(candidate: Candidate, words: Vocabulary) -> str:
    last = candidate.words[-1]
    if len(candidate.words) > 1 and words.gazetteer.flags(candidate.words[0]) & FIRST_NAME:
        return "person"
    if last in words.known or ending(bare(last).lower(), words.organisations):
        return "organisation"
    return "place" if words.gazetteer.flags(last) & PLACE else "other"


def _context(word: str) -> str:
    """Return a context word in lower case; of a capital word only that it is one."""
    if not word or word.islower():
        return word
    if word[0].isdigit():
        return "0"
    return word.lower() if not word[0].isalpha() else ("AA" if word.isupper() else "Aa")


def _form(word: str, words: Vocabulary) -> str:
    """Return a word's shape: "AA", "Aa", "A.", "Aa-Aa", "aA", with a digit or not."""
    if word.isalpha():
        if word.isupper():
            return "A" * min(len(word), _LONG)
        if word.islower():
            return "aa"
        return "Aa" if word[1:].islower() else ("AAs" if word[:-1].isupper() else "AaA")
    kind = "-" if "-" in word else "." if "." in word else "&" if "&" in word else "'"
    return f"{'compound' if is_compound(word, words) else kind} {any(map(str.isdigit, word))}"


def _usage(candidate: Candidate, used: Usage) -> str:
    """Say how the article uses the name elsewhere."""
    name = " ".join(candidate.words)
    key = bare(name)
    many = min(used.times[key], _MOST)
    if len(candidate.words) > 1:
        alone = bare(candidate.words[-1]) in used.times
        return f"{many} long {'alone' if alone else ''}"
    if key in used.surnames:
        return f"{many} surname"
    if name in used.first_names:
        return f"{many} first name"
    if key in used.endings:
        return f"{many} ends"
    return f"{many} begins" if name in used.beginnings else str(many)
