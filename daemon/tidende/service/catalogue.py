"""What is known, found by what an article has in common with it.

The catalogue stands in memory and is read from the ledger at a start; `Search` is its view within
one transaction, whose own articles it finds too. They enter the catalogue when they are committed.
"""

import ctypes
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from tidende.store import signatures
from tidende.store.ledger import Ledger
from tidende.store.postings import Postings
from tidende.store.signatures import SignatureRow

MOST_ALIKE = 200
"""Articles that may share a key; one that more have, says nothing of any of them."""
COPIES = 4
"""Articles with which one is compared, by its text; as a rule there is one or none."""
LEAST_SHARED = 3
"""Keys of a sketch that a near copy shares: of 16, one that has 0.4 of the shingles misses them
once in fifty; with two, every other article of like wording would be compared."""
REPORTS = 20
"""Articles with which one is compared, by what it tells."""
RARE = 2
"""Articles that may have a key for which alone they are compared with one."""


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
        found = _find(sketch, self._catalogue.sketches, self._sketches)
        fewest = min(LEAST_SHARED, len(sketch))
        shared = Counter(chain.from_iterable(found))
        chosen = sorted((-count, number) for number, count in shared.items() if count >= fewest)
        return [number for _, number in chosen[:COPIES]]

    def reports(self, keys: Sequence[int]) -> list[int]:
        """Return the articles that may tell of the same, those that share the rarest first.

        Five of six have a single key in common with this one, and hardly any of them is like it:
        of these only those whose key hardly any other article has.
        """
        found = _find(keys, self._catalogue.keys, self._keys)
        shared = Counter(chain.from_iterable(found))
        likely = {number for number, count in shared.items() if count > 1}
        likely.update(*(numbers for numbers in found if len(numbers) <= RARE))
        rarity = dict.fromkeys(likely, 0.0)
        for numbers in found:
            for number in likely.intersection(numbers):
                rarity[number] += 1 / len(numbers)
        chosen = sorted((-rare, -number) for number, rare in rarity.items())
        return [-number for _, number in chosen[:REPORTS]]


def _find(
    keys: Sequence[int], known: Postings, fresh: Mapping[int, list[int]]
) -> list[Sequence[int]]:
    """Return, for each key that others have but not too many, the articles that have it.

    It makes no difference which of them are committed: how seeds fall into batches decides nothing.
    """
    found = []
    for key in keys:
        numbers = known.find(key, MOST_ALIKE)
        if numbers is not None and key in fresh:
            numbers = [*numbers, *fresh[key]]
        if numbers and len(numbers) <= MOST_ALIKE:
            found.append(numbers)
    return found
