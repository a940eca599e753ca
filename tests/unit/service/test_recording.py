"""Decisions and what is recorded of them: verdicts, quarantine, retries, and names that last."""

import os
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from desk import BINARY, BRIDGE, FERRY, LIMIT, Desk, Event
from tidende.intake.scanner import look
from tidende.model.seed import Candidate
from tidende.service.recorded import Recorded
from tidende.store import articles, events, rejections, seeds


def _retry(desk: Desk, key: str, path: str, attempt: int = 2) -> Recorded:
    """Try a refused seed again, from its copy or else from the inbox."""
    file = str(desk.quarantine.find(key, path) or desk.inbox.path / path)
    stamp = look(file)
    assert stamp is not None
    with desk.ledger.read() as connection:
        row = next(row for row in rejections.still_open(connection) if row.key == key)
    candidate = Candidate(
        inbox="wire",
        path=path,
        file=file,
        source="wire",
        stamp=stamp,
        attempt=attempt,
        again=row.seed,
    )
    (recorded,) = desk.committer.commit(desk.read([candidate]))
    return recorded


def _open_keys(desk: Desk) -> list[str]:
    with desk.ledger.read() as connection:
        return [row.key for row in rejections.still_open(connection)]


def _data(event: Event, part: str) -> Event:
    found: Event = event["data"][part]
    return found


def test_a_text_that_nobody_had_is_new(desk: Desk) -> None:
    """It begins a story, whose only member it is."""
    desk.drop("a.txt", FERRY)
    (recorded,) = desk.take_all()
    assert recorded.decision == "new"
    (event,) = desk.events()
    assert event["type"] == "tidende.article.new.v1"
    assert _data(event, "dedup")["of"] is None
    assert _data(event, "story")["members"] == [event["subject"]]


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize(
    ("copy", "signal"),
    [(FERRY, "same-bytes"), (FERRY.replace("– Vi", "- Vi"), "same-text")],
    ids=["bytes", "text"],
)
def test_a_copy_is_a_duplicate_of_the_first(
    desk: Desk, copy: str, signal: str, *, together: bool
) -> None:
    """In the same batch or later, with an event of its own that says what it rests on."""
    desk.drop("a.txt", FERRY)
    desk.drop("b.txt", copy)
    if together:
        desk.take("a.txt", "b.txt")
    else:
        desk.take("a.txt")
        desk.take("b.txt")
    first, second = desk.events()
    assert desk.told() == ["new", "duplicate"]
    assert _data(second, "dedup")["of"] == first["subject"] != second["subject"]
    assert [said["signal"] for said in _data(second, "dedup")["evidence"]] == [signal]
    assert _data(second, "story")["members"] == [first["subject"], second["subject"]]
    assert _data(second, "story")["id"] == _data(first, "story")["id"]


def test_the_third_copy_is_a_duplicate_of_the_original(desk: Desk) -> None:
    """Not of another duplicate."""
    for path in ("a.txt", "b.txt", "c.txt"):
        desk.drop(path, FERRY)
        desk.take(path)
    first, _, third = desk.events()
    assert _data(third, "dedup")["of"] == first["subject"]
    assert len(_data(third, "story")["members"]) == 3


def test_another_text_is_another_story(desk: Desk) -> None:
    """Texts that differ have nothing to do with one another yet."""
    desk.drop("a.txt", FERRY)
    desk.drop("b.txt", BRIDGE)
    desk.take("a.txt", "b.txt")
    assert desk.told() == ["new", "new"]
    assert len({_data(event, "story")["id"] for event in desk.events()}) == 2


def test_the_same_file_again_says_nothing(desk: Desk) -> None:
    """A seed is a path and its content."""
    desk.drop("a.txt", FERRY)
    desk.take("a.txt")
    (again,) = desk.take("a.txt")
    assert again.decision == "known"
    assert desk.told() == ["new"]


def test_a_touched_file_says_nothing_and_is_known_afterwards(desk: Desk) -> None:
    """Its new stamp is noted, so that the next scan passes it over."""
    file = desk.drop("a.txt", FERRY)
    desk.take_all()
    os.utime(file, (1, 1))
    (touched,) = desk.take_all()
    assert touched.decision == "known"
    assert desk.take_all() == []
    assert desk.told() == ["new"]


