"""Stories in the ledger: members, links, and what people said."""

from collections.abc import Callable

import pytest

from tidende.store import articles, seeds, signatures, stories
from tidende.store.articles import ArticleRow
from tidende.store.ledger import Ledger
from tidende.store.seeds import SeedRow
from tidende.store.signatures import SignatureRow
from tidende.store.stories import CorrectionRow, LinkRow, Member, StoryRow

MakeArticle = Callable[..., ArticleRow]


@pytest.fixture
def ledger(ledger: Ledger, seed: Callable[..., SeedRow]) -> Ledger:
    """Return a ledger with seeds for the articles."""
    with ledger.write() as connection:
        seeds.add(connection, [seed(number) for number in range(1, 6)])
    return ledger


def test_a_story_s_members_stand_in_the_order_they_came(
    ledger: Ledger, article: MakeArticle
) -> None:
    """That is by their sequences, also where a repair wrote an earlier one later."""
    with ledger.write() as connection:
        rows = [article(3, story="s", of="urn:x:1"), article(1, story="s"), article(2, story="t")]
        articles.add(connection, rows)
        stories.put(connection, [StoryRow(id="t", thread="x", version=2)])
        found = stories.read(connection, ["s", "t", "u"])
    alone = StoryRow(id="s", thread=None, version=0)
    first = Member(sequence=1, subject="urn:x:1", of=None)
    assert found["s"] == (alone, [first, Member(sequence=3, subject="urn:x:3", of="urn:x:1")])
    row, (member,) = found["t"]
    assert (row.thread, row.version, member.sequence) == ("x", 2, 2)
    assert "u" not in found


def test_articles_move_between_stories(ledger: Ledger, article: MakeArticle) -> None:
    """The others stay where they are."""
    with ledger.write() as connection:
        articles.add(connection, [article(1, story="s"), article(2, story="s")])
        stories.move(connection, {2: "t"})
        assert stories.stories_of(connection, [1, 2, 3]) == {1: "s", 2: "t"}


def test_a_story_s_id_is_taken_for_good(ledger: Ledger, article: MakeArticle) -> None:
    """By its articles, and by what was said of it when it had some."""
    with ledger.write() as connection:
        articles.add(connection, [article(1, story="s")])
        stories.put(connection, [StoryRow(id="t", thread=None, version=2)])
        assert [stories.is_taken(connection, each) for each in "stu"] == [True, True, False]


def test_stories_are_found_by_their_thread(ledger: Ledger) -> None:
    """As they were put there last."""
    first = StoryRow(id="s", thread="x", version=0)
    with ledger.write() as connection:
        stories.put(connection, [first, StoryRow(id="t", thread="x", version=0)])
        stories.put(connection, [StoryRow(id="t", thread=None, version=1)])
        assert stories.in_threads(connection, ["x"]) == {"s": first}
        assert stories.rows(connection, ["t"])["t"].version == 1


def test_links_are_found_between_the_articles_that_are_asked_for(ledger: Ledger) -> None:
    """Those to others aren't; and they go with either article."""
    near = LinkRow(earlier=1, later=2, story=0.5, thread=0.75)
    with ledger.write() as connection:
        stories.add_links(connection, [near, LinkRow(earlier=2, later=3, story=1, thread=1)])
        assert stories.links_among(connection, [2, 1]) == [near]
        stories.forget_links(connection, [3])
        assert stories.links_among(connection, [1, 2, 3]) == [near]


def test_the_last_word_on_a_pair_holds(ledger: Ledger) -> None:
    """Until it is taken back."""
    together = CorrectionRow(earlier=1, later=2, together=True, made=1.5)
    apart = CorrectionRow(earlier=1, later=2, together=False, made=2.5)
    with ledger.write() as connection:
        stories.correct(connection, [together])
        stories.correct(connection, [apart])
        assert stories.corrections_among(connection, [1, 2]) == [apart]
        stories.withdraw(connection, [(1, 2)])
        assert stories.corrections_among(connection, [1, 2]) == []


