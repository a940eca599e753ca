"""Backup, replay and takedown, as a user runs them beside a daemon and without one."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from program import Daemon, DataDirectory, StartDaemon, run_tidende, wait_until
from seeds import BINARY, telegram

COUNT = 5


def _fill(daemon: Daemon, inbox: Path, samples: Path) -> None:
    for number in range(COUNT):
        (inbox / f"{number}.txt").write_bytes(telegram(number))
    shutil.copy(samples / BINARY, inbox)
    for number in range(COUNT):
        daemon.decision(f"{number}.txt")
    daemon.decision(BINARY)


class TestBackup:
    def test_a_backup_beside_a_daemon_is_whole_and_can_be_restored(
        self,
        start_daemon: StartDaemon,
        inbox: Path,
        data: DataDirectory,
        samples: Path,
        tmp_path: Path,
    ) -> None:
        daemon = start_daemon()
        _fill(daemon, inbox, samples)
        daemon.wait_for("edition_made")
        place = tmp_path / "backup"
        run_tidende("backup", place, "--data", data.root)
        with closing(sqlite3.connect(place / "ledger.sqlite")) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            [(count,)] = connection.execute("SELECT count(*) FROM articles").fetchall()
        assert count == COUNT
        assert {p.name for p in (place / "quarantine").iterdir()} == {
            p.name for p in data.quarantine.iterdir()
        }
        (inbox / "later.txt").write_bytes(telegram(99))
        daemon.decision("later.txt")
        daemon.stop()
        ids = {event["id"] for event in data.articles()}
        shutil.rmtree(data.root)
        shutil.copytree(place, data.root)
        again = start_daemon()
        assert again.decision("later.txt") == "new"
        again.stop()
        assert again.wait_for("queue_begun_anew")["events"] == COUNT + 2
        at = ("--inbox", inbox, "--data", data.root)
        assert "problem" not in run_tidende("doctor", *at).stdout
        run_tidende("doctor", "--repair", "--restore-missing", *at)  # nothing is
        [event] = data.articles()
        assert event["id"] in ids
        assert event["data"]["provenance"]["path"] == "later.txt"

    def test_it_is_brought_up_to_date_and_nothing_else_is_written_over(
        self, inbox: Path, data: DataDirectory, tmp_path: Path
    ) -> None:
        settle = "--set=intake.settle_seconds=0"
        at = ("--data", data.root)
        for number in range(2):
            (inbox / f"{number}.txt").write_bytes(telegram(number))
            run_tidende("ingest", "--inbox", inbox, *at, settle)
            run_tidende("backup", tmp_path / "backup", *at)
        with closing(sqlite3.connect(tmp_path / "backup" / "ledger.sqlite")) as connection:
            [(count,)] = connection.execute("SELECT count(*) FROM articles").fetchall()
        assert count == 2
        for taken in (inbox, data.root / "backup"):
            run_tidende("backup", taken, *at, code=2)
        assert {path.name for path in inbox.iterdir()} == {"0.txt", "1.txt"}
        data.ledger.write_bytes(b"no database" * 1000)
        run_tidende("backup", tmp_path / "backup", *at, code=70)
        with closing(sqlite3.connect(tmp_path / "backup" / "ledger.sqlite")) as connection:
            assert connection.execute("SELECT count(*) FROM articles").fetchone() == (2,)


class TestReplay:
    def test_the_same_files_are_ready_in_a_queue_of_their_own(
        self,
        start_daemon: StartDaemon,
        inbox: Path,
        data: DataDirectory,
        samples: Path,
        tmp_path: Path,
    ) -> None:
        daemon = start_daemon()
        _fill(daemon, inbox, samples)
        to = tmp_path / "again"
        at = ("--data", data.root)
        run_tidende("replay", "--since", "2020-01-01", "--to", to, *at)
        daemon.stop()
        files = {file.name: file.read_bytes() for file in (to / "ready").glob("*/*.json")}
        live = {file.name: file.read_bytes() for file in (data.queue / "ready").glob("*/*.json")}
        assert files == {name: live[name] for name in files}
        assert len(files) >= COUNT + 1
        assert {path.name for path in to.iterdir()} == {
            path.name for path in data.queue.iterdir() if path.name != "LOCK"
        }

    def test_types_and_times_choose(
        self, inbox: Path, data: DataDirectory, samples: Path, tmp_path: Path
    ) -> None:
        shutil.copy(samples / BINARY, inbox)
        (inbox / "a.txt").write_bytes(telegram(1))
        at = ("--data", data.root)
        run_tidende("ingest", "--inbox", inbox, *at, "--set=intake.settle_seconds=0")
        counts = []
        for number, chosen in enumerate(
            (
                ("--since", "2020-01-01", "--type", "article.new"),
                ("--since", "2020-01-01", "--type", "article", "--type", "seed"),
                ("--since", "2020-01-01T00:00+01:00", "--until", "2020-01-02"),
                ("--since", "2999-01-01"),
            )
        ):
            done = run_tidende("replay", *chosen, "--to", tmp_path / str(number), *at, "--json")
            counts.append(json.loads(done.stdout)["published"])
        assert counts == [1, 2, 0, 0]

    def test_a_place_that_is_in_use_is_refused(
        self, inbox: Path, data: DataDirectory, tmp_path: Path
    ) -> None:
        at = ("--data", data.root, "--since", "2020-01-01")
        run_tidende("ingest", "--inbox", inbox, "--data", data.root)
        (tmp_path / "full").mkdir()
        (tmp_path / "full" / "mine.txt").write_text("mine")
        for to in (tmp_path / "full", data.queue / "again", data.queue / "ready"):
            run_tidende("replay", "--to", to, *at, code=2)
        assert not (data.queue / "again").exists()

    @pytest.mark.parametrize(
        ("options", "code", "message"),
        [
            (("--since", "soon"), 2, "--since soon: no time"),
            (
                ("--since", "2020-01-02", "--until", "2020-01-01"),
                2,
                "--until 2020-01-01: isn't after --since 2020-01-02",
            ),
            (
                ("--since", "2020-01-01", "--type", "articel"),
                2,
                "--type articel: no event's type; known: article.new.v1, ",
            ),
            (("--since", "2020-01-01", "--to", "file"), 2, "--to file: is no directory"),
            (("--since", "2020-01-01", "--to", "file/in"), 2, "--to file/in: File exists (file)"),
            (("--since", "2020-01-01", "--to", "/proc/in"), 2, "--to /proc/in: No such file"),
            (("--since", "2020-01-01", "--to", "x" * 300), 2, ": File name too long"),
        ],
    )
    def test_what_cannot_be_replayed_is_explained_and_nothing_is_made(
        self,
        inbox: Path,
        data: DataDirectory,
        tmp_path: Path,
        options: tuple[str, ...],
        code: int,
        message: str,
    ) -> None:
        run_tidende("ingest", "--inbox", inbox, "--data", data.root)
        (tmp_path / "file").write_text("mine")
        asked: tuple[str | Path, ...] = ("replay", "--data", data.root, "--to", "again", *options)
        assert message in run_tidende(*asked, code=code, cwd=tmp_path).stderr
        assert not (tmp_path / "again").exists()


class TestForget:
    def test_the_daemon_forgets_and_says_what_is_left(
        self, start_daemon: StartDaemon, inbox: Path, data: DataDirectory, samples: Path
    ) -> None:
        daemon = start_daemon()
        _fill(daemon, inbox, samples)
        event = wait_until(lambda: data.articles("3.txt"), "the event")[0]
        at = ("--inbox", inbox, "--data", data.root, "--json")
        done = json.loads(run_tidende("forget", event["subject"], *at).stdout)
        assert done["subjects"] == [event["subject"]]
        assert done["seeds"] == [str(inbox / "3.txt")]
        assert data.articles("3.txt") == []
        again = json.loads(run_tidende("forget", event["id"], *at).stdout)
        assert again["removed"] == []
        daemon.stop()
        settle = "--set=intake.settle_seconds=0"
        run_tidende("ingest", "--inbox", inbox, "--data", data.root, settle)
        assert data.articles("3.txt") == []
        assert "problem" not in run_tidende("doctor", *at[:-1]).stdout

    def test_without_a_daemon_the_command_does_it(self, inbox: Path, data: DataDirectory) -> None:
        (inbox / "a.txt").write_bytes(telegram(1))
        at = ("--inbox", inbox, "--data", data.root)
        run_tidende("ingest", *at, "--set=intake.settle_seconds=0")
        [event] = data.articles()
        said = run_tidende("forget", event["subject"], *at).stdout
        assert f"forgotten: {event['subject']}" in said
        assert data.articles() == []
        assert "no article" in run_tidende("forget", "urn:x", *at, code=1).stderr
