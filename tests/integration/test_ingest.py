"""`tidende ingest`: one pass over the inbox for cron, and what its exit code says."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from program import DataDirectory, StartDaemon, assert_each_once, run_tidende
from seeds import BINARY, fill, telegram

SCORED = ("published", "headline", "agency", "caption text exact", "caption credit")
LISTED = ("captions", "subheadings")


def ingest(inbox: Path, data: DataDirectory, *options: str, code: int = 0) -> str:
    """Run one pass with a short settle time, and return what it said on standard error."""
    where = ("--inbox", inbox, "--data", data.root)
    settings = ("--set=intake.settle_seconds=0.3", "--set=workers.count=1")
    return run_tidende("ingest", *where, *settings, *options, code=code).stderr


def test_seeds_are_taken_in_by_mtime_and_then_by_name(inbox: Path, data: DataDirectory) -> None:
    order = ["z-1990", "b-1995", "a-2000", "c-2000", "d-2020"]
    for number, name in enumerate(reversed(order)):
        file = inbox / f"{name}.txt"
        file.write_bytes(telegram(number))
        os.utime(file, (int(name[-4:]), int(name[-4:])))
    ingest(inbox, data)
    taken = [article["data"]["provenance"]["name"] for article in data.articles()]
    assert taken == [f"{name}.txt" for name in order]


def test_a_second_run_adds_nothing(inbox: Path, data: DataDirectory, ferry: bytes) -> None:
    (inbox / "a.txt").write_bytes(ferry)
    ingest(inbox, data)
    before = data.events()
    ingest(inbox, data)
    assert data.events() == before
    assert len(list((data.editions / "daily").glob("2*.md"))) == 1


def test_without_extraction_copies_are_still_found(
    inbox: Path, data: DataDirectory, ferry: bytes, library: bytes
) -> None:
    """Each story is an article with its copies then."""
    edited = ferry.replace(b"\n\n", b"\n\nOppdatert versjon.\n\n", 1)
    for number, content in enumerate((ferry, library, edited)):
        (inbox / f"{number}.txt").write_bytes(content)
        ingest(inbox, data, "--set=extraction.enabled=false")
    first, other, copy = (article["data"] for article in data.articles())
    assert copy["dedup"]["of"] == first["item"]["uri"]
    assert copy["story"]["id"] == first["story"]["id"] != other["story"]["id"]
    assert first["extraction"]["language"]["tag"] == "nb"
    assert not any(first["extraction"][kind] for kind in ("people", "places", "dates", "figures"))


def test_it_waits_for_a_file_that_settles(
    inbox: Path, data: DataDirectory, ferry: bytes, library: bytes
) -> None:
    """Also for one that lies in a folder, and beside one that has rested."""
    (inbox / "a.txt").write_bytes(ferry)
    ingest(inbox, data)
    (inbox / "folder").mkdir()
    (inbox / "folder" / "b.txt").write_bytes(library)
    assert "b.txt: " not in ingest(inbox, data)
    assert_each_once(data, {"a.txt", "folder/b.txt"})


def test_what_is_empty_or_still_written_stays_and_is_reported(
    inbox: Path, data: DataDirectory, ferry: bytes
) -> None:
    (inbox / "whole.txt").write_bytes(ferry)
    (inbox / "empty.txt").touch()
    with (inbox / "open.txt").open("wb", buffering=0) as file:
        file.write(telegram(1))
        said = ingest(inbox, data)
    assert f"{inbox}/empty.txt: is empty, left for the next time" in said
    assert f"{inbox}/open.txt: still changes, left for the next time" in said
    assert_each_once(data, {"whole.txt"})
    ingest(inbox, data)
    assert_each_once(data, {"whole.txt", "open.txt"})


def test_a_quarantined_seed_is_reported_and_no_failure(
    inbox: Path, data: DataDirectory, samples: Path
) -> None:
    shutil.copy(samples / BINARY, inbox)
    done = run_tidende("ingest", "--inbox", inbox, "--data", data.root)
    assert "1 quarantined" in done.stdout
    [event] = data.events()
    assert event["type"] == "tidende.seed.quarantined.v1"


def test_an_empty_inbox_is_no_failure_and_makes_no_edition(
    inbox: Path, data: DataDirectory
) -> None:
    ingest(inbox, data)
    assert data.events() == []
    assert not data.editions.exists()


def test_it_is_refused_beside_a_daemon(
    start_daemon: StartDaemon, inbox: Path, data: DataDirectory
) -> None:
    daemon = start_daemon()
    assert f"process {daemon.pid}" in ingest(inbox, data, code=75)


def test_a_setting_that_cannot_be_used_is_exit_code_2(inbox: Path, data: DataDirectory) -> None:
    said = ingest(inbox, data, "--set=digests.daily.schedule=never", code=2)
    assert "--set: digests.daily.schedule = 'never'" in said
    assert not data.root.exists()


def test_a_ledger_that_is_none_is_exit_code_70(
    inbox: Path, data: DataDirectory, ferry: bytes
) -> None:
    """It is left as it was found: it may be somebody's."""
    (inbox / "a.txt").write_bytes(ferry)
    data.root.mkdir()
    data.ledger.write_bytes(b"no database" * 1000)
    said = ingest(inbox, data, code=70)
    assert str(data.ledger) in said
    assert "Traceback" not in said
    assert data.ledger.read_bytes() == b"no database" * 1000


def test_many_seeds_are_decided_once_each(inbox: Path, data: DataDirectory) -> None:
    """More than the workers have in hand at a time, and more than one batch."""
    fill(inbox / "tree", 300)
    ingest(inbox, data, "--set=workers.count=2")
    assert_each_once(data, {f"tree/{number:04d}.txt" for number in range(300)})


def test_the_real_seeds_come_out_right(shared: Path, tmp_path: Path, data: DataDirectory) -> None:
    """Five new articles and one edition, scored against the answers that people gave."""
    run_tidende("ingest", "--inbox", shared / "seeds", "--data", data.root)
    types = [event["type"] for event in data.events()]
    assert [kind for kind in types if kind != "tidende.story.updated.v1"] == [
        *["tidende.article.new.v1"] * 5,
        "tidende.digest.published.v1",
    ]
    [edition] = data.events("digest.published")
    assert {Path(file).suffix for file in edition["data"]["files"]} >= {".atom", ".html", ".md"}
    assert all(Path(file).is_file() for file in edition["data"]["files"])

    answer = tmp_path / "score.json"
    score = shared / "eval" / "score.py"
    subprocess.run(
        [sys.executable, score, data.queue, "--json", answer],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    found = json.loads(answer.read_text())
    assert found["missing"] == []
    for name in (*SCORED, "body complete (100%)", "paragraph exact"):
        assert found["counters"][name] == found["counters"][f"{name}_n"], name
    assert found["counters"]["body extra"] == 0
    for name in LISTED:
        assert found["lists"][name] == [1.0, 1.0, 1.0], name


def test_the_slowest_inbox_is_waited_for(tmp_path: Path, data: DataDirectory) -> None:
    """Each settles in its own time."""
    config = tmp_path / "tidende.toml"
    config.write_text(
        f"""
        [[inboxes]]
        name = "quick"
        path = "{tmp_path / "quick"}"
        settle_seconds = 0.1
        [[inboxes]]
        name = "slow"
        path = "{tmp_path / "slow"}"
        settle_seconds = 1.5
        """
    )
    for number, name in enumerate(("quick", "slow")):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.txt").write_bytes(telegram(number))
    run_tidende("ingest", "--config", config, "--data", data.root)
    assert_each_once(data, {"quick.txt", "slow.txt"})
