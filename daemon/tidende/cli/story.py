"""`tidende story`: the stories, and what a person says of them against the program."""

from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from tidende.cli.options import AsJson, Assignments, Config, Data, load_settings
from tidende.cli.output import print_json, print_table, say
from tidende.cli.reading import data_directory, open_ledger
from tidende.errors import TidendeError

app = typer.Typer(no_args_is_help=True, help="Look at stories, and correct them.")

COLUMNS = ("story", "articles", "copies", "thread", "title")
MEMBER_COLUMNS = ("subject", "verdict", "source", "path", "title")
StoryName = Annotated[str, typer.Argument(metavar="STORY", help="As `story ls` prints it.")]
ArticleNames = Annotated[
    list[str],
    typer.Argument(metavar="ARTICLE", help="Subjects, as `story show` prints them, or event ids."),
]


@app.command("ls")
def list_stories(
    config: Config = None,
    data: Data = None,
    limit: Annotated[
        int, typer.Option(min=0, metavar="N", help="How many at most; 0 is all.")
    ] = 50,
    *,
    every: Annotated[
        bool, typer.Option("--all", help="Those that one article tells alone, too.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """List stories, those that moved last first."""
    from tidende.store import stories

    with open_ledger(data_directory(config, data)) as connection:
        found = stories.newest_first(connection, limit=limit, fewest=1 if every else 2)
        heads = _bodies(connection, [each.first for each in found])
    rows = [
        {
            "story": each.id,
            "articles": each.articles,
            "copies": each.copies,
            "thread": each.thread,
            "title": _title(heads.get(each.first)),
        }
        for each in found
    ]
    if as_json:
        print_json(rows)
        return
    print_table(rows, COLUMNS, "no story has more than one article (--all lists all)")
    if limit and len(rows) == limit:
        say(f"... the first {limit}; --limit 0 shows all")


@app.command("show")
def show(
    story: StoryName, config: Config = None, data: Data = None, *, as_json: AsJson = False
) -> None:
    """Show a story's articles, and what else is in its thread."""
    from tidende.store import articles, stories

    with open_ledger(data_directory(config, data)) as connection:
        found = stories.read(connection, [story]).get(story)
        if found is None:
            raise TidendeError(f"{story}: there is no such story; see 'tidende story ls --all'")
        own, members = found
        rows = articles.by_sequences(connection, [member.sequence for member in members])
        bodies = _bodies(connection, [row.sequence for row in rows])
        others = stories.in_threads(connection, [own.thread] if own.thread else [])
    told = [
        {
            "subject": row.subject,
            "verdict": row.verdict,
            **_provenance(bodies.get(row.sequence)),
            "title": _title(bodies.get(row.sequence)),
        }
        for row in rows
    ]
    beside = sorted(set(others) - {story})
    if as_json:
        print_json({"story": story, "thread": own.thread, "articles": told, "beside": beside})
        return
    print_table(told, MEMBER_COLUMNS, "")
    if own.thread:
        say(f"thread {own.thread}")
    for other in beside:
        say(f"  also {other}")


@app.command("merge")
def merge(
    stories: Annotated[
        list[str], typer.Argument(metavar="STORY", help="Two or more, as `story ls` prints them.")
    ],
    config: Config = None,
    data: Data = None,
    assignments: Assignments = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Make one story of several."""
    if len(set(stories)) < 2:  # noqa: PLR2004
        raise typer.BadParameter("name two stories or more")
    argument = {"stories": stories}
    _correct("story.merge", argument, config, data, assignments, as_json=as_json)


@app.command("split")
def split(  # noqa: PLR0913
    story: StoryName,
    articles: ArticleNames,
    config: Config = None,
    data: Data = None,
    assignments: Assignments = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Make some of a story's articles a story of their own."""
    argument = {"story": story, "articles": articles}
    _correct("story.split", argument, config, data, assignments, as_json=as_json)


@app.command("move")
def move(  # noqa: PLR0913
    article: Annotated[
        str,
        typer.Argument(
            metavar="ARTICLE", help="Its subject, as `story show` prints it, or event id."
        ),
    ],
    story: StoryName,
    config: Config = None,
    data: Data = None,
    assignments: Assignments = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Move an article to another story. Its copies and revisions go with it."""
    argument = {"article": article, "story": story}
    _correct("story.move", argument, config, data, assignments, as_json=as_json)


def _correct(  # noqa: PLR0913  # an option each
    kind: Any,
    argument: dict[str, Any],
    config: Path | None,
    data: Path | None,
    assignments: list[str] | None,
    *,
    as_json: bool,
) -> None:
    from tidende.cli.ask import ask

    changed = ask(load_settings(config, assignments, data=data), kind, argument)["stories"]
    if as_json:
        print_json(changed)
        return
    if not changed:
        say("nothing changed; it is remembered")
    for each in changed:
        count = len(each["story"]["members"])
        said = f"{count} article{'' if count == 1 else 's'}" if count else "dissolved"
        say(f"{each['story']['id']}: {said}")


def _bodies(connection: Any, sequences: list[int]) -> dict[int, dict[str, Any]]:
    from tidende.store import events

    found = events.by_sequences(connection, sequences)
    return {event.sequence: orjson.loads(event.body)["data"] for event in found}


def _provenance(data: dict[str, Any] | None) -> dict[str, Any]:
    said = data["provenance"] if data else {}
    return {"source": said.get("source"), "path": said.get("path")}


def _title(data: dict[str, Any] | None) -> str | None:
    from tidende.service.titles import title

    return title(data) if data else None
