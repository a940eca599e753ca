"""`tidende status`: how it stands."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from tidende.cli.options import AsJson, Config, Data
from tidende.cli.output import print_json, say
from tidende.cli.reading import data_directory, open_ledger

if TYPE_CHECKING:
    from tidende.service.layout import DataDirectory


def status(config: Config = None, data: Data = None, *, as_json: AsJson = False) -> None:
    """Show who holds the data directory, and what it holds."""
    directory = data_directory(config, data)
    found = _found(directory)
    if as_json:
        print_json(found)
    else:
        _print(found, directory)


def _found(directory: "DataDirectory") -> dict[str, Any]:
    from tidende.clock import now
    from tidende.emit.backlog import count
    from tidende.emit.lock import holder
    from tidende.queue.layout import is_laid_out
    from tidende.service import health_file
    from tidende.service.edition_files import describe
    from tidende.store import articles, editions, events, mails, rejections

    is_laid_out(directory.queue)  # raises for one whose folders may mean something else
    pid = holder(directory.queue)
    vitals = health_file.read(directory.health)
    troubles = health_file.judge(vitals, holder=pid, now=now())
    with open_ledger(directory) as connection:
        newest = editions.newest_first(connection)[:1]
        return {
            "data": str(directory.root),
            "holder": pid,
            "healthy": not troubles,
            "problems": [asdict(trouble) for trouble in troubles],
            "articles": articles.count_by_verdict(connection),
            "quarantined": rejections.count_open(connection),
            "last_sequence": events.last_sequence(connection),
            **asdict(count(directory.queue)),
            "mail": asdict(mails.count(connection)),
            "last_edition": asdict(describe(newest[0], directory.editions)) if newest else None,
        }


def _print(found: Mapping[str, Any], directory: "DataDirectory") -> None:
    counts = ", ".join(f"{count} {verdict}" for verdict, count in found["articles"].items())
    pid, edition, mail = found["holder"], found["last_edition"], found["mail"]
    say(f"data         {found['data']}")
    say(f"held by      {f'process {pid}' if pid else 'nobody: no daemon runs'}")
    if pid:
        words = [f"{trouble['part']}: {trouble['message']}" for trouble in found["problems"]]
        say(f"health       {'; '.join(words) or 'healthy'}")
    say(f"articles     {counts or 'none yet'}")
    say(f"quarantined  {found['quarantined']}")
    say(f"ready        {found['ready']} events in {directory.queue / 'ready'}")
    say(f"claimed      {found['claimed']}, {found['returned']} returned, {found['done']} done")
    say(f"dead         {found['dead']}")
    say(f"last edition {edition['files'][0] if edition else 'none yet'}")
    if mail["sent"] or mail["waiting"] or mail["given_up"]:
        trouble = f": {mail['trouble']}" if mail["trouble"] else ""
        say(
            f"mail         {mail['sent']} sent, {mail['given_up']} given up, "
            f"{mail['waiting']} waiting{trouble}"
        )
