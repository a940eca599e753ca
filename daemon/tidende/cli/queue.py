"""`tidende queue`: the events that are ready, and what consumers do with them."""

from collections.abc import Iterator
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from tidende.cli import consuming, dead
from tidende.cli.options import AsJson, Config, Data
from tidende.cli.output import complain, print_json, print_table, say
from tidende.cli.reading import data_directory
from tidende.errors import TidendeError

app = typer.Typer(no_args_is_help=True, help="Look at events, and take them as a consumer does.")
app.command("take", epilog="Example: tidende queue take --exec ./index.sh --follow")(consuming.take)
app.command("ack")(consuming.ack)
app.command("nack", epilog="Example: tidende queue nack --reason 'no index' 17")(consuming.nack)
app.command("dead")(dead.list_dead)
app.command("revive")(dead.revive)

COLUMNS = ("sequence", "type", "headline", "path", "file")


@app.command("ls")
def list_events(
    config: Config = None,
    data: Data = None,
    limit: Annotated[
        int, typer.Option(min=0, metavar="N", help="How many at most; 0 is all.")
    ] = 50,
    *,
    as_json: AsJson = False,
) -> None:
    """List the events in ready, in order of sequence."""
    rows = [_row(file, event) for file, event in islice(_ready(config, data), limit or None)]
    if as_json:
        print_json(rows)
        return
    print_table(rows, COLUMNS[:-1], "no events are ready")
    if limit and len(rows) == limit:
        say(f"... the first {limit}; --limit 0 shows all")


@app.command("peek")
def peek(
    event: Annotated[
        str | None,
        typer.Argument(metavar="EVENT", help="An event's id or sequence; the first when left out."),
    ] = None,
    config: Config = None,
    data: Data = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Print one event and leave it where it is."""
    del as_json  # an event is JSON
    for _, found in _ready(config, data):
        number = found["sequence"].lstrip("0")
        if event is None or event == found["id"] or event.lstrip("0") == number:
            print_json(found)
            return
    if event is None:
        raise TidendeError("no events are ready")
    raise TidendeError(f"{event}: no event of this id or sequence is ready; see 'tidende queue ls'")


@app.command("status")
def show_status(config: Config = None, data: Data = None, *, as_json: AsJson = False) -> None:
    """Count what stands where in the queue. With what each consumer holds."""
    from tidende.emit.backlog import claimed_by, count
    from tidende.queue.layout import check_version

    queue = data_directory(config, data).queue
    check_version(queue)
    counts, held = asdict(count(queue)), claimed_by(queue)
    if as_json:
        print_json(counts | {"consumers": held})
        return
    for part, number in counts.items():
        say(f"{part:9} {number}")
    for consumer, number in held.items():
        say(f"{consumer} holds {number}")


def _ready(config: Path | None, data: Path | None) -> Iterator[tuple[Path, dict[str, Any]]]:
    from tidende.emit.queue_directory import ready_files
    from tidende.queue.layout import check_version

    directory = data_directory(config, data)
    check_version(directory.queue)
    for file in ready_files(directory.queue):
        try:
            event = orjson.loads(file.read_bytes())
        except FileNotFoundError:
            continue  # a consumer was faster
        except orjson.JSONDecodeError:
            event = None
        if _is_event(event):
            yield file, event
        else:
            complain(f"{file}: holds no event; 'tidende doctor' tells of it")


def _is_event(found: object) -> bool:
    """Say whether a file's JSON can be told of as an event."""
    return (
        isinstance(found, dict)
        and all(isinstance(found.get(name), str) for name in ("id", "type", "sequence"))
        and found["sequence"].isdecimal()
        and isinstance(found.get("data"), dict)
    )


def _row(file: Path, event: dict[str, Any]) -> dict[str, Any]:
    said = event["data"]
    return {
        "sequence": int(event["sequence"]),
        "id": event["id"],
        "type": event["type"].removeprefix("tidende."),
        "subject": event.get("subject"),
        "headline": said.get("extraction", {}).get("headline"),
        "path": said.get("provenance", {}).get("path"),
        "file": str(file),
    }
