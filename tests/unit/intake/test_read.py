"""Reading a seed: one moment's bytes, of a regular file, within the limit."""

import hashlib
import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from desk import START, sighted, unseen
from tidende.errors import SeedError, TransientError
from tidende.intake.read import GoneError, UnsettledError, read
from tidende.model.seed import Candidate, RawSeed


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a file of ten bytes."""
    file = tmp_path / "a.txt"
    file.write_bytes(b"0123456789")
    return file


def _read(candidate: Candidate, limit: int = 100) -> RawSeed:
    return read(candidate, limit=limit, now=lambda: START)


def test_a_seed_is_its_bytes_and_their_hash(file: Path) -> None:
    """With the moment at which they were read."""
    raw = _read(sighted(file))
    assert (raw.content, raw.size, raw.received) == (b"0123456789", 10, START)
    assert raw.sha256 == hashlib.sha256(b"0123456789").hexdigest()


def test_a_file_as_large_as_the_limit_is_read(file: Path) -> None:
    """The limit is the last size that is allowed."""
    assert _read(sighted(file), limit=10).size == 10


def test_a_file_over_the_limit_is_refused(file: Path) -> None:
    """Without being read."""
    with pytest.raises(SeedError, match="10 bytes, over the limit of 9") as raised:
        _read(sighted(file), limit=9)
    assert raised.value.reason == "too-large"


def test_a_file_that_is_gone_is_no_seed(file: Path) -> None:
    """There is nothing left to decide."""
    candidate = sighted(file)
    file.unlink()
    with pytest.raises(GoneError):
        _read(candidate)


@pytest.mark.parametrize("content", [b"longer than it was", b"short", b"9876543210", b""])
def test_a_file_that_changed_since_it_was_sighted_has_not_settled(
    file: Path, content: bytes
) -> None:
    """Longer, shorter or as long: it goes back to the gate."""
    candidate = sighted(file)
    file.write_bytes(content)
    os.utime(file, ns=(0, candidate.stamp.mtime_ns + 1))
    with pytest.raises(UnsettledError):
        _read(candidate)


def test_a_file_that_was_replaced_has_not_settled(file: Path, tmp_path: Path) -> None:
    """Another file with the same size and date is another file."""
    candidate = sighted(file)
    (tmp_path / "b").write_bytes(b"0123456789")
    (tmp_path / "b").rename(file)
    os.utime(file, ns=(0, candidate.stamp.mtime_ns))
    with pytest.raises(UnsettledError):
        _read(candidate)


def test_a_link_is_not_followed(file: Path, tmp_path: Path) -> None:
    """A link in the inbox could name any file of the machine."""
    (tmp_path / "link").symlink_to(file)
    with pytest.raises(TransientError, match="can't be opened"):
        _read(unseen(tmp_path / "link"))


def test_what_was_sighted_as_no_regular_file_is_refused_unopened(file: Path) -> None:
    """Opening a device can do something by itself."""
    with pytest.raises(SeedError, match="none is ever opened"):
        _read(replace(sighted(file), regular=False))


@pytest.mark.parametrize("kind", ["pipe", "folder"])
def test_what_is_no_regular_file_is_refused_without_waiting(tmp_path: Path, kind: str) -> None:
    """A pipe that nobody writes to doesn't stop a worker."""
    path = tmp_path / kind
    os.mkfifo(path) if kind == "pipe" else path.mkdir()
    with pytest.raises(SeedError) as raised:
        _read(unseen(path))
    assert raised.value.reason == "not-a-file"


def test_a_disk_that_fails_may_heal() -> None:
    """An input error is no fault of the seed; this file of the kernel's gives one when read."""
    with pytest.raises(TransientError, match="can't be read: Input/output error"):
        _read(unseen(Path("/proc/self/mem")))


def test_the_time_of_receipt_is_when_the_last_byte_was_read(file: Path) -> None:
    """The clock is asked once, after reading."""
    asked: list[datetime] = []

    def now() -> datetime:
        asked.append(START)
        file.unlink()
        return START

    candidate = replace(sighted(file), attempt=3)
    assert read(candidate, limit=100, now=now).candidate == candidate
    assert asked == [START]
