"""Carries out on the shelf how articles were parted: their stories' ids, and their threads."""

from collections.abc import Sequence
from itertools import count

from tidende.emit.identity import story_id, thread_id
from tidende.service.parting import age, shares
from tidende.service.shelf import Shelf, Shelved
from tidende.store.stories import Member


def regroup(
    shelf: Shelf,
    around: Sequence[Shelved],
    groups: Sequence[Sequence[Member]],
    lasting: str | None,
) -> None:
    """Give each group a story: each story's id goes with most of it, the oldest choosing first.

    The story `lasting` chooses before all. What of a story wasn't parted stays with its id, or goes
    where most of the story went.
    """
    homes: dict[int, Shelved] = {}
    rest: dict[int, list[Member]] = {}
    numbers = {member.sequence: number for number, group in enumerate(groups) for member in group}
    alive = sorted((each for each in around if each.members), key=age)
    for story in sorted(alive, key=lambda each: each.row.id != lasting):
        chosen = shares(story, numbers)
        free = next((number for number in chosen if number not in homes), None)
        if free is not None:
            homes[free] = story
        elif chosen:
            left = [member for member in story.roots if member.sequence not in numbers]
            rest.setdefault(chosen[0], []).extend(left)
    for number, group in enumerate(groups):
        first = min(group, key=lambda member: member.sequence)
        home = homes.get(number) or shelf.begin(_free_id(shelf, first))
        _gather(shelf, [*group, *rest.get(number, ())], home)


def rethread(shelf: Shelf, groups: Sequence[Sequence[int]], *, is_whole: bool) -> None:
    """Give the stories of one matter one thread: the oldest that any of them is in.

    Where not all of a thread was parted, none of its stories is taken out of it.
    """
    used: set[str] = set()
    for group in groups:
        found = sorted(shelf.fetch(shelf.stories_of(group).values()), key=age)
        known = [each.row.thread for each in found if each.row.thread]
        if is_whole:
            known = [each for each in known if each not in used and len(found) > 1]
        thread = known[0] if known else thread_id(found[0].row.id) if len(found) > 1 else None
        used.update(known[:1])
        for each in found:
            if each.row.thread != thread:
                shelf.change(each, thread=thread, version=each.row.version)


def _gather(shelf: Shelf, group: Sequence[Member], home: Shelved) -> None:
    """Move what of a group lies elsewhere into its home, with what repeats it."""
    lying = shelf.stories_of(member.sequence for member in group)
    leaving = [member for member in group if lying[member.sequence] != home.row.id]
    if leaving:
        shelf.move(_with_followers(shelf, leaving), home)


def _with_followers(shelf: Shelf, roots: Sequence[Member]) -> list[Member]:
    """Return articles with all that repeat or revise them, which lie in the same stories."""
    chosen = {member.subject: member for member in roots}
    lying = shelf.fetch(shelf.stories_of(member.sequence for member in roots).values())
    for member in sorted((m for s in lying for m in s.members), key=lambda m: m.sequence):
        if member.of in chosen:
            chosen[member.subject] = member
    return list(chosen.values())


def _free_id(shelf: Shelf, first: Member) -> str:
    ids = (story_id(first.subject, again) for again in count())
    return next(each for each in ids if not shelf.is_taken(each))
