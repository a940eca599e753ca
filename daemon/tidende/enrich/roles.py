"""Reads what a person is said to be: the role before or behind the name, the party in brackets.

"Natos generalsekretær, Jens Stoltenberg", "utenriksminister Mark Esper", "Jens Stoltenberg,
generalsekretær i Nato,", "Frank Bakke-Jensen (H)". Which word is a role is `role_nouns`' to say.
"""

import re
from collections.abc import Sequence

from tidende.enrich.role_nouns import NEVER, PERHAPS, SURE, is_known_role, is_role, standing
from tidende.enrich.role_phrases import (
    complement_end,
    continues,
    is_adjective,
    is_genitive,
    is_halved,
    opening,
)
from tidende.enrich.vocabulary import UPPER, Vocabulary
from tidende.model.article import Span

_LEFT, _RIGHT = 90, 90
# One class of marks comes first, so that the search skips all letters at once.
_SENTENCE = re.compile(
    r"[-.!?:;…»”\n–(](?:"
    rf"(?<=[.!?:;…»”\n]) +(?=[{UPPER}])|(?<=[\n–])\s*|(?<=[:;(]) ?|(?<=-)(?<!\w-) )"
)
_WORD = re.compile(r"[^\s,()]+|,")
_NEXT = re.compile(r" (\w+)")
_PARTY = re.compile(r"\s?\(([^\W\d_][\w. /]{0,20}+)(?:[-–][\w. ]{1,20})?(?:, ?\d+)?\)")
_AGE = re.compile(r"\s?\(\d{1,3}\)")
_APART = (", ", " (")  # what parts a name from the role behind it
_MOST_BEFORE = 3


def party(text: str, end: int, words: Vocabulary) -> str | None:
    """Return the party in brackets behind a name that ends at `end`, as printed."""
    match = _PARTY.match(text, end) if "(" in text[end : end + 2] else None
    return match[1] if match and match[1] in words.parties else None


def roles(text: str, mention: Span, words: Vocabulary) -> list[str]:
    """Return the roles that stand beside one mention, as printed."""
    before = _before(text, mention, words) if text[mention[0] - 1 : mention[0]] == " " else ""
    behind = _behind(text, mention, words) if text.startswith(_APART, mention[1]) else ""
    return [role for role in (before, behind) if role]


def head(role: str, words: Vocabulary) -> str:
    """Return a role's noun in lower case: "forsvarsminister" of "USAs forsvarsminister i dag"."""
    for word in role.split():
        if is_role(word, words):
            return word.lower()
    return ""


def _before(text: str, mention: Span, words: Vocabulary) -> str:
    """Read backwards: the role's noun, its place, then what belongs to it."""
    start = mention[0]
    first = max(0, start - _LEFT)
    apart = text[start - 2 : start] == ", "
    last = text[max(first, text.rfind(" ", first, start - 1) + 1) : start - 1]
    if not apart and not standing(last, words):
        return ""
    tokens = _WORD.findall(text[sentence_start(text, start) : start])
    if apart and tokens:
        tokens.pop()
    at = _noun(tokens, words, apart=apart)
    if at < 0 or not _is_noun(text, mention, tokens[: at + 1], words, apart=apart):
        return ""
    first = opening(tokens, at, words)
    if first == at == len(tokens) - 1:
        verb = tokens[at] in words.role_verbs and not _said_before(tokens, at, words)
        if is_role(tokens[at], words) if apart else verb:
            return ""
    return " ".join(tokens[first:])


def sentence_start(text: str, start: int) -> int:
    """Return where the sentence around `start` begins, no further than `_LEFT` before it."""
    first = max(0, start - _LEFT)
    return max((each.end() for each in _SENTENCE.finditer(text, first, start + 1)), default=first)


