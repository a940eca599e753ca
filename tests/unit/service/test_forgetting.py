"""A takedown: the text is gone for good, the decision stays."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from desk import BRIDGE, FERRY, Desk
from tidende.emit.queue_files import find_event
from tidende.errors import TidendeError, TransientError
from tidende.service.forgetting import Forgetting
from tidende.store.tables import articles, events

LONG = FERRY + "".join(f"Setning nummer {n * 7919 % 10007} om noe annet.\n" for n in range(2000))


@pytest.fixture
def forgetting(desk: Desk) -> Forgetting:
    """Return what forgets at the desk."""
    return Forgetting(ledger=desk.ledger, data=desk.data, inboxes=[desk.inbox], now=desk.clock.now)


def _take(desk: Desk, **files: str) -> list[str]:
    for name, content in files.items():
        desk.drop(f"{name}.txt", content)
        desk.take(f"{name}.txt")
        desk.committer.settle_outbox()
    with desk.ledger.read() as connection:
        return list(connection.scalars(select(articles.c.subject).order_by(articles.c.id)))


def _pieces(desk: Desk, subject: str) -> Iterator[bytes]:
    """Yield stretches of an event's stored body."""
    with desk.ledger.read() as connection:
        body = connection.scalars(select(events.c.body).where(events.c.subject == subject)).one()
    step = max(16, len(body) // 40)
    return (body[at : at + 16] for at in range(16, len(body) - 16, step))


@pytest.mark.parametrize("text", [FERRY, LONG], ids=["small", "large"])
def test_not_a_byte_of_the_text_is_left(desk: Desk, forgetting: Forgetting, text: str) -> None:
    """Neither in the ledger's free pages nor in what was written ahead."""
    subject, *_ = _take(desk, a=text, b=BRIDGE, c=BRIDGE.replace("bro", "båd"))
    pieces = list(_pieces(desk, subject))
    files = [desk.data.ledger, desk.data.ledger.with_name("ledger.sqlite-wal")]
    before = b"".join(file.read_bytes() for file in files)
    assert all(piece in before for piece in pieces)
    forgetting.forget(subject, copies=False)
    after = b"".join(file.read_bytes() for file in files)
    assert not any(piece in after for piece in pieces)


@pytest.mark.parametrize("place", ["ready", "claimed/desk", "returned", "done", "dead"])
def test_its_file_leaves_the_queue_wherever_it_is(
    desk: Desk, forgetting: Forgetting, place: str
) -> None:
    """A dead one's reason goes too."""
    [subject] = _take(desk, a=FERRY)
    [file] = (desk.data.queue / "ready").glob("*/*.json")
    folder = desk.data.queue / place
    if place in {"ready", "done"}:
        folder /= file.parent.name
    folder.mkdir(exist_ok=True, parents=True)
    moved = file.rename(folder / file.name)
    moved.with_name(f"{moved.name}.reason.json").write_text("{}")
    assert find_event(desk.data.queue, file.name) == [moved]
    assert forgetting.forget(subject, copies=False).removed == (str(moved),)
    assert [path for path in desk.data.queue.rglob("*.json") if path.is_file()] == []


def test_the_same_seed_is_not_taken_in_again(desk: Desk, forgetting: Forgetting) -> None:
    """Nor does its text under another name become new."""
    [subject] = _take(desk, a=FERRY)
    forgetting.forget(subject, copies=False)
    desk.drop("a.txt", FERRY)
    desk.drop("b.txt", FERRY)
    assert [recorded.decision for recorded in desk.take_all()] == ["known", "duplicate"]


def test_it_is_found_by_its_events_id_too(desk: Desk, forgetting: Forgetting) -> None:
    """As the queue's file has it."""
    [subject] = _take(desk, a=FERRY)
    [file] = (desk.data.queue / "ready").glob("*/*.json")
    key = file.stem.partition("-")[2]
    assert forgetting.forget(key, copies=False).subjects == (subject,)


def test_what_is_left_is_named(desk: Desk, forgetting: Forgetting) -> None:
    """The seed, copies of the text, and the editions that tell of it."""
    first, second, _ = _take(desk, a=FERRY, b=FERRY.replace("–", "-"), c=BRIDGE)
    (row,) = desk.digests.make("daily")
    said = forgetting.forget(first, copies=False)
    assert said.copies == (second,)
    assert said.seeds == (str(desk.inbox.path / "a.txt"),)
    assert said.editions == tuple(map(str, desk.digests.files(row)))


def test_copies_are_forgotten_when_it_is_asked(desk: Desk, forgetting: Forgetting) -> None:
    """Whichever of them is named."""
    first, second, third = _take(desk, a=FERRY, b=FERRY, c=BRIDGE)
    said = forgetting.forget(second, copies=True)
    assert (set(said.subjects), said.copies) == ({first, second}, ())
    with desk.ledger.read() as connection:
        kept = connection.scalars(select(articles.c.subject).where(articles.c.forgotten.is_(None)))
        assert list(kept) == [third]


def test_doing_it_again_finishes_what_was_begun(desk: Desk, forgetting: Forgetting) -> None:
    """While somebody reads the ledger as it was, the text can't be gone; the files wait too."""
    subjects = _take(desk, a=FERRY, b=FERRY)
    with desk.ledger.read() as reader:
        reader.execute(select(events.c.sequence)).all()
        with pytest.raises(TransientError, match="somebody reads it"):
            forgetting.forget(subjects[0], copies=True)
    done = forgetting.forget(subjects[0], copies=True)
    assert (set(done.subjects), len(done.removed)) == (set(subjects), 2)
    assert desk.events() == []
    assert forgetting.forget(subjects[0], copies=True).removed == ()


def test_a_copy_that_is_forgotten_already_is_not_left(desk: Desk, forgetting: Forgetting) -> None:
    """Nobody need take it down again."""
    first, second = _take(desk, a=FERRY, b=FERRY)
    forgetting.forget(first, copies=False)
    assert forgetting.forget(second, copies=False).copies == ()


def test_an_article_that_there_is_not_is_an_error(forgetting: Forgetting) -> None:
    """It names what was asked for."""
    with pytest.raises(TidendeError, match="urn:x: no article"):
        forgetting.forget("urn:x", copies=False)


def test_a_forgotten_article_makes_no_edition(desk: Desk, forgetting: Forgetting) -> None:
    """And is left out of one that others make."""
    first, *_ = _take(desk, a=FERRY)
    forgetting.forget(first, copies=False)
    assert desk.digests.make_due() == []
    _take(desk, b=BRIDGE)
    [row] = desk.digests.make_due()
    assert row.articles == 1
    assert "Ferja" not in Path(desk.digests.files(row)[0]).read_text()
