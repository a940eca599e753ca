"""Remembers whom an article is speaking of: who was named, who has spoken, who is a he or a she."""

import re
from bisect import bisect_left, insort
from collections.abc import Sequence

from tidende.enrich.quotes.cast import Cast
from tidende.enrich.quotes.grammar import WORD
from tidende.enrich.quotes.page import Page

_LAST_WORD = re.compile(r"([^\W_]+)\W*\Z")
_LONGEST_WORD = 20
_FARTHEST_ANTECEDENT = 1200
_MOST_SENTENCES_BACK = 6
_MOST_RECENT = 20  # speakers that are remembered for who speaks on


class Discourse:
    """What has been said in one article up to a quote, in reading order."""

    def __init__(self, page: Page, cast: Cast) -> None:
        self._text = page.text
        self._grammar = page.grammar
        self._sentences = page.sentences
        self._cast = cast
        self._captions = [
            (block.start, block.end) for block in page.blocks if block.role == "caption"
        ]
        self._spoke: list[tuple[int, str]] = []
        self._quoted: list[tuple[int, int]] = []
        self._genders: dict[str, str] = {}

    def heard(self, start: int, end: int, name: str | None, tag_at: int | None) -> None:
        """Remember a quote: names inside it are no subjects, and who spoke may speak on."""
        insort(self._quoted, (start, end))
        if name is not None and tag_at is not None:
            self._spoke.append((tag_at, name))

    def salient(self, at: int, gender: str | None = None) -> str | None:
        """Return whom the sentences before a position are about, as far as that is clear."""
        position, since = at, max(0, at - _FARTHEST_ANTECEDENT)
        for _ in range(_MOST_SENTENCES_BACK):
            latest = self._latest(position, since, gender)
            if latest is None:
                return None
            where, name = latest
            start = self._sentences.start(where)
            if self._begins_with_pronoun(start, gender):
                position = start
                continue
            end = min(position, self._sentences.end(where))
            return (
                self._speaker_in(start, end, gender)
                or self._first_subject(start, end, gender)
                or name
            )
        return None

    def pronoun(self, gender: str, at: int) -> str | None:
        """Return whom a pronoun before the words at a position means."""
        name = self.salient(at, gender)
        if name is not None:
            self._genders.setdefault(name, gender)
        return name

    def oblique(self, at: int) -> bool:
        """Say whether a name follows a preposition, and so is no subject."""
        before = _LAST_WORD.search(self._text, max(0, at - _LONGEST_WORD), at)
        return before is not None and before[1].lower() in self._grammar.prepositions

    def in_caption(self, at: int) -> bool:
        """Say whether a position lies in a picture's text."""
        return _inside(self._captions, at)

    def _latest(self, at: int, since: int, gender: str | None) -> tuple[int, str] | None:
        """Return the last person named or heard before a position."""
        found: tuple[int, str] | None = None
        for each in self._cast.before(at, since):
            if each.person and not self._aside(each.start) and self._fits(each.name, gender):
                found = each.start, each.name
                break
        for where, name in reversed(self._spoke[-_MOST_RECENT:]):
            if where < at and where >= since and self._fits(name, gender):
                return max(found, (where, name)) if found else (where, name)
        return found

    def _speaker_in(self, start: int, end: int, gender: str | None) -> str | None:
        for where, name in reversed(self._spoke[-_MOST_RECENT:]):
            if start <= where < end and self._fits(name, gender):
                return name
        return None

    def _first_subject(self, start: int, end: int, gender: str | None) -> str | None:
        for each in self._cast.within(start, end):
            if (
                each.person
                and not each.genitive
                and not self._aside(each.start)
                and not self.oblique(each.start)
                and self._fits(each.name, gender)
            ):
                return each.name
        return None

    def _begins_with_pronoun(self, start: int, gender: str | None) -> bool:
        word = WORD.match(self._text, start)
        return (
            gender is not None
            and word is not None
            and self._grammar.pronouns.get(word[0].lower()) == gender
        )

    def _fits(self, name: str, gender: str | None) -> bool:
        return gender is None or self._genders.get(name, gender) == gender

    def _aside(self, at: int) -> bool:
        """Say whether a position lies inside a quote or a picture's text."""
        return _inside(self._quoted, at) or _inside(self._captions, at)


def _inside(spans: Sequence[tuple[int, int]], at: int) -> bool:
    """Say whether a position lies in one of the spans, which are in order."""
    index = bisect_left(spans, (at + 1,)) - 1
    return index >= 0 and spans[index][0] <= at < spans[index][1]
