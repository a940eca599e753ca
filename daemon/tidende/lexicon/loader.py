"""Reads the lexicons: each file once, when it is first asked for."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from tidende.errors import ConfigError
from tidende.lexicon.tables import Lexicon, Words

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_SUFFIX = ".toml"
_Table = TypeVar("_Table", bound="DataclassInstance")


@cache
def tags() -> Words:
    """Return the languages that have a lexicon, as BCP 47 tags in alphabetical order."""
    names = (entry.name for entry in files(__package__).iterdir())
    return tuple(sorted(name.removesuffix(_SUFFIX) for name in names if name.endswith(_SUFFIX)))


@cache
def of(tag: str) -> Lexicon:
    """Return the lexicon of one language; a tag without a file is a KeyError."""
    if tag not in tags():
        raise KeyError(tag)
    source = files(__package__).joinpath(tag + _SUFFIX)
    return _table(Lexicon, tomllib.loads(source.read_text(encoding="utf-8")), source.name)


def union(select: Callable[[Lexicon], Iterable[str]]) -> Words:
    """Gather a list over all languages: each entry once, the longest first.

    The longest come first so that "last updated" wins over "updated" in a pattern.
    """
    entries = {entry for tag in tags() for entry in select(of(tag))}
    return tuple(sorted(entries, key=lambda entry: (-len(entry), entry)))


def either(words: Words) -> str:
    """Return a pattern of any of `words`, in their order; no words match nothing."""
    return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in words) or "(?!)"


def _table(kind: type[_Table], content: Mapping[str, Any], where: str) -> _Table:
    """Build one table's value; a missing or unknown entry is an error that names it."""
    expected = {field.name: field.type for field in fields(kind)}
    if wrong := expected.keys() ^ content.keys():
        raise ConfigError(f"{where}: missing or unknown: {', '.join(sorted(wrong))}")
    values = {
        name: _value(expected[name], entry, f"{where}: {name}") for name, entry in content.items()
    }
    return kind(**values)


def _value(kind: Any, entry: Any, where: str) -> Any:
    """Freeze one entry: a table that has a class becomes its value, a list a tuple."""
    if isinstance(entry, list):
        return tuple(_value(None, item, where) for item in entry)
    if isinstance(entry, dict):
        if isinstance(kind, type) and is_dataclass(kind):
            return _table(kind, entry, where)
        return MappingProxyType(entry)
    return entry
