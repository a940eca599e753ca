"""Digests as people and cron meet them: commands beside a daemon, and mail."""

import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from post import open_post
from program import BOUND_SECONDS, DataDirectory, StartDaemon, run_tidende, wait_until

NOW = "--set=intake.settle_seconds=0"


def _change(data: DataDirectory, statement: str) -> None:
    with closing(sqlite3.connect(data.ledger, timeout=BOUND_SECONDS)) as connection, connection:
        connection.execute(statement)


def _put_back(data: DataDirectory) -> None:
    """Have the last edition be two days old: the next is due."""
    _change(data, "UPDATE editions SET window_end = window_end - 172800")


@pytest.fixture
def taken(inbox: Path, data: DataDirectory, ferry: bytes, library: bytes) -> DataDirectory:
    """Return a data directory with one edition, and another article that none has told."""
    for name, content in (("a.txt", ferry), ("b.txt", library)):
        (inbox / name).write_bytes(content)
        run_tidende("ingest", "--inbox", inbox, "--data", data.root, NOW)
    assert len(data.events("digest.published")) == 1
    return data


def _run(data: DataDirectory, *options: str) -> list[str]:
    return run_tidende("digest", "run", "daily", *options, "--data", data.root).stdout.splitlines()


def test_many_commands_without_a_daemon_make_one_edition(taken: DataDirectory) -> None:
    _put_back(taken)
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: _run(taken), range(4)))
    assert len(taken.events("digest.published")) == 2
    assert sum("no edition was made" in lines[0] for lines in made) == 3


def test_the_daemon_and_cron_at_once_make_one_edition(
    taken: DataDirectory, start_daemon: StartDaemon
) -> None:
    """The daemon starts on an edition that is due, and is asked for it meanwhile."""
    _put_back(taken)
    daemon = start_daemon(ready=False)
    # A command that comes before it would hold the data directory itself, and the daemon give up.
    lock = taken.queue / "LOCK"
    wait_until(lambda: lock.read_text() == f"{daemon.pid}\n", "the daemon to hold the data")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: _run(taken), range(4)))
    assert daemon.stop() == 0
    assert len(taken.events("digest.published")) == 2
    windows = taken.rows("SELECT after, through FROM editions ORDER BY after")
    assert [after for after, _ in windows] == [0, windows[0][1]]


def _files(data: DataDirectory) -> dict[str, bytes]:
    kept = (file for file in data.root.rglob("*") if file.is_file())
    return {str(file): file.read_bytes() for file in kept if "sqlite-" not in file.name}


def test_a_preview_shows_the_next_edition_and_writes_nothing(taken: DataDirectory) -> None:
    before = _files(taken)
    shown = run_tidende("digest", "preview", "daily", "--data", taken.root).stdout
    assert "bøker" in shown.lower() or "bok" in shown.lower()
    page = run_tidende("digest", "preview", "daily", "--form", "html", "--data", taken.root).stdout
    assert page.startswith("<!DOCTYPE html>")
    assert _files(taken) == before
    made = Path(_run(taken)[0]).read_text()
    assert made.splitlines()[6:-2] == shown.splitlines()[6:-2]


def test_a_preview_of_a_past_window_tells_again_what_was_told(taken: DataDirectory) -> None:
    given = ("--since", "2020-01-01", "--data", taken.root)
    everything = run_tidende("digest", "preview", "daily", *given).stdout
    assert everything.count("\n## ") == 2
    nothing = run_tidende("digest", "preview", "daily", *given, "--until", "2020-01-02").stdout
    assert "Nothing new" in nothing


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (("daily", "--form", "pdf"), 2, "no digest form 'pdf'"),
        (("daily", "--since", "soon"), 2, "--since soon: no time"),
        (("daily", "--until", "2020-01-01"), 2, "needs --since"),
        (
            ("daily", "--since", "2020-01-02", "--until", "2020-01-01"),
            2,
            "--until 2020-01-01: isn't after --since 2020-01-02",
        ),
        (("daily", "--since", "2999-01-01"), 2, "--since 2999-01-01: is yet to come"),
        (("weekly",), 1, "digests.weekly: no such digest; known: daily"),
    ],
)
def test_a_preview_that_cannot_be_is_explained(
    taken: DataDirectory, options: tuple[str, ...], code: int, message: str
) -> None:
    done = run_tidende("digest", "preview", *options, "--data", taken.root, code=code)
    assert message in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("show", "weekly"), "digests.weekly: no such digest; known: daily"),
        (("ls", "weekly"), "digests.weekly: no such digest; known: daily"),
    ],
)
def test_an_edition_that_there_is_not_is_explained(
    taken: DataDirectory, options: tuple[str, ...], message: str
) -> None:
    assert message in run_tidende("digest", *options, "--data", taken.root, code=1).stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--at", "2999-01-01"), "--at 2999-01-01: is yet to come"),
        (("--since", "2020-01-01", "--until", "2999-01-01"), "--until 2999-01-01: is yet to come"),
        (("--again", "2999-01-01"), "--again 2999-01-01: is yet to come"),
        (("--at", ""), "--at : no time"),
    ],
)
def test_an_edition_of_what_is_yet_to_come_is_refused_by_the_option_that_says_so(
    taken: DataDirectory, options: tuple[str, ...], said: str
) -> None:
    at = ("--data", taken.root)
    assert said in run_tidende("digest", "run", "daily", *options, *at, code=2).stderr


