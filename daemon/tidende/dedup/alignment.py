"""Aligns the sentences of two tellings: which one is told word for word, otherwise, or alone."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tidende.dedup.sentences import Sentence
from tidende.dedup.shingles import LENGTH
from tidende.dedup.telling import Telling

ALMOST = 0.7
"""Likeness of a sentence that was edited; a next report's first sentence has up to 0.6."""

_MATCHED = 0.5  # likeness: templates and edits lie above, others below 0.3
_COMMON = 50  # sentences
_TRIED = 4  # sentences with most words in common


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """The sentences that aren't in both articles word for word.

    `pairs` are new and known ones that match; `added` and `removed` are alone.
    """

    pairs: tuple[tuple[Sentence, Sentence], ...]
    added: tuple[Sentence, ...]
    removed: tuple[Sentence, ...]


def align(new: Telling, known: Telling) -> Alignment:
    """Return how the new article's sentences lie to the known one's."""
    matching = _Matching(known, _not_held(known, new))
    pairs: list[tuple[Sentence, Sentence]] = []
    added: list[Sentence] = []
    for sentence in _not_held(new, known):
        match = matching.take(frozenset(new.words[sentence.start : sentence.end]))
        if match is None:
            added.append(sentence)
        else:
            pairs.append((sentence, match))
    return Alignment(pairs=tuple(pairs), added=tuple(added), removed=matching.left())


def likeness(here: frozenset[str], there: frozenset[str]) -> float:
    """Return the share of different words that two sentences have in common."""
    return 2 * len(here & there) / max(1, len(here) + len(there))


def _not_held(one: Telling, other: Telling) -> list[Sentence]:
    """Return the sentences that the other article doesn't hold word for word."""
    held = other.shingle_set
    missing = [place for place, run in enumerate(one.shingles) if run not in held]
    found: list[Sentence] = []
    for sentence in one.sentences:
        last = sentence.end - LENGTH
        first_missing = bisect_left(missing, sentence.start)
        intact = first_missing == len(missing) or missing[first_missing] > last
        if not intact or last < sentence.start:
            found.append(sentence)
    return found


class _Matching:
    """Gives each sentence of an article away once."""

    def __init__(self, telling: Telling, sentences: Sequence[Sentence]) -> None:
        self._sentences = sentences
        self._said = [frozenset(telling.words[each.start : each.end]) for each in sentences]
        self._taken: set[int] = set()
        self._next = 0
        self._places: dict[str, list[int]] | None = None

    def take(self, here: frozenset[str]) -> Sentence | None:
        """Take the sentence that shares most with the words `here`."""
        number = self._next
        # Copies keep their order, so the one behind the last match is mostly right.
        if not self._is_free(number) or likeness(here, self._said[number]) < ALMOST:
            found = self._best(here)
            if found is None:
                return None
            number = found
        self._taken.add(number)
        self._next = number + 1
        return self._sentences[number]

    def left(self) -> tuple[Sentence, ...]:
        """Return what was not taken."""
        return tuple(each for n, each in enumerate(self._sentences) if n not in self._taken)

    def _is_free(self, number: int) -> bool:
        return number < len(self._said) and number not in self._taken

    def _best(self, here: frozenset[str]) -> int | None:
        if self._places is None:
            self._places = {}
            for number, there in enumerate(self._said):
                for word in there:
                    self._places.setdefault(word, []).append(number)
        places = (self._places.get(word, ()) for word in here)
        # What stands in many sentences tells little, and would make long articles take for ever.
        votes = Counter(number for each in places if len(each) <= _COMMON for number in each)
        best, most = None, _MATCHED
        for number, _ in votes.most_common(_TRIED):
            if self._is_free(number) and (share := likeness(here, self._said[number])) >= most:
                best, most = number, share
        return best
