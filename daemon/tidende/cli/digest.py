"""`tidende digest`: editions, made by hand or looked at."""

import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tidende.cli.options import AsJson, Assignments, Config, Data, load_settings
from tidende.cli.output import print_json, print_table, say
from tidende.cli.progress import progress_bar
from tidende.cli.reading import data_directory, open_ledger
from tidende.errors import ConfigError, TidendeError

if TYPE_CHECKING:
    from tidende.settings import Loaded

app = typer.Typer(no_args_is_help=True, help="Make a digest's edition, or look at those made.")

COLUMNS = ("digest", "window_end", "version", "stories", "articles")
DigestName = Annotated[str, typer.Argument(metavar="NAME", help="As the settings name it.")]
Since = Annotated[
    str | None,
    typer.Option(metavar="TIME", help="Of what was recorded after then, whatever was told."),
]
Until = Annotated[str | None, typer.Option(metavar="TIME", help="And by then. [now]")]
Form = Annotated[
    str, typer.Option(metavar="FORM", help="md, html, or another that editions are written in.")
]


@app.command(
    "run", epilog="Example: tidende digest run daily --since 2026-03-01 --until 2026-03-02"
)
def run(  # noqa: PLR0913, PLR0917
    name: DigestName,
    at: Annotated[
        str | None,
        typer.Option(
            metavar="TIME",
            help="Where its window ends: ISO 8601, in the digest's time zone. [now]",
        ),
    ] = None,
    since: Since = None,
    until: Until = None,
    again: Annotated[
        str | None,
        typer.Option(
            metavar="WINDOW_END",
            help="Make a new version of the edition that ended then, of what is known now.",
        ),
    ] = None,
    config: Config = None,
    data: Data = None,
    assignments: Assignments = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Make what is due, or an edition of what came since the last.

    The daemon makes it if one runs. With --since it is an extra edition of any past time, on which
    the next doesn't follow.
    """
    from tidende.cli.ask import ask

    loaded = load_settings(config, assignments, data=data)
    if sum(1 for given in (at, since, again) if given is not None) > 1:
        raise typer.BadParameter("--at, --since and --again: only one of them")
    _check_window(loaded, name, since, until)
    given = {"at": at, "since": since, "until": until, "again": again}
    argument = {
        key: _past(loaded, name, f"--{key}", text).isoformat() if text is not None else None
        for key, text in given.items()
    }
    with progress_bar("making the edition"):
        answer = ask(loaded, "digest.run", {"name": name, **argument})
    if as_json:
        print_json(answer["edition"])
    elif not answer["editions"]:
        say(f"nothing new for {name}: no edition was made")
    for edition in [] if as_json else answer["editions"]:
        for path in edition["files"]:
            say(path)


@app.command("preview")
def preview(  # noqa: PLR0913, PLR0917
    name: DigestName,
    since: Since = None,
    until: Until = None,
    form: Form = "md",
    config: Config = None,
    data: Data = None,
    assignments: Assignments = None,
) -> None:
    """Print what the next edition would say.

    Or, with --since, one of any past time. Nothing is written.
    """
    from tidende.clock import now
    from tidende.service.preview import preview as draw

    loaded = load_settings(config, assignments, data=data)
    chosen = loaded.settings.digests.get(name)
    if chosen is None:
        raise _no_such(loaded, name)
    _check_window(loaded, name, since, until)
    begin = _moment(loaded, name, "--since", since) if since is not None else None
    end = _moment(loaded, name, "--until", until) if until is not None else now()
    with (
        open_ledger(data_directory(config, data)) as connection,
        progress_bar("reading articles") as advance,
    ):
        said = draw(
            connection,
            digest=name,
            chosen=chosen,
            form=form,
            since=begin,
            until=end,
            progress=advance,
        )
    _print(said)


@app.command("ls")
def list_editions(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="Only this digest.")] = None,
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
def show(  # noqa: PLR0913, PLR0917
    name: DigestName,
    window_end: Annotated[
        str | None,
        typer.Argument(
            metavar="WINDOW_END", help="As `digest ls` prints it; the newest when left out."
        ),
    ] = None,
    version: Annotated[
        int | None, typer.Option(metavar="N", help="Of an edition that was corrected. [the newest]")
    ] = None,
    form: Form = "md",
    config: Config = None,
    data: Data = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Print an edition, as Markdown or in another form."""
    rows = _editions(name, config, data)
    if not rows:
        raise TidendeError(f"{name}: no edition has been made")
    found = [
        row
        for row in rows
        if window_end in (None, row["window_end"]) and version in (None, row["version"])
    ]
    if not found:
        asked = (window_end, version and f"version {version}")
        which = " ".join(str(each) for each in asked if each)
        raise TidendeError(f"{name} {which}: no such edition; see 'tidende digest ls {name}'")
    if as_json:
        print_json(found[0])
        return
    files = {Path(file).suffix[1:]: Path(file) for file in found[0]["files"]}
    if form not in files:
        raise TidendeError(f"--form {form}: this edition has {', '.join(files)}")
    try:
        _print(files[form].read_bytes())
    except OSError as error:
        raise TidendeError(f"{files[form]}: {error.strerror}") from error


def _editions(name: str | None, config: Path | None, data: Path | None) -> list[dict[str, Any]]:
    from tidende.service.edition_files import describe
    from tidende.store import editions

    directory = data_directory(config, data)
    with open_ledger(directory) as connection:
        rows = editions.newest_first(connection, name)
    if name is not None and not rows:
        loaded = load_settings(config, None, data=data)
        if name not in loaded.settings.digests:
            raise _no_such(loaded, name)
    return [asdict(describe(row, directory.editions)) for row in rows]


def _check_window(loaded: "Loaded", name: str, since: str | None, until: str | None) -> None:
    from tidende.cli.times import check_order
    from tidende.clock import now

    if since is None:
        if until is not None:
            raise typer.BadParameter("--until: needs --since")
        return
    end = _moment(loaded, name, "--until", until) if until is not None else now()
    check_order(since, until, _moment(loaded, name, "--since", since), end)


def _moment(loaded: "Loaded", name: str, option: str, text: str) -> datetime:
    """Read a time; one without a zone is in the digest's, as on its readers' clocks."""
    from zoneinfo import ZoneInfo

    from tidende.cli.times import read_time

    known = loaded.settings.digests.get(name)  # None: only the daemon may know it
    return read_time(option, text, ZoneInfo(known.timezone) if known else None)


def _past(loaded: "Loaded", name: str, option: str, text: str) -> datetime:
    """Read a time that has come: of what is recorded later, no edition can be made."""
    from tidende.clock import now

    moment = _moment(loaded, name, option, text)
    if moment > now():
        raise ConfigError(f"{option} {text}: is yet to come")
    return moment


def _no_such(loaded: "Loaded", name: str) -> TidendeError:
    known = ", ".join(loaded.settings.digests)
    return TidendeError(f"digests.{name}: no such digest; known: {known}")


def _print(content: str | bytes) -> None:
    """Print a form as its file holds it."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content.encode() if isinstance(content, str) else content)
    sys.stdout.buffer.flush()
