"""`tidende explain`: why an article was decided as it was."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from tidende.cli.options import AsJson, Config, Data
from tidende.cli.output import print_json, say
from tidende.cli.reading import data_directory

if TYPE_CHECKING:
    from tidende.service.explaining import Compared, Explanation, Named, Weighed

_SHOWN = 10
_NAMED = 4


def explain(
    article: Annotated[
        str, typer.Argument(metavar="ARTICLE", help="An article's subject, or its event's id.")
    ],
    config: Config = None,
    data: Data = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Say why an article was decided so.

    What it was compared with, what that gave, and why it is in its story.
    """
    from dataclasses import asdict

    from tidende.service import explaining
    from tidende.store.ledger import Ledger

    ledger = Ledger.open_existing(data_directory(config, data).ledger, only_reads=True)
    try:
        told = explaining.explain(ledger, article)
    finally:
        ledger.close()
    if as_json:
        print_json(asdict(told))
        return
    for line in _lines(told):
        say(line)


def _lines(told: "Explanation") -> Iterator[str]:
    yield _name(told.article)
    yield f"  {told.article.subject}"
    yield ""
    yield from _verdict(told)
    if told.compared:
        yield ""
        yield "Compared by its text with"
        for each in told.compared:
            yield from _compared(each)
    yield ""
    yield from _story(told)


def _verdict(told: "Explanation") -> Iterator[str]:
    said = told.dedup
    of = f" of {said['of']}" if said.get("of") else ""
    yield f"Verdict: {said['verdict']}{of}"
    if said["verdict"] == "new" and not told.compared:
        yield "  no known article shares enough of its text to be compared with it"
    for each in said.get("evidence", ()):
        yield f"  {each['signal']}: {each['value']}"
    for each in said.get("changes", ()):
        before, after = each["before"] or "(nothing)", each["after"] or "(nothing)"
        yield f"  changed {each['kind']}: {before} -> {after}"


def _compared(each: "Compared") -> Iterator[str]:
    judgement = each.judgement
    yield f"  {_name(each.article)}  {each.article.subject}"
    yield f"    {judgement.kind}: {judgement.reason} (similarity {judgement.similarity:.2f})"
    if judgement.order:
        yield f"    {judgement.order}"
    for signal in judgement.signals:
        mark = "met" if signal.met else "not met"
        yield f"    {signal.name} {signal.value:g}, threshold {signal.threshold:g}: {mark}"


def _story(told: "Explanation") -> Iterator[str]:
    others = len(told.members) - 1
    yield f"Story: {told.story}, with {others} other{'' if others == 1 else 's'}"
    if told.thread:
        yield f"  thread {told.thread}"
    if told.leader:
        yield f"  it goes with what it repeats, {told.leader}"
        return
    if not told.weighed:
        yield "  no other article has rare names, numbers or words in common with it"
    for each in told.weighed[:_SHOWN]:
        yield from _weighed(each, told)
    if len(told.weighed) > _SHOWN:
        yield f"  ... and {len(told.weighed) - _SHOWN} that are less like it (--json has all)"
    for reason in told.reasons:
        mine = told.article.subject in reason.left
        yield f"  {reason.kind}, with {_named(reason.right if mine else reason.left, told)}:"
        yield f"    {reason.words}"


def _weighed(each: "Weighed", told: "Explanation") -> Iterator[str]:
    place = "this story" if each.story == told.story else each.story
    yield f"  {_name(each.article)}  {each.article.subject}, in {place}"
    against = "" if each.linked else f": less than {told.threshold:g}, so no neighbour"
    yield f"    one event {each.link.story:.2f}, one matter {each.link.thread:.2f}{against}"
    signals = (f"{signal.signal} {_number(signal.value)}" for signal in each.signals)
    yield f"    {', '.join(signals)}"


def _named(subjects: Sequence[str], told: "Explanation") -> str:
    """Name some of the articles that were found, as far as they were."""
    paths = {each.article.subject: each.article.path for each in told.weighed}
    names = [paths.get(subject, subject) for subject in subjects]
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def _number(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.2f}"


def _name(article: "Named") -> str:
    return f"{article.path}: {article.title}" if article.path else "(its text is gone)"
