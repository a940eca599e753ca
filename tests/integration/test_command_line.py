"""The commands that look, ask and explain, run as a script runs them."""

import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from program import TIDENDE, DataDirectory, environment, run_tidende
from seeds import BINARY, drop

LISTS = (
    ("queue", "ls"),
    ("quarantine", "ls"),
    ("digest", "ls"),
    ("digest", "ls", "daily"),
    ("story", "ls", "--all"),
)
OBJECTS = (
    ("queue", "peek"),
    ("digest", "show", "daily"),
    ("status",),
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> DataDirectory:
    """Return a data directory that has taken in the samples; tests only look at it."""
    data = DataDirectory(tmp_path_factory.mktemp("kept") / "data")
    run_tidende("ingest", "--inbox", samples, "--data", data.root)
    return data


@pytest.fixture
def own(kept: DataDirectory, data: DataDirectory) -> DataDirectory:
    """Return a copy of it that a test may change."""
    shutil.copytree(kept.root, data.root)
    return data


def answer(*arguments: str | Path, data: DataDirectory) -> Any:
    """Return what a command prints with --json."""
    return json.loads(run_tidende(*arguments, "--data", data.root, "--json").stdout)


class TestJson:
    @pytest.mark.parametrize("command", LISTS, ids=" ".join)
    def test_what_lists_prints_a_list_of_objects(
        self, kept: DataDirectory, command: tuple[str, ...]
    ) -> None:
        rows = answer(*command, data=kept)
        assert rows
        assert all(isinstance(row, dict) for row in rows)

    @pytest.mark.parametrize("command", OBJECTS, ids=" ".join)
    def test_what_shows_prints_an_object(
        self, kept: DataDirectory, command: tuple[str, ...]
    ) -> None:
        assert isinstance(answer(*command, data=kept), dict)

    def test_a_quarantined_seed_is_shown_by_its_key(self, kept: DataDirectory) -> None:
        [row] = answer("quarantine", "ls", data=kept)
        assert answer("quarantine", "show", row["key"], data=kept) == row

    def test_a_story_and_its_articles_are_explained(self, kept: DataDirectory) -> None:
        [row, *_] = answer("story", "ls", "--all", data=kept)
        story = answer("story", "show", row["story"], data=kept)
        subject = story["articles"][0]["subject"]
        told = answer("explain", subject, data=kept)
        assert (told["story"], told["members"][0]) == (row["story"], subject)
        assert told["article"]["title"] == story["articles"][0]["title"] == row["title"]

    def test_stories_are_corrected_without_a_daemon(self, own: DataDirectory) -> None:
        rows = answer("story", "ls", "--all", data=own)
        first, second = [row["story"] for row in rows if row["articles"] == 1][:2]
        changed = answer("story", "merge", first, second, data=own)
        assert sorted(len(each["story"]["members"]) for each in changed) == [0, 2]
        assert len(own.events("tidende.story.updated")) == 2

    def test_retry_without_a_daemon_prints_a_list_and_no_log(self, own: DataDirectory) -> None:
        [row] = answer("quarantine", "retry", "--all", data=own)
        assert (row["path"], row["decision"]) == (BINARY, "quarantined")

    def test_digest_run_without_a_daemon_prints_the_edition_or_null(
        self, own: DataDirectory, inbox: Path, tmp_path: Path, library: bytes
    ) -> None:
        assert answer("digest", "run", "daily", data=own) is None
        drop(tmp_path, "new.txt", library + b"\nEt tillegg.\n", inbox)
        settle = "--set=intake.settle_seconds=0"
        run_tidende("ingest", "--inbox", inbox, "--data", own.root, settle)
        edition = answer("digest", "run", "daily", data=own)
        assert edition["articles"] == 1
        assert all(Path(file).is_file() for file in edition["files"])

    def test_the_effective_settings_are_an_object(self, tmp_path: Path) -> None:
        found = run_tidende("check-config", "--json", "--set=log.level=debug", cwd=tmp_path)
        assert json.loads(found.stdout)["log"]["level"] == "debug"


class TestNothingTakenIn:
    """On a data directory that isn't there: a plain answer, and it is still not there after."""

    @pytest.mark.parametrize(
        "command",
        [
            ("queue", "ls"),
            ("queue", "peek"),
            ("queue", "status"),
            ("queue", "take"),
            ("queue", "dead"),
            ("queue", "revive", "--all"),
            ("quarantine", "ls"),
            ("quarantine", "retry", "--all"),
            ("digest", "ls"),
            ("digest", "run", "daily"),
            ("story", "ls"),
            ("story", "merge", "urn:x", "urn:y"),
            ("explain", "urn:x"),
            ("status",),
        ],
        ids=" ".join,
    )
    def test_the_message_is_one_clear_line(
        self, data: DataDirectory, tmp_path: Path, command: tuple[str, ...]
    ) -> None:
        done = run_tidende(*command, "--data", data.root, "--json", code=1, cwd=tmp_path)
        assert done.stdout == ""
        [line] = done.stderr.splitlines()
        assert line.startswith("tidende: ")
        assert list(tmp_path.iterdir()) == []


class TestAsking:
    @pytest.mark.parametrize(
        "command",
        [
            ("quarantine", "show", "0000000000000000"),
            ("quarantine", "retry", "0000000000000000"),
            ("digest", "show", "weekly"),
            ("digest", "run", "weekly"),
            ("queue", "peek", "999999"),
            ("story", "show", "urn:x"),
            ("story", "move", "urn:x", "urn:y"),
            ("explain", "urn:x"),
        ],
        ids=" ".join,
    )
    def test_a_name_that_there_is_not_is_exit_code_1(
        self, own: DataDirectory, command: tuple[str, ...]
    ) -> None:
        done = run_tidende(*command, "--data", own.root, code=1)
        assert done.stdout == ""
        named = command[2] if len(command) > 2 else command[1]
        assert named in done.stderr

    @pytest.mark.parametrize("command", [("status",), ("digest", "ls"), ("queue", "ls")])
    def test_a_data_directory_that_is_a_file_is_exit_code_1(
        self, tmp_path: Path, command: tuple[str, ...]
    ) -> None:
        (tmp_path / "file").write_text("mine")
        [line] = run_tidende(*command, "--data", tmp_path / "file", code=1).stderr.splitlines()
        assert line.startswith(f"tidende: {tmp_path / 'file'}/")

    @pytest.mark.parametrize(
        "command",
        [
            ("status",),
            ("queue", "ls"),
            ("queue", "take"),
            ("digest", "run", "daily"),
            ("ingest", "--inbox", "none"),
        ],
        ids=" ".join,
    )
    def test_a_queue_of_another_version_is_exit_code_70(
        self, own: DataDirectory, tmp_path: Path, command: tuple[str, ...]
    ) -> None:
        """Whatever a command does with it; bytes that are no text are no version either."""
        (own.queue / "VERSION").write_bytes(b"\xff\n")
        done = run_tidende(*command, "--data", own.root, code=70, cwd=tmp_path)
        assert done.stdout == ""
        assert f"{own.queue / 'VERSION'}: version " in done.stderr.splitlines()[-1]

    @pytest.mark.parametrize("command", [("take",), ("ack", "1"), ("nack", "1")], ids=" ".join)
    @pytest.mark.parametrize("name", ["a b", ""])
    def test_a_name_that_no_consumer_can_have_is_exit_code_2(
        self, own: DataDirectory, command: tuple[str, ...], name: str
    ) -> None:
        """An empty one too: a script's variable that isn't set."""
        at = ("--data", own.root, "--consumer", name)
        [line] = run_tidende("queue", *command, *at, code=2).stderr.splitlines()
        assert line.startswith(f"tidende: consumer = {name!r}: expected up to 64 letters")
        assert list((own.queue / "claimed").iterdir()) == []

    def test_the_doctor_tells_of_a_queue_of_another_version(self, own: DataDirectory) -> None:
        (own.queue / "VERSION").write_text("2\n")
        said = run_tidende("doctor", "--data", own.root, code=1).stdout
        assert f"problem  queue: {own.queue / 'VERSION'}: version '2'" in said

    def test_asking_leaves_no_inbox_behind(self, own: DataDirectory, tmp_path: Path) -> None:
        """`digest run` takes no seeds in, wherever it is called."""
        elsewhere = tmp_path / "elsewhere"
        elsewhere.mkdir()
        run_tidende("digest", "run", "daily", "--data", own.root, cwd=elsewhere)
        assert list(elsewhere.iterdir()) == []

    def test_an_edition_is_shown_as_markdown(self, kept: DataDirectory) -> None:
        [file] = (kept.editions / "daily").glob("2*.md")
        shown = run_tidende("digest", "show", "daily", "--data", kept.root).stdout
        assert shown.rstrip("\n") == file.read_text().rstrip("\n")

    def test_an_event_is_found_by_its_id_and_its_sequence(self, kept: DataDirectory) -> None:
        event = kept.events()[1]
        for name in (event["id"], event["sequence"].lstrip("0")):
            assert answer("queue", "peek", name, data=kept) == event


class TestParse:
    def parse(self, *arguments: str | Path, cwd: Path, code: int = 0) -> list[dict[str, Any]]:
        """Return the articles, but for when they were read."""
        done = run_tidende("parse", *arguments, cwd=cwd, code=code)
        articles = [json.loads(line) for line in done.stdout.splitlines()]
        for article in articles:
            del article["provenance"]["received"]
        return articles

    def test_it_prints_a_line_an_article_and_writes_nothing(
        self, samples: Path, tmp_path: Path
    ) -> None:
        files = sorted(samples.glob("00*.txt"))
        articles = self.parse(*files, cwd=tmp_path)
        assert [Path(article["provenance"]["path"]) for article in articles] == files
        assert {tuple(article) for article in articles} == {
            ("item", "text", "extraction", "provenance")
        }
        assert list(tmp_path.iterdir()) == []

    def test_what_cannot_be_read_is_exit_code_1_and_the_others_come_out(
        self, samples: Path, tmp_path: Path
    ) -> None:
        """A folder with a binary file in it, a file that is missing, and what is no file."""
        link = tmp_path / "dangling"
        link.symlink_to("nowhere")
        missing = tmp_path / "missing.txt"
        done = run_tidende("parse", samples, missing, link, code=1)
        assert len(done.stdout.splitlines()) == len(list(samples.glob("*.txt")))
        *others, binary = sorted(done.stderr.splitlines())
        assert binary.startswith(f"tidende: {BINARY}: ")
        assert binary.endswith(" [not-text]")
        assert others == [
            f"tidende: {link}: no regular file",
            f"tidende: {missing}: there is no such file",
        ]

    def test_a_path_that_is_no_file_is_exit_code_1(self, tmp_path: Path) -> None:
        assert "no regular file" in run_tidende("parse", "/dev/null", cwd=tmp_path, code=1).stderr

    def test_jobs_change_neither_lines_nor_order(self, samples: Path, tmp_path: Path) -> None:
        alone, shared = (
            self.parse(samples, "--jobs", str(jobs), cwd=tmp_path, code=1) for jobs in (1, 2)
        )
        assert shared == alone


class TestSettings:
    def test_check_config_prints_settings_that_load_back_the_same(self, tmp_path: Path) -> None:
        assignments = (
            "--set=intake.settle_seconds=0.5",
            '--set=inboxes=[{name="wire", path="a \\"b\\""}, {name="desk", path="c", source="d"}]',
            '--set=digests.weekly={schedule="0 7 * * mon", language="nb", title="Uka – ny"}',
        )
        printed = run_tidende("check-config", *assignments, cwd=tmp_path).stdout
        config = tmp_path / "effective.toml"
        config.write_text(printed)
        assert "weekly" in tomllib.loads(printed)["digests"]
        original = run_tidende("check-config", "--json", *assignments, cwd=tmp_path)
        again = run_tidende("check-config", "--json", "--config", config, cwd=tmp_path)
        assert json.loads(again.stdout) == json.loads(original.stdout)

    @pytest.mark.parametrize(
        ("text", "key", "value"),
        [
            ("[intake]\nsettle_secs = 1\n", "intake.settle_secs", "1"),
            ('[intake]\nsettle_seconds = "soon"\n', "intake.settle_seconds", "'soon'"),
            ('data = "here.toml/data"\n', "data", "'here.toml/data'"),
            ('data = "here.toml"\n', "data", "'here.toml'"),
        ],
        ids=["unknown key", "wrong type", "below a file", "no directory"],
    )
    def test_what_cannot_be_used_is_named_with_file_key_and_value(
        self, tmp_path: Path, text: str, key: str, value: str
    ) -> None:
        """Before anything is made, by what checks the settings and by what works with them."""
        config = tmp_path / "here.toml"
        config.write_text(text)
        for command in ("check-config", "ingest"):
            done = run_tidende(command, "--config", config.name, cwd=tmp_path, code=2)
            assert done.stdout == ""
            assert f"{config.name}: {key} = {value}: " in done.stderr
        assert list(tmp_path.iterdir()) == [config]

    @pytest.mark.parametrize(
        "command",
        [
            ("run", "--inbox", ""),
            ("ingest", "--data", ""),
            ("status", "--config", ""),
            ("check-config", "--set=data="),
            ("backup", ""),
            ("replay", "--since", "2020-01-01", "--to", ""),
            ("parse", ""),
        ],
        ids=" ".join,
    )
    def test_an_empty_path_is_not_the_working_directory(
        self, tmp_path: Path, command: tuple[str, ...]
    ) -> None:
        """A script's variable that isn't set would make an inbox of the user's home."""
        done = run_tidende(*command, cwd=tmp_path, code=2)
        assert "expected a path, and it is empty" in done.stderr
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize(
        "command", [("doctor",), ("forget", "urn:x"), ("quarantine", "retry", "--all")]
    )
    def test_an_inbox_that_nobody_makes_must_be_there(
        self, tmp_path: Path, command: tuple[str, ...]
    ) -> None:
        """A takedown that looked elsewhere would leave the seed unnamed."""
        done = run_tidende(*command, "--inbox", "wrie", cwd=tmp_path, code=2)
        assert "'--inbox': wrie: there is no such directory" in done.stderr

    def test_an_inbox_that_is_made_is_told_where_one_sees_it(
        self, data: DataDirectory, tmp_path: Path
    ) -> None:
        """It may be mistyped."""
        told = []
        for _ in range(2):
            at = ("--inbox", tmp_path / "wrie", "--data", data.root)
            lines = run_tidende("ingest", *at).stderr.splitlines()
            told.append([line for line in map(json.loads, lines) if line["event"] == "inbox_made"])
        assert [(line["level"], line["path"]) for line in told[0]] == [
            ("warning", str(tmp_path / "wrie"))
        ]
        assert told[1] == []

    def test_a_data_directory_that_cannot_be_made_is_named(self, inbox: Path) -> None:
        """/proc takes no directory, not even from root."""
        done = run_tidende("ingest", "--inbox", inbox, "--data", "/proc/tidende", code=2)
        assert "command line: data = '/proc/tidende': " in done.stderr


class TestStartUp:
    @pytest.mark.parametrize("option", ["--help", "--version"])
    def test_help_needs_neither_ledger_nor_settings(self, option: str) -> None:
        """They cost half a second to import."""
        done = subprocess.run(
            [TIDENDE[0], "-X", "importtime", *TIDENDE[1:], option],
            capture_output=True,
            check=True,
            text=True,
            env=environment(),
        )
        imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
        assert "tidende.cli.main" in imported
        assert not imported & {"sqlalchemy", "pydantic", "alembic", "apscheduler", "structlog"}

    def test_output_that_nobody_reads_to_its_end_is_no_error(self, samples: Path) -> None:
        """As in `tidende parse ... | head -1`."""
        with subprocess.Popen(
            [sys.executable, "-m", "tidende", "parse", *[samples] * 20],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(),
        ) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.readline()
            process.stdout.close()
            said = process.stderr.read()
        assert b"Traceback" not in said
