"""What commands print: JSON for scripts, tables for people."""

import sys
from collections.abc import Mapping, Sequence
from typing import Any

import orjson


def print_json(value: object) -> None:
    """Print a value as JSON: indented on a terminal, one line elsewhere."""
    option = orjson.OPT_APPEND_NEWLINE
    if sys.stdout.isatty():
        option |= orjson.OPT_INDENT_2
    sys.stdout.buffer.write(orjson.dumps(value, option=option))
    sys.stdout.buffer.flush()


def print_table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], empty: str) -> None:
    """Print rows as a table, or `empty` when there are none; full width when piped."""
    if not rows:
        say(empty)
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column.replace("_", " "), overflow="fold")
    for row in rows:
        # Text, not str: a name in brackets is no markup.
        table.add_row(*(Text("" if row[name] is None else str(row[name])) for name in columns))
    Console(width=None if sys.stdout.isatty() else 200).print(table)


def say(message: str) -> None:
    """Print a line to the user."""
    sys.stdout.write(f"{message}\n")


def complain(message: str) -> None:
    """Print a line to standard error."""
    sys.stderr.write(f"tidende: {message}\n")
    sys.stderr.flush()
