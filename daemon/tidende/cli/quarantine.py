"""`tidende quarantine`: the seeds that were refused."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tidende.cli.options import AsJson, Assignments, Config, Data, InboxThatIsThere, load_settings
from tidende.cli.output import print_json, print_table, say
from tidende.cli.reading import data_directory, open_ledger
from tidende.errors import TidendeError

if TYPE_CHECKING:
    from tidende.intake.quarantine import Quarantine
    from tidende.store.seeds import SeedRow

app = typer.Typer(no_args_is_help=True, help="Look at refused seeds, and have them tried again.")

COLUMNS = ("key", "path", "reason", "message", "attempts", "when")


@app.command("ls")
def list_refused(config: Config = None, data: Data = None, *, as_json: AsJson = False) -> None:
    """List what stands in quarantine."""
    rows = _refused(config, data)
    if as_json:
        print_json(rows)
        return
    print_table(rows, COLUMNS, "nothing stands in quarantine")


@app.command("show")
def show(
    key: Annotated[str, typer.Argument(metavar="KEY", help="As `quarantine ls` prints it.")],
    config: Config = None,
    data: Data = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Show why one seed was refused, and where its copy is."""
    row = next((row for row in _refused(config, data) if row["key"] == key), None)
    if row is None:
        raise _no_such([key])
    if as_json:
        print_json(row)
        return
    for name, value in row.items():
        say(f"{name:10} {'-' if value is None else value}")


@app.command("retry")
def retry(  # noqa: PLR0913
    keys: Annotated[
        list[str] | None,
        typer.Argument(metavar="KEY", help="As `quarantine ls` prints them."),
    ] = None,
    *,
    every: Annotated[bool, typer.Option("--all", help="Try everything.")] = False,
    config: Config = None,
    inbox: InboxThatIsThere = None,
    data: Data = None,
    assignments: Assignments = None,
    as_json: AsJson = False,
) -> None:
    """Try refused seeds again, in the daemon if one runs."""
    if bool(keys) == every:
        raise typer.BadParameter("give KEYs or --all, one of the two")
    from tidende.cli.ask import ask

    known = {row["key"] for row in _refused(config, data)}
    if strangers := set(keys or ()) - known:
        raise _no_such(sorted(strangers))
    loaded = load_settings(config, assignments, inbox=inbox, data=data)
    results = ask(loaded, "quarantine.retry", {"keys": keys or []})["seeds"]
    if as_json:
        print_json(results)
        return
    print_table(results, ("key", "path", "decision", "message"), "nothing was tried again")


def _no_such(keys: list[str]) -> TidendeError:
    named = ", ".join(keys)
    return TidendeError(f"{named}: not in quarantine; see 'tidende quarantine ls'")


def _refused(config: Path | None, data: Path | None) -> list[dict[str, Any]]:
    from tidende.clock import rfc3339_of
    from tidende.intake.quarantine import Quarantine
    from tidende.store import rejections, seeds

    directory = data_directory(config, data)
    with open_ledger(directory) as connection:
        found = rejections.still_open(connection)
        rows = seeds.by_ids(connection, (row.seed for row in found))
    quarantine = Quarantine(directory.quarantine)
    return [
        {
            "key": refused.key,
            "inbox": rows[refused.seed].inbox,
            "path": rows[refused.seed].path,
            "ordinal": refused.ordinal,
            "stage": refused.stage,
            "reason": refused.reason,
            "message": refused.message,
            "attempts": refused.attempt,
            "when": rfc3339_of(refused.rejected),
            "copy": _copy(quarantine, rows[refused.seed]),
        }
        for refused in found
    ]


def _copy(quarantine: "Quarantine", seed: "SeedRow") -> str | None:
    from tidende.service.seed_keys import seed_key

    found = quarantine.find(seed_key(seed), seed.name)
    return str(found) if found else None
