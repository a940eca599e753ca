"""Reads the roles that something parts from the name: a verb, a complement, a new paragraph.

The part of `people` beside `roles`, which reads what stands right beside a name: "Kari Nordmann
blir ny finansminister", "Ny leder er Kari Nordmann", "FNs høykommissær for flyktninger Kari
Nordmann", and "Lederen av rådet er glad." with "– Bra, sier Kari Nordmann." below it.
"""

import re
from collections.abc import Iterator, Sequence

from tidende.enrich.role_nouns import SURE, is_known_role, standing
from tidende.enrich.role_phrases import breaks, complement_end, opening
from tidende.enrich.roles import noun_behind, sentence_start
from tidende.enrich.vocabulary import Vocabulary
from tidende.model.article import Span

_REACH = 140  # from a name to the end of the role that a verb gives
_MOST_WORDS = 5  # between a name and the conjunction before the verb
_WORD = re.compile(r"[^\s,()]+|,")
_BRACKET = re.compile(r" \([^()\n]{1,20}\)")
_MOST_BEFORE = 4  # words of a role before its verb, or of its complement
_NEAREST = _MOST_BEFORE + 2  # words before a name that may be a role with its complement
_LONGEST_VERB = 12
_SHORTEST_SENTENCE = 3  # words
_CLOSES = (",", ". ", "\n")  # of a clause: no verb of it follows
_OPENERS = frozenset('–—-«»"“”„')


def roles_apart(text: str, mention: Span, words: Vocabulary) -> Iterator[str]:
    """Yield the roles that are told of a mention, but not right beside it, as printed."""
    start, end = mention
    full = " " in text[start:end]
    if role := _behind(text, end, words):
        yield role
    if text[start - 1 : start] != " ":
        return
    if role := _before(text, start, words):
        yield role
    if full and (role := _complemented(text, start, words)):
        yield role


def _behind(text: str, end: int, words: Vocabulary) -> str:
    """Read "NAME blir finansminister" and "NAME flytter og blir ny finansminister"."""
    if text.startswith(" (", end) and (bracket := _BRACKET.match(text, end)):
        end = bracket.end()
    if text.startswith(_CLOSES, end):
        return ""
    near = text[end : end + _REACH]
    if words.becoming.isdisjoint(near.split(None, _MOST_WORDS + 1)[: _MOST_WORDS + 1]):
        return ""
    rest = near.partition("\n")[0].partition(". ")[0]
    clause = rest.partition(",")[0]
    for told in words.becomes.finditer(clause):
        gap = clause[: told.start()].split()
        if len(gap) > _MOST_WORDS:
            return ""
        if gap and gap[-1] not in words.conjunctions:
            continue
        tokens = _WORD.findall(rest[told.end() :])
        first = int(bool(tokens) and tokens[0].lower() in words.determiners)
        at = noun_behind(tokens, first, words)
        if at < 0 or not is_known_role(tokens[at], words):
            return ""
        return " ".join(tokens[first : complement_end(tokens, at + 1, words)]).rstrip(".,;:")
    return ""


def _before(text: str, start: int, words: Vocabulary) -> str:
    """Read "Ny finansminister blir NAME", which opens a sentence."""
    if not words.is_named.search(text, max(0, start - _LONGEST_VERB), start):
        return ""
    tokens = text[sentence_start(text, start) : start].split()[:-1]
    first = int(bool(tokens) and tokens[0].lower() in words.determiners)
    fits = 0 < len(tokens) - first <= _MOST_BEFORE and standing(tokens[-1], words) == SURE
    return " ".join(tokens[first:]) if fits else ""


def _complemented(text: str, start: int, words: Vocabulary) -> str:
    """Read "FNs høykommissær for menneskerettigheter NAME", with no comma before the name."""
    near = text[max(0, start - _REACH) : start].rpartition("\n")[2].rsplit(None, _NEAREST)
    if words.role_links.isdisjoint(near[-_NEAREST:-1]):
        return ""
    tokens = text[sentence_start(text, start) : start].split()
    at = _noun_with_complement(tokens, words)
    return " ".join(tokens[opening(tokens, at, words) :]) if at >= 0 else ""


def _noun_with_complement(tokens: Sequence[str], words: Vocabulary) -> int:
    """Return where a role's noun is whose complement closes `tokens`; -1 for none."""
    last = tokens[-1].lower() if tokens else ""
    if not last or last in words.function or last in words.calendar:
        return -1
    for at in range(len(tokens) - 3, max(-1, len(tokens) - 3 - _MOST_BEFORE), -1):
        complement = tokens[at + 2 :]
        if tokens[at + 1] in words.role_links and is_known_role(tokens[at], words):
            return -1 if any(_is_foreign(each, words) for each in complement) else at
    return -1


def _is_foreign(word: str, words: Vocabulary) -> bool:
    """Tell a word that no complement before a name holds: "etter", "og", "«Bok»", "sier"."""
    if not word[-1].isalpha() or word in words.speech or word in words.conjunctions:
        return True
    return breaks(word, words)


def introduced(text: str, start: int, words: Vocabulary) -> str:
    """Return the role above a quote, whose speaker's name begins at `start`; "" for none.

    The paragraph before the quote closes with a sentence about somebody without a name, "Lederen av
    rådet er glad.", and the quote says who that is: "– Bra, sier Kari Nordmann."
    """
    line = text.rfind("\n", 0, start) + 1
    if text[line] not in _OPENERS:
        return ""
    said = text[max(line, start - _REACH) : start].split()
    if not said or said[-1] not in words.speech:
        return ""
    above = text[max(0, line - _REACH * 2) : line].rstrip().rpartition("\n")[2]
    tokens = _WORD.findall(above.rstrip(".").rpartition(". ")[2])
    if len(tokens) < _SHORTEST_SENTENCE or not _is_definite(tokens[0], words):
        return ""
    return " ".join(tokens[: 3 if tokens[1] in words.role_links else 1])


def _is_definite(word: str, words: Vocabulary) -> bool:
    """Tell "Lederen", which opens a sentence, from "Leder" and "Ledere"."""
    bare = word.lower().removesuffix
    return word[0].isupper() and any(
        is_known_role(bare(end), words) for end in words.common_gender if word.endswith(end)
    )