def test_of_the_editions_that_there_are_another_is_not_shown(taken: DataDirectory) -> None:
    _run(taken)
    asked = ("digest", "show", "daily", "2020-01-01", "--version", "7")
    said = run_tidende(*asked, "--data", taken.root, code=1).stderr
    assert "daily 2020-01-01 version 7: no such edition; see 'tidende digest ls daily'" in said


def test_an_edition_of_a_past_window_and_a_correction_are_made_by_hand(
    taken: DataDirectory,
) -> None:
    extra = _run(taken, "--since", "2020-01-01")
    assert Path(extra[0]).read_text().count("\n## ") == 2
    [row, first] = _rows(taken)
    corrected = _run(taken, "--again", first["window_end"])
    assert corrected[0].endswith(".v2.md")
    assert "version 2" in Path(corrected[0]).read_text()
    assert [(each["version"], each["window_end"]) for each in _rows(taken)] == [
        (1, row["window_end"]),
        (2, first["window_end"]),
        (1, first["window_end"]),
    ]
    shown = run_tidende(
        *("digest", "show", "daily", first["window_end"], "--version", "1", "--form", "html"),
        *("--data", taken.root),
    ).stdout
    [page] = (file for file in first["files"] if file.endswith(".html"))
    assert shown == Path(page).read_text()
    assert len(_run(taken)) >= 3  # the next still tells what came since the first


def _rows(data: DataDirectory) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(
        run_tidende("digest", "ls", "daily", "--data", data.root, "--json").stdout
    )
    return found


def test_no_edition_can_be_corrected_that_there_is_not(taken: DataDirectory) -> None:
    done = run_tidende(
        *("digest", "run", "daily", "--again", "2020-01-01T06:00"), "--data", taken.root, code=1
    )
    assert "no edition ended at 2020-01-01T05:00:00.000Z" in done.stderr


@pytest.fixture
def closed_port() -> int:
    """Return a port at which nobody listens."""
    with open_post() as post:
        return post.port


def test_mail_waits_while_the_server_is_down_and_status_says_so(
    start_daemon: StartDaemon, inbox: Path, data: DataDirectory, ferry: bytes, closed_port: int
) -> None:
    """The daemon goes on; when the server is there, each mail comes once."""
    (inbox / "a.txt").write_bytes(ferry)
    daemon = start_daemon(
        'digests.daily.recipients=["desk@example.org"]',
        f'mail={{host="127.0.0.1", port={closed_port}, security="none"}}',
    )
    daemon.wait_for("mail_postponed")
    daemon.wait_for("health_changed", healthy=False)
    status = json.loads(run_tidende("status", "--data", data.root, "--json").stdout)
    assert status["mail"]["waiting"] == 1
    assert "Connection refused" in status["mail"]["trouble"]
    assert [problem["part"] for problem in status["problems"]] == ["mail"]
    assert "1 waiting: 127.0.0.1" in run_tidende("status", "--data", data.root).stdout
    run_tidende("health", "--data", data.root, code=1)
    with open_post(closed_port) as post:
        _change(data, "UPDATE mails SET due = 0 WHERE due IS NOT NULL")
        wait_until(lambda: post.received, "the mail")
        daemon.wait_for("mail_sent")
        daemon.wait_for("health_changed", healthy=True)
        assert daemon.stop() == 0
    [(message_id,)] = data.rows("SELECT message_id FROM mails")
    assert post.ids() == [message_id]
    assert post.received[0].recipients == ["desk@example.org"]


def test_a_pass_from_cron_sends_the_mail_of_its_editions(
    inbox: Path, data: DataDirectory, ferry: bytes
) -> None:
    (inbox / "a.txt").write_bytes(ferry)
    with open_post() as post:
        server = f'--set=mail={{host="127.0.0.1", port={post.port}, security="none"}}'
        to = '--set=digests.daily.recipients=["a@example.org", "b@example.org"]'
        run_tidende("ingest", "--inbox", inbox, "--data", data.root, NOW, server, to)
        run_tidende("ingest", "--inbox", inbox, "--data", data.root, NOW, server, to)
    assert sorted(one.recipients[0] for one in post.received) == ["a@example.org", "b@example.org"]


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ('digests.daily.recipients=["a@b.no"]', "digests.daily.recipients = 'a@b.no': mail.host"),
        ("mail.password_file=/no/such", "mail.password_file = '/no/such': No such file"),
        ("digests.daily.quiet_hours=night", "digests.daily.quiet_hours = 'night': no hours"),
    ],
)
def test_settings_that_cannot_be_used_are_named(
    inbox: Path, data: DataDirectory, setting: str, message: str
) -> None:
    given = ("--inbox", inbox, "--data", data.root, "--set=mail.user=tidende", f"--set={setting}")
    assert f"--set: {message}" in run_tidende("ingest", *given, code=2).stderr
