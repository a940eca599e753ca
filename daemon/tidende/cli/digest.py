"""`tidende digest`: editions, made by hand or looked at."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from tidende.cli.options import AsJson, Assignments, Config, Data, load_settings
from tidende.cli.output import print_json, print_table, say
from tidende.cli.reading import data_directory, open_ledger
from tidende.errors import ConfigError, TidendeError

app = typer.Typer(no_args_is_help=True, help="Make a digest's edition, or look at those made.")

COLUMNS = ("digest", "window_end", "version", "stories", "articles")
DigestName = Annotated[str, typer.Argument(metavar="NAME", help="As the settings name it.")]


@app.command("run")
def run(  # noqa: PLR0913
    name: DigestName,
    at: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="Where its window ends: ISO 8601. [now]"),
    ] = None,
    config: Config = None,
    data: Data = None,
    assignments: Assignments = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Make an edition of what came since the last one, in the daemon if one runs."""
    from tidende.cli.ask import ask

    loaded = load_settings(config, assignments, data=data)
    end = _moment(at).isoformat() if at else None
    edition = ask(loaded, "digest.run", {"name": name, "at": end})["edition"]
    if as_json:
        print_json(edition)
    elif edition is None:
        say(f"nothing new for {name}: no edition was made")
    else:
        for path in edition["files"]:
            say(path)


@app.command("ls")
def list_editions(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="Only this digest.")] = None,
    config: Config = None,
    data: Data = None,
    *,
    as_json: AsJson = False,
) -> None:
    """List the editions, the newest first."""
    rows = _editions(name, config, data)
    if as_json:
        print_json(rows)
        return
    print_table(rows, COLUMNS, "no edition has been made")


@app.command("show")
def show(
    name: DigestName,
    window_end: Annotated[
        str | None, typer.Argument(help="As `digest ls` prints it; the newest when left out.")
    ] = None,
    config: Config = None,
    data: Data = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Print an edition as Markdown."""
    found = [
        row for row in _editions(name, config, data) if window_end in (None, row["window_end"])
    ]
    if not found:
        raise TidendeError(f"{name}: there is no such edition")
    if as_json:
        print_json(found[0])
        return
    say(Path(found[0]["files"][0]).read_text(encoding="utf-8"))


def _editions(name: str | None, config: Path | None, data: Path | None) -> list[dict[str, Any]]:
    from tidende.service.digests import describe
    from tidende.store import editions

    directory = data_directory(config, data)
    with open_ledger(directory) as connection:
        return [
            asdict(describe(row, directory.editions))
            for row in editions.newest_first(connection, name)
        ]


def _moment(text: str) -> datetime:
    """Read a time; one without a zone is the local one, as on a clock on the wall."""
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError as error:
        raise ConfigError(f"--at {text}: no time, expected like 2026-03-01T06:00+01:00") from error
