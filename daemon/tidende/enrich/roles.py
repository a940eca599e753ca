"""Reads what a person is said to be: the role before or behind the name, the party in brackets.

"Natos generalsekretær, Jens Stoltenberg", "utenriksminister Mark Esper", "Jens Stoltenberg,
generalsekretær i Nato,", "Frank Bakke-Jensen (H)".
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from tidende.enrich.vocabulary import UPPER, Vocabulary, ending
from tidende.model.article import Span

_LEFT, _RIGHT = 90, 90
# One class of marks comes first, so that the search skips all letters at once.
_SENTENCE = re.compile(
    r"[-.!?:;…»”\n–(](?:"
    rf"(?<=[.!?:;…»”\n]) +(?=[{UPPER}])|(?<=[\n–])\s*|(?<=[:;(]) ?|(?<=-)(?<!\w-) )"
)
_WORD = re.compile(r"[^\s,()]+|,")
_PARTY = re.compile(r"\s?\(([^\W\d_][\w. /]{0,20}+)(?:[-–][\w. ]{1,20})?(?:, ?\d+)?\)")
_AGE = re.compile(r"\s?\(\d{1,3}\)")
_MEMORY = 1 << 13
_MOST_BEFORE = 3
_MOST_BEHIND = 5


def party(text: str, end: int, words: Vocabulary) -> str | None:
    """Return the party in brackets behind a name that ends at `end`, as printed."""
    match = _PARTY.match(text, end)
    return match[1] if match and match[1] in words.parties else None


def roles(text: str, mention: Span, words: Vocabulary) -> list[str]:
    """Return the roles that stand beside one mention, as printed."""
    return [
        role
        for role in (_before(text, mention[0], words), _behind(text, mention[1], words))
        if role
    ]


def head(role: str, words: Vocabulary) -> str:
    """Return a role's noun in lower case: "forsvarsminister" of "USAs forsvarsminister i dag"."""
    for word in role.split():
        if is_role(word, words):
            return word.lower()
    return ""


def is_role(word: str, words: Vocabulary) -> bool:
    """Tell whether a word is what a person can be: "utenriksminister", "Frp-leder"."""
    return bool(ending(word.lower().rstrip("."), words.roles))


def _before(text: str, start: int, words: Vocabulary) -> str:
    """Read backwards: the role's noun, its place, then what belongs to it."""
    left = text[max(0, start - _LEFT) : start]
    apart = left.endswith(", ")
    if not apart and not (left.endswith(" ") and _can_be_role(left[:-1].rpartition(" ")[2], words)):
        return ""
    cut = max((match.end() for match in _SENTENCE.finditer(left)), default=0)
    tokens = _WORD.findall(left[cut:])
    if apart and tokens:
        tokens.pop()
    at = _noun(tokens, words, apart=apart)
    if at < 0:
        return ""
    first = at
    while first > 0 and at - first < _MOST_BEFORE and _belongs(tokens, first, words):
        first -= 1
    if first == at == len(tokens) - 1:
        bare = is_role(tokens[at], words) if apart else tokens[at] in words.role_verbs
        if bare:
            return ""
    return " ".join(tokens[first:])


def _noun(tokens: Sequence[str], words: Vocabulary, *, apart: bool) -> int:
    """Return where the role's noun is: last, or before "i USA" and a comma; -1 for none."""
    last = len(tokens) - 1
    if last >= 0 and _can_be_role(tokens[last], words):
        return last
    for at in range(max(0, last - 3), last - 1):
        link, between = tokens[at + 1], tokens[at + 1 :]
        if apart and link in words.role_links and "," not in between and is_role(tokens[at], words):
            return at
    return -1


def _belongs(tokens: Sequence[str], first: int, words: Vocabulary) -> bool:
    """Tell whether the word before `first` is part of the role: "Natos", "den amerikanske"."""
    word = tokens[first - 1]
    lower = word.lower()
    if lower in words.adjectives or (lower in words.articles and tokens[first] in words.adjectives):
        return True
    return word.endswith(("s", "'s", "’s")) and len(word) > 2 and lower not in words.function  # noqa: PLR2004


@lru_cache(maxsize=_MEMORY)
def _can_be_role(word: str, words: Vocabulary) -> bool:
    """Tell "leder", and "lederen" or "NATO-sjefen" with a definite ending."""
    lower = word.lower().rstrip(".")
    if ending(lower, words.roles) or lower in words.titles:
        return True
    return any(
        lower.endswith(end) and ending(lower.removesuffix(end), words.roles)
        for end in words.definite
    )


def _behind(text: str, end: int, words: Vocabulary) -> str:
    """Read forwards behind a comma: adjectives, the role's noun, its place."""
    if text.startswith(" (", end) and (skipped := _PARTY.match(text, end) or _AGE.match(text, end)):
        end = skipped.end()
    if not text.startswith(", ", end):
        return ""
    tokens = _WORD.findall(text[end + 2 : end + _RIGHT].partition("\n")[0].partition(". ")[0])
    at = 0
    while at < len(tokens) and (
        (lower := tokens[at].lower()) in words.adjectives or lower in words.articles
    ):
        at += 1
    if at >= len(tokens) or not (is_role(tokens[at].rstrip("."), words)):
        return ""
    last = at + 1
    if last + 1 < len(tokens) and tokens[last] in words.role_links:
        last += 1
        stop = last + _MOST_BEHIND
        while last < len(tokens) and last < stop and tokens[last] != ",":
            last += 1
            if tokens[last - 1][0].isupper() and not _continues(tokens, last):
                break
    return " ".join(tokens[:last]).rstrip(".,;:")


def _continues(tokens: Sequence[str], last: int) -> bool:
    return last < len(tokens) and tokens[last][0].isupper()