def test_stories_are_listed_by_what_moved_last(ledger: Ledger, article: MakeArticle) -> None:
    """With how many articles they have, and how many of them are copies."""
    with ledger.write() as connection:
        rows = [
            article(1, story="s"),
            article(2, story="t"),
            article(3, story="s", verdict="duplicate", of="urn:x:1"),
        ]
        articles.add(connection, rows)
        every = stories.newest_first(connection, limit=0, fewest=1)
        told_twice = stories.newest_first(connection, limit=1, fewest=2)
    assert [(each.id, each.articles, each.copies, each.first) for each in every] == [
        ("s", 2, 1, 1),
        ("t", 1, 0, 2),
    ]
    assert told_twice == every[:1]


def test_a_story_is_known_as_it_was_at_a_sequence(ledger: Ledger, article: MakeArticle) -> None:
    """Up to and with it; a first article that was taken down gives way to the next."""
    with ledger.write() as connection:
        rows = [
            article(1, story="s"),
            article(2, story="t"),
            article(3, story="s", verdict="duplicate", of="urn:x:1"),
            article(4, story="s", verdict="revision", of="urn:x:1"),
        ]
        articles.add(connection, rows)
        assert stories.articles_until(connection, 3, ["s", "t", "u"]) == {"s": 2, "t": 1}
        assert stories.articles_until(connection, 1, ["s", "t"]) == {"s": 1}
        assert stories.sequences_until(connection, 4, "s", copies=True) == [4, 3, 1]
        assert stories.sequences_until(connection, 4, "s", copies=False) == [4, 1]
        assert stories.sequences_until(connection, 3, "s", copies=False) == [1]
        assert stories.first_articles(connection, ["s", "t"], 1) == {"s": 1}
        articles.forget(connection, [1], 1.5)
        assert stories.first_articles(connection, ["s", "t"], 3) == {"s": 3, "t": 2}
        assert stories.first_articles(connection, ["s"], 2) == {}


def test_corrections_are_rare(ledger: Ledger) -> None:
    """Most ledgers have none, and hear at once that nothing need be looked up."""
    with ledger.write() as connection:
        assert not stories.is_any_corrected(connection)
        said = CorrectionRow(earlier=1, later=2, together=True, made=1.5)
        stories.correct(connection, [said])
        assert stories.is_any_corrected(connection)
        assert stories.corrections_among(connection, [2, 3]) == []


def test_signatures_follow_one_another(ledger: Ledger) -> None:
    """So many after a sequence; a copy has keys, and no clues of its own."""
    rows = [
        SignatureRow(sequence=number, sketch=(number,), keys=(), clues=b"clues" * (number % 2))
        for number in (2, 3, 4)
    ]
    with ledger.write() as connection:
        signatures.add(connection, rows[:1])
        signatures.add(connection, rows[::-1])
        assert signatures.after(connection, 0, 2) == rows[:2]
        assert signatures.after(connection, 2, 9) == rows[1:]


def test_signatures_come_back_as_they_were_put(ledger: Ledger) -> None:
    """Their keys in order and of the same width; clues only where there are any."""
    rows = [
        SignatureRow(sequence=1, sketch=(7, 2**32 - 1), keys=(3,), clues=b"clues"),
        SignatureRow(sequence=2, sketch=(1,), keys=(), clues=b""),
    ]
    with ledger.write() as connection:
        signatures.add(connection, rows)
        ((sketches, keys),) = signatures.read_keys(connection)
        assert signatures.clues_of(connection, [1, 2]) == {1: b"clues"}
        assert len(signatures.after(connection, 0, 9)) == 2
        signatures.forget(connection, [1])
        assert len(signatures.after(connection, 0, 9)) == 1
    assert (list(sketches.numbers), list(sketches.counts)) == ([1, 2], [2, 1])
    assert sketches.keys == b"\x07\0\0\0\xff\xff\xff\xff\x01\0\0\0"
    assert (list(keys.counts), keys.keys) == ([1, 0], b"\x03\0\0\0")
