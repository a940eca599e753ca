"""The lookout: whatever befalls an inbox, it is seen, or it is said that it can't be."""

import errno
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from desk import BRIDGE, FERRY, Desk
from program import wait_until
from tidende.errors import StoreError
from tidende.file_system import Mount, identify
from tidende.intake.marks import Mark, Marks
from tidende.intake.watcher import Watch
from tidende.service import lookout as module
from tidende.service.health import Health
from tidende.service.health_file import Vitals, read
from tidende.service.lookout import CRASHES, LONG_SECONDS, Lookout
from tidende.settings import IntakeSettings

INTAKE = IntakeSettings(rescan_seconds=100, poll_seconds=10)


class Post:
    """A lookout over the desk's inbox, on the desk's clock."""

    def __init__(self, desk: Desk, *, polled: bool = False) -> None:
        self.clock = desk.clock
        self.marks = Marks()
        self._file = desk.data.health
        self.health = Health(self._file, now=desk.clock.now)
        self.lookout = Lookout(
            replace(desk.inbox, polled=polled),
            intake=INTAKE,
            scan=desk.scan,
            marks=self.marks,
            health=self.health,
        )

    def look(self, seconds: float = 0.0) -> list[str]:
        """Let time go by, and return the paths that are found then."""
        self.clock.pass_by(seconds)
        self.lookout.check()
        return [candidate.path for candidate in self.lookout.tend()]

    def vitals(self) -> Vitals:
        """Return what the health file says."""
        self.health.beat()
        vitals = read(self._file)
        assert vitals is not None
        return vitals

    def problems(self) -> list[str]:
        """Return what is wrong."""
        return [problem.message for problem in self.vitals().problems]

    def notes(self) -> list[str]:
        """Return what else is said."""
        return [f"{note.part}: {note.message}" for note in self.vitals().notes]

    def hears_of(self, path: str) -> None:
        """Wait until the watch has marked a path."""
        wait_until(
            lambda: any(isinstance(m, Mark) and m.path == path for m in self.marks.drain()),
            f"a mark of {path}",
        )


@pytest.fixture
def at_post(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Post]]:
    """Return a function that starts a lookout over the desk's inbox."""
    monkeypatch.setattr(module, "monotonic", desk.clock.monotonic)
    posts: list[Post] = []

    def start(**options: Any) -> Post:
        posts.append(Post(desk, **options))
        posts[-1].lookout.start()
        return posts[-1]

    yield start
    for post in posts:
        post.lookout.stop()
        post.marks.close()


StartPost = Callable[..., Post]


