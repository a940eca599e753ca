"""The parts of an article's names, each folded, and first brought to the name all languages share.

Bruxelles and Brussel are Brussels, Islamisk Stat is IS, FN is the UN: [aliases] in the lexicons.
"""

from collections.abc import Mapping
from functools import cache, lru_cache

from tidende import lexicon
from tidende.dedup.stories.folding import name_key

_MEMORY = 1 << 14


@lru_cache(_MEMORY)
def canonical(name: str, tag: str | None) -> str:
    """Return a name folded, or what stands for it in all languages."""
    key = name_key(name)
    return _aliases(tag).get(key, key)


def is_alias(name: str, tag: str | None) -> bool:
    """Tell whether something else stands for a name in all languages."""
    return name.casefold() in _folded(tag)


@cache
def _folded(tag: str | None) -> frozenset[str]:
    return frozenset(name.casefold() for each in _tags(tag) for name in lexicon.of(each).aliases)


@cache
def _aliases(tag: str | None) -> Mapping[str, str]:
    return {
        name_key(name): name_key(alias)
        for each in _tags(tag)
        for name, alias in lexicon.of(each).aliases.items()
    }


def _tags(tag: str | None) -> tuple[str, ...]:
    """Return a language, or all of them where it isn't known."""
    return (tag,) if tag is not None and tag in lexicon.tags() else lexicon.tags()
