"""What is known, found by what an article has in common with it.

The catalogue stands in memory and is read from the ledger at a start; `Search` is its view within
one transaction, whose own articles it finds too. They enter the catalogue when they are committed.
"""

import ctypes
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from tidende.store import signatures
from tidende.store.ledger import Ledger
from tidende.store.postings import Postings
from tidende.store.signatures import SignatureRow

Find: TypeAlias = Callable[[int], list[int]]

MOST_ALIKE = 200
"""Articles that may share a key; one that more have, says nothing of any of them."""
COPIES = 4
"""Articles with which one is compared, by its text; as a rule there is one or none."""
LEAST_SHARED = 3
"""Keys of a sketch that a near copy shares: of 16, one that has 0.4 of the shingles misses them
once in fifty; with two, every other article of like wording would be compared."""
REPORTS = 20
"""Articles with which one is compared, by what it tells."""
_ALONE = 1.0  # the rarity of a key that only one other article has: a single one is enough then


class Catalogue:
    """The articles of the window, by their keys."""

    def __init__(self) -> None:
        self.sketches = Postings()
        self.keys = Postings()
        self.articles = 0
        """How many the ledger had."""

    @classmethod
    def read(cls, ledger: Ledger) -> "Catalogue":
        """Read the signatures that the ledger has."""
        catalogue = cls()
        with ledger.read() as connection:
            for sketches, keys in signatures.read_keys(connection):
                catalogue.sketches.load(sketches.numbers, sketches.counts, sketches.keys)
                catalogue.keys.load(keys.numbers, keys.counts, keys.keys)
                catalogue.articles += len(sketches.numbers)
        for postings in (catalogue.sketches, catalogue.keys):
            postings.settle()
        _give_memory_back()
        return catalogue

    def add(self, rows: Iterable[SignatureRow]) -> None:
        """Take in articles that are committed."""
        for row in rows:
            self.sketches.add(row.sequence, row.sketch)
            self.keys.add(row.sequence, row.keys)

    def forget_before(self, sequence: int) -> None:
        """Find no article below a sequence any more."""
        self.sketches.floor = self.keys.floor = sequence


def _give_memory_back() -> None:
    """Have glibc return what the merges let go of: 50 MB at a million articles."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


class Search:
    """The catalogue with what one transaction adds to it."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._sketches: defaultdict[int, list[int]] = defaultdict(list)
        self._keys: defaultdict[int, list[int]] = defaultdict(list)

    def add(self, row: SignatureRow) -> None:
        """Have an article found by those that follow it."""
        for key in row.sketch:
            self._sketches[key].append(row.sequence)
        for key in row.keys:
            self._keys[key].append(row.sequence)

    def copies(self, sketch: Sequence[int]) -> list[int]:
        """Return the articles whose text may be nearly the same, those that share most first."""
        shared = _shared(sketch, self._catalogue.sketches, self._sketches)
        fewest = min(LEAST_SHARED, len(sketch))
        chosen = sorted(
            ((-len(alike), number) for number, alike in shared.items() if len(alike) >= fewest)
        )
        return [number for _, number in chosen[:COPIES]]

    def reports(self, keys: Sequence[int]) -> list[int]:
        """Return the articles that may tell of the same, those that share the rarest first.

        Five of six have a single key in common with this one, and hardly any of them is like it.
        """
        shared = _shared(keys, self._catalogue.keys, self._keys)
        chosen = sorted(
            (-sum(alike), -number)
            for number, alike in shared.items()
            if len(alike) > 1 or alike[0] == _ALONE
        )
        return [-number for _, number in chosen[:REPORTS]]


def _shared(
    keys: Sequence[int], known: Postings, fresh: dict[int, list[int]]
) -> dict[int, list[float]]:
    """Return, for each article with one of the keys, the rarity of each that it has."""
    shared: defaultdict[int, list[float]] = defaultdict(list)
    for key in keys:
        numbers = known.find(key, MOST_ALIKE)
        if key in fresh:
            numbers = numbers + fresh[key]
        for number in numbers:
            shared[number].append(1 / len(numbers))
    return shared
