"""The scan: files whose stamp the ledger doesn't have."""

import os

from desk import BRIDGE, FERRY, Desk


def test_what_the_ledger_does_not_know_is_found_oldest_first(desk: Desk) -> None:
    """By the files' own dates."""
    for path, mtime in [("a", 20), ("b", 10)]:
        os.utime(desk.drop(path, FERRY), (mtime, mtime))
    assert [candidate.path for candidate in desk.scan.run()] == ["b", "a"]


def test_what_was_decided_is_not_found_again(desk: Desk) -> None:
    """Neither now nor after another scan."""
    desk.drop("a", FERRY)
    desk.take_all()
    desk.drop("b", BRIDGE)
    for _ in range(2):
        assert [candidate.path for candidate in desk.scan.run()] == ["b"]


def test_what_was_found_and_not_decided_is_found_again(desk: Desk) -> None:
    """A seed that was given up on at a stop isn't lost."""
    desk.drop("a", FERRY)
    assert desk.scan.run() == desk.scan.run() != []


def test_a_known_file_that_changes_is_found(desk: Desk) -> None:
    """Though an earlier scan knew it."""
    desk.drop("a", FERRY)
    desk.take_all()
    assert desk.scan.run() == []
    desk.drop("a", BRIDGE)
    assert [candidate.path for candidate in desk.scan.run()] == ["a"]


def test_an_inbox_that_is_gone_may_come_back(desk: Desk) -> None:
    """A file system that isn't mounted is no empty inbox."""
    desk.inbox.path.rmdir()
    assert desk.scan.run() == []
    assert desk.scan.troubles == [f"inbox wire = {desk.inbox.path}: No such file or directory"]
    desk.drop("a", FERRY)
    assert len(desk.scan.run()) == 1
    assert desk.scan.troubles == []


def test_a_file_that_differs_in_its_ctime_alone_is_found(desk: Desk) -> None:
    """Another content may have the same size, mtime and inode; the ctime can't be set back."""
    file = desk.drop("a", FERRY)
    os.utime(file, (10, 10))
    desk.take_all()
    before = file.stat()
    with file.open("r+b") as writer:
        writer.write(FERRY.replace("Storvik", "Storvok").encode())
    os.utime(file, (10, 10))
    after = file.stat()
    assert (after.st_size, after.st_mtime_ns, after.st_ino) == (
        before.st_size,
        before.st_mtime_ns,
        before.st_ino,
    )
    assert [candidate.path for candidate in desk.scan.run()] == ["a"]
    assert len(desk.take_all()) == 1
    assert desk.told() == ["new", "revised"]


def test_a_file_from_1990_is_found(desk: Desk) -> None:
    """Also when newer ones are known: there is no mark that time has passed."""
    desk.drop("new", BRIDGE)
    desk.take_all()
    os.utime(desk.drop("old", FERRY), (631_152_000, 631_152_000))
    assert [candidate.path for candidate in desk.scan.run()] == ["old"]
