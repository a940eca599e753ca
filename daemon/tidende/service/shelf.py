"""The stories that one transaction touches: read once, changed here, written at its end."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from sqlalchemy import Connection

from tidende.store import stories
from tidende.store.stories import Member, StoryRow


@dataclass(slots=True, kw_only=True)
class Shelved:
    """A story with its articles in the order they came."""

    row: StoryRow
    members: list[Member] = field(default_factory=list)

    @property
    def roots(self) -> list[Member]:
        """Its articles that follow no other: those that are linked."""
        return roots(self.members)


def roots(members: Sequence[Member]) -> list[Member]:
    """Return the articles of a story that repeat or revise no other.

    Where a damaged ledger lost that other, they are on their own.
    """
    here = {member.subject for member in members}
    return [member for member in members if member.of not in here]


class Shelf:
    """What the ledger says of stories, with what the transaction changed of it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._stories: dict[str, Shelved] = {}
        self._threads: defaultdict[str | None, set[str]] = defaultdict(set)
        self._story_of: dict[int, str] = {}
        self._moved: dict[int, str] = {}
        self._changed: set[str] = set()

    def fetch(self, ids: Iterable[str]) -> list[Shelved]:
        """Return these stories; one that nobody knows is empty."""
        ids = list(dict.fromkeys(ids))
        missing = [each for each in ids if each not in self._stories]
        if missing:
            found = stories.read(self._connection, missing)
            for each in missing:
                row, members = found.get(each, (StoryRow(id=each, thread=None, version=0), []))
                self._stories[each] = Shelved(row=row, members=members)
                self._threads[row.thread].add(each)
                self._story_of.update((member.sequence, each) for member in members)
        return [self._stories[each] for each in ids]

    def stories_of(self, sequences: Iterable[int]) -> dict[int, str]:
        """Return the story in which each of these articles is."""
        sequences = list(sequences)
        missing = [each for each in sequences if each not in self._story_of]
        if missing:
            self._story_of.update(stories.stories_of(self._connection, missing))
        return {each: self._story_of[each] for each in sequences if each in self._story_of}

    def with_their_threads(self, ids: Iterable[str]) -> list[Shelved]:
        """Return these stories, and all others of the threads that they are in."""
        chosen = self.fetch(ids)
        threads = {each.row.thread for each in chosen if each.row.thread}
        if not threads:
            return chosen
        # What the ledger says of their threads may be out of date by now.
        self.fetch(stories.in_threads(self._connection, threads))
        others = chain.from_iterable(sorted(self._threads[thread]) for thread in sorted(threads))
        return self.fetch([*(each.row.id for each in chosen), *others])

    def begin(self, story: str) -> Shelved:
        """Return a new story without reading the ledger, which can't know it."""
        self._stories[story] = Shelved(row=StoryRow(id=story, thread=None, version=0))
        self._threads[None].add(story)
        return self._stories[story]

    def is_taken(self, story: str) -> bool:
        """Say whether a story has, or had, this id."""
        return story in self._stories or stories.is_taken(self._connection, story)

    def add(self, story: Shelved, member: Member) -> None:
        """Put an article that has just come into a story."""
        story.members.append(member)
        self._story_of[member.sequence] = story.row.id

    def move(self, members: Sequence[Member], target: Shelved) -> None:
        """Put articles into another story."""
        leaving = {member.sequence: member for member in members}
        for source in {self._story_of[sequence] for sequence in leaving}:
            shelved = self._stories[source]
            shelved.members = [each for each in shelved.members if each.sequence not in leaving]
        merged = {each.sequence: each for each in target.members} | leaving
        target.members = [merged[sequence] for sequence in sorted(merged)]
        for sequence in leaving:
            self._story_of[sequence] = self._moved[sequence] = target.row.id

    def change(self, story: Shelved, *, thread: str | None, version: int) -> None:
        """Note a story's thread and version."""
        self._threads[story.row.thread].discard(story.row.id)
        self._threads[thread].add(story.row.id)
        story.row = replace(story.row, thread=thread, version=version)
        self._changed.add(story.row.id)

    def write(self) -> None:
        """Write what was changed; new articles must be in the ledger by then."""
        stories.move(self._connection, self._moved)
        stories.put(self._connection, [self._stories[each].row for each in sorted(self._changed)])
