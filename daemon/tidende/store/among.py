"""Rows whose column is one of many values, however many these are.

The values are one parameter, a JSON array that SQLite reads. A parameter for each has a limit, and
the statement is another one for each number of them, which costs more to build than to run.
"""

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

import orjson
from sqlalchemy import ColumnElement, bindparam, func, select

T = TypeVar("T")

VARIABLES = 500
"""Values in one IN list, for those that JSON can't hold: far under SQLite's limit."""

_THESE = "these"


def among(column: ColumnElement[Any]) -> ColumnElement[bool]:
    """Return the condition that an integer or text column is one of `these`."""
    values = func.json_each(bindparam(_THESE)).table_valued("value")
    return column.in_(select(values.c.value))


def these(values: Iterable[int] | Iterable[str]) -> dict[str, str]:
    """Return the values as the parameter of a statement with `among`."""
    return {_THESE: orjson.dumps(list(values)).decode()}


def in_chunks(values: Iterable[T], size: int = VARIABLES) -> Iterator[list[T]]:
    """Yield the distinct `values` in lists of at most `size`."""
    distinct = list(dict.fromkeys(values))
    for start in range(0, len(distinct), size):
        yield distinct[start : start + size]
