"""What becomes of a decided seed's file: kept, archived or removed, and never lost."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

import pytest

from desk import BINARY, FERRY, Desk
from tidende.intake.disposal import Disposal, OnDone
from tidende.intake.inbox import Inbox
from tidende.intake.scanner import find

OpenDesk: TypeAlias = Callable[[OnDone], AbstractContextManager[Desk]]


@pytest.fixture
def open_desk(tmp_path: Path) -> OpenDesk:
    """Return a function that opens a desk whose inbox has an `on_done`."""
    return lambda on_done: Desk(tmp_path, on_done=on_done)


def test_a_decided_seed_stays_by_default(open_desk: OpenDesk) -> None:
    """Somebody else may look after the inbox."""
    with open_desk("keep") as desk:
        file = desk.drop("post/a.txt", FERRY)
        desk.take_all()
        assert file.exists()
        assert not desk.data.archive.exists()


def test_a_decided_seed_goes_to_the_archive_under_its_path(open_desk: OpenDesk) -> None:
    """Its content is what was dropped."""
    with open_desk("archive") as desk:
        file = desk.drop("post/a.txt", FERRY)
        content = file.read_bytes()
        desk.take_all()
        assert not file.exists()
        assert (desk.data.archive / "wire" / "post" / "a.txt").read_bytes() == content


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Path]:
    """Return a folder on another file system than `tmp_path`."""
    memory = Path("/dev/shm")  # noqa: S108  # a file system of its own is what it is for
    if not memory.is_dir() or memory.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("no second file system here")
    with TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)


@pytest.mark.parametrize("name", ["a.txt", "x" * 255])
def test_an_archive_may_lie_on_another_file_system(
    tmp_path: Path, elsewhere: Path, name: str
) -> None:
    """A seed can't be moved there: it is copied, and leaves its inbox only then."""
    wire = Inbox(name="wire", path=elsewhere)
    (wire.path / name).write_text(FERRY)
    seed = find(wire, name)
    assert seed
    disposal = Disposal(tmp_path / "archive", {"wire": "archive"})
    disposal.dispose(seed, "00ff", kept_elsewhere=False)
    assert (tmp_path / "archive" / "wire" / name).read_text() == FERRY
    assert not list(elsewhere.iterdir())


def test_another_content_under_an_archived_name_takes_nothing_away(open_desk: OpenDesk) -> None:
    """Both contents are there afterwards."""
    with open_desk("archive") as desk:
        for text in (FERRY, FERRY + " Mer kommer.", FERRY):
            desk.drop("a.txt", text)
            desk.take_all()
        kept = {path.read_text() for path in (desk.data.archive / "wire").iterdir()}
        assert kept == {FERRY, FERRY + " Mer kommer."}


def test_a_decided_seed_is_removed_where_that_is_wanted(open_desk: OpenDesk) -> None:
    """The event has what it said."""
    with open_desk("delete") as desk:
        file = desk.drop("a.txt", FERRY)
        desk.take_all()
        assert not file.exists()
        assert desk.told() == ["new"]


@pytest.mark.parametrize("on_done", ["archive", "delete"])
def test_a_refused_seed_moves_to_quarantine(open_desk: OpenDesk, on_done: OnDone) -> None:
    """It is never removed for good."""
    with open_desk(on_done) as desk:
        file = desk.drop("a.bin", BINARY)
        desk.take_all()
        assert not file.exists()
        copies = [path for path in desk.data.quarantine.iterdir() if path.name.endswith("a.bin")]
        assert [path.read_bytes() for path in copies] == [BINARY]
        assert not desk.data.archive.exists()


@pytest.mark.parametrize("on_done", ["keep", "archive", "delete"])
def test_a_seed_that_is_too_large_to_read_stays(tmp_path: Path, on_done: OnDone) -> None:
    """Only its reason goes to quarantine: a copy could fill the disk."""
    with Desk(tmp_path, limit=10, on_done=on_done) as desk:
        file = desk.drop("a.txt", FERRY)
        desk.take_all()
        assert file.read_text() == FERRY
        (reason,) = desk.data.quarantine.iterdir()
        assert reason.name.endswith(".reason.json")


def test_a_file_that_changed_since_it_was_decided_stays(open_desk: OpenDesk) -> None:
    """It is a new seed, and not decided yet."""
    with open_desk("delete") as desk:
        file = desk.drop("a.txt", FERRY)
        processed = desk.read(desk.scan.run())
        file.write_text("Noe annet har skjedd.")
        desk.committer.commit(processed)
        assert file.read_text() == "Noe annet har skjedd."


def test_what_a_crash_kept_from_leaving_leaves_at_the_next_scan(open_desk: OpenDesk) -> None:
    """The decision was recorded, and is not told again."""
    with open_desk("keep") as desk:
        file = desk.drop("a.txt", FERRY)
        desk.take_all()
    with open_desk("archive") as desk:
        desk.take_all()
        assert not file.exists()
        assert desk.told() == ["new"]