def _is_noun(
    text: str, mention: Span, tokens: Sequence[str], words: Vocabulary, *, apart: bool
) -> bool:
    """Tell a role's noun, the last of `tokens`, from a verb, by what stands around it.

    What is in no list of roles counts before a full name only; what may be a verb behind a verb
    of speech, behind what belongs to it, or where such a verb follows the name.
    """
    noun, last = tokens[-1], len(tokens) - 1
    if is_known_role(noun, words):
        return True
    if " " not in text[slice(*mention)]:
        return False
    if apart or standing(noun, words) == SURE or _said_before(tokens, last, words):
        return True
    if not last:
        follow = _NEXT.match(text, mention[1])
        return follow is not None and (follow[1] in words.speech or follow[1] in words.function)
    before = tokens[-2].lower()
    plural = not (words.clitic or words.nouns)  # elsewhere "norske tilhengere" may follow
    return not plural and (before in words.adjectives or before in words.articles)


def _said_before(tokens: Sequence[str], at: int, words: Vocabulary) -> bool:
    return at > 0 and tokens[at - 1].lower() in words.speech


def _noun(tokens: Sequence[str], words: Vocabulary, *, apart: bool) -> int:
    """Return where the role's noun is: last, or before "i USA" and a comma; -1 for none."""
    last = len(tokens) - 1
    if last >= 0 and _can_be_role(tokens, last, words) >= (SURE if apart else PERHAPS):
        return last
    for at in range(max(0, last - 3), last - 1):
        link, between = tokens[at + 1], tokens[at + 1 :]
        if (
            apart
            and link in words.role_links
            and "," not in between
            and _can_be_role(tokens, at, words) == SURE
        ):
            return at
    return -1


def _can_be_role(tokens: Sequence[str], at: int, words: Vocabulary) -> int:
    """Weigh a word; a capital within the sentence makes a name of "Dekkmann"."""
    word = tokens[at]
    proper = at > 0 and word[0].isupper() and "-" not in word and not words.nouns
    return NEVER if proper and not is_known_role(word, words) else standing(word, words)


def _behind(text: str, mention: Span, words: Vocabulary) -> str:
    """Read forwards behind a comma: adjectives, the role's noun, its place."""
    start, end = mention
    if text.startswith(" (", end) and (skipped := _PARTY.match(text, end) or _AGE.match(text, end)):
        end = skipped.end()
    if not text.startswith(", ", end):
        return ""
    end += 2
    told = next((len(each) for each in words.who_is if text.startswith(each + " ", end)), 0)
    tokens = _WORD.findall(text[end + told : end + _RIGHT].partition("\n")[0].partition(". ")[0])
    first = int(bool(tokens) and tokens[0].lower() in words.determiners)
    at = noun_behind(tokens, first, words)
    if at < 0 or (continues(tokens, at + 1) and not words.nouns):
        return ""
    last = complement_end(tokens, at + 1, words)
    if standing(tokens[at].rstrip("."), words) != SURE:
        free = first or told or not text.endswith(", ", 0, start)
        closed = last >= len(tokens) or tokens[last] == ","
        if not (free and closed and " " in text[start : mention[1]]):
            return ""
    return " ".join(tokens[first:last]).rstrip(".,;:")


def noun_behind(tokens: Sequence[str], first: int, words: Vocabulary) -> int:
    """Return where the role's noun is, behind its adjectives, article and genitive; -1 for none.

    Behind "en", "a", "ein" one more word may stand: "a lobster fisherman".
    """
    at = first
    while at < len(tokens) and at - first < _MOST_BEFORE:
        word = tokens[at].rstrip(".")
        if is_role(word, words) and (
            standing(word, words) == SURE or _closes(tokens, at + 1, words)
        ):
            return at
        lower = word.lower()
        open_word = first == at == 1 and lower not in words.function and word.islower()
        if at + 1 < len(tokens) and is_halved(tokens, at, words):
            at += 1
        elif not (
            open_word
            or is_adjective(lower, words)
            or lower in words.articles
            or is_genitive(word, words)
        ):
            return -1
        at += 1
    return -1


def _closes(tokens: Sequence[str], at: int, words: Vocabulary) -> bool:
    """Tell whether a noun is over at `at`, or takes a place: then it is no verb."""
    return at >= len(tokens) or tokens[at] == "," or tokens[at] in words.role_links
