"""`tidende queue take`, `ack`, `nack`: a consumer for scripts."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from tidende.cli.options import AsJson, Config, Data
from tidende.cli.output import print_json, say
from tidende.cli.reading import data_directory
from tidende.errors import TidendeError

if TYPE_CHECKING:
    from tidende.queue import ClaimedEvent, Queue

DEFAULT_CONSUMER = "cli"

Consumer: TypeAlias = Annotated[
    str | None,
    typer.Option("--consumer", metavar="NAME", help="A name that no other running consumer has."),
]
Files: TypeAlias = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE", help="A path that `take` printed, a file's name, a sequence or an id."
    ),
]


def take(  # noqa: PLR0913
    config: Config = None,
    data: Data = None,
    consumer: Consumer = None,
    count: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="How many at most. [1; with --exec: all]")
    ] = None,
    command: Annotated[
        str | None,
        typer.Option(
            "--exec",
            metavar="COMMAND",
            help="Run a shell command for each event, the event on its standard input and "
            "TIDENDE_EVENT_FILE, _ID, _TYPE and _SEQUENCE in its environment; exit code 0 "
            "acknowledges the event, any other hands it back.",
        ),
    ] = None,
    *,
    follow: Annotated[
        bool, typer.Option("--follow", help="With --exec: wait for more events.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Claim events and print their paths, or run a command for each."""
    from tidende.queue import Queue

    if follow and (command is None or count is not None):
        raise typer.BadParameter("--follow goes with --exec, and without --count")
    queue = data_directory(config, data).queue
    if command is not None:
        _execute(Queue(queue, consumer), command, count, follow=follow)
        return
    # Not closed: the claims are the script's, until it settles them or their leases run out.
    taken = list(Queue(queue, DEFAULT_CONSUMER if consumer is None else consumer).take(count or 1))
    if as_json:
        print_json([_row(event) for event in taken])
        return
    for event in taken:
        say(str(event.path))


def ack(
    files: Files,
    config: Config = None,
    data: Data = None,
    consumer: Consumer = None,
) -> None:
    """Say that claimed events are done with for good."""
    for event in _claimed(files, data_directory(config, data).queue, consumer):
        event.ack()


def nack(
    files: Files,
    reason: Annotated[
        str, typer.Option(metavar="TEXT", help="Why; it stands beside a dead event.")
    ] = "handed back by hand",
    config: Config = None,
    data: Data = None,
    consumer: Consumer = None,
) -> None:
    """Hand claimed events back, to be tried again."""
    for event in _claimed(files, data_directory(config, data).queue, consumer):
        event.nack(reason)


def _execute(queue: "Queue", command: str, count: int | None, *, follow: bool) -> None:
    from tidende.cli.command import CommandConsumer

    with queue:
        good = CommandConsumer(queue, command).run(count=count, follow=follow)
    if not good:
        raise typer.Exit(1)


def _claimed(wanted: Sequence[str], queue: Path, consumer: str | None) -> list["ClaimedEvent"]:
    """Return the claimed events that are meant; raises TidendeError when one isn't claimed."""
    held = list(_held(queue, consumer))
    found = []
    for text in wanted:
        event = next((event for event in held if _is_meant(text, event)), None)
        if event is None:
            by = f" by {consumer}" if consumer else ""
            raise TidendeError(
                f"{text}: not claimed{by}: never taken, settled already, or its lease was lost; "
                "'tidende queue status' tells who holds what"
            )
        found.append(event)
    return found


def _held(queue: Path, consumer: str | None) -> Iterator["ClaimedEvent"]:
    from tidende.queue import Queue
    from tidende.queue.layout import check_version, file_names, is_consumer

    check_version(queue)
    every = filter(is_consumer, file_names(queue / "claimed"))
    names = every if consumer is None else [consumer]
    for name in names:
        yield from Queue(queue, name).claimed()


def _is_meant(text: str, event: "ClaimedEvent") -> bool:
    if "/" in text:
        return Path(text).absolute() == event.path.absolute()
    return text in (event.path.name, event.id) or text.lstrip("0") == str(event.sequence)


def _row(event: "ClaimedEvent") -> dict[str, object]:
    return {
        "sequence": event.sequence,
        "id": event.id,
        "type": event.type,
        "subject": event.subject,
        "file": str(event.path),
    }
