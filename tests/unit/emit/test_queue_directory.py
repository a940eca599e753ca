"""The queue directory: events as files, published once whatever a crash leaves behind."""

from pathlib import Path

import pytest

from tidende.emit.queue_directory import (
    FEW,
    QueueDirectory,
    Sync,
    ready_files,
)
from tidende.errors import StoreError
from tidende.model.event import Event
from tidende.queue.layout import DIRECTORIES, VERSION


def _event(sequence: int, body: bytes = b"{}") -> Event:
    return Event(
        sequence=sequence, id=f"e{sequence}", type="tidende.article.new.v1", subject=None, body=body
    )


def _files(queue: QueueDirectory, folder: str) -> list[str]:
    return sorted(path.name for path in (queue.path / folder).rglob("*.json"))


@pytest.fixture
def queue(tmp_path: Path) -> QueueDirectory:
    """Return a queue that leaves syncing to the system."""
    return QueueDirectory(tmp_path / "queue", sync="none")


def test_a_queue_lays_out_its_directories(queue: QueueDirectory) -> None:
    """Consumers find every directory from the start."""
    made = {path.name for path in queue.path.iterdir()}
    assert made == {*DIRECTORIES, "VERSION"}
    assert (queue.path / "VERSION").read_text() == f"{VERSION}\n"


def test_opening_a_queue_again_does_not_write_its_version_anew(queue: QueueDirectory) -> None:
    """A crash while a queue is opened can't leave an empty VERSION."""
    before = (queue.path / "VERSION").stat()
    QueueDirectory(queue.path)
    after = (queue.path / "VERSION").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_queue_of_another_version_is_refused(queue: QueueDirectory) -> None:
    """Nobody writes into a queue whose protocol they don't know."""
    (queue.path / "VERSION").write_text("2\n")
    with pytest.raises(StoreError, match="VERSION: version '2', made by another version"):
        QueueDirectory(queue.path)


@pytest.mark.parametrize("sync", ["batch", "file", "none"])
@pytest.mark.parametrize("count", [1, FEW, FEW + 1, 40])
def test_what_is_staged_is_seen_when_it_is_published(
    tmp_path: Path, sync: Sync, count: int
) -> None:
    """However durable, and few or many: staged events are in tmp, published ones in ready."""
    queue = QueueDirectory(tmp_path / "queue", sync=sync)
    events = [_event(number, b'{"n":%d}' % number) for number in range(1, count + 1)]
    queue.stage(events)
    assert _files(queue, "tmp") == [event.file_name for event in events]
    assert list(ready_files(queue.path)) == []
    queue.publish(events)
    assert _files(queue, "tmp") == []
    ready = list(ready_files(queue.path))
    assert [file.name for file in ready] == [event.file_name for event in events]
    assert [file.read_bytes() for file in ready] == [event.body for event in events]


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of what is synced to the disk, in order; "*" is the whole file system."""
    names: list[str] = []
    for module in ("queue_directory", "shards"):
        monkeypatch.setattr(f"tidende.emit.{module}.sync", lambda path: names.append(path.name))
    monkeypatch.setattr(
        "tidende.emit.queue_directory.fsync", lambda _descriptor, file: names.append(file.name)
    )
    monkeypatch.setattr(
        "tidende.emit.queue_directory.sync_file_system", lambda _folder: names.append("*")
    )
    return names


@pytest.mark.parametrize(
    ("sync", "count", "staged", "published"),
    [
        ("batch", FEW, ["files", "tmp"], ["done", "ready", "shard"]),
        ("batch", FEW + 1, ["*"], ["done", "ready", "shard"]),
        ("file", FEW + 1, ["files", "tmp"], ["done", "ready", "shard"]),
        ("none", FEW, [], []),
    ],
)
def test_each_step_is_on_the_disk_before_the_next(
    tmp_path: Path,
    synced: list[str],
    sync: Sync,
    count: int,
    staged: list[str],
    published: list[str],
) -> None:
    """Files and their names in tmp before the commit, names in ready before the row is marked."""
    queue = QueueDirectory(tmp_path / "queue", sync=sync)
    events = [_event(number) for number in range(1, count + 1)]
    names = {"files": [event.file_name for event in events], "shard": [events[0].shard]}
    for step, expected in ((queue.stage, staged), (queue.publish, published)):
        synced.clear()
        step(events)
        assert synced == [name for each in expected for name in names.get(each, [each])]


def test_recovery_has_on_the_disk_what_was_renamed_before_the_crash(
    tmp_path: Path, synced: list[str]
) -> None:
    """The row is marked published after it, and nobody would look for the event again."""
    queue = QueueDirectory(tmp_path / "queue")
    queue.stage([_event(1)])
    queue.publish([_event(1)])
    again = QueueDirectory(queue.path)
    synced.clear()
    again.recover([_event(1)])
    assert synced == [_event(1).shard]


def test_a_file_is_named_by_sequence_and_id_in_the_shard_of_its_sequence(
    queue: QueueDirectory,
) -> None:
    """Names sort as the sequences do, and a shard holds ten thousand."""
    events = [_event(9999), _event(10000)]
    queue.stage(events)
    queue.publish(events)
    assert [str(file.relative_to(queue.path)) for file in ready_files(queue.path)] == [
        "ready/0000000000000000/00000000000000009999-e9999.json",
        "ready/0000000000000001/00000000000000010000-e10000.json",
    ]


def test_staging_over_the_remains_of_a_crash_writes_the_whole_file(queue: QueueDirectory) -> None:
    """A longer file of the same name doesn't shine through."""
    (queue.path / "tmp" / _event(1).file_name).write_bytes(b"something longer")
    queue.stage([_event(1, b"{}")])
    assert (queue.path / "tmp" / _event(1).file_name).read_bytes() == b"{}"


