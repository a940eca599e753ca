"""An index in memory: for each key, the numbers of the articles that have it.

How near copies and other reports of an event are found among all that is known. A key is 32 bits,
a number too, and together they are one 64-bit word in a sorted array: 8 bytes an entry, however
many there are. The array is cut into shards by the key's first bits. A new entry goes into its
shard's small dictionary, and once that is full it is merged: so no entry costs more than its
shard, and no pause is longer than the merge of one.

Nothing of it is on disk: the ledger has the keys of every article, and reading a million articles'
again takes seconds (`benchmarks/index.py`).
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

SHARDS = 64
FULL = 2048
"""Entries that a shard's dictionary holds: 15 MB for all shards, and a merge of a large one (4 ms)
is a few microseconds for each of them."""

_KEY_BITS = 32
_SHARD_SHIFT = _KEY_BITS - SHARDS.bit_length() + 1
_NUMBER_MASK = (1 << _KEY_BITS) - 1

Words = npt.NDArray[np.uint64]


class Postings:
    """Articles by key; numbers are given in rising order, from `floor` on."""

    def __init__(self) -> None:
        self._shards = [_Shard() for _ in range(SHARDS)]
        self.floor = 0
        """Numbers below it are forgotten: at once when asked for, in memory with the next merge."""

    def load(self, numbers: Sequence[int], counts: Sequence[int], keys: bytes) -> None:
        """Add many articles at once: article i has the next `counts[i]` keys, 4 bytes each."""
        words = np.frombuffer(keys, dtype="<u4").astype(np.uint64) << np.uint64(_KEY_BITS)
        words |= np.repeat(np.asarray(numbers, dtype=np.uint64), np.asarray(counts))
        words.sort()
        shard_starts = np.arange(1, SHARDS, dtype=np.uint64) << np.uint64(_SHARD_SHIFT + _KEY_BITS)
        for shard, part in zip(
            self._shards, np.split(words, np.searchsorted(words, shard_starts)), strict=True
        ):
            shard.merge(part, self.floor)

    def add(self, number: int, keys: Iterable[int]) -> None:
        """Add one article."""
        for key in keys:
            self._shards[key >> _SHARD_SHIFT].add(key, number, self.floor)

    def find(self, key: int, most: int) -> list[int]:
        """Return the numbers that have a key, in order; none when there are more than `most`.

        What many articles have in common says nothing of any of them.
        """
        found = self._shards[key >> _SHARD_SHIFT].find(key, most)
        return [number for number in found if number >= self.floor]


class _Shard:
    """The entries of one stretch of keys."""

    __slots__ = ("_merged", "_recent", "_view", "_waiting")

    def __init__(self) -> None:
        self._merged: Words = np.empty(0, dtype=np.uint64)
        # `bisect` reads a memoryview much faster than an array of numpy.
        self._view: Sequence[int] = self._merged.data
        self._recent: dict[int, list[int]] = {}
        self._waiting = 0

    def add(self, key: int, number: int, floor: int) -> None:
        self._recent.setdefault(key, []).append(number)
        self._waiting += 1
        if self._waiting >= FULL:
            words = [
                key << _KEY_BITS | number
                for key, numbers in self._recent.items()
                for number in numbers
            ]
            self._recent, self._waiting = {}, 0
            self.merge(np.array(sorted(words), dtype=np.uint64), floor)

    def merge(self, new: Words, floor: int) -> None:
        """Take in sorted entries, and leave out those of articles below `floor`."""
        words = np.concatenate((self._merged, new))
        words.sort(kind="stable")  # finds the two sorted runs, and merges them
        if floor:
            words = words[(words & np.uint64(_NUMBER_MASK)) >= np.uint64(floor)]
        self._merged = words
        self._view = words.data

    def find(self, key: int, most: int) -> list[int]:
        view, recent = self._view, self._recent.get(key, [])
        first = bisect_left(view, key << _KEY_BITS)
        if first == len(view) or view[first] >> _KEY_BITS != key:
            return recent if len(recent) <= most else []
        end = bisect_left(view, (key + 1) << _KEY_BITS, first)
        if end - first + len(recent) > most:
            return []
        return [word & _NUMBER_MASK for word in view[first:end]] + recent
