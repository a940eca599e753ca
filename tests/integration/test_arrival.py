"""However a seed comes into an inbox, the daemon takes it in once, and whole.

Where something must not happen, another seed is dropped beside it whose decision would come later.
"""

from pathlib import Path

from program import DataDirectory, StartDaemon, assert_each_once
from seeds import drop, fill, telegram

NEVER = 3600.0
"""Settle seconds that no test lives to see: what is decided was known to be complete."""


def test_a_file_that_is_written_slowly_is_decided_once_and_whole(
    start_daemon: StartDaemon,
    inbox: Path,
    data: DataDirectory,
    ferry: bytes,
) -> None:
    daemon = start_daemon()
    third = len(ferry) // 3
    pieces = [ferry[:third], ferry[third : 2 * third], ferry[2 * third :]]
    with (inbox / "slow.txt").open("wb", buffering=0) as file:
        for number, piece in enumerate(pieces):
            file.write(piece)
            # Settles for as long as the piece does, and begins later.
            (inbox / f"beside-{number}.txt").write_bytes(telegram(number))
            daemon.decision(f"beside-{number}.txt")
            assert not daemon.logged("seed_decided", path="slow.txt")
    assert daemon.decision("slow.txt") == "new"
    daemon.stop()
    [article] = data.articles("slow.txt")
    assert article["data"]["text"].encode() == ferry


def test_a_file_moved_in_is_taken_at_once(
    start_daemon: StartDaemon,
    tmp_path: Path,
    inbox: Path,
    data: DataDirectory,
    ferry: bytes,
) -> None:
    daemon = start_daemon(settle_seconds=NEVER)
    drop(tmp_path, "moved.txt", ferry, inbox)
    assert daemon.decision("moved.txt") == "new"
    daemon.stop()
    assert_each_once(data, {"moved.txt"})


def test_a_part_file_is_taken_at_once_when_it_gets_its_name(
    start_daemon: StartDaemon, inbox: Path, data: DataDirectory, ferry: bytes
) -> None:
    daemon = start_daemon(settle_seconds=NEVER)
    part = inbox / "x.part"
    part.write_bytes(ferry)
    part.rename(inbox / "x.txt")
    assert daemon.decision("x.txt") == "new"
    daemon.stop()
    assert_each_once(data, {"x.txt"})


def test_a_file_hard_linked_in_is_taken_at_once(
    start_daemon: StartDaemon,
    tmp_path: Path,
    inbox: Path,
    data: DataDirectory,
    ferry: bytes,
) -> None:
    daemon = start_daemon(settle_seconds=NEVER)
    outside = tmp_path / "outside.txt"
    outside.write_bytes(ferry)
    (inbox / "linked.txt").hardlink_to(outside)
    assert daemon.decision("linked.txt") == "new"
    daemon.stop()
    assert_each_once(data, {"linked.txt"})


def test_files_written_while_it_was_down_are_found_at_start(
    start_daemon: StartDaemon,
    inbox: Path,
    data: DataDirectory,
    ferry: bytes,
    library: bytes,
) -> None:
    (inbox / "before.txt").write_bytes(ferry)
    daemon = start_daemon()
    daemon.decision("before.txt")
    assert daemon.stop() == 0
    (inbox / "between.txt").write_bytes(library)
    daemon = start_daemon()
    assert daemon.decision("between.txt") == "new"
    daemon.stop()
    assert_each_once(data, {"before.txt", "between.txt"})


def test_a_folder_is_followed_into_however_it_comes(
    start_daemon: StartDaemon, tmp_path: Path, inbox: Path, data: DataDirectory
) -> None:
    """A folder made in the inbox, one moved in with files, and files written there later."""
    daemon = start_daemon()
    fill(inbox / "made" / "deeper", 2)
    fill(tmp_path / "elsewhere" / "deeper", 2).parent.rename(inbox / "moved")
    early = {f"{name}/deeper/000{number}.txt" for name in ("made", "moved") for number in (0, 1)}
    for path in early:
        daemon.decision(path)
    late = {"made/deeper/late.txt", "moved/deeper/late.txt"}
    for path in late:
        (inbox / path).write_bytes(telegram(7))
        daemon.decision(path)
    daemon.stop()
    assert_each_once(data, early | late)
    sources = {article["data"]["provenance"]["source"] for article in data.articles()}
    assert sources == {"made", "moved"}


def test_hidden_and_part_files_are_left_alone(
    start_daemon: StartDaemon, inbox: Path, data: DataDirectory, ferry: bytes
) -> None:
    daemon = start_daemon()
    (inbox / ".folder").mkdir()
    for name in (".hidden.txt", "x.txt.part", "y.tmp", "z.txt~", ".folder/inside.txt"):
        (inbox / name).write_bytes(ferry)
    (inbox / "seen.txt").write_bytes(telegram(1))
    daemon.decision("seen.txt")
    daemon.stop()
    daemon = start_daemon()  # and the scan at start leaves them, too
    (inbox / "later.txt").write_bytes(telegram(2))
    daemon.decision("later.txt")
    daemon.stop()
    assert_each_once(data, {"seen.txt", "later.txt"})


def test_a_hidden_folder_is_taken_when_it_gets_its_name(
    start_daemon: StartDaemon, inbox: Path, data: DataDirectory
) -> None:
    """With all that was written into it before, and what comes later."""
    daemon = start_daemon()
    fill(inbox / ".upload" / "deeper", 2).parent.rename(inbox / "done")
    daemon.wait_for("seed_decided", count=2)
    (inbox / "done" / "late.txt").write_bytes(telegram(7))
    daemon.decision("done/late.txt")
    daemon.stop()
    assert_each_once(data, {"done/deeper/0000.txt", "done/deeper/0001.txt", "done/late.txt"})


def test_an_empty_file_waits_and_is_taken_when_it_gets_content(
    start_daemon: StartDaemon, inbox: Path, data: DataDirectory, ferry: bytes
) -> None:
    daemon = start_daemon()
    (inbox / "empty.txt").touch()
    (inbox / "beside.txt").write_bytes(telegram(1))
    daemon.decision("beside.txt")
    assert not daemon.logged("seed_decided", path="empty.txt")
    (inbox / "empty.txt").write_bytes(ferry)
    assert daemon.decision("empty.txt") == "new"
    daemon.stop()
    assert_each_once(data, {"empty.txt", "beside.txt"})


def test_two_inboxes_keep_their_seeds_apart(
    start_daemon: StartDaemon, tmp_path: Path, data: DataDirectory, ferry: bytes
) -> None:
    """The same path in two inboxes is two seeds; each says where it came from."""
    config = tmp_path / "tidende.toml"
    config.write_text(
        "".join(
            f'[[inboxes]]\nname = "{name}"\npath = "{tmp_path / name}"\n'
            for name in ("wire", "desk")
        )
    )
    daemon = start_daemon(config=config)
    drop(tmp_path, "same.txt", ferry, tmp_path / "wire")
    daemon.wait_for("seed_decided", inbox="wire", decision="new")
    drop(tmp_path, "same.txt", ferry, tmp_path / "desk")
    daemon.wait_for("seed_decided", inbox="desk", decision="duplicate")
    daemon.stop()
    found = [article["data"]["provenance"] for article in data.articles("same.txt")]
    assert [(origin["inbox"], origin["source"]) for origin in found] == [
        ("wire", "wire"),
        ("desk", "desk"),
    ]
