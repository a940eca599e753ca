"""`tidende run` and `tidende ingest`: the daemon, and one pass for cron."""

import sys
from typing import TYPE_CHECKING

from tidende.cli.options import Assignments, Config, Data, InboxDirectory, load_settings
from tidende.cli.output import complain, say
from tidende.cli.progress import progress_bar

if TYPE_CHECKING:
    from tidende.service.ingest import Ingested
    from tidende.service.recorded import Recorded


def run(
    config: Config = None,
    inbox: InboxDirectory = None,
    data: Data = None,
    assignments: Assignments = None,
) -> None:
    """Take in what comes, until SIGTERM or Ctrl-C."""
    from tidende import logs
    from tidende.service.daemon import Daemon
    from tidende.service.wiring import hold

    loaded = load_settings(config, assignments, inbox=inbox, data=data)
    logs.configure(level=loaded.settings.log.level, form=loaded.settings.log.format)
    with hold(loaded) as parts:
        Daemon(parts).run()


def ingest(
    config: Config = None,
    inbox: InboxDirectory = None,
    data: Data = None,
    assignments: Assignments = None,
) -> None:
    """Take in what is there now. Then make the digests that are due, and exit."""
    from tidende import logs
    from tidende.service.ingest import ingest as take_in
    from tidende.service.wiring import hold

    loaded = load_settings(config, assignments, inbox=inbox, data=data)
    on_terminal = sys.stderr.isatty()
    level = "warning" if on_terminal else loaded.settings.log.level
    logs.configure(level=level, form=loaded.settings.log.format)
    decisions: dict[str, int] = {}
    with hold(loaded) as parts, progress_bar("taking in seeds") as advance:

        def count(recorded: "Recorded", total: int) -> None:
            decisions[recorded.decision] = decisions.get(recorded.decision, 0) + 1
            advance(1, total)

        done = take_in(parts, count)
        _report(done, decisions, [str(parts.digests.files(row)[0]) for row in done.editions])


def _report(done: "Ingested", decisions: dict[str, int], editions: list[str]) -> None:
    summary = ", ".join(f"{count} {decision}" for decision, count in sorted(decisions.items()))
    say(f"{done.decided} seeds taken in{': ' + summary if summary else ''}")
    for path in editions:
        say(f"digest: {path}")
    for candidate, why in done.left:
        said = why.removeprefix(f"{candidate.path}: ")
        complain(f"{candidate.file}: {said}, left for the next time")
