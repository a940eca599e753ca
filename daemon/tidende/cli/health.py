"""`tidende health`: whether the daemon runs and is well, for probes; it imports next to nothing."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from tidende.cli.options import AsJson, Config, Data
from tidende.cli.output import print_json, say

if TYPE_CHECKING:
    from tidende.service.layout import DataDirectory

EXIT_UNHEALTHY = 1


def health(config: Config = None, data: Data = None, *, as_json: AsJson = False) -> None:
    """Say whether the daemon is well. Exit code 1: something is wrong, or none runs."""
    from tidende.clock import now
    from tidende.emit.lock import holder
    from tidende.service import health_file

    directory = _directory(config, data)
    vitals = health_file.read(directory.health)
    troubles = health_file.judge(vitals, holder=holder(directory.queue), now=now())
    if not directory.root.is_dir():
        missing = f"{directory.root}: there is no such directory; --data names another"
        troubles = [health_file.Remark(part="data", message=missing)]
    if as_json:
        said = asdict(vitals) if vitals else {}
        problems = [asdict(trouble) for trouble in troubles]
        print_json({**said, "healthy": not troubles, "problems": problems})
    else:
        for trouble in troubles:
            say(f"{trouble.part}: {trouble.message}")
        for note in vitals.notes if vitals else ():
            say(f"note: {note.part}: {note.message}")
        if not troubles:
            say("healthy")
    if troubles:
        raise typer.Exit(EXIT_UNHEALTHY)


def _directory(config: Path | None, data: Path | None) -> "DataDirectory":
    from tidende.service.layout import DataDirectory

    if config is None and data is not None:
        return DataDirectory(data.absolute())  # no settings are asked: reading them costs 200 ms
    from tidende.cli.reading import data_directory

    return data_directory(config, data)
