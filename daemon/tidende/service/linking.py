"""Finds the story of each article, and what its arrival changes of the stories that are known.

An article that repeats or revises another is in that one's story. Any other is weighed against
those that have the rarest keys in common with it; the threads of those that are like it are parted
anew, so that the stories depend on which articles there are and not on how they came. What that
changes of stories other than the article's own comes out as updates.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from sqlalchemy import Connection

from tidende.dedup.stories.agglomerate import Pair
from tidende.dedup.stories.clues import NOTHING, Clues, unpack
from tidende.dedup.stories.partition import Partition, partition
from tidende.dedup.stories.weigh import Link, weigh_all
from tidende.emit.identity import story_id
from tidende.model.payload import StoryData
from tidende.model.story import Story
from tidende.service.catalogue import Search
from tidende.service.parting import NEIGHBOURS, Tie, chained, nearest, settled
from tidende.service.rehoming import regroup, rethread
from tidende.service.shelf import Shelf, Shelved
from tidende.store import signatures, stories
from tidende.store.signatures import SignatureRow
from tidende.store.stories import CorrectionRow, LinkRow, Member

LINKED = 0.3
"""Probability of one thread below which two articles are no neighbours."""
_REMEMBERED = 512  # articles' clues: 10 MB

_State: TypeAlias = tuple[tuple[int, ...], str | None]
_NOTHING: _State = ((), None)


@lru_cache(maxsize=_REMEMBERED)
def unpacked(content: bytes) -> Clues | None:
    """Return clues; None for those of another version, which say nothing to this one."""
    try:
        return unpack(content)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Where an article was put, and the stories that are others now because of it."""

    story: Story
    updates: tuple[StoryData, ...] = ()


