"""What is read of the ledger for an edition: its window, and what its stories were before."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest
from sqlalchemy import insert

from tidende.digest.select import select
from tidende.digest.summarise import summarise
from tidende.digest.threads import THREAD_STORIES, read_threads
from tidende.model.edition import Window
from tidende.model.event import Event
from tidende.store import articles, events, stories
from tidende.store.articles import ArticleRow
from tidende.store.ledger import Ledger
from tidende.store.stories import StoryRow
from tidende.store.tables import seeds

MakeEvent = Callable[..., dict[str, Any]]
Record = Callable[..., None]

NOW = datetime(2026, 11, 22, 5, tzinfo=UTC)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    made = Ledger.create_or_open(tmp_path / "ledger.sqlite")
    with made.write() as connection:
        connection.execute(insert(seeds).values((1, "i", "p", "h", 0, "w", 1, 1, 1, 1, 1.0, 1)))
    return made


@pytest.fixture
def record(ledger: Ledger, event: MakeEvent) -> Record:
    """Return a function that records an article of a story, perhaps of a thread."""

    def add(number: int, story: str, thread: str | None = None) -> None:
        made = event(number, f"Sak {number} er ny. Den er omtalt.", story="as it was then")
        row = ArticleRow(
            seed=1,
            ordinal=0,
            subject=made["subject"],
            sequence=number,
            verdict="new",
            of=None,
            story=story,
            sha256="h",
            fingerprint=b"",
        )
        body = orjson.dumps(made)
        one = Event(
            sequence=number, id=f"e{number}", type=made["type"], subject=row.subject, body=body
        )
        with ledger.write() as connection:
            events.add(connection, [one], NOW)
            articles.add(connection, [row])
            if thread:
                stories.put(connection, [StoryRow(id=story, thread=thread, version=1)])

    return add


def _window(after: int, through: int) -> Window:
    return Window(after=after, through=through, end=NOW)


def test_an_event_has_the_story_it_is_in_now_and_what_was_known_of_it(
    ledger: Ledger, record: Record
) -> None:
    record(1, "a")
    record(2, "b", "t")
    record(3, "b", "t")
    with ledger.read() as connection:
        told = [event["data"]["story"] for event in select(connection, _window(2, 3))]
        [all_of_b] = [
            story for story in summarise(select(connection, _window(0, 3)), "nb") if story.id == "b"
        ]
    assert [(one["id"], one["thread"], one["told"]) for one in told] == [("b", "t", 1)]
    assert (all_of_b.standing, len(all_of_b.articles)) == ("new", 2)


def test_a_thread_has_its_stories_known_by_the_windows_end(ledger: Ledger, record: Record) -> None:
    record(1, "a", "t")
    record(2, "b", "t")
    record(3, "c", "t")
    record(4, "d", "other")
    with ledger.read() as connection:
        told = summarise(select(connection, _window(1, 2)), "nb")
        threads = read_threads(connection, _window(1, 2), told)
    assert {thread: [one.story for one in some] for thread, some in threads.items()} == {
        "t": ["a", "b"]
    }
    assert threads["t"][0].headline == "Sak 1 er ny"


def test_of_a_long_thread_the_newest_stories_are_read(ledger: Ledger, record: Record) -> None:
    for number in range(1, THREAD_STORIES + 4):
        record(number, f"s{number}", "t")
    with ledger.read() as connection:
        told = summarise(select(connection, _window(0, 99)), "nb")
        threads = read_threads(connection, _window(0, 99), told[:1])
    assert [one.story for one in threads["t"]] == [
        f"s{number}" for number in range(4, THREAD_STORIES + 4)
    ]


def test_a_story_whose_text_is_gone_is_left_out_of_its_thread(
    ledger: Ledger, record: Record
) -> None:
    record(1, "a", "t")
    record(2, "b", "t")
    with ledger.write() as connection:
        connection.exec_driver_sql("UPDATE events SET body = x'' WHERE sequence = 1")
    with ledger.read() as connection:
        told = summarise(select(connection, _window(1, 2)), "nb")
        threads = read_threads(connection, _window(1, 2), told)
    assert [one.story for one in threads["t"]] == ["b"]
