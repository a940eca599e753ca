"""`tidende backup`, `replay` and `forget`: what is done with what the ledger keeps."""

from collections.abc import Sequence
from datetime import UTC
from pathlib import Path
from typing import Annotated

import typer

from tidende.cli.options import (
    AsJson,
    Assignments,
    Config,
    Data,
    InboxThatIsThere,
    load_settings,
    place,
)
from tidende.cli.output import print_json, say
from tidende.cli.progress import progress_bar
from tidende.cli.reading import data_directory
from tidende.errors import ConfigError


def backup(
    target: Annotated[
        Path, typer.Argument(metavar="DIR", parser=place, help="New, empty, or a backup.")
    ],
    config: Config = None,
    data: Data = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Copy ledger, quarantine and editions to DIR. A daemon may run."""
    from dataclasses import asdict

    from tidende.service.backup import back_up

    directory = data_directory(config, data)
    with progress_bar("copying pages") as advance:
        done = back_up(directory, target, advance)
    if as_json:
        print_json(asdict(done))
        return
    say(f"{done.ledger}: {done.ledger_bytes} bytes, checked; {done.files} files beside it copied")


def replay(  # noqa: PLR0913, PLR0917
    since: Annotated[
        str,
        typer.Option(metavar="TIME", help="From then on: ISO 8601; a date is its midnight UTC."),
    ],
    to: Annotated[
        Path,
        typer.Option(metavar="DIR", parser=place, help="Becomes a queue directory of its own."),
    ],
    until: Annotated[str | None, typer.Option(metavar="TIME", help="Before then. [now]")] = None,
    types: Annotated[
        list[str] | None,
        typer.Option(
            "--type", metavar="TYPE", help="As `article.new` or `seed`; may be given often. [all]"
        ),
    ] = None,
    config: Config = None,
    data: Data = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Publish recorded events again, into another queue."""
    from dataclasses import asdict

    from tidende.cli.times import check_order, read_time
    from tidende.durable import usable
    from tidende.service import replay as service
    from tidende.store.ledger import Ledger

    loaded = load_settings(config, None, data=data)
    directory = data_directory(config, data)
    with usable(f"--to {to}"):
        for taken in (directory.queue, *(inbox.path for inbox in loaded.settings.inboxes)):
            if to.resolve().is_relative_to(taken.resolve()):
                raise ConfigError(f"--to {to}: lies in {taken}")
        if to.exists() and not to.is_dir():
            raise ConfigError(f"--to {to}: is no directory")
    begin, end = read_time("--since", since, UTC), None
    if until is not None:
        end = read_time("--until", until, UTC)
        check_order(since, until, begin, end)
    selection = service.Selection(since=begin, until=end, types=_types(types or ()))
    ledger = Ledger.open_existing(directory.ledger, only_reads=True)
    try:
        with progress_bar("publishing again") as advance:
            sync = loaded.settings.queue.sync
            done = service.replay(ledger, selection, to, sync=sync, progress=advance)
    finally:
        ledger.close()
    if as_json:
        print_json(asdict(done))
        return
    gone = f"; {done.skipped} whose text is gone were left out" if done.skipped else ""
    say(f"{done.published} events are ready in {to / 'ready'}{gone}")


def forget(  # noqa: PLR0913
    article: Annotated[
        str, typer.Argument(metavar="ARTICLE", help="An article's subject, or its event's id.")
    ],
    *,
    copies: Annotated[
        bool, typer.Option("--copies", help="The same text under other subjects too.")
    ] = False,
    config: Config = None,
    inbox: InboxThatIsThere = None,
    data: Data = None,
    assignments: Assignments = None,
    as_json: AsJson = False,
) -> None:
    """Take an article down. Text and event leave ledger and queue; its hash stays."""
    from tidende.cli.ask import ask

    loaded = load_settings(config, assignments, inbox=inbox, data=data)
    done = ask(loaded, "article.forget", {"name": article, "copies": copies})
    if as_json:
        print_json(done)
        return
    for title, key in (
        ("forgotten", "subjects"),
        ("removed", "removed"),
        ("left: its seed", "seeds"),
        ("left: an edition that covers it", "editions"),
        ("left: the same text (--copies takes it down too)", "copies"),
    ):
        for name in done[key]:
            say(f"{title}: {name}")


def _types(beginnings: Sequence[str]) -> tuple[str, ...]:
    """Return the beginnings of event types, each of which some type has."""
    from typing import get_args

    from tidende.model.event import EventType

    known = [kind.removeprefix("tidende.") for kind in get_args(EventType)]
    for beginning in beginnings:
        if not any(kind.startswith(beginning.removeprefix("tidende.")) for kind in known):
            raise ConfigError(f"--type {beginning}: no event's type; known: {', '.join(known)}")
    return tuple(beginnings)
