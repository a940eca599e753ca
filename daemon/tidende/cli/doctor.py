"""`tidende doctor`: what is wrong with a data directory, and its repair."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from tidende.cli.options import AsJson, Assignments, Config, Data, InboxThatIsThere, load_settings
from tidende.cli.output import print_json, say
from tidende.cli.progress import progress_bar

if TYPE_CHECKING:
    from tidende.service.doctor.findings import Finding
    from tidende.service.layout import DataDirectory
    from tidende.settings import Loaded

NAMED = 5
"""So many files of a finding are named; --json names all."""


def doctor(  # noqa: PLR0913
    *,
    repair: Annotated[
        bool, typer.Option("--repair", help="Mend what can be mended; no daemon may run.")
    ] = False,
    restore_missing: Annotated[
        bool,
        typer.Option("--restore-missing", help="With --repair: publish again what is missing."),
    ] = False,
    config: Config = None,
    inbox: InboxThatIsThere = None,
    data: Data = None,
    assignments: Assignments = None,
    as_json: AsJson = False,
) -> None:
    """Say what is wrong with ledger and queue. Exit code 1: something is."""
    from tidende.clock import now
    from tidende.service.doctor.diagnosis import diagnose
    from tidende.service.layout import DataDirectory

    if restore_missing and not repair:
        raise typer.BadParameter("--restore-missing goes with --repair")
    loaded = load_settings(config, assignments, inbox=inbox, data=data)
    directory = DataDirectory(loaded.settings.data.absolute())
    done = _repair(loaded, directory, restore_missing=restore_missing) if repair else []
    if not as_json:
        for line in done:
            say(f"repair   {line}")
    with progress_bar("looking at events") as advance:
        found = diagnose(directory, loaded.settings, now=now(), progress=advance)
    if as_json:
        rows = [asdict(finding) for finding in found]
        print_json({"repair": done, "findings": rows} if repair else rows)
    else:
        for finding in found:
            _print(finding)
    if any(finding.severity == "problem" for finding in found):
        raise typer.Exit(1)


def _repair(loaded: "Loaded", directory: "DataDirectory", *, restore_missing: bool) -> list[str]:
    from tidende.clock import now
    from tidende.intake.inbox import Inbox
    from tidende.service.doctor.repair import Repair

    lines: list[str] = []
    settings = loaded.settings
    inboxes = [Inbox(name=each.name, path=each.path.absolute()) for each in settings.inboxes]
    Repair(directory, inboxes, now=now(), tell=lines.append).run(
        sync=settings.queue.sync, restore_missing=restore_missing
    )
    return lines or ["nothing was to be mended"]


def _print(finding: "Finding") -> None:
    say(f"{finding.severity:8} {finding.about}: {finding.message}")
    for name in finding.names[:NAMED]:
        say(f"{'':10} {name}")
    if len(finding.names) > NAMED:
        say(f"{'':10} ... and {len(finding.names) - NAMED} more; --json names all")
