"""Placing articles into stories: late links, stable ids, and what is told of them."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Connection

from desk import Desk
from tidende.dedup.stories.clues import NOTHING, Clues, Family, pack
from tidende.model.seed import Stamp
from tidende.service import linking as module
from tidende.service.catalogue import Catalogue, Search
from tidende.service.linking import Linking, Placed
from tidende.store import articles, seeds, signatures
from tidende.store.articles import ArticleRow
from tidende.store.seeds import SeedRow
from tidende.store.signatures import SignatureRow
from tidende.store.stories import CorrectionRow, Member

FERRY, BRIDGE = range(100, 112), range(200, 212)


class Bench:
    """Articles whose clues are bare numbers; those that share them tell of one event."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._catalogue = Catalogue()
        self._rows: list[SignatureRow] = []
        self.begin()
        stamp = Stamp(size=0, mtime_ns=0, ctime_ns=0, inode=0)
        seed = SeedRow(
            id=1,
            inbox="wire",
            path="a",
            sha256="h",
            occurrence=0,
            source="wire",
            stamp=stamp,
            received=1.5,
            attempts=1,
        )
        seeds.add(connection, [seed])

    def begin(self) -> None:
        """Begin as the next transaction does."""
        self._search = Search(self._catalogue)
        self.linking = Linking(self._connection, self._search)
        self._placed: list[tuple[Member, Placed]] = []

    def place(self, sequence: int, *topics: range) -> Placed:
        member = Member(sequence=sequence, subject=f"urn:x:{sequence}", of=None)
        hashes = [each for topic in topics for each in topic]
        row = SignatureRow(
            sequence=sequence, sketch=(), keys=tuple(hashes), clues=pack(_clues(hashes))
        )
        placed = self.linking.place(member, row)
        self._search.add(row)
        self._rows.append(row)
        self._placed.append((member, placed))
        return placed

    def follow(self, sequence: int, leader: int) -> Placed:
        member = Member(sequence=sequence, subject=f"urn:x:{sequence}", of=f"urn:x:{leader}")
        placed = self.linking.follow(member, leader)
        self._placed.append((member, placed))
        return placed

    def write(self) -> None:
        """Write everything, and begin anew."""
        articles.add(self._connection, [_article(*each) for each in self._placed])
        signatures.add(self._connection, self._rows)
        self.linking.write()
        self._catalogue.add(self._rows)
        self._rows = []
        self.begin()


def _clues(hashes: list[int]) -> Clues:
    family = Family.of(dict.fromkeys(hashes, 120))
    return replace(NOTHING, language="nb", words=family, lead=family, names=family, grams=family)


def _article(member: Member, placed: Placed) -> ArticleRow:
    return ArticleRow(
        seed=1,
        ordinal=member.sequence,
        subject=member.subject,
        sequence=member.sequence,
        verdict="new" if member.of is None else "duplicate",
        of=member.of,
        story=placed.story.id,
        sha256="h",
        fingerprint=b"x",
    )


@pytest.fixture
def bench(desk: Desk) -> Iterator[Bench]:
    """Return a bench in a transaction."""
    with desk.ledger.write() as connection:
        yield Bench(connection)


def _members(placed: Placed) -> list[int]:
    return [int(subject.rpartition(":")[2]) for subject in placed.story.members]


def test_what_nothing_is_like_is_a_story_of_its_own(bench: Bench) -> None:
    """Without a thread, and nothing is told of others."""
    first, second = bench.place(1, FERRY), bench.place(2, BRIDGE)
    assert first.story.id != second.story.id
    assert (first.story.thread, first.updates, second.updates) == (None, (), ())


@pytest.mark.parametrize("written", [False, True])
def test_another_report_joins_the_story(bench: Bench, written: bool) -> None:  # noqa: FBT001
    """Its own event tells it; there is no update."""
    first = bench.place(1, FERRY)
    if written:
        bench.write()
    second = bench.place(2, FERRY)
    assert (second.story.id, _members(second), second.updates) == (first.story.id, [1, 2], ())


@pytest.mark.parametrize("written", [False, True])
def test_a_late_link_makes_one_story_of_two(bench: Bench, written: bool) -> None:  # noqa: FBT001
    """The older keeps its id, the other is dissolved, and copies go along."""
    first = bench.place(1, FERRY)
    second = bench.place(2, BRIDGE)
    bench.follow(3, 2)
    if written:
        bench.write()
    assert bench.place(4, FERRY, BRIDGE).updates == ()
    last = bench.place(5, FERRY, BRIDGE)
    assert (last.story.id, _members(last)) == (first.story.id, [1, 2, 3, 4, 5])
    assert {update.story.id: len(update.story.members) for update in last.updates} == {
        first.story.id: 5,
        second.story.id: 0,
    }
    assert all(update.article == "urn:x:5" and update.version == 1 for update in last.updates)
    bench.write()
    joined = bench.follow(6, 3)
    assert _members(joined) == [1, 2, 3, 4, 5, 6]
    (update,) = joined.updates
    assert (update.story, update.version, update.article) == (joined.story, 2, "urn:x:6")


def test_a_dissolved_story_s_id_is_not_given_again(bench: Bench) -> None:
    """Consumers have heard that it has no articles."""
    bench.place(1, FERRY)
    second = bench.place(2, BRIDGE)
    for number in (3, 4):
        bench.place(number, FERRY, BRIDGE)
    bench.write()
    assert second.story.id not in set(bench.linking._shelf.stories_of(range(1, 5)).values())
    apart = [
        CorrectionRow(earlier=min(2, each), later=max(2, each), together=False, made=1.5)
        for each in (1, 3, 4)
    ]
    updates = bench.linking.correct(apart, ())
    (parted,) = (each.story for each in updates if each.story.members == ("urn:x:2",))
    assert parted.id != second.story.id


def test_in_a_large_thread_the_nearest_are_parted(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What isn't stays with its story, also when the rest of it moves."""
    monkeypatch.setattr(module, "NEIGHBOURS", 3)
    for number in range(1, 5):
        bench.place(number, FERRY)
    for number in range(5, 9):
        bench.place(number, BRIDGE)
    bench.write()
    last = bench.place(9, FERRY, BRIDGE)
    assert len(_members(last)) in {5, 9}
    assert sorted({*_members(last)}) == _members(last)