class Linking:
    """The stories within one transaction."""

    def __init__(self, connection: Connection, search: Search) -> None:
        self._connection = connection
        self._search = search
        self._shelf = Shelf(connection)
        """The stories as they are after all that was placed so far."""
        self._are_uncorrected = not stories.is_any_corrected(connection)
        self._clues: dict[int, bytes] = {}
        self._links: dict[tuple[int, int], Link] = {}

    def expect(self, leaders: Iterable[int]) -> None:
        """Read the stories of these articles at once: others will follow them."""
        self._shelf.fetch(self._shelf.stories_of(leaders).values())

    def follow(self, member: Member, leader: int) -> Placed:
        """Put an article into the story of the one that it repeats or revises."""
        (shelved,) = self._shelf.fetch(self._shelf.stories_of((leader,)).values())
        self._shelf.add(shelved, member)
        return self._placed(shelved, [], member)

    def place(self, member: Member, row: SignatureRow) -> Placed:
        """Put an article that repeats no other into its story."""
        self._clues[member.sequence] = row.clues
        # Without clues it has no keys either, and begins a story of its own.
        near = self._weigh(member.sequence, self._search.reports(row.keys))
        shelved = self._shelf.begin(story_id(member.subject))
        self._shelf.add(shelved, member)
        if not near:
            return Placed(story=_story(shelved))
        around = self._shelf.with_their_threads(set(self._shelf.stories_of(near).values()))
        updates = self._part_anew([shelved, *around], near | {member.sequence}, member)
        (story,) = self._shelf.fetch(self._shelf.stories_of((member.sequence,)).values())
        return self._placed(story, updates, member)

    def _placed(self, story: Shelved, updates: list[StoryData], newcomer: Member) -> Placed:
        """Return where an article was put.

        Once a story had an update, each article that joins it makes another: so the last update
        of a story has all of its articles, for whoever reads only that.
        """
        if story.row.version and all(each.story.id != story.row.id for each in updates):
            updates.append(self._announce(story, newcomer))
        return Placed(story=_story(story), updates=tuple(updates))

    def correct(
        self,
        said: Sequence[CorrectionRow],
        withdrawn: Sequence[tuple[int, int]],
        lasting: str | None = None,
    ) -> list[StoryData]:
        """Record what a person says of pairs of articles, and return the stories that changes.

        What was said before of the pairs `withdrawn` holds no longer. The story `lasting` keeps its
        id before older ones.
        """
        self._are_uncorrected = False
        stories.withdraw(self._connection, withdrawn)
        stories.correct(self._connection, said)
        concerned = {n for row in said for n in (row.earlier, row.later)}
        found = self._shelf.stories_of(concerned)
        around = self._shelf.with_their_threads(set(found.values()))
        return self._part_anew(around, concerned, lasting=lasting)

    def relink(self, row: SignatureRow) -> None:
        """Weigh an article that has its story again as it was weighed when it came."""
        if not self._read_clues([row.sequence]):
            return
        near = self._weigh(row.sequence, self._search.reports(row.keys))
        around = self._shelf.with_their_threads(set(self._shelf.stories_of(near).values()))
        beside = nearest(around, near).keys() - near
        self._weigh(row.sequence, [each for each in beside if each < row.sequence])

    def explain(self, sequence: int) -> Partition:
        """Return how the articles of an article's thread fall into stories, and why."""
        around = self._shelf.with_their_threads(self._shelf.stories_of([sequence]).values())
        return self._parted(around, nearest(around, {sequence}), explained=True)

    def write(self) -> None:
        """Write what was found; new articles must be in the ledger by then."""
        stories.add_links(
            self._connection,
            [
                LinkRow(earlier=earlier, later=later, story=link.story, thread=link.thread)
                for (earlier, later), link in self._links.items()
            ],
        )
        self._shelf.write()

    def _weigh(self, newcomer: int, others: Collection[int]) -> set[int]:
        """Return which of some earlier articles are like a new one, and remember how much."""
        if not others:
            return set()
        new = self._read_clues([newcomer])[newcomer]
        known = self._read_clues(others)
        linked = weigh_all(new, list(known.values()), least=LINKED)
        sequences = list(known)
        near = {sequences[at]: link for at, link in linked.items()}
        self._links.update(((sequence, newcomer), link) for sequence, link in near.items())
        return set(near)

    def _read_clues(self, sequences: Iterable[int]) -> dict[int, Clues]:
        sequences = list(sequences)
        missing = [each for each in sequences if each not in self._clues]
        if missing:
            self._clues.update(signatures.clues_of(self._connection, missing))
        known = {each: unpacked(self._clues[each]) for each in sequences if each in self._clues}
        return {sequence: clues for sequence, clues in known.items() if clues is not None}

    def _part_anew(
        self,
        around: Sequence[Shelved],
        first: AbstractSet[int],
        newcomer: Member | None = None,
        lasting: str | None = None,
    ) -> list[StoryData]:
        """Part the articles of these stories anew, move what lies elsewhere now, and say what."""
        before = {each.row.id: _state(each, newcomer) for each in around}
        # A person's word is carried out on all that it names.
        roots = nearest(around, first, most=max(NEIGHBOURS, len(first)))
        if newcomer:  # the others of these stories count too, rare keys in common or not
            self._weigh(newcomer.sequence, roots.keys() - first)
        known = self._read_clues(roots)
        is_whole = len(known) == sum(len(each.roots) for each in around)
        parting = {member.subject: member for member in roots.values()}
        parted = self._parted(around, roots, explained=False)
        groups = [[parting[s] for s in group] for group in parted.stories]
        regroup(self._shelf, around, groups, lasting)
        threads = [[parting[s].sequence for s in group] for group in parted.threads]
        rethread(self._shelf, threads, is_whole=is_whole)
        now = self._shelf.stories_of(roots)
        return [
            self._announce(each, newcomer)
            for each in self._shelf.fetch(sorted({*before, *now.values()}))
            if _state(each, newcomer) != before.get(each.row.id, _NOTHING)
        ]

    def _parted(
        self, around: Sequence[Shelved], roots: Mapping[int, Member], *, explained: bool
    ) -> Partition:
        """Return how these articles, which are `around`, fall into stories and threads."""
        known = self._read_clues(roots)
        together, apart = self._corrections(around)
        kept = settled(around, roots.keys(), known, apart)
        subjects = {sequence: member.subject for sequence, member in roots.items()}
        said = (chained(together, roots.keys()), apart, kept)
        return partition(
            {subject: known.get(sequence, NOTHING) for sequence, subject in subjects.items()},
            self._links_among(roots.values()),
            *(
                [(subjects[a], subjects[b]) for a, b in ties if a in subjects and b in subjects]
                for ties in said
            ),
            explained=explained,
        )

    def _corrections(self, around: Iterable[Shelved]) -> tuple[list[Tie], set[Tie]]:
        """Return which pairs a person said belong together, and which don't."""
        if self._are_uncorrected:
            return [], set()
        roots = [root.sequence for story in around for root in story.roots]
        rows = stories.corrections_among(self._connection, roots)
        said = [(row.earlier, row.later, row.together) for row in rows]
        return (
            [(earlier, later) for earlier, later, together in said if together],
            {(earlier, later) for earlier, later, together in said if not together},
        )

    def _links_among(self, members: Iterable[Member]) -> dict[Pair, Link]:
        subjects = {member.sequence: member.subject for member in members}
        links = {
            (row.earlier, row.later): Link(story=row.story, thread=row.thread)
            for row in stories.links_among(self._connection, subjects)
        }
        return {
            (subjects[earlier], subjects[later]): link
            for (earlier, later), link in (links | self._links).items()
            if earlier in subjects and later in subjects
        }

    def _announce(self, story: Shelved, newcomer: Member | None) -> StoryData:
        version = story.row.version + 1
        thread = story.row.thread if story.members else None
        self._shelf.change(story, thread=thread, version=version)
        article = newcomer.subject if newcomer else None
        return StoryData(story=_story(story), version=version, article=article)


def _story(shelved: Shelved) -> Story:
    return Story(
        id=shelved.row.id,
        thread=shelved.row.thread,
        members=tuple(member.subject for member in shelved.members),
    )


def _state(story: Shelved, newcomer: Member | None) -> _State:
    """Return what others know of a story; of the newcomer's own, its event tells the thread."""
    members = tuple(each.sequence for each in story.members if each != newcomer)
    is_its_own = len(members) < len(story.members)
    return members, None if is_its_own or not members else story.row.thread
