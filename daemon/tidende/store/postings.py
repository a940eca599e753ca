"""An index in memory: for each key, the numbers of the articles that have it.

How near copies and other reports of an event are found among all that is known. A key is 32 bits,
a number too. An entry takes six bytes, however many there are: its shard and its bucket there say
the key's first half, and in a bucket the second halves stand in order, beside the numbers. A new
entry goes into its shard's small dictionary, and once that is full it is merged: so no entry costs
more than its shard, and no pause is longer than the merge of one.

Nothing of it is on disk: the ledger has the keys of every article, and reading a million articles'
again takes seconds (`benchmarks/known.py`).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

SHARDS = 64
FULL = 1024
"""Entries that a shard's dictionary holds: 10 MB for all, and the merge of a large shard (3 ms)
is a few microseconds for each of them."""

_BITS = 32  # of a key, and of a number
_HALF = 16
_SHARD_SHIFT = _BITS - SHARDS.bit_length() + 1
_BUCKETS = 1 << (_SHARD_SHIFT - _HALF)
_HALF_MASK = (1 << _HALF) - 1
_NUMBER_MASK = (1 << _BITS) - 1
_SHARD_MASK = (1 << (_SHARD_SHIFT + _BITS)) - 1

Words = npt.NDArray[np.uint64]
"""Entries on their way: the key, then the number, in one word each; within a shard without its bits
of the key."""


class Postings:
    """Articles by key; numbers are given in rising order, from `floor` on."""

    def __init__(self) -> None:
        self._shards = [_Shard() for _ in range(SHARDS)]
        self.floor = 0
        """Numbers below it are forgotten: at once when asked for, in memory with the next merge."""

    def load(self, numbers: Sequence[int], counts: Sequence[int], keys: bytes) -> None:
        """Add many articles at once: article i has the next `counts[i]` keys, 4 bytes each.

        They are found after `settle`, which follows the last call.
        """
        words = np.frombuffer(keys, dtype="<u4").astype(np.uint64) << np.uint64(_BITS)
        words |= np.repeat(np.asarray(numbers, dtype=np.uint64), np.asarray(counts, dtype=np.int64))
        words.sort()
        starts = np.arange(1, SHARDS, dtype=np.uint64) << np.uint64(_SHARD_SHIFT + _BITS)
        parts = np.split(words, np.searchsorted(words, starts))
        for shard, part in zip(self._shards, parts, strict=True):
            shard.load(part, self.floor)

    def settle(self) -> None:
        """Have what was loaded found."""
        for shard in self._shards:
            shard.settle(self.floor)

    def add(self, number: int, keys: Iterable[int]) -> None:
        """Add one article."""
        for key in keys:
            self._shards[key >> _SHARD_SHIFT].add(key, number, self.floor)

    def find(self, key: int, most: int) -> Sequence[int] | None:
        """Return the numbers that have a key, in order; None when there are more than `most`.

        What many articles have in common says nothing of any of them.
        """
        found = self._shards[key >> _SHARD_SHIFT].find(key, most)
        if found is None or not self.floor:
            return found
        return [number for number in found if number >= self.floor]


class _Shard:
    """The entries of one stretch of keys.

    Bucket b, which is the rest of a key's first half, has the entries from `starts[b]` on: the
    second halves of their keys in `halves`, in order, and their `numbers`. These are memoryviews,
    which `bisect` reads much faster than numpy's arrays.
    """

    __slots__ = ("_halves", "_loaded", "_loading", "_numbers", "_recent", "_starts", "_waiting")

    def __init__(self) -> None:
        self._keep(np.empty(0, dtype=np.uint64))
        self._recent: dict[int, list[int]] = {}
        self._waiting = 0
        self._loaded: list[Words] = []
        self._loading = 0

    def load(self, new: Words, floor: int) -> None:
        """Take in sorted entries with the next `settle`, or before: once they are many."""
        self._loaded.append(new)
        self._loading += len(new)
        if self._loading > FULL + len(self._numbers) // 4:
            self.settle(floor)

    def settle(self, floor: int) -> None:
        """Merge what was loaded."""
        if self._loaded:
            self.merge(np.concatenate(self._loaded), floor)
        self._loaded, self._loading = [], 0

    def add(self, key: int, number: int, floor: int) -> None:
        self._recent.setdefault(key, []).append(number)
        self._waiting += 1
        if self._waiting >= FULL:
            entries = ((key, each) for key, numbers in self._recent.items() for each in numbers)
            words = sorted(key << _BITS | each for key, each in entries)
            self._recent, self._waiting = {}, 0
            self.merge(np.array(words, dtype=np.uint64), floor)

    def merge(self, new: Words, floor: int) -> None:
        """Take in entries, and leave out those of articles below `floor`."""
        words = np.concatenate((self._words(), new & np.uint64(_SHARD_MASK)))
        words.sort(kind="stable")  # finds the sorted runs, and merges them
        if floor:
            words = words[(words & np.uint64(_NUMBER_MASK)) >= np.uint64(floor)]
        self._keep(words)

    def find(self, key: int, most: int) -> Sequence[int] | None:
        recent = self._recent.get(key, [])
        bucket, half = key >> _HALF & (_BUCKETS - 1), key & _HALF_MASK
        start, end = self._starts[bucket], self._starts[bucket + 1]
        first = bisect_left(self._halves, half, start, end)
        if first == end or self._halves[first] != half:
            return recent if len(recent) <= most else None
        after = bisect_right(self._halves, half, first, end)
        if after - first + len(recent) > most:
            return None
        return self._numbers[first:after].tolist() + recent

    def _keep(self, words: Words) -> None:
        buckets = words >> np.uint64(_BITS + _HALF)
        edges = np.arange(_BUCKETS + 1, dtype=np.uint64)
        self._starts = np.searchsorted(buckets, edges).astype(np.uint32).data
        self._halves = (words >> np.uint64(_BITS)).astype(np.uint16).data
        self._numbers = words.astype(np.uint32).data

    def _words(self) -> Words:
        """Return the entries, without the shard's own bits."""
        starts = np.asarray(self._starts).astype(np.int64)
        buckets = np.arange(_BUCKETS, dtype=np.uint64)
        words: Words = np.repeat(buckets, starts[1:] - starts[:-1]) << np.uint64(_HALF)
        words |= np.asarray(self._halves)
        words <<= np.uint64(_BITS)
        words |= np.asarray(self._numbers)
        return words
