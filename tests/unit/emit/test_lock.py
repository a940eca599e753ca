"""The lock: one process holds a data directory, and lets go of it however it ends."""

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tidende.emit.lock import LOCK, PATIENCE, hold, holder
from tidende.errors import HeldError

HOLD = """
import sys
from pathlib import Path
from tidende.emit.lock import hold
with hold(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def _other_holder(queue: Path) -> Iterator[subprocess.Popen[str]]:
    """Run a process that holds the directory until its input ends."""
    command = [sys.executable, "-c", HOLD, str(queue)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


def test_the_holder_is_known_by_its_process_id(tmp_path: Path) -> None:
    """Whoever asks hears which process holds the directory."""
    with hold(tmp_path / "queue"):
        assert holder(tmp_path / "queue") == os.getpid()
        assert (tmp_path / "queue" / LOCK).read_text() == f"{os.getpid()}\n"


def test_nobody_holds_a_directory_that_was_let_go(tmp_path: Path) -> None:
    """After the block the directory is free for the next."""
    with hold(tmp_path):
        pass
    assert holder(tmp_path) is None
    with hold(tmp_path):
        assert holder(tmp_path) == os.getpid()


def test_nobody_holds_a_directory_that_is_not_there(tmp_path: Path) -> None:
    """Asking makes nothing."""
    assert holder(tmp_path / "queue") is None
    assert list(tmp_path.iterdir()) == []


def test_a_second_holder_is_refused_with_the_first_one_s_process_id(tmp_path: Path) -> None:
    """The refusal says which process to look at."""
    with (
        _other_holder(tmp_path) as other,
        pytest.raises(HeldError, match=rf"held by process {other.pid}, which must end first$"),
        hold(tmp_path),
    ):
        pass


def test_a_refusal_leaves_the_holder_s_process_id(tmp_path: Path) -> None:
    """Being refused changes nothing for the one who holds."""
    with _other_holder(tmp_path) as other:
        with pytest.raises(HeldError), hold(tmp_path):
            pass
        assert holder(tmp_path) == other.pid


def test_a_killed_holder_holds_nothing(tmp_path: Path) -> None:
    """The kernel lets go for a process that had no time to; its old id misleads nobody."""
    with _other_holder(tmp_path) as other:
        other.kill()
        other.wait()
        assert (tmp_path / LOCK).read_text() == f"{other.pid}\n"
        assert holder(tmp_path) is None
        with hold(tmp_path):
            assert holder(tmp_path) == os.getpid()


def test_an_error_in_the_block_lets_go(tmp_path: Path) -> None:
    """A holder that fails holds no longer."""
    with pytest.raises(KeyError), hold(tmp_path):
        raise KeyError
    assert holder(tmp_path) is None


def test_one_who_only_looks_keeps_nobody_from_holding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has the lock for a moment; the id of the last holder doesn't stand there any more."""
    with hold(tmp_path):
        pass
    looking = _look(tmp_path)
    monkeypatch.setattr("tidende.emit.lock.time.sleep", lambda _seconds: os.close(looking))
    with hold(tmp_path):
        assert holder(tmp_path) == os.getpid()


def test_the_id_of_a_dead_holder_keeps_nobody_from_holding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody looks at it just then."""
    with _other_holder(tmp_path) as other:
        other.kill()
        other.wait()
    looking = _look(tmp_path)
    monkeypatch.setattr("tidende.emit.lock.time.sleep", lambda _seconds: os.close(looking))
    with hold(tmp_path):
        assert holder(tmp_path) == os.getpid()


def test_a_holder_that_never_says_its_id_is_not_waited_for_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is refused as any other holder is."""
    waits: list[float] = []
    monkeypatch.setattr("tidende.emit.lock.time.sleep", waits.append)
    looking = _look(tmp_path)
    with (
        pytest.raises(HeldError, match="held by a process that doesn't say its id"),
        hold(tmp_path),
    ):
        pass
    os.close(looking)
    assert len(waits) == PATIENCE


def _look(queue: Path) -> int:
    """Lock a directory as somebody does who asks for its holder; return the descriptor."""
    descriptor = os.open(queue / LOCK, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor
