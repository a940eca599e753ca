"""`tidende queue dead` and `revive`: the events that failed too often."""

from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from tidende.cli.options import AsJson, Assignments, Config, Data, load_settings
from tidende.cli.output import print_json, print_table
from tidende.cli.reading import data_directory
from tidende.errors import TidendeError

COLUMNS = ("sequence", "id", "attempts", "consumer", "message", "when")


def list_dead(config: Config = None, data: Data = None, *, as_json: AsJson = False) -> None:
    """List the events that failed too often, with the last reason."""
    rows = _dead(data_directory(config, data).queue)
    if as_json:
        print_json(rows)
        return
    print_table(rows, COLUMNS, "no event is dead")


def revive(  # noqa: PLR0913
    chosen: Annotated[
        list[str] | None,
        typer.Argument(metavar="EVENT", help="An id or a sequence, as `queue dead` prints it."),
    ] = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="All of them.")] = False,
    config: Config = None,
    data: Data = None,
    assignments: Assignments = None,
    as_json: AsJson = False,
) -> None:
    """Put dead events back into ready. Their attempts begin anew; a daemon may run."""
    if bool(chosen) == every:
        raise typer.BadParameter("give EVENTs or --all, one of the two")
    from tidende.cli.ask import ask

    files = []
    rows = _dead(data_directory(config, data).queue)
    for text in chosen or ():
        meant = (row for row in rows if text in _names(row) or text.lstrip("0") in _names(row))
        row = next(meant, None)
        if row is None:
            raise TidendeError(
                f"{text}: no dead event has this id or sequence; see 'tidende queue dead'"
            )
        files.append(Path(row["file"]).name)
    loaded = load_settings(config, assignments, data=data)
    revived = ask(loaded, "queue.revive", {"files": files})["events"]
    if as_json:
        print_json(revived)
        return
    print_table(revived, ("sequence", "id"), "nothing was put back")


def _names(row: dict[str, Any]) -> tuple[str, str, str]:
    return (row["id"], str(row["sequence"]), Path(row["file"]).name)


def _dead(queue: Path) -> list[dict[str, Any]]:
    from tidende.queue.layout import check_version, event_names

    check_version(queue)
    folder = queue / "dead"
    return [
        {
            "sequence": name.sequence,
            "id": name.id,
            "file": str(folder / name.file),
            **_why(folder / name.reason),
        }
        for name in event_names(folder)
    ]


def _why(file: Path) -> dict[str, Any]:
    try:
        said = orjson.loads(file.read_bytes())
    except (OSError, orjson.JSONDecodeError):
        said = {}  # somebody took it away
    names = ("attempts", "consumer", "message", "when", "failures")
    return {name: said.get(name) for name in names}
