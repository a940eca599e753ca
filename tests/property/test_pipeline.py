"""For any files at any paths, in any batches: every seed ends in exactly one decision."""

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

from hypothesis import given, settings
from hypothesis import strategies as st

from desk import BINARY, BRIDGE, FERRY, Desk
from tidende.intake.scanner import find
from tidende.service.recorded import Recorded

Write: TypeAlias = tuple[str, bytes]
Batches: TypeAlias = list[list[Write]]

KINDS = {
    "new": "tidende.article.new.v1",
    "duplicate": "tidende.article.duplicate.v1",
    "quarantined": "tidende.seed.quarantined.v1",
}

paths = st.sampled_from(["a.txt", "b.txt", "post/a.txt", "blå\\bær.txt", "post/c"])
contents = st.one_of(
    st.sampled_from([FERRY, FERRY.replace("– ", "- "), f" date 2026-11 {FERRY}", BRIDGE]).map(
        str.encode
    ),
    st.just(BINARY),
    st.text(max_size=80).map(lambda text: text.encode(errors="replace")),
    st.binary(max_size=40),
)
batches: st.SearchStrategy[Batches] = st.lists(
    st.lists(st.tuples(paths, contents), max_size=5), max_size=6
)


def _write_and_take(desk: Desk, writes: Sequence[Write]) -> list[Recorded]:
    """Write files one after another, reading each as it is then; decide all in one batch."""
    processed = []
    for path, content in writes:
        desk.drop(path, content)
        found = find(desk.inbox, path)
        processed += desk.read([found] if found else [])
    return desk.committer.commit(processed)


def _run(work: Callable[[Desk], None]) -> None:
    with TemporaryDirectory() as folder, Desk(Path(folder)) as desk:
        work(desk)


def _seeds(given_batches: Batches) -> int:
    """Return how many seeds these writes are: a path that gets other content than it has."""
    held: dict[str, bytes] = {}
    seeds = 0
    for path, content in (write for batch in given_batches for write in batch):
        seeds += held.get(path) != content
        held[path] = content
    return seeds


@settings(max_examples=40)
@given(batches)
def test_every_seed_ends_in_exactly_one_decision(given_batches: Batches) -> None:
    """One decision and one event a seed, and none for a file that holds what it held."""

    def work(desk: Desk) -> None:
        decisions = [
            seed.decision
            for batch in given_batches
            for seed in _write_and_take(desk, batch)
            if seed.decision != "known"
        ]
        assert len(decisions) == _seeds(given_batches)
        assert [event["type"] for event in desk.events()] == [KINDS[one] for one in decisions]
        assert desk.scan.run() == []

    _run(work)


@settings(max_examples=40)
@given(batches)
def test_names_are_unique_and_sequences_have_no_gaps(given_batches: Batches) -> None:
    """No two events share an id, no two articles a subject, and nothing is missing in between."""

    def work(desk: Desk) -> None:
        for batch in given_batches:
            _write_and_take(desk, batch)
        events = desk.events()
        subjects = [event["subject"] for event in events if "subject" in event]
        assert len({event["id"] for event in events}) == len(events)
        assert len(set(subjects)) == len(subjects)
        expected = [f"{number:020d}" for number in range(1, len(events) + 1)]
        assert [event["sequence"] for event in events] == expected

    _run(work)


@settings(max_examples=25)
@given(batches)
def test_what_an_event_refers_to_was_told_before(given_batches: Batches) -> None:
    """A duplicate names an article that was new, in the same story; members grow by one."""

    def work(desk: Desk) -> None:
        for batch in given_batches:
            _write_and_take(desk, batch)
        originals: dict[str, str] = {}
        members: dict[str, list[str]] = {}
        for event in desk.events():
            if "subject" not in event:
                continue
            dedup, story = event["data"]["dedup"], event["data"]["story"]
            if dedup["verdict"] == "new":
                originals[event["subject"]] = story["id"]
            else:
                assert originals[dedup["of"]] == story["id"]
            members.setdefault(story["id"], []).append(event["subject"])
            assert story["members"] == members[story["id"]]

    _run(work)


@settings(max_examples=25)
@given(batches)
def test_how_seeds_are_batched_changes_nothing(given_batches: Batches) -> None:
    """One at a time or all at once: the same events with the same ids, in the same order."""
    told = []
    for division in (given_batches, [[write] for batch in given_batches for write in batch]):
        with TemporaryDirectory() as folder, Desk(Path(folder)) as desk:
            for batch in division:
                _write_and_take(desk, batch)
            told.append([(event["id"], event["data"].get("dedup")) for event in desk.events()])
    assert told[0] == told[1]
