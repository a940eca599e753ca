"""A progress bar on standard error, where a person watches."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

Advance: TypeAlias = Callable[[int, int | None], None]
"""Takes how many more are done, and how many there are in all."""


@contextmanager
def progress_bar(title: str) -> Iterator[Advance]:
    """Show a bar for the length of the block; nothing where standard error is no terminal."""
    if not sys.stderr.isatty():
        yield lambda _more, _total: None
        return
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = (*Progress.get_default_columns()[:2], MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(title, total=None)
        yield lambda more, total: progress.update(task, advance=more, total=total)
