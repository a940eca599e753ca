"""What an edition costs when its window is large.

    python benchmarks/digest.py [ARTICLES ...]     (default: 1000 10000)

Fills a ledger with so many articles' events, and as many again before the window, then has a fresh
process make an edition of ten stories in all forms: processor time, and the memory of the whole
process. The articles are made of the samples' paragraphs (3 KB of text each), understood as the
daemon does it; one in ten is a copy, a story has three articles, every fourth is in a thread, every
other one was known before.

`filter_s` is what a filter that all articles fit would add: it reads what was known, too. `read_s`
is what merely reading the window takes (decompress, decode), below which nothing that looks at
every article can be.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import orjson
from corpus import make_corpus
from sqlalchemy import insert

from tidende.clock import now
from tidende.digest.compose import compose
from tidende.digest.filters import Filter
from tidende.digest.recall import recall
from tidende.digest.render import render
from tidende.digest.select import select
from tidende.digest.summarise import summarise
from tidende.digest.threads import read_threads
from tidende.digest.wanted import keep_wanted
from tidende.emit.envelope import Header, Prepared, seal_article
from tidende.emit.identity import ArticleKey
from tidende.intake.inbox import Inbox
from tidende.intake.scanner import find
from tidende.model.edition import Window
from tidende.model.limits import Limits
from tidende.model.story import Story
from tidende.model.verdict import Verdict
from tidende.service.outcome import Processed
from tidende.service.processing import process
from tidende.store import articles, events, stories
from tidende.store.articles import ArticleRow
from tidende.store.events import articles_between
from tidende.store.ledger import Ledger
from tidende.store.stories import StoryRow
from tidende.store.tables import seeds

WINDOWS = (1_000, 10_000)
TEXTS = 400  # different ones; they recur, as stories of their own
IN_STORY, IN_THREAD, COPIES, THREADED = 3, 4, 10, 4
AT_ONCE = 500
SIZE = 10
END = datetime(2026, 11, 22, 5, tzinfo=UTC)


def understood(folder: Path) -> list[Prepared]:
    """Return the JSON of articles, as worker processes make it."""
    make_corpus(folder, TEXTS)
    inbox = Inbox(name="inbox", path=folder)
    made = []
    for file in sorted(folder.iterdir()):
        candidate = find(inbox, file.name)
        assert candidate is not None
        outcome = process(candidate, limits=Limits(), now=now)
        assert isinstance(outcome, Processed)
        made += [one.prepared for one in outcome.articles]
    return made


def story_of(number: int, before: int) -> Story:
    """Return the story of an article; every other one of the window's goes on from before it."""
    story = number // IN_STORY
    if number > before and story % 2:
        story -= before // IN_STORY
    threaded = story % THREADED == 0
    thread = f"urn:tidende:thread:{story // THREADED // IN_THREAD}" if threaded else None
    return Story(id=f"urn:tidende:story:{story}", thread=thread, members=())


def fill(ledger: Ledger, made: list[Prepared], count: int) -> None:
    """Write the articles 1 to 2 x `count` and their events; the second half is the window."""
    with ledger.write() as connection:
        connection.execute(insert(seeds).values((1, "inbox", "p", "h", 0, "w", 1, 1, 1, 1, 1.0, 1)))
    for first in range(1, 2 * count + 1, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, 2 * count + 1))
        placed = {number: story_of(number, count) for number in numbers}
        sealed = [_seal(made[n % len(made)], n, story) for n, story in placed.items()]
        with ledger.write() as connection:
            events.add(connection, [event for event, _ in sealed], END)
            articles.add(connection, [row for _, row in sealed])
            threaded = {story.id: story.thread for story in placed.values() if story.thread}
            stories.put(
                connection,
                [
                    StoryRow(id=story, thread=thread, version=1)
                    for story, thread in threaded.items()
                ],
            )


def _seal(prepared: Prepared, number: int, story: Story) -> tuple[events.Event, ArticleRow]:
    subject = f"urn:tidende:article:{number}"
    copy = number % COPIES == 0
    verdict = (
        Verdict(verdict="duplicate", of=f"urn:tidende:article:{number - 1}", similarity=1.0)
        if copy
        else Verdict(verdict="new")
    )
    key = ArticleKey(inbox="inbox", path=f"{number}", sha256="h", ordinal=0, occurrence=0)
    event = seal_article(
        prepared,
        key=key,
        subject=subject,
        verdict=verdict,
        story=story,
        header=Header(source="urn:benchmark", time=END),
        sequence=number,
    )
    row = ArticleRow(
        seed=1,
        ordinal=0,
        subject=subject,
        sequence=number,
        verdict=verdict.verdict,
        of=verdict.of,
        story=story.id,
        sha256="h",
        fingerprint=b"\0",
    )
    return event, row


def make(file: Path, count: int) -> dict[str, float]:
    """Be the process that makes the edition of the second half of the ledger."""
    ledger = Ledger.open_existing(file)
    window = Window(after=count, through=2 * count, end=END, since=END)
    before = time.process_time()
    with ledger.read() as connection:
        told = summarise(
            select(connection, window), "nb", SIZE, partial(recall, connection, window, Filter())
        )
        threads = read_threads(connection, window, told[:SIZE])
    chosen = time.process_time()
    edition = compose(
        told,
        window,
        digest="daily",
        title="",
        language="nb",
        timezone="Europe/Oslo",
        size=SIZE,
        threads=threads,
    )
    pages = render(edition)
    done = time.process_time()
    assert edition.counts.stories > count / IN_STORY / 2
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "edition_s": done - before,
        "filter_s": keep_all(ledger, window),
        "render_s": done - chosen,
        "memory_mb": memory,
        "stories": edition.counts.stories,
        "pages_kb": sum(len(page.encode()) for page in pages.values()) / 1024,
    }


def keep_all(ledger: Ledger, window: Window) -> float:
    """Return what a filter that every article fits adds to reading the window."""
    wanted = Filter(languages=("no", "da", "sv", "en", "de"))
    before = time.process_time()
    with ledger.read() as connection:
        for _ in select(connection, window):
            pass
    plain = time.process_time()
    with ledger.read() as connection:
        for _ in keep_wanted(connection, window, wanted, select(connection, window)):
            pass
    return (time.process_time() - plain) - (plain - before)


def read_only(file: Path, count: int) -> float:
    """Return the processor time of reading the window's events and doing nothing with them."""
    ledger = Ledger.open_existing(file)
    before = time.process_time()
    with ledger.read() as connection:
        for _, body in articles_between(connection, count, 2 * count):
            orjson.loads(body)
    return time.process_time() - before


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=int, nargs="*", default=WINDOWS)
    parser.add_argument("--make", nargs=2, metavar=("LEDGER", "COUNT"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.make:
        print(json.dumps(make(Path(asked.make[0]), int(asked.make[1]))))
        return
    columns = ("edition_s", "filter_s", "render_s", "read_s", "memory_mb", "stories", "pages_kb")
    print(f"{'articles':>9} " + " ".join(f"{name:>10}" for name in columns))
    for count in asked.articles:
        with tempfile.TemporaryDirectory() as work:
            folder = Path(work) / "corpus"
            folder.mkdir()
            file = Path(work) / "ledger.sqlite"
            ledger = Ledger.create_or_open(file)
            fill(ledger, understood(folder), count)
            ledger.close()
            command = [sys.executable, __file__, "--make", str(file), str(count)]
            said = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
            said["read_s"] = read_only(file, count)
        print(f"{count:>9} " + " ".join(f"{said[name]:>10.2f}" for name in columns), flush=True)


if __name__ == "__main__":
    main()
