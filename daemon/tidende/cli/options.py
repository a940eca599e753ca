"""The options that commands share, and what they become."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

if TYPE_CHECKING:
    from tidende.settings import Loaded


def place(text: str) -> Path:
    """Read a path; an empty one, a script's variable that isn't set, isn't where we are."""
    if not text:
        raise typer.BadParameter("expected a path, and it is empty")
    return Path(text)


def directory_that_is_there(text: str) -> Path:
    """Read the path of a directory that nobody is going to make."""
    if not (path := place(text)).is_dir():
        wrong = "it is no directory" if path.exists() else "there is no such directory"
        raise typer.BadParameter(f"{text}: {wrong}")
    return path


Config: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        parser=place,
        help="Settings, as config/tidende.toml has them.",
    ),
]
Data: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--data",
        metavar="DIR",
        parser=place,
        help="Holds ledger, queue, quarantine, editions. [./data]",
    ),
]
InboxDirectory: TypeAlias = Annotated[
    Path | None,
    typer.Option("--inbox", metavar="DIR", parser=place, help="Where seeds are dropped. [./inbox]"),
]
InboxThatIsThere: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--inbox",
        metavar="DIR",
        parser=directory_that_is_there,
        help="Where seeds are dropped. [./inbox]",
    ),
]
Assignments: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="KEY=VALUE",
        help="Set one setting, such as workers.count=4; may be given often.",
    ),
]
AsJson: TypeAlias = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def load_settings(
    config: Path | None,
    assignments: list[str] | None,
    *,
    inbox: Path | None = None,
    data: Path | None = None,
) -> "Loaded":
    """Return the settings that the command line asks for; raises ConfigError."""
    from tidende.settings import load  # pydantic costs 200 ms

    return load(config, assignments or ()).placed_at(inbox=inbox, data=data)
