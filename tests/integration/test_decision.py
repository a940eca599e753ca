"""A seed is a path and its content: what the daemon says of one that it has seen before."""

import os
from pathlib import Path

from program import DataDirectory, StartDaemon, assert_each_once
from seeds import drop, telegram


def test_the_same_bytes_under_other_names_are_duplicates_with_an_event_each(
    start_daemon: StartDaemon,
    tmp_path: Path,
    inbox: Path,
    data: DataDirectory,
    ferry: bytes,
) -> None:
    daemon = start_daemon()
    for name in ("first.txt", "second.txt", "third.txt"):
        drop(tmp_path, name, ferry, inbox)
        daemon.decision(name)
    daemon.stop()
    assert_each_once(data, {"first.txt", "second.txt", "third.txt"})
    first, *copies = data.articles()
    assert [copy["type"] for copy in copies] == ["tidende.article.duplicate.v1"] * 2
    assert {copy["data"]["dedup"]["of"] for copy in copies} == {first["subject"]}


def test_a_known_file_that_is_touched_or_written_again_says_nothing_new(
    start_daemon: StartDaemon, inbox: Path, data: DataDirectory, ferry: bytes
) -> None:
    daemon = start_daemon("intake.rescan_seconds=0.2")  # the watcher doesn't hear a touch
    file = inbox / "a.txt"
    file.write_bytes(ferry)
    daemon.decision("a.txt")
    os.utime(file, (0, 0))
    assert daemon.decision("a.txt", count=2) == "known"
    file.write_bytes(ferry)
    assert daemon.decision("a.txt", count=3) == "known"
    daemon.stop()
    assert_each_once(data, {"a.txt"})


def test_a_known_file_is_not_read_again_after_a_restart(
    start_daemon: StartDaemon, inbox: Path, data: DataDirectory, ferry: bytes
) -> None:
    (inbox / "a.txt").write_bytes(ferry)
    daemon = start_daemon()
    daemon.decision("a.txt")
    daemon.stop()
    daemon = start_daemon()
    (inbox / "b.txt").write_bytes(telegram(1))
    daemon.decision("b.txt")
    assert not daemon.logged("seed_decided", path="a.txt")
    daemon.stop()
    assert_each_once(data, {"a.txt", "b.txt"})


def test_changed_content_under_the_same_path_is_a_new_seed(
    start_daemon: StartDaemon,
    tmp_path: Path,
    inbox: Path,
    data: DataDirectory,
    ferry: bytes,
    library: bytes,
) -> None:
    """And so is the first content when it comes back after the other."""
    daemon = start_daemon()
    for count, content in enumerate((ferry, library, ferry), 1):
        drop(tmp_path, "a.txt", content, inbox)
        daemon.decision("a.txt", count=count)
    daemon.stop()
    first, changed, back = data.articles("a.txt")
    assert changed["data"]["dedup"]["verdict"] == "new"
    assert back["data"]["dedup"]["of"] == first["subject"]
    assert len({event["id"] for event in (first, changed, back)}) == 3
    assert len({event["subject"] for event in (first, changed, back)}) == 3
