"""The settle gate: a file passes when nobody writes to it any more."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from desk import Clock, sighted
from tidende.clock import now
from tidende.intake.gate import Gate, lease
from tidende.intake.marks import Hint
from tidende.model.seed import Candidate

SETTLE = 2.0


@pytest.fixture
def clock() -> Clock:
    """Return a clock that starts now: a file that a test writes was written just then."""
    return Clock(now())


@pytest.fixture
def gate(clock: Clock) -> Gate:
    """Return a gate on that clock."""
    return Gate(settle_seconds=SETTLE, monotonic=clock.monotonic, wall=clock.wall)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a file that was just written."""
    file = tmp_path / "a.txt"
    file.write_text("one")
    return file


def _admit(gate: Gate, file: Path, hint: Hint) -> list[Candidate]:
    return list(gate.admit([sighted(file)], hint))


def test_a_file_that_was_moved_in_is_complete(gate: Gate, file: Path) -> None:
    """Whoever renames has finished writing."""
    assert _admit(gate, file, "moved") == [sighted(file)]
    assert gate.waiting() == []


def test_a_file_that_was_created_and_never_opened_is_complete(gate: Gate, file: Path) -> None:
    """It was linked in, or moved in from outside: it has its content and no writer."""
    assert _admit(gate, file, "created") == [sighted(file)]


@pytest.mark.parametrize("hint", ["created", "written", "scanned"])
def test_a_file_with_a_writer_waits(gate: Gate, file: Path, hint: Hint) -> None:
    """The kernel knows who has it open for writing."""
    with file.open("a"):
        assert _admit(gate, file, hint) == []
    assert gate.waiting() == [sighted(file)]


@pytest.mark.parametrize("hint", ["moved", "created", "written", "scanned"])
def test_an_empty_file_waits(gate: Gate, clock: Clock, file: Path, hint: Hint) -> None:
    """An empty file is one that nobody has written yet, however long it lies there."""
    file.write_text("")
    assert _admit(gate, file, hint) == []
    clock.pass_by(1000)
    assert list(gate.settled()) == []
    assert not gate.filling()
    assert gate.waiting() == [sighted(file)]


def test_an_empty_file_passes_when_it_has_been_filled(gate: Gate, clock: Clock, file: Path) -> None:
    """It settles like any other from the moment its content is noticed."""
    file.write_text("")
    _admit(gate, file, "written")
    file.write_text("content")
    clock.pass_by(SETTLE)
    assert list(gate.settled()) == []
    clock.pass_by(SETTLE)
    assert list(gate.settled()) == [sighted(file)]


def test_a_written_file_waits_until_it_has_settled(gate: Gate, clock: Clock, file: Path) -> None:
    """Not before the time is up, then once."""
    assert _admit(gate, file, "written") == []
    assert gate.filling()
    clock.pass_by(SETTLE - 0.01)
    assert list(gate.settled()) == []
    clock.pass_by(0.01)
    assert list(gate.settled()) == [sighted(file)]
    assert list(gate.settled()) == []
    assert gate.waiting() == []


def test_a_scanned_file_that_has_rested_is_complete(gate: Gate, clock: Clock, file: Path) -> None:
    """At a start nobody waits for what has lain there for long."""
    clock.pass_by(SETTLE + 1)
    assert _admit(gate, file, "scanned") == [sighted(file)]


def test_a_scanned_file_with_an_old_date_waits_if_it_came_just_now(gate: Gate, file: Path) -> None:
    """The date of a file can be set by anyone; when its inode changed can't."""
    os.utime(file, (0, 0))
    assert _admit(gate, file, "scanned") == []


def test_a_scanned_file_that_comes_from_the_future_waits_and_passes(
    gate: Gate, clock: Clock, file: Path
) -> None:
    """A wrong date doesn't keep a seed out for ever."""
    os.utime(file, (2**33, 2**33))
    assert _admit(gate, file, "scanned") == []
    clock.pass_by(SETTLE)
    assert list(gate.settled()) == [sighted(file)]


def test_a_file_that_changed_meanwhile_waits_anew(gate: Gate, clock: Clock, file: Path) -> None:
    """It passes as it is in the end, however often it changed."""
    _admit(gate, file, "written")
    for addition in ("two", "three"):
        clock.pass_by(SETTLE)
        with file.open("a") as writer:
            writer.write(addition)
        assert list(gate.settled()) == []
    clock.pass_by(SETTLE)
    assert list(gate.settled()) == [sighted(file)]


def test_a_file_that_has_a_writer_when_it_is_due_waits_anew(
    gate: Gate, clock: Clock, file: Path
) -> None:
    """A writer that is slow is waited for, even if nothing changed for long."""
    _admit(gate, file, "written")
    with file.open("a"):
        clock.pass_by(SETTLE)
        assert list(gate.settled()) == []
    clock.pass_by(SETTLE)
    assert list(gate.settled()) == [sighted(file)]


def test_another_mark_without_a_change_does_not_prolong_the_wait(
    gate: Gate, clock: Clock, file: Path
) -> None:
    """Closing after the last write is no news."""
    _admit(gate, file, "written")
    clock.pass_by(SETTLE / 2)
    _admit(gate, file, "written")
    clock.pass_by(SETTLE / 2)
    assert list(gate.settled()) == [sighted(file)]


