"""Tells which words say what a person is: "utenriksminister", "bibliotekaren", "Frp-leder".

A part of `roles`. The lexicon lists nouns as endings, and what only looks like one: a longer
ending wins, and a verb of speech ("seier" beside "eier") is no role.
"""

from functools import lru_cache

from tidende.enrich.vocabulary import Vocabulary, ending

NEVER, PERHAPS, SURE = range(3)

_MEMORY = 1 << 13
_SHORTEST_STEM = 2


@lru_cache(maxsize=_MEMORY)
def standing(word: str, words: Vocabulary) -> int:
    """Return whether a word is a role's noun, in any form: `NEVER`, `SURE`, or `PERHAPS` a verb."""
    if word.endswith("."):
        return SURE if word[:-1].lower() in words.titles else NEVER
    lower = word.lower()
    if lower in words.titles:
        return SURE
    best = max((_as_noun(lower, words), *_as_definite(lower, words)))
    return NEVER if best and words.gazetteer.demonym(lower, words.tag) else best


@lru_cache(maxsize=_MEMORY)
def is_role(word: str, words: Vocabulary) -> bool:
    """Tell whether a word is what a person can be: "utenriksminister", "Frp-leder"."""
    return _as_noun(word.lower().rstrip("."), words) != NEVER


@lru_cache(maxsize=_MEMORY)
def is_known_role(word: str, words: Vocabulary) -> bool:
    """Tell whether the noun is in the list of roles, so that any name may follow it."""
    lower = word.lower().rstrip(".")
    bases = (lower, *(lower.removesuffix(end) for end in words.definite if lower.endswith(end)))
    return lower in words.titles or any(
        ending(base, words.roles) and _as_noun(base, words) == SURE for base in bases
    )


def _as_definite(lower: str, words: Vocabulary) -> list[int]:
    """Weigh "lederen" and "fiskeren" without their ending; a verb has none.

    Outside the list of roles the neuter is a thing: "senteret", "rådet".
    """
    if lower in words.speech or lower in words.not_roles:
        return []
    bases = [(end, lower.removesuffix(end)) for end in words.definite if lower.endswith(end)]
    return [
        SURE
        for end, base in bases
        if _as_noun(base, words) and (end in words.common_gender or ending(base, words.roles))
    ]


def _as_noun(lower: str, words: Vocabulary) -> int:
    if lower in words.speech:
        return PERHAPS if lower in words.roles else NEVER
    if lower in words.not_roles:
        return NEVER
    sure = _ending(lower, words.agents)
    if len(sure) > len(_exception(lower, words)):
        return SURE
    if sure or lower in words.function or _exception(lower, words):
        return NEVER
    return PERHAPS if _ending(lower, words.agents_like_verbs) else NEVER


def _ending(lower: str, endings: frozenset[str]) -> str:
    """Return the ending that closes a word and leaves something of it, or is all of it."""
    end = ending(lower, endings)
    return end if end == lower or len(lower) - len(end) >= _SHORTEST_STEM else ""


def _exception(lower: str, words: Vocabulary) -> str:
    return ending(lower, words.role_exceptions)