def test_a_path_with_other_content_is_another_seed(desk: Desk) -> None:
    """What a newsroom writes over its own file is news."""
    desk.drop("a.txt", FERRY)
    desk.take("a.txt")
    desk.drop("a.txt", BRIDGE)
    desk.take("a.txt")
    assert desk.told() == ["new", "new"]


def test_a_path_that_comes_back_to_earlier_content_is_told_each_time(desk: Desk) -> None:
    """Each return is a duplicate with a name of its own."""
    for content in (FERRY, BRIDGE, FERRY, BRIDGE, FERRY):
        desk.drop("a.txt", content)
        desk.take("a.txt")
    assert desk.told() == ["new", "new", "duplicate", "duplicate", "duplicate"]
    assert len({event["id"] for event in desk.events()}) == 5
    assert len({event["subject"] for event in desk.events()}) == 5


def test_one_path_twice_in_a_batch_is_decided_in_order(desk: Desk) -> None:
    """What changed while a batch was gathered counts twice, what didn't once."""
    desk.drop("a.txt", FERRY)
    first = desk.read(desk.scan.run())
    desk.drop("a.txt", BRIDGE)
    second = desk.read(desk.scan.run())
    recorded = desk.committer.commit([*first, *first, *second])
    assert [seed.decision for seed in recorded] == ["new", "known", "new"]


def test_the_same_name_in_two_inboxes_is_two_seeds(desk: Desk) -> None:
    """The inbox is part of a seed's name."""
    desk.drop("a.txt", FERRY)
    (one,) = desk.scan.run()
    other = Candidate(inbox="post", path=one.path, file=one.file, source="post", stamp=one.stamp)
    desk.committer.commit(desk.read([one, other]))
    assert desk.told() == ["new", "duplicate"]


def test_a_rerun_from_scratch_gives_the_same_names(desk: Desk, tmp_path: Path) -> None:
    """Ids and subjects are made of what the seeds are, not of when they came."""
    with Desk(tmp_path / "again") as again:
        again.clock.pass_by(86_400)
        for content in (FERRY, BRIDGE, FERRY, BINARY):
            for each in (desk, again):
                each.drop("post/a.txt", content)
                each.take("post/a.txt")
        names = [
            [(event["id"], event.get("subject")) for event in each.events()]
            for each in (desk, again)
        ]
    assert names[0] == names[1]
    assert len(names[0]) == 4


def test_a_seed_that_cannot_be_used_is_quarantined_with_its_reason(desk: Desk) -> None:
    """A copy for a person, an event for programs, and the seed stays where it was."""
    file = desk.drop("a.bin", BINARY)
    (recorded,) = desk.take_all()
    assert recorded.decision == "quarantined"
    (event,) = desk.events()
    assert event["type"] == "tidende.seed.quarantined.v1"
    assert "subject" not in event
    assert (event["data"]["reason"], event["data"]["attempt"]) == ("not-text", 1)
    copy = desk.quarantine.find(event["data"]["quarantine"], "a.bin")
    assert copy is not None
    assert copy.read_bytes() == BINARY == file.read_bytes()
    assert _open_keys(desk) == [event["data"]["quarantine"]]
    assert desk.take_all() == []


def test_a_refused_seed_that_is_tried_again_and_read_leaves_the_quarantine(desk: Desk) -> None:
    """As when a later version reads more: one article more, one refusal less."""
    desk.drop("a.txt", "x" * (LIMIT + 1))
    desk.take("a.txt")
    (key,) = _open_keys(desk)
    desk.limit *= 2
    recorded = _retry(desk, key, "a.txt")
    assert recorded.decision == "new"
    assert desk.told() == ["quarantined", "new"]
    assert _open_keys(desk) == []
    assert list(desk.quarantine.path.iterdir()) == []


def test_a_seed_that_was_read_at_last_is_known_by_its_content(desk: Desk) -> None:
    """The file in the inbox, and touching it, says nothing new; a copy is one by its bytes."""
    file = desk.drop("a.txt", "x" * (LIMIT + 1))
    desk.take("a.txt")
    desk.limit *= 2
    (key,) = _open_keys(desk)
    _retry(desk, key, "a.txt")
    assert desk.take_all() == []
    os.utime(file, (1, 1))
    assert [seed.decision for seed in desk.take_all()] == ["known"]
    desk.drop("b.txt", file.read_bytes())
    desk.take_all()
    assert [said["signal"] for said in desk.events()[-1]["data"]["dedup"]["evidence"]] == [
        "same-bytes"
    ]


