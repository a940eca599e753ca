"""What is said of settings that can't be used, in a user's words instead of pydantic's."""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any, TypeAlias, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

Key: TypeAlias = tuple[str | int, ...]

_EXPECTED = {
    "missing": "it must be set",
    "model_type": "expected a table",
    "dict_type": "expected a table",
    "tuple_type": "expected a list: [...], or [[name]] above each of its tables",
    "too_short": "expected at least one",
    "string_too_short": "expected at least one character",
    "path_type": "expected a path",
}
_HOW_IT_FAILED = re.compile(r", (?:unable to|got a number) .*")


def problems_of(errors: Sequence[ErrorDetails]) -> list[tuple[Key, ErrorDetails]]:
    """Return each problem with its key; none for a list that only lacks entries with a problem."""
    found = [(_key(problem), problem) for problem in errors]
    return [
        (key, problem)
        for key, problem in found
        if problem["type"] != "too_short"
        or not any(other != key and other[: len(key)] == key for other, _ in found)
    ]


def complaint(tree: type[BaseModel], key: Key, problem: ErrorDetails) -> str:
    """Return what is wrong with the value of `key`, and what was expected."""
    if problem["type"] == "extra_forbidden":
        return _unknown(tree, key)
    if problem["type"] in _EXPECTED:
        return _EXPECTED[problem["type"]]
    said = problem["msg"].removeprefix("Value error, ")
    return _HOW_IT_FAILED.sub("", said.replace("Input should be", "expected"))


def _key(problem: ErrorDetails) -> Key:
    return tuple(step for step in problem["loc"] if step != "[key]")


def _unknown(tree: type[BaseModel], key: Key) -> str:
    """Say that there is no such key, and which one may be meant, or which there are."""
    table = _table(tree, key[:-1])
    names = list(table.model_fields) if table else []
    if meant := get_close_matches(str(key[-1]), names, n=1):
        return f"unknown key; did you mean {meant[0]}?"
    return f"unknown key; known: {', '.join(names)}"


def _table(tree: type[BaseModel], above: Key) -> type[BaseModel] | None:
    """Return the table that stands at a key; names of digests and numbers of inboxes are steps."""
    table: type[BaseModel] | None = tree
    for step in above:
        if table is not None and step in table.model_fields:
            table = _table_in(table.model_fields[str(step)].annotation)
    return table


def _table_in(annotation: Any) -> type[BaseModel] | None:
    """Return the table that a field holds, by itself, in a list, or by name."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((table for each in get_args(annotation) if (table := _table_in(each))), None)
