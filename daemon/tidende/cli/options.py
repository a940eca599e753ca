"""The options that commands share, and what they become."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

if TYPE_CHECKING:
    from tidende.settings import Loaded

Config: TypeAlias = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", help="Settings, as config/tidende.toml has them."),
]
Data: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--data", metavar="DIR", help="Holds ledger, queue, quarantine, editions. [./data]"
    ),
]
InboxDirectory: TypeAlias = Annotated[
    Path | None, typer.Option("--inbox", metavar="DIR", help="Where seeds are dropped. [./inbox]")
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
