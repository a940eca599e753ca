"""Tells by a word alone what it does beside a name: names a body, or says what is named.

A part of `borders`, which cuts runs of capital words, and of what looks at names by themselves.
"""

from collections.abc import Sequence
from functools import lru_cache

from tidende.enrich.vocabulary import Vocabulary, ending
from tidende.lexicon.gazetteer import FIRST_NAME, PERSON

_MEMORY = 1 << 13  # words that are remembered: most come again
_LONGEST_SYLLABLE = 4  # of a name like "Dae-jung"
_SHORTEST_NOUN = 3  # letters: many names end in "as" or "by"


@lru_cache(maxsize=_MEMORY)
def is_body(word: str, words: Vocabulary) -> bool:
    """Tell an organisation's whole name, which begins no person's: "Equinor", "Miljøstyrelsen"."""
    if words.nouns or words.clitic:
        return False
    end = ending(word.lower(), words.organisations)
    return word in words.known or bool(end and end.endswith(tuple(words.definite)))


@lru_cache(maxsize=_MEMORY)
def is_institution(word: str, words: Vocabulary) -> bool:
    """Tell the "Byret" of "Odenses Byret", which is no name of its own behind "Odenses"."""
    return any(
        len(ending(word, nouns)) >= _SHORTEST_NOUN
        for nouns in (words.institutions, words.tails, words.organisations)
    )


def is_whole(part: Sequence[str], after: str, words: Vocabulary) -> bool:
    """Tell a name that does not take the word `after` it: a known body's, a person's genitive.

    "Norges Bank | Ida Bache", "Ståle Solbakkens | FC København".
    """
    if " ".join(part) in words.known:
        return bool(words.gazetteer.flags(after) & FIRST_NAME)
    last = part[-1]
    if words.clitic or not last.endswith("s") or words.gazetteer.flags(last):
        return False
    if after.lower() in words.common or is_institution(after.lower(), words):
        return False  # "Christian Michelsens Institutt"
    flags = words.gazetteer.flags
    return bool(flags(part[0]) & FIRST_NAME and flags(last[:-1]) & PERSON)


def is_head(word: str, words: Vocabulary) -> bool:
    """Tell the German noun of an institution that its town follows: "Amtsgericht Ulm"."""
    return words.nouns and bool(ending(word, words.heads))


def is_noun_before(word: str, name: str, words: Vocabulary) -> bool:
    """Tell a noun that its own `name` follows: "Trener Hansen", "Rederiet Fjordline"."""
    lower = word.lower()
    if ending(lower, words.roles) or is_national(lower, words):
        return True
    return bool(ending(lower, words.named_bodies)) and f"{word} {name}" not in words.known


def is_national(word: str, words: Vocabulary) -> bool:
    """Tell "Briten" and "Belgieren", who are no part of the name behind them."""
    definite = word.endswith(tuple(words.common_gender)) and not words.clitic
    return definite and words.gazetteer.demonym(word, words.tag) is not None


def is_chief(word: str, words: Vocabulary) -> bool:
    """Tell a German compound that says what the person behind it is: "SPD-Chef"."""
    return bool(ending(word.rpartition("-")[2], words.roles))


def is_entitled(run: Sequence[str], words: Vocabulary) -> bool:
    """Tell the "Det" of "Det Danske Teater", whose adjective no sentence would give a capital."""
    if words.nouns or words.clitic or run[0].lower() not in words.articles or not run[2:]:
        return False
    adjective = run[1].lower()
    return adjective in words.common or words.gazetteer.demonym(adjective, words.tag) is not None


def is_compound(word: str, words: Vocabulary) -> bool:
    """Tell "Nato-landene" from "Bakke-Jensen" and "Jong-un": its last part is a common word."""
    head, hyphen, tail = word.rpartition("-")
    if not hyphen or not head or not tail.islower():
        return False
    if len(tail) > _LONGEST_SYLLABLE or head.isupper() or head in words.known:
        return True
    return len(tail) == _LONGEST_SYLLABLE and tail in words.common
