"""The envelope: bytes made beforehand, spliced into a whole event."""

import orjson
import pytest

from desk import FERRY, START, Desk, sighted, understood
from tidende.emit import schema
from tidende.emit.envelope import Header, prepare, seal_article
from tidende.emit.identity import ArticleKey
from tidende.intake.read import read
from tidende.model.event import Event
from tidende.model.story import Story
from tidende.model.verdict import Verdict


def _sealed(desk: Desk, verdict: Verdict, sequence: int = 7) -> Event:
    raw = read(sighted(desk.drop("post/a.txt", FERRY)), limit=desk.limit, now=desk.clock.now)
    return seal_article(
        prepare(raw, understood(FERRY)),
        key=ArticleKey(inbox="wire", path="a", sha256=raw.sha256, occurrence=0, ordinal=0),
        subject="urn:x:1",
        verdict=verdict,
        story=Story(id="urn:x:s", thread=None, members=("urn:x:1",)),
        header=Header(source="/desk", time=START),
        sequence=sequence,
    )


@pytest.mark.parametrize(
    ("verdict", "kind"),
    [
        (Verdict(verdict="new"), "new"),
        (Verdict(verdict="duplicate", of="urn:x:0"), "duplicate"),
        (Verdict(verdict="revision", of="urn:x:0"), "revised"),
    ],
)
def test_the_type_tells_the_verdict(desk: Desk, verdict: Verdict, kind: str) -> None:
    """A consumer chooses by type, without looking into the data."""
    event = _sealed(desk, verdict)
    assert event.type == f"tidende.article.{kind}.v1"
    assert orjson.loads(event.body)["type"] == event.type


def test_an_event_says_what_it_is_called(desk: Desk) -> None:
    """Id, subject, sequence and time in the body are those of the event."""
    event = _sealed(desk, Verdict(verdict="new"), sequence=12)
    body = orjson.loads(event.body)
    assert (body["id"], body["subject"]) == (event.id, "urn:x:1")
    assert body["sequence"] == "00000000000000000012"
    assert body["time"] == "2026-11-22T05:00:00.000Z"
    assert body["data"]["item"]["uri"] == "urn:x:1"


def test_the_article_text_is_the_seed_s(desk: Desk) -> None:
    """What was read comes out, code point for code point."""
    assert orjson.loads(_sealed(desk, Verdict(verdict="new")).body)["data"]["text"] == FERRY


def test_where_an_article_came_from_is_told(desk: Desk) -> None:
    """Provenance names inbox, path, size and the moment of receipt."""
    said = orjson.loads(_sealed(desk, Verdict(verdict="new")).body)["data"]["provenance"]
    assert (said["name"], said["inbox"], said["size"]) == ("a.txt", "wire", len(FERRY.encode()))
    assert said["received"] == "2026-11-22T05:00:00.000Z"


def test_the_shipped_schemas_are_those_of_the_model() -> None:
    """A changed model needs `python -m tidende.emit.schema`, and a thought about its version."""
    shipped = {file.name: file.read_bytes() for file in schema.FOLDER.glob("*.json")}
    assert shipped == schema.generate()
