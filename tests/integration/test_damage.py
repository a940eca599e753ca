"""A damaged ledger is noticed, told, and mended so that nothing is published twice."""

import json
import os
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeAlias

import pytest

from program import DataDirectory, StartDaemon, run_tidende
from seeds import fill, telegram

COUNT = 60
SETTLE = "--set=intake.settle_seconds=0"
Damage: TypeAlias = Callable[[Path], None]


def _overwrite(file: Path, offset: int, length: int) -> None:
    with file.open("r+b") as opened:
        opened.seek(offset)
        opened.write(b"\xa5" * length)


def _middle(file: Path) -> None:
    _overwrite(file, file.stat().st_size // 2 // 4096 * 4096, 3 * 4096)


def _header(file: Path) -> None:
    _overwrite(file, 0, 4096)


def _truncated(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 3)


def _emptied(file: Path) -> None:
    os.truncate(file, 0)


def _removed(file: Path) -> None:
    file.unlink()


DAMAGES = [_middle, _header, _truncated, _emptied, _removed]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with an inbox and what was made of it; tests copy it."""
    root = tmp_path_factory.mktemp("sound")
    inbox = fill(root / "inbox", COUNT)
    (inbox / "copy.txt").write_bytes(telegram(7))
    (inbox / "brev.bin").write_bytes(b"\x00\x01\x02 no text")
    run_tidende("ingest", "--inbox", inbox, "--data", root / "data", SETTLE)
    return root


@pytest.fixture
def copied(sound: Path, tmp_path: Path) -> DataDirectory:
    """Return a copy of the data directory, beside a copy of its inbox."""
    shutil.copytree(sound, tmp_path / "copy")
    return DataDirectory(tmp_path / "copy" / "data")


def _at(data: DataDirectory) -> tuple[str | Path, ...]:
    return ("--inbox", data.root.parent / "inbox", "--data", data.root)


def _ids(data: DataDirectory) -> Counter[str]:
    return Counter(event["id"] for event in data.events())


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_ledger_ends_every_start_with_words(
    copied: DataDirectory, damage: Damage
) -> None:
    damage(copied.ledger)
    before = _ids(copied)
    for command in ("ingest", "run"):
        said = run_tidende(command, *_at(copied), SETTLE, code=70).stderr
        assert "ledger.sqlite is damaged: " in said
        assert "'tidende doctor' tells what can be saved" in said
        assert "Traceback" not in said
    assert _ids(copied) == before


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_mended_ledger_has_nothing_published_twice(copied: DataDirectory, damage: Damage) -> None:
    before = _ids(copied)
    stories = copied.rows('SELECT subject, verdict, "of", story, fingerprint FROM articles')
    refused = copied.rows("SELECT key, attempt, settled FROM rejections")
    editions = copied.rows("SELECT digest, window_end, after, through FROM editions")
    damage(copied.ledger)
    assert "problem  ledger: " in run_tidende("doctor", *_at(copied), code=1).stdout
    assert "problem" not in run_tidende("doctor", "--repair", *_at(copied)).stdout
    done = run_tidende("ingest", *_at(copied), SETTLE).stdout
    assert set(_ids(copied).values()) == {1}
    assert _ids(copied) == before, done
    found = copied.rows('SELECT subject, verdict, "of", story, fingerprint FROM articles')
    assert sorted(found) == sorted(stories)
    assert copied.rows("SELECT key, attempt, settled FROM rejections") == refused
    assert copied.rows("SELECT digest, window_end, after, through FROM editions") == editions
    assert copied.rows("PRAGMA integrity_check") == [("ok",)]
    assert copied.rows("PRAGMA foreign_key_check") == []


@pytest.mark.parametrize("damage", [_middle, _header, _truncated])
def test_the_damaged_ledger_is_kept(copied: DataDirectory, damage: Damage) -> None:
    damage(copied.ledger)
    content = copied.ledger.read_bytes()
    run_tidende("doctor", "--repair", *_at(copied))
    [kept] = copied.root.glob("ledger.sqlite.damaged-*Z")
    assert kept.read_bytes() == content


@pytest.mark.parametrize("content", [b"", b'{"half'], ids=["empty", "torn"])
def test_a_stray_file_with_an_events_name_ends_a_start_until_a_repair(
    copied: DataDirectory, content: bytes
) -> None:
    """It is named, and kept outside the queue."""
    before = _ids(copied)
    [shard] = (copied.queue / "ready").iterdir()
    stray = shard / f"{9999:020d}-deadbeef.json"
    stray.write_bytes(content)
    assert str(stray) in run_tidende("ingest", *_at(copied), SETTLE, code=70).stderr
    assert "problem" not in run_tidende("doctor", "--repair", *_at(copied)).stdout
    run_tidende("ingest", *_at(copied), SETTLE)
    assert _ids(copied) == before
    [kept] = copied.root.glob(f"queue.strange-*Z/ready/*/{stray.name}")
    assert kept.read_bytes() == content


def test_a_folder_in_tmp_is_told_and_stops_no_start(copied: DataDirectory) -> None:
    (copied.queue / "tmp" / "folder").mkdir()
    run_tidende("ingest", *_at(copied), SETTLE)
    assert str(copied.queue / "tmp" / "folder") in run_tidende("doctor", *_at(copied)).stdout


def test_a_listing_goes_by_files_that_hold_no_event(copied: DataDirectory) -> None:
    first, *_ = files = sorted((copied.queue / "ready").glob("*/*.json"))
    first.write_bytes(b"")
    first.with_name("notes.json").write_text("{}")
    first.with_name(f"{9999:020d}-deadbeef.json").write_text('{"id":"deadbeef"}')
    done = run_tidende("queue", "ls", "--limit", "0", "--data", copied.root, "--json")
    assert [row["file"] for row in json.loads(done.stdout)] == [str(file) for file in files[1:]]
    assert f"{first}: holds no event" in done.stderr
    said = run_tidende("queue", "peek", "--data", copied.root).stdout
    assert json.loads(said) == json.loads(files[1].read_bytes())


def test_what_only_the_wal_held_is_missed_and_taken_back(
    start_daemon: StartDaemon, tmp_path: Path
) -> None:
    """A killed daemon leaves its newest entries in the -wal; somebody removes that."""
    inbox, data = tmp_path / "inbox", DataDirectory(tmp_path / "data")
    daemon = start_daemon()
    for number in range(3):
        (inbox / f"{number}.txt").write_bytes(telegram(number))
        daemon.decision(f"{number}.txt")
    daemon.end()
    data.ledger.with_name("ledger.sqlite-wal").unlink()
    place = ("--inbox", inbox, "--data", data.root)
    assert "is damaged" in run_tidende("ingest", *place, SETTLE, code=70).stderr
    run_tidende("doctor", "--repair", *place)
    run_tidende("ingest", *place, SETTLE)
    assert set(_ids(data).values()) == {1}
    assert len(data.articles()) == 3


def test_a_flipped_bit_in_a_text_is_told_and_restored_from_its_file(copied: DataDirectory) -> None:
    with closing(sqlite3.connect(copied.ledger)) as connection, connection:
        [(body,)] = connection.execute("SELECT body FROM events WHERE sequence = 5").fetchall()
        broken = body[:-9] + bytes([body[-9] ^ 4]) + body[-8:]
        connection.execute("UPDATE events SET body = ? WHERE sequence = 5", [broken])
    found = json.loads(run_tidende("doctor", *_at(copied), "--json", code=1).stdout)
    [problem] = [each for each in found if each["severity"] == "problem"]
    assert problem["message"] == "1 events' bodies are damaged"
    assert problem["names"][0].startswith("00000000000000000005-")
    repaired = run_tidende("doctor", "--repair", *_at(copied)).stdout
    assert "1 damaged events were restored from their files" in repaired
    [restored] = copied.rows("SELECT body FROM events WHERE sequence = 5")
    assert restored == (body,)


def test_a_seed_that_was_replaced_is_known_again_in_its_order(copied: DataDirectory) -> None:
    """Its path holds what it held last, also where all of the ledger is lost."""
    inbox = copied.root.parent / "inbox"
    for content in (telegram(100), telegram(0)):
        (inbox / "0000.txt").write_bytes(content)
        run_tidende("ingest", *_at(copied), SETTLE)
    before = _ids(copied)
    copied.ledger.unlink()
    run_tidende("doctor", "--repair", *_at(copied))
    assert run_tidende("ingest", *_at(copied), SETTLE).stdout.startswith("0 seeds taken in")
    assert _ids(copied) == before


def test_a_repair_that_was_interrupted_is_gone_on_with(copied: DataDirectory) -> None:
    """Between the damaged ledger and the mended one, nothing starts."""
    before = _ids(copied)
    shutil.copy(copied.ledger, copied.root / "ledger.sqlite.salvaged")
    _truncated(copied.ledger)
    said = run_tidende("ingest", *_at(copied), SETTLE, code=70).stderr
    assert "its repair was interrupted" in said
    assert "problem" in run_tidende("doctor", *_at(copied), code=1).stdout
    run_tidende("doctor", "--repair", *_at(copied))
    run_tidende("ingest", *_at(copied), SETTLE)
    assert _ids(copied) == before


class TestDiagnosis:
    def test_a_sound_directory_has_no_problem(self, copied: DataDirectory) -> None:
        assert "problem" not in run_tidende("doctor", *_at(copied)).stdout

    def test_files_that_are_missing_are_told_and_restored_when_asked(
        self, copied: DataDirectory
    ) -> None:
        file = sorted((copied.queue / "ready").glob("*/*.json"))[3]
        content = file.read_bytes()
        file.unlink()
        said = run_tidende("doctor", *_at(copied), code=1).stdout
        assert "1 published events have no file in the queue" in said
        assert file.name in said
        run_tidende("doctor", "--repair", *_at(copied), code=1)
        assert not file.exists()
        run_tidende("doctor", "--repair", "--restore-missing", *_at(copied))
        assert file.read_bytes() == content

    def test_files_that_are_doubled_altered_or_strange_are_told(
        self, copied: DataDirectory
    ) -> None:
        first, second, *_ = sorted((copied.queue / "ready").glob("*/*.json"))
        shutil.copy(first, copied.queue / "dead")
        second.write_bytes(b"{}")
        stranger = first.with_name(f"{9999:020d}-{'a' * 32}.json")
        stranger.write_bytes(b"{}")
        (copied.queue / "ready" / "README").write_text("hello")
        found = json.loads(run_tidende("doctor", *_at(copied), "--json", code=1).stdout)
        told = {each["message"]: each["names"] for each in found}
        assert told["1 events have more than one file"] == [first.name]
        assert told["1 files differ from what the ledger has"] == [str(second)]
        assert told["1 files are of events that the ledger doesn't know"] == [str(stranger)]
        assert told["1 files have no event's name"] == [str(copied.queue / "ready" / "README")]

    def test_a_refused_seed_without_its_files_is_told(self, copied: DataDirectory) -> None:
        for file in copied.quarantine.iterdir():
            file.unlink()
        said = run_tidende("doctor", *_at(copied), code=1).stdout
        assert "1 refused seeds have no reason file" in said

    def test_a_disk_without_room_is_told(self, copied: DataDirectory) -> None:
        full = f"--set=queue.reserve_bytes={2**62}"
        assert "problem  disk: " in run_tidende("doctor", *_at(copied), full, code=1).stdout

    def test_it_works_beside_a_daemon_and_a_repair_does_not(
        self, start_daemon: StartDaemon, tmp_path: Path
    ) -> None:
        daemon = start_daemon()
        at = ("--inbox", tmp_path / "inbox", "--data", tmp_path / "data")
        assert f"held by process {daemon.pid}" in run_tidende("doctor", *at).stdout
        said = run_tidende("doctor", "--repair", *at, code=75).stderr
        assert f"held by process {daemon.pid}" in said

    def test_where_nothing_is_it_says_so_and_makes_nothing(self, tmp_path: Path) -> None:
        for command in (["doctor"], ["doctor", "--repair"]):
            said = run_tidende(*command, "--data", tmp_path / "none", code=1).stderr
            assert "nothing was ever taken in" in said
        assert list(tmp_path.iterdir()) == []