@pytest.mark.parametrize(
    ("content", "kept"), [(BINARY, 2), (b"x" * (LIMIT + 1), 1)], ids=["read", "unread"]
)
def test_a_refused_seed_that_is_refused_again_stands_in_quarantine_once(
    desk: Desk, content: bytes, kept: int
) -> None:
    """Each attempt has its event; the copy and the open refusal are one."""
    desk.drop("a.bin", content)
    desk.take("a.bin")
    (key,) = _open_keys(desk)
    for attempt in (2, 3):
        recorded = _retry(desk, key, "a.bin", attempt)
        assert (recorded.decision, recorded.attempt) == ("quarantined", attempt)
    assert desk.told() == ["quarantined"] * 3
    assert [event["data"]["attempt"] for event in desk.events()] == [1, 2, 3]
    assert len({event["id"] for event in desk.events()}) == 3
    assert _open_keys(desk) == [key]
    assert len(list(desk.quarantine.path.iterdir())) == kept
    assert desk.take_all() == []


def test_an_attempt_that_was_made_already_says_nothing(desk: Desk) -> None:
    """Asked for twice at once, a seed is tried again once."""
    desk.drop("a.bin", BINARY)
    desk.take("a.bin")
    (key,) = _open_keys(desk)
    assert _retry(desk, key, "a.bin").decision == "quarantined"
    assert _retry(desk, key, "a.bin").decision == "known"
    assert desk.quarantine.find(key, "a.bin") is not None
    assert desk.take_all() == []


def test_an_earlier_seed_of_a_path_can_be_tried_again(desk: Desk) -> None:
    """What the path holds by now isn't told anew: the copy in quarantine is what is tried."""
    desk.drop("a.txt", BINARY)
    desk.take("a.txt")
    (key,) = _open_keys(desk)
    desk.drop("a.txt", FERRY)
    desk.take("a.txt")
    assert _retry(desk, key, "a.txt").decision == "quarantined"
    assert desk.told() == ["quarantined", "new", "quarantined"]
    assert _open_keys(desk) == [key]
    assert desk.take_all() == []


def test_a_refused_seed_that_is_gone_is_recorded_all_the_same(desk: Desk) -> None:
    """Its reason stands in quarantine without a copy."""
    file = desk.drop("a.bin", BINARY)
    processed = desk.read(desk.scan.run())
    file.unlink()
    desk.committer.commit(processed)
    assert desk.told() == ["quarantined"]
    (key,) = _open_keys(desk)
    assert desk.quarantine.find(key, "a.bin") is None
    assert len(list(desk.quarantine.path.iterdir())) == 1


def test_good_and_bad_seeds_of_a_batch_do_not_disturb_one_another(desk: Desk) -> None:
    """Each has its own decision, in order."""
    contents: list[tuple[str, str | bytes]]
    contents = [("a", FERRY), ("b", BINARY), ("c", BRIDGE), ("d", FERRY)]
    for path, content in contents:
        desk.drop(path, content)
    recorded = desk.take("a", "b", "c", "d")
    assert [seed.decision for seed in recorded] == ["new", "quarantined", "new", "duplicate"]
    assert desk.told() == [seed.decision for seed in recorded]
    assert [event["sequence"] for event in desk.events()] == [f"{n:020d}" for n in (1, 2, 3, 4)]


def test_a_batch_without_news_writes_no_event(desk: Desk) -> None:
    """Nothing to say is said with nothing."""
    assert desk.committer.commit([]) == []
    assert desk.events() == []


def test_no_text_of_an_article_is_logged(desk: Desk) -> None:
    """Logs go elsewhere than news does."""
    desk.drop("a.txt", FERRY)
    with capture_logs() as logs:
        desk.take_all()
    assert "Holmvik" not in str(logs)


def test_what_is_recorded_agrees_with_what_is_told(desk: Desk) -> None:
    """The ledger's rows and the events have the same sequences, subjects and verdicts."""
    for path in ("a", "b"):
        desk.drop(path, FERRY)
    desk.drop("c", BINARY)
    desk.take("a", "b", "c")
    with desk.ledger.read() as connection:
        assert articles.count_by_verdict(connection) == {"new": 1, "duplicate": 1}
        assert events.last_sequence(connection) == 3
        assert seeds.last_id(connection) == 3
