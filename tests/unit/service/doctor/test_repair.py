"""What a repair does with files that hold no event of ours."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, TypeAlias

import orjson
import pytest

from agencies import FIRE, FIRE_DA, FIRE_SV, LATER_RATE, RATE, RATE_SV
from desk import BRIDGE, FERRY, Desk
from tidende.emit.queue_directory import ready_files
from tidende.errors import StoreError
from tidende.service.corrections import Corrections
from tidende.service.doctor.repair import Repair
from tidende.service.opening import open_ledger
from tidende.store import signatures, stories
from tidende.store.ledger import Ledger

Mend: TypeAlias = Callable[[], list[str]]

ID = "deadbeef"
WHOLE = {"id": ID, "sequence": f"{9:020d}", "time": "2026-11-22T05:00:00Z", "data": {}}
ARTICLE = {**WHOLE, "type": "tidende.article.new.v1", "subject": "urn:x"}
PROVENANCE = {"inbox": "wire", "path": "a", "sha256": "b", "source": {}, "received": "soon"}


@pytest.fixture
def mend(desk: Desk) -> Mend:
    """Return a function that repairs the desk's data directory, and tells what was done."""

    def run() -> list[str]:
        told: list[str] = []
        Repair(desk.data, [desk.inbox], now=desk.clock.now(), tell=told.append).run(
            sync="none", restore_missing=False
        )
        return told

    return run


def _stray(desk: Desk, content: bytes) -> Path:
    folder = desk.data.queue / "ready" / ("0" * 16)
    folder.mkdir(exist_ok=True)
    file = folder / f"{9:020d}-{ID}.json"
    file.write_bytes(content)
    return file


def _kept(desk: Desk) -> list[bytes]:
    return [file.read_bytes() for file in desk.data.root.glob("queue.strange-*/ready/*/*.json")]


@pytest.mark.parametrize(
    "event",
    [
        {"id": ID, "sequence": f"{9:020d}"},
        {**WHOLE, "type": "somebody.elses.v1"},
        {**ARTICLE, "time": "soon"},
        {**ARTICLE, "data": []},
        {**ARTICLE, "subject": 7},
        ARTICLE,
        {**ARTICLE, "data": {"provenance": PROVENANCE}},
    ],
)
def test_a_file_that_only_looks_like_an_event_is_set_aside(
    desk: Desk, mend: Mend, event: dict[str, Any]
) -> None:
    """Then a start goes by the ledger again."""
    desk.drop("a.txt", FERRY)
    desk.take_all()
    file = _stray(desk, orjson.dumps(event))
    assert any(f"{file} is kept as" in line for line in mend())
    assert _kept(desk) == [orjson.dumps(event)]
    assert len(desk.events()) == 1
    open_ledger(desk.data, desk.clock.now()).close()


@pytest.mark.parametrize("content", [b"", b'{"id":"deadbeef","sequ'], ids=["empty", "torn"])
def test_a_torn_file_is_set_aside(desk: Desk, mend: Mend, content: bytes) -> None:
    """A power cut leaves some where files aren't synced."""
    file = _stray(desk, content)
    assert f"{file}: holds no whole event" in mend()
    assert _kept(desk) == [content]
    assert list(ready_files(desk.data.queue)) == []


def test_another_event_under_a_sequence_that_is_taken_is_set_aside(desk: Desk, mend: Mend) -> None:
    """The ledger's own stays."""
    desk.drop("a.txt", FERRY)
    desk.take_all()
    [file] = ready_files(desk.data.queue)
    event = {**ARTICLE, "sequence": f"{1:020d}"}
    file.with_name(f"{1:020d}-{ID}.json").write_bytes(orjson.dumps(event))
    mend()
    assert _kept(desk) == [orjson.dumps(event)]
    assert list(ready_files(desk.data.queue)) == [file]


@pytest.mark.parametrize("kind", ["tidende.digest.published.v1", "tidende.seed.quarantined.v1"])
def test_an_event_that_tells_too_little_is_kept_and_told(desk: Desk, mend: Mend, kind: str) -> None:
    """What it lacks ends no repair."""
    file = _stray(desk, orjson.dumps({**WHOLE, "type": kind}))
    assert any(line.startswith("event 9: can't be understood: KeyError") for line in mend())
    assert file.exists()
    open_ledger(desk.data, desk.clock.now()).close()


