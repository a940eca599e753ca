"""Tells what belongs to a role's noun: adjectives and owners before it, its place behind it.

A part of `roles` and `roles_apart`. A role is read as tokens, words and commas.
"""

from collections.abc import Sequence

from tidende.enrich.vocabulary import Vocabulary

_QUOTES = frozenset(',«»"“”„')
_MOST_BEFORE = 3
_MOST_BEHIND = 5


def opening(tokens: Sequence[str], at: int, words: Vocabulary) -> int:
    """Return where a role begins whose noun is at `at`: at "Natos", "den amerikanske", "olje-"."""
    first = at
    while first > 0 and at - first < _MOST_BEFORE:
        if is_halved(tokens, first - 2, words):
            first -= 2
        elif _belongs(tokens, first, words):
            first -= 1
        else:
            break
    return first


def is_halved(tokens: Sequence[str], at: int, words: Vocabulary) -> bool:
    """Tell the "olje- og" of "olje- og energiminister"."""
    return at >= 0 and tokens[at].endswith("-") and tokens[at + 1] in words.conjunctions


def _belongs(tokens: Sequence[str], first: int, words: Vocabulary) -> bool:
    """Tell whether the word before `first` is part of the role: "Natos", "den amerikanske"."""
    word = tokens[first - 1]
    lower = word.lower()
    if is_adjective(lower, words) or is_genitive(word, words):
        return True
    return lower in words.articles and is_adjective(tokens[first].lower(), words)


def is_adjective(lower: str, words: Vocabulary) -> bool:
    """Tell what may stand before a role: "tidligere", "den irakiske"."""
    if lower in words.adjectives:
        return True
    return lower.endswith(("e", "a")) and words.gazetteer.demonym(lower, words.tag) is not None


def is_genitive(word: str, words: Vocabulary) -> bool:
    """Tell an owner: "Natos", "partiets"; what is no verb in -s."""
    if not word.endswith(("s", "'s", "’s")) or len(word) <= 2:  # noqa: PLR2004
        return False
    return word.lower() not in words.function and not (
        word.islower() and (words.nouns or word.endswith(words.passives))
    )


def complement_end(tokens: Sequence[str], at: int, words: Vocabulary) -> int:
    """Return where a role ends whose noun ends at `at`: behind "i Nato", "for kommunens utvalg"."""
    if at + 1 >= len(tokens) or tokens[at] not in words.role_links:
        return at
    last = at + 1
    stop = last + _MOST_BEHIND
    while last < len(tokens) and last < stop and not breaks(tokens[last], words):
        last += 1
        name = tokens[last - 1]
        if name[0].isupper() and not continues(tokens, last) and not _describes(name, words):
            break
    while last > at and tokens[last - 1].lower() in words.links_and_articles:
        last -= 1
    return last


def _describes(word: str, words: Vocabulary) -> bool:
    """Tell "Norsk" of "Norsk brannvernforening": a common word does not end a name."""
    return not words.nouns and word.lower() in words.common


def breaks(word: str, words: Vocabulary) -> bool:
    """Tell a word that no complement of a role holds: a comma, a verb, "som", a title's quote."""
    return word[0] in _QUOTES or (
        word in words.function
        and word not in words.links_and_articles
        and word not in words.conjunctions
        and word not in words.determiners
    )


def continues(tokens: Sequence[str], last: int) -> bool:
    """Tell whether a capital word stands at `last`."""
    return last < len(tokens) and tokens[last][0].isupper()
