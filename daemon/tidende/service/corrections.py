"""Carries out what a person says of stories: these are one, these aren't, this one belongs there.

Said of whole stories, it is recorded of pairs of articles, so that it holds whatever comes later.
A copy or revision goes with what it repeats.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise, product

from sqlalchemy import Connection

from tidende.clock import Clock
from tidende.errors import TidendeError
from tidende.model.payload import StoryData
from tidende.service.committer import Committer
from tidende.service.shelf import roots
from tidende.store import articles, stories
from tidende.store.articles import ArticleRow
from tidende.store.ledger import Ledger
from tidende.store.stories import CorrectionRow


class Corrections:
    """Corrects stories for the holder of the data directory."""

    def __init__(self, *, ledger: Ledger, committer: Committer, now: Clock) -> None:
        self._ledger = ledger
        self._committer = committer
        self._now = now

    def merge(self, ids: Sequence[str]) -> list[StoryData]:
        """Make one story of several; return the stories that are others now.

        Raises TidendeError for a story that there isn't.
        """
        with self._ledger.read() as connection:
            told = [_roots(connection, each) for each in dict.fromkeys(ids)]
        first, *others = told
        pairs = [
            pair
            for number, each in enumerate(told)
            for other in told[:number]
            for pair in product(other, each)
        ]
        said = self._say([(first[0], each[0]) for each in others], together=True)
        return self._committer.correct(said, withdrawn=_ordered(pairs))

    def split(self, story: str, names: Sequence[str]) -> list[StoryData]:
        """Make a story of its own of some of a story's articles.

        Raises TidendeError for a story or article that there isn't, or if none would be left.
        """
        with self._ledger.read() as connection:
            told = _roots(connection, story)
            joined = _joined_by_a_person(connection, told)
            leaving = [_root(connection, name, of=story).sequence for name in dict.fromkeys(names)]
        staying = [each for each in told if each not in leaving]
        if not staying:
            raise TidendeError(
                f"{story}: these are all of its articles; nothing would be left of it"
            )
        said = self._say(product(leaving, staying), together=False)
        said += self._say(((leaving[0], each) for each in leaving[1:]), together=True)
        said += self._say(pairwise(staying) if joined else (), together=True)
        return self._committer.correct(said, withdrawn=_ordered(product(leaving, staying)))

    def move(self, name: str, story: str) -> list[StoryData]:
        """Move an article to another story.

        Raises TidendeError for an article or story that there isn't, or if it is there already.
        """
        with self._ledger.read() as connection:
            article = _root(connection, name)
            if article.story == story:
                raise TidendeError(f"{name}: is in {story} already")
            targets, others = _roots(connection, story), _roots(connection, article.story)
            joined = _joined_by_a_person(connection, others)
        left = [each for each in others if each != article.sequence]
        said = self._say([(article.sequence, targets[0])], together=True)
        said += self._say(product([article.sequence], left), together=False)
        said += self._say(pairwise(left) if joined else (), together=True)
        withdrawn = product([article.sequence], [*targets, *left])
        return self._committer.correct(said, withdrawn=_ordered(withdrawn), lasting=story)

    def _say(self, pairs: Iterable[tuple[int, int]], *, together: bool) -> list[CorrectionRow]:
        made = self._now().timestamp()
        return [
            CorrectionRow(earlier=earlier, later=later, together=together, made=made)
            for earlier, later in _ordered(pairs)
        ]


def _ordered(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(min(pair), max(pair)) for pair in pairs]


def _roots(connection: Connection, story: str) -> list[int]:
    """Return the articles of a story that repeat no other, in the order they came."""
    found = stories.read(connection, [story]).get(story)
    if found is None:
        raise TidendeError(f"{story}: there is no such story; see 'tidende story ls --all'")
    _, members = found
    return [member.sequence for member in roots(members)]


def _joined_by_a_person(connection: Connection, told: Sequence[int]) -> bool:
    """Say whether any of a story's articles are in it by a person's word.

    What is left of it when some go mayn't be alike: then it stays together by that word too.
    """
    return any(row.together for row in stories.corrections_among(connection, told))


def _root(connection: Connection, name: str, of: str | None = None) -> ArticleRow:
    """Return the article with this subject or event id, or what it repeats in the end."""
    found = articles.named(connection, name)
    if of not in (None, found.story):
        raise TidendeError(f"{name}: is in {found.story}, not in {of}")
    while found.of is not None:
        leader = articles.find(connection, found.of)
        if leader is None:
            break
        found = leader
    return found
