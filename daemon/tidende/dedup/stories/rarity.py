"""What news of the past teaches about words: how rare each is, and which mean the same.

Two articles' link must depend on these two alone, so the tables ship and don't grow with what
arrives. `training/stories.py` makes them; what they don't know is as rare as can be.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TypeAlias

RARITY, COUNTERPARTS = "rarity.words", "counterparts.words"
RAREST = 15
COMMON = 3
"""Up to this rank, which is every fifth article, a word says nothing."""

Ranks: TypeAlias = Mapping[str, int]

_NONE: Mapping[str, str] = MappingProxyType({})


def words() -> Ranks:
    """Return the ranks of stems."""
    return _ranks()["words"]


def names() -> Ranks:
    """Return the ranks of names and their parts, folded."""
    return _ranks()["names"]


def places() -> Ranks:
    """Return the ranks of countries, ISO 3166-1 alpha-2."""
    return _ranks()["places"]


def counterparts(tag: str | None) -> Mapping[str, str]:
    """Return the Danish stems that stand for a language's: "ifølge" and "enligt" say the same."""
    return _counterparts().get(tag or "", _NONE)


def read_ranks(text: str) -> dict[str, dict[str, int]]:
    """Read a line for each rank, "words 7 stem stem ...", by table.

    A rank is twice the natural logarithm of how many articles there are for one with the word.
    """
    tables: dict[str, dict[str, int]] = {"words": {}, "names": {}, "places": {}}
    for line in text.splitlines():
        table, rank, *entries = line.split(" ")
        tables[table].update(dict.fromkeys(entries, int(rank)))
    return tables


def read_counterparts(text: str) -> dict[str, dict[str, str]]:
    """Read a line for each language, "en fire=brant ...", by language."""
    tables = dict[str, dict[str, str]]()
    for line in text.splitlines():
        tag, *entries = line.split(" ")
        tables[tag] = {stem: other for stem, _, other in (each.partition("=") for each in entries)}
    return tables


@cache
def _ranks() -> dict[str, dict[str, int]]:
    return read_ranks(_shipped(RARITY))


@cache
def _counterparts() -> dict[str, dict[str, str]]:
    return read_counterparts(_shipped(COUNTERPARTS))


def _shipped(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
