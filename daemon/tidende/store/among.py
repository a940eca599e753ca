"""Rows whose column is one of many values, however many these are.

The values are one parameter, a JSON array that SQLite reads. A parameter for each has a limit, and
the statement is another one for each number of them, which costs more to build than to run.
"""

from collections.abc import Iterable
from typing import Any

import orjson
from sqlalchemy import ColumnElement, bindparam, func, select

_THESE = "these"


def among(column: ColumnElement[Any]) -> ColumnElement[bool]:
    """Return the condition that an integer or text column is one of `these`."""
    values = func.json_each(bindparam(_THESE)).table_valued("value")
    return column.in_(select(values.c.value))


def these(values: Iterable[int] | Iterable[str]) -> dict[str, str]:
    """Return the values as the parameter of a statement with `among`."""
    return {_THESE: orjson.dumps(list(values)).decode()}