def test_a_mark_with_a_change_starts_the_wait_again(gate: Gate, clock: Clock, file: Path) -> None:
    """Every write counts."""
    _admit(gate, file, "written")
    clock.pass_by(SETTLE / 2)
    file.write_text("longer than before")
    _admit(gate, file, "written")
    clock.pass_by(SETTLE / 2)
    assert list(gate.settled()) == []
    clock.pass_by(SETTLE / 2)
    assert list(gate.settled()) == [sighted(file)]


def test_a_file_that_is_renamed_over_a_waiting_one_passes_once(
    gate: Gate, clock: Clock, file: Path, tmp_path: Path
) -> None:
    """What waited there is no more."""
    _admit(gate, file, "written")
    (tmp_path / "b").write_text("two")
    (tmp_path / "b").rename(file)
    assert _admit(gate, file, "moved") == [sighted(file)]
    clock.pass_by(SETTLE)
    assert list(gate.settled()) == []


def test_a_file_that_is_gone_waits_no_more(gate: Gate, clock: Clock, file: Path) -> None:
    """There is nothing to pass."""
    _admit(gate, file, "written")
    file.unlink()
    clock.pass_by(SETTLE)
    assert list(gate.settled()) == []
    assert gate.waiting() == []


def test_files_that_settle_together_pass_oldest_first(
    gate: Gate, clock: Clock, tmp_path: Path
) -> None:
    """The order of taking in is by the files' dates, not by when we noticed them."""
    for name, mtime in [("b", 20), ("a", 10)]:
        (tmp_path / name).write_text("x")
        os.utime(tmp_path / name, (mtime, mtime))
        _admit(gate, tmp_path / name, "written")
    clock.pass_by(SETTLE)
    assert [candidate.path for candidate in gate.settled()] == ["a", "b"]


def test_the_gate_says_when_to_ask_again(gate: Gate, clock: Clock, file: Path) -> None:
    """The loop sleeps until the first file may be complete."""
    assert gate.next_due() is None
    _admit(gate, file, "written")
    clock.pass_by(0.5)
    assert gate.next_due() == SETTLE - 0.5
    clock.pass_by(SETTLE)
    assert gate.next_due() == 0


def test_without_settling_time_only_a_writer_is_waited_for(clock: Clock, file: Path) -> None:
    """Zero seconds is allowed where everything is renamed in."""
    gate = Gate(settle_seconds=0, monotonic=clock.monotonic, wall=time.time)
    with file.open("a"):
        assert _admit(gate, file, "scanned") == []
        assert list(gate.settled()) == []
    assert list(gate.settled()) == [sighted(file)]


def test_a_lease_tells_whether_a_file_has_a_writer(file: Path) -> None:
    """A reader is no writer."""
    with file.open():
        assert lease(str(file)) is True
    with file.open("a"):
        assert lease(str(file)) is False


def test_where_there_is_no_lease_nothing_is_told(tmp_path: Path) -> None:
    """A file that can't be opened, or isn't one, is for others to judge."""
    os.mkfifo(tmp_path / "pipe")
    for name in ("gone", "pipe", "."):
        assert lease(str(tmp_path / name)) is None


LEASES = """
import sys
from tidende.intake.gate import lease
print("ready", flush=True)
while lease(sys.argv[1]) is not None:
    pass
print("alive")
"""


def test_a_writer_that_comes_during_a_lease_does_not_end_the_process(file: Path) -> None:
    """The kernel signals whoever holds a lease that is in the way; by default that would kill."""
    command = [sys.executable, "-c", LEASES, str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        for _ in range(1000):
            with file.open("a"):
                pass
        file.unlink()
        assert process.stdout.read() == "alive\n"
    assert process.returncode == 0


def test_each_inbox_settles_in_its_own_time(clock: Clock, tmp_path: Path) -> None:
    """A slow one doesn't hold up the others; one that isn't named takes the common time."""
    gate = Gate(
        settle_seconds=SETTLE,
        by_inbox={"slow": 60.0, "fast": 0.5},
        monotonic=clock.monotonic,
        wall=clock.wall,
    )
    assert gate.longest_seconds == 60.0
    for inbox in ("slow", "wire", "fast"):
        (tmp_path / inbox).write_text("x")
        sighting = sighted(tmp_path / inbox, inbox=inbox)
        assert list(gate.admit([sighting], "written")) == []
    passed = []
    for until, seconds in [(0.5, 0.5), (SETTLE, 1.5), (60.0, 58.0)]:
        assert gate.next_due() == pytest.approx(seconds)
        clock.pass_by(seconds)
        passed += [(candidate.inbox, until) for candidate in gate.settled()]
    assert passed == [("fast", 0.5), ("wire", SETTLE), ("slow", 60.0)]
    assert gate.next_due() is None
    assert gate.waiting() == []


def test_a_scanned_file_rests_as_long_as_its_inbox_wants(clock: Clock, file: Path) -> None:
    """What lay there at the start, too."""
    gate = Gate(
        settle_seconds=SETTLE,
        by_inbox={"slow": 60.0},
        monotonic=clock.monotonic,
        wall=clock.wall,
    )
    clock.pass_by(SETTLE + 1)
    assert list(gate.admit([sighted(file, inbox="slow")], "scanned")) == []
    assert list(gate.admit([sighted(file)], "scanned")) == [sighted(file)]