def test_half_an_article_leaves_no_seed_behind(desk: Desk, mend: Mend) -> None:
    """Its seed would pass for known, and never come in."""
    desk.drop("a.txt", FERRY)
    desk.take_all()
    [file] = ready_files(desk.data.queue)
    event = orjson.loads(file.read_bytes())
    del event["data"]["extraction"]
    file.write_bytes(orjson.dumps(event))
    desk.ledger.close()
    desk.data.ledger.unlink()
    mend()
    desk.committer.recover()
    assert [recorded.decision for recorded in desk.take_all()] == ["new"]


def test_a_lost_ledger_s_stories_come_back_from_the_queue(desk: Desk, mend: Mend) -> None:
    """With what a person corrected, and with what articles are compared by."""
    desk.drop("a.txt", FERRY)
    desk.drop("b.txt", BRIDGE)
    desk.take_all()
    ids = [event["data"]["story"]["id"] for event in desk.events()]
    Corrections(ledger=desk.ledger, committer=desk.committer, now=desk.clock.now).merge(ids)
    desk.ledger.close()
    for file in desk.data.root.glob("ledger.sqlite*"):
        file.unlink()
    mend()
    ledger = Ledger.open_existing(desk.data.ledger)
    with ledger.read() as connection:
        assert set(stories.stories_of(connection, (1, 2)).values()) == {ids[0]}
        assert len(signatures.after(connection, 0, 9)) == 2
        assert [row.version for row in stories.rows(connection, ids).values()] == [1, 1]
    ledger.close()


TOLD_BY = (RATE, FIRE, LATER_RATE, FIRE_DA, RATE_SV)
STATE = {
    "stories": "SELECT id, thread, version FROM stories ORDER BY id",
    "links": "SELECT earlier, later, story, thread FROM links ORDER BY earlier, later",
    "articles": "SELECT subject, story FROM articles ORDER BY subject",
}


def _state(desk: Desk) -> dict[str, list[Any]]:
    with closing(sqlite3.connect(desk.data.ledger)) as connection:
        return {name: connection.execute(query).fetchall() for name, query in STATE.items()}


def _take_reports(desk: Desk) -> None:
    for number, text in enumerate(TOLD_BY):
        desk.drop(f"{number}.txt", text)
        desk.take(f"{number}.txt")


def test_a_lost_ledger_s_links_and_threads_come_back(desk: Desk, mend: Mend) -> None:
    """Else the next report would part the story that it belongs to."""
    _take_reports(desk)
    before = _state(desk)
    assert before["links"]
    assert any(thread for _, thread, _ in before["stories"])
    desk.ledger.close()
    for file in desk.data.root.glob("ledger.sqlite*"):
        file.unlink()
    mend()
    assert _state(desk) == before
    with Desk(desk.data.root.parent) as again:
        again.committer.recover()
        again.drop("late.txt", FIRE_SV)
        again.take("late.txt")
        assert len(again.events()[-1]["data"]["story"]["members"]) == 3


def test_an_article_that_is_lost_alone_comes_back_into_the_story_that_it_was_moved_to(
    desk: Desk, mend: Mend
) -> None:
    """Its event tells the first one, the ledger has the newest."""
    _take_reports(desk)
    stories = [event["data"]["story"]["id"] for event in desk.events()]
    Corrections(ledger=desk.ledger, committer=desk.committer, now=desk.clock.now).merge(
        [stories[0], stories[1]]
    )
    before = _state(desk)
    with closing(sqlite3.connect(desk.data.ledger)) as connection, connection:
        connection.execute("DELETE FROM articles WHERE sequence = 2")
        connection.execute("DELETE FROM links WHERE earlier = 2")
    mend()
    assert _state(desk) == before


def test_a_queue_of_another_version_is_left_alone(desk: Desk, mend: Mend) -> None:
    """Its folders may mean something else."""
    (desk.data.queue / "VERSION").write_text("2\n")
    before = desk.data.ledger.read_bytes()
    with pytest.raises(StoreError, match="made by another version"):
        mend()
    assert desk.data.ledger.read_bytes() == before