def _lie_on(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setattr(module, "mount_of", lambda _: Mount(type=kind, point="/"))


def _refuse(monkeypatch: pytest.MonkeyPatch, error: OSError) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(module, "Watch", fail)


def test_a_watched_inbox_is_scanned_at_the_start_and_now_and_then(
    desk: Desk, at_post: StartPost
) -> None:
    """And when something asks for it."""
    post = at_post()
    desk.drop("a", FERRY)
    assert post.look() == ["a"]
    assert post.look(INTAKE.rescan_seconds - 1) == []
    assert post.look(1) == ["a"]
    post.lookout.hurry()
    assert post.look() == ["a"]
    assert (post.problems(), post.notes()) == ([], [])


def test_a_polled_inbox_is_scanned_more_often(desk: Desk, at_post: StartPost) -> None:
    """It has no watch that would wake anyone."""
    desk.drop("a", FERRY)
    with capture_logs() as logs:
        post = at_post(polled=True)
    assert [line["by"] for line in logs] == ["polling"]
    assert post.look() == ["a"]
    assert post.look(INTAKE.poll_seconds - 1) == []
    assert post.look(1) == ["a"]


@pytest.mark.parametrize(
    ("kind", "by"), [("nfs4", "polling"), ("fuse.sshfs", "polling"), ("ext4", "inotify")]
)
def test_a_network_file_system_is_polled(
    at_post: StartPost, monkeypatch: pytest.MonkeyPatch, kind: str, by: str
) -> None:
    """There inotify doesn't hear of what other machines do."""
    _lie_on(monkeypatch, kind)
    with capture_logs() as logs:
        at_post()
    assert [(line["by"], line["file_system"]) for line in logs] == [(by, kind)]


def test_an_overflow_has_the_inbox_scanned_and_is_counted(desk: Desk, at_post: StartPost) -> None:
    """Nobody knows what was lost."""
    post = at_post()
    post.look()
    desk.drop("a", FERRY)
    with capture_logs() as logs:
        post.lookout.note_overflow()
        post.lookout.note_overflow()
    assert [(line["event"], line["count"]) for line in logs] == [
        ("watch_overflowed", 1),
        ("watch_overflowed", 2),
    ]
    assert post.look() == ["a"]
    assert post.vitals().counters["overflows"] == 2


def test_an_inbox_that_may_not_be_watched_is_polled_until_it_may(
    desk: Desk, at_post: StartPost, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That is a note, said once, and no problem."""
    _refuse(monkeypatch, OSError(errno.ENOSPC, "inotify watch limit reached"))
    with capture_logs() as logs:
        post = at_post()
        desk.drop("a", FERRY)
        assert post.look() == ["a"]
        assert post.look(INTAKE.poll_seconds) == ["a"]
        assert post.look(INTAKE.rescan_seconds) == ["a"]
    assert [line["event"] for line in logs].count("watch_limited") == 1
    assert post.problems() == []
    assert ["fs.inotify.max_user_watches" in note for note in post.notes()] == [True]
    monkeypatch.setattr(module, "Watch", Watch)
    post.look(INTAKE.rescan_seconds)
    assert post.notes() == []
    desk.drop("b", BRIDGE)
    post.hears_of("b")


def test_a_watch_that_reaches_the_limit_later_is_helped_by_polling(
    desk: Desk, at_post: StartPost
) -> None:
    """What it watches already goes on waking us."""
    post = at_post()
    post.look()
    watch = post.lookout._watch
    assert watch is not None
    watch.limited = True
    desk.drop("a", FERRY)
    post.hears_of("a")
    assert post.look() == ["a"]
    assert len(post.notes()) == 1
    assert post.look(INTAKE.poll_seconds) == ["a"]


def test_an_inbox_that_was_moved_away_is_missed_until_there_is_one_again(
    desk: Desk, at_post: StartPost, tmp_path: Path
) -> None:
    """The new one is watched, and what lies in it is found."""
    post = at_post()
    post.look()
    desk.inbox.path.rename(tmp_path / "away")
    assert post.look(1) == []
    assert post.problems() == [f"{desk.inbox.path}: No such file or directory"]
    desk.drop("a", FERRY)
    assert post.look(1) == ["a"]
    assert post.problems() == []
    desk.drop("b", BRIDGE)
    post.hears_of("b")


def test_an_inbox_that_is_replaced_at_once_is_watched_anew(
    desk: Desk, at_post: StartPost, tmp_path: Path
) -> None:
    """Though no look has missed it."""
    post = at_post()
    post.look()
    desk.inbox.path.rename(tmp_path / "away")
    desk.drop("a", FERRY)
    assert post.look(1) == ["a"]
    desk.drop("b", BRIDGE)
    post.hears_of("b")


def test_an_inbox_that_is_removed_and_made_again_is_watched_anew(
    desk: Desk, at_post: StartPost
) -> None:
    """Even if it has the old one's inode: the watch has ended."""
    post = at_post()
    post.look()
    watch = post.lookout._watch
    assert watch is not None
    desk.inbox.path.rmdir()
    desk.drop("a", FERRY)
    wait_until(lambda: not watch.is_alive(), "the end of the watch")
    assert post.look(1) == ["a"]
    desk.drop("b", BRIDGE)
    post.hears_of("b")


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO, errno.ESTALE])
def test_an_inbox_that_cannot_be_read_is_reported_until_it_can(
    desk: Desk, at_post: StartPost, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """With the system's own words."""
    post = at_post()
    post.look()
    desk.drop("a", FERRY)

    def fail(_: Path) -> None:
        raise OSError(number, "not now")

    with monkeypatch.context() as patch, capture_logs() as logs:
        patch.setattr(module, "identify", fail)
        for _ in range(3):
            assert post.look(1) == []
        assert post.problems() == [f"{desk.inbox.path}: not now"]
    assert [line["event"] for line in logs] == ["health_changed"]
    assert post.problems() != []
    assert post.look(1) == ["a"]
    assert post.problems() == []


def test_an_inbox_whose_file_system_is_unmounted_is_reported(
    desk: Desk, at_post: StartPost, mount_tmpfs: Callable[[Path], None]
) -> None:
    """An empty directory in its place is no healthy inbox; what comes there is taken in still."""
    mount_tmpfs(desk.inbox.path)
    post = at_post()
    post.look()
    assert post.problems() == []
    subprocess.run(["umount", desk.inbox.path], check=True)
    assert post.look(1) == []
    assert post.problems() == [
        f"what was mounted at {desk.inbox.path} isn't any more: {desk.inbox.path}"
    ]
    desk.drop("below", FERRY)
    assert post.look(INTAKE.rescan_seconds) == ["below"]
    mount_tmpfs(desk.inbox.path)
    desk.drop("a", FERRY)
    assert post.look(1) == ["a"]
    assert post.problems() == []


def _crash(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the watch look as one whose thread has ended."""
    watch = post.lookout._watch
    assert watch is not None
    monkeypatch.setattr(watch, "is_alive", lambda: False)
    monkeypatch.setattr(watch, "has_crashed", lambda: True)


def test_a_watch_that_has_died_is_made_anew(
    desk: Desk, at_post: StartPost, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it missed is found by a scan."""
    post = at_post()
    post.look()
    for _ in range(CRASHES + 1):
        post.look(LONG_SECONDS)
        _crash(post, monkeypatch)
        desk.drop("a", FERRY)
        with capture_logs() as logs:
            assert post.look() == ["a"]
        assert [line["event"] for line in logs] == ["watch_died", "inbox_watched"]
    desk.drop("b", BRIDGE)
    post.hears_of("b")


def test_a_watch_that_dies_again_and_again_is_given_up(
    at_post: StartPost, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The daemon ends then, and is started anew."""
    post = at_post()
    for _ in range(CRASHES):
        _crash(post, monkeypatch)
        post.look()
    _crash(post, monkeypatch)
    with pytest.raises(StoreError, match="inbox wire has died 4 times in a row"):
        post.look()


def test_a_folder_that_cannot_be_read_is_a_note(desk: Desk, at_post: StartPost) -> None:
    """The rest of the inbox is taken in."""
    desk.drop("a", FERRY)
    deep = _make_deep(desk.inbox.path)
    post = at_post()
    assert post.look() == ["a"]
    assert post.problems() == []
    [note] = post.notes()
    assert note.startswith("inbox wire folders: can't be read: d")
    assert note.endswith(": File name too long")
    subprocess.run(["rm", "-rf", deep], check=True)
    post.look(INTAKE.rescan_seconds)
    assert post.notes() == []


def _make_deep(folder: Path) -> Path:
    """Make folders so deep that no path reaches the last, whoever asks; return the first."""
    script = (
        "import os, sys\n"
        "os.chdir(sys.argv[1])\n"
        "for _ in range(20):\n"
        "    os.mkdir('d' * 250)\n"
        "    os.chdir('d' * 250)\n"
    )
    subprocess.run([sys.executable, "-c", script, folder], check=True)
    return folder / ("d" * 250)


def test_a_file_system_that_does_not_answer_is_reported(
    desk: Desk, at_post: StartPost, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the loop, for the thread that asked waits."""
    post = at_post()
    post.look()
    while_asking: list[list[str]] = []

    def hang(path: Path) -> Any:
        desk.clock.pass_by(LONG_SECONDS + 1)
        post.lookout.check()
        while_asking.append(post.problems())
        return identify(path)

    with monkeypatch.context() as patch:
        patch.setattr(module, "identify", hang)
        post.look(INTAKE.rescan_seconds)
    assert while_asking == [[f"{desk.inbox.path}: its file system doesn't answer"]]
    assert post.problems() == []
