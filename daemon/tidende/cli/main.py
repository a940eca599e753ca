"""The `tidende` command: its groups, and how an error becomes a message and an exit code."""

import errno
import os
import signal
import sys
from typing import Annotated

import typer

from tidende import __version__
from tidende.cli import (
    configuration,
    digest,
    doctor,
    explain,
    health,
    ledger,
    parse,
    quarantine,
    queue,
    service,
    status,
    story,
)
from tidende.cli.output import complain, say
from tidende.errors import ConfigError, HeldError, StoreError, TidendeError
from tidende.garbage import collect_less_often

EXIT_FAILED = 1
EXIT_CONFIG = 2
EXIT_STORE = 70  # EX_SOFTWARE of sysexits.h: what we keep can't be trusted or written
EXIT_HELD = 75  # EX_TEMPFAIL: try again when the other process has gone
_OF_A_PLACE = {
    *(errno.EACCES, errno.EPERM, errno.EROFS),
    *(errno.ENOTDIR, errno.EISDIR, errno.ELOOP, errno.ENAMETOOLONG),
}
"""What the system says of a place that the user named, and can mend."""

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    epilog=(
        "Exit codes: 0 done, 1 failed (parse: some file was unreadable; health: something is "
        "wrong), 2 wrong usage or configuration, 70 ledger or queue unusable, 75 another process "
        "holds the data directory."
    ),
)
app.command("run", epilog="Example: tidende run --inbox /srv/wire --data /var/lib/tidende")(
    service.run
)
app.command("ingest", epilog="Example: tidende ingest --inbox /srv/wire --data /var/lib/tidende")(
    service.ingest
)
app.command("parse", epilog="Example: tidende parse --jobs 4 archive >articles.jsonl")(parse.parse)
app.command("status")(status.status)
app.command("health")(health.health)
app.command("explain")(explain.explain)
app.command("doctor")(doctor.doctor)
app.command("backup", epilog="Example: tidende backup /backup/tidende --data /var/lib/tidende")(
    ledger.backup
)
app.command(
    "replay",
    epilog="Example: tidende replay --since 2026-03-01 --type article --to /srv/again",
)(ledger.replay)
app.command("forget")(ledger.forget)
app.command(
    "check-config",
    epilog="Example: tidende check-config --config tidende.toml --set workers.count=4",
)(configuration.check_config)
app.add_typer(queue.app, name="queue")
app.add_typer(quarantine.app, name="quarantine")
app.add_typer(story.app, name="story")
app.add_typer(digest.app, name="digest")


def _print_version(wanted: bool) -> None:  # noqa: FBT001  # Typer calls it so
    if wanted:
        say(f"tidende {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print it.")
    ] = False,
) -> None:
    """Turn a directory of dropped news files into an event stream and digests."""
    del version


def run_command_line() -> None:
    """Run the command line and end the process with its exit code."""
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `tidende parse | head` ends in silence
    collect_less_often()
    try:
        app()
    except TidendeError as error:
        complain(str(error))
        sys.exit(_exit_code(error))
    except OSError as error:
        if error.errno not in _OF_A_PLACE or error.filename is None:
            raise
        complain(f"{error.filename}: {error.strerror}")
        sys.exit(EXIT_FAILED)
    except KeyboardInterrupt:
        # Die of the signal itself, so that a shell's loop around us ends too.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)


def _exit_code(error: TidendeError) -> int:
    if isinstance(error, ConfigError):
        return EXIT_CONFIG
    if isinstance(error, HeldError):
        return EXIT_HELD
    return EXIT_STORE if isinstance(error, StoreError) else EXIT_FAILED