def test_a_disk_that_takes_nothing_is_an_error_of_the_store(queue: QueueDirectory) -> None:
    """What can't be staged undoes the transaction that it is part of."""
    (queue.path / "tmp").rmdir()
    with pytest.raises(StoreError, match="tmp"):
        queue.stage([_event(1)])


def test_an_event_that_cannot_be_published_is_an_error_of_the_store(queue: QueueDirectory) -> None:
    """There is nowhere to put it."""
    queue.stage([_event(1)])
    (queue.path / "ready").rmdir()
    with pytest.raises(StoreError, match="ready"):
        queue.publish([_event(1)])


def test_publishing_again_after_a_failure_publishes_the_rest(queue: QueueDirectory) -> None:
    """Those that went out before it aren't missed in tmp."""
    pair = [_event(1), _event(2)]
    queue.stage(pair)
    queue.publish(pair[:1])
    queue.publish(pair)
    assert [file.name for file in ready_files(queue.path)] == [each.file_name for each in pair]


# What a crash can leave of two events: each in tmp, in ready or taken by a consumer already, with
# or without its row in the ledger's outbox.
@pytest.mark.parametrize(
    ("staged", "ready", "outbox", "published"),
    [
        ([], [], [], []),
        ([1, 2], [], [], []),  # before the commit
        ([1], [], [], []),  # in the midst of staging
        ([1, 2], [], [1, 2], [1, 2]),  # between commit and rename
        ([2], [1], [1, 2], [2]),  # in the midst of renaming
        ([], [1, 2], [1, 2], []),  # renamed, not yet marked
        ([], [2], [1, 2], []),  # the first was taken already
        ([], [], [1, 2], []),  # both were
        ([3], [2], [1, 2], []),  # and the next batch was being staged
        ([2, 3], [1], [1, 2], [2]),
    ],
)
def test_recovery_finishes_what_was_committed_and_drops_what_was_not(
    queue: QueueDirectory,
    staged: list[int],
    ready: list[int],
    outbox: list[int],
    published: list[int],
) -> None:
    """Each committed event is published once; nothing else ever is, and tmp is empty."""
    queue.stage([_event(number) for number in [*ready, *staged]])
    queue.publish([_event(number) for number in ready])
    again = QueueDirectory(queue.path, sync="none")
    done = again.recover([_event(number) for number in outbox])
    assert [event.sequence for event in done] == published
    expected = [_event(number).file_name for number in sorted({*ready, *published})]
    assert _files(queue, "ready") == expected
    assert _files(queue, "tmp") == []
    assert again.recover([_event(number) for number in outbox]) == []


def test_what_is_withheld_waits_for_a_later_start(queue: QueueDirectory) -> None:
    """An edition's event, say, whose files can't be made again just now."""
    queue.stage([_event(1), _event(2)])
    assert queue.recover([_event(1)], withheld=[_event(2)]) == [_event(1)]
    assert _files(queue, "tmp") == [_event(2).file_name]
    assert queue.recover([_event(2)]) == [_event(2)]
    assert _files(queue, "ready") == [_event(1).file_name, _event(2).file_name]


def test_what_was_not_recorded_leaves_tmp(queue: QueueDirectory) -> None:
    """Also where it was written in part only; others' files stay."""
    queue.stage([_event(1), _event(3)])
    queue.discard([_event(1), _event(2)])
    assert _files(queue, "tmp") == [_event(3).file_name]


def test_a_half_written_file_of_no_transaction_is_dropped(queue: QueueDirectory) -> None:
    """A name that belongs to nothing is cleared away."""
    (queue.path / "tmp" / "00-x.json").write_bytes(b'{"half')
    assert queue.recover([]) == []
    assert list((queue.path / "tmp").iterdir()) == []


def test_a_folder_in_tmp_is_left_where_it_is(queue: QueueDirectory) -> None:
    """It is nothing of ours, and no reason not to start."""
    (queue.path / "tmp" / "folder").mkdir()
    queue.stage([_event(1)])
    assert queue.recover([]) == []
    assert [path.name for path in (queue.path / "tmp").iterdir()] == ["folder"]


def test_a_queue_that_is_not_there_has_nothing_ready(tmp_path: Path) -> None:
    """Listing needs no queue."""
    assert list(ready_files(tmp_path / "queue")) == []


def test_a_listing_passes_over_what_is_no_event(queue: QueueDirectory) -> None:
    """A stray file in ready disturbs nobody."""
    (queue.path / "ready" / "notes.txt").write_bytes(b"")
    queue.stage([_event(1)])
    queue.publish([_event(1)])
    (queue.path / "ready" / _event(1).shard / "x.tmp").write_bytes(b"")
    (queue.path / "ready" / _event(1).shard / "x.json").write_bytes(b"")
    assert [file.name for file in ready_files(queue.path)] == [_event(1).file_name]
