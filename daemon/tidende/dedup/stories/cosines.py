"""The cosines of one article's families with those of many others, all at once.

Of the others' hashes nearly all are none of the article's: they are sifted out before anything is
done with them. What is added up are whole numbers, so that their order makes no difference.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from tidende.dedup.stories.clues import Clues, Family, families

Column: TypeAlias = npt.NDArray[np.float64]
"""A number for each of the others."""
Flags: TypeAlias = npt.NDArray[np.bool_]

_Hashes: TypeAlias = npt.NDArray[np.uint32]
_Numbers: TypeAlias = npt.NDArray[np.intp]

_KINDS = 6
_WORDS, _LEAD, _NAMES, _NUMBERS, _PLACES, _GRAMS = range(_KINDS)
_NONE = _KINDS  # a kind of which no article has anything
_CROSSED = np.array([_LEAD, _WORDS, _NONE, _NONE, _NONE, _NONE])
_ONE = 3600  # the square of a rare word's weight
# They keep down what rests on little: one shared name of two articles that have no other.
_LONG, _SHORT = 1.0 * _ONE, 0.5 * _ONE
_SHRINKS = np.array([_LONG, _LONG, _SHORT, _SHORT, _SHORT, _LONG])
_TELLING = 32  # from this weight a number is a fact: not "2" or "100"
_LAST = np.zeros(1, dtype=np.uint32)
_SIEVE = 1 << 16  # 350 hashes leave through one in 200 of others


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cosines:
    """What an article has in common with each other one, by families, 0 to 1.

    `across` is between the lead of one and the words of the other. For names, numbers and places of
    which one of two articles has none, the cosine of their words stands in. `other_numbers` says
    that both have numbers that are facts, and not one in common.
    """

    words: Column
    lead: Column
    across: Column
    names: Column
    numbers: Column
    places: Column
    grams: Column
    other_numbers: Flags


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Entries:
    """The entries of families in a row, and how many each family has of them."""

    hashes: _Hashes
    weights: Column
    sizes: _Numbers

    def lengths(self) -> Column:
        """Return the families' Euclidean lengths."""
        # Of no entries, `reduceat` returns the one that stands behind them.
        squares = np.append(self.weights * self.weights, 0.0)
        sums: Column = np.add.reduceat(squares, np.cumsum(self.sizes) - self.sizes)
        sums[self.sizes == 0] = 0.0
        return np.sqrt(sums)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Shared:
    """The others' entries that the article has too.

    Each with the number and kind of its family, its weight, and the weight of the article's entry
    in the family of the same kind, or with words and lead exchanged; 0 where it is in another one.
    """

    owners: _Numbers
    kinds: _Numbers
    theirs: Column
    beside: Column
    crossed: Column


def cosines(one: Clues, others: Sequence[Clues]) -> Cosines:
    """Return the cosines of an article with others; of two, it doesn't matter which comes first."""
    entries = _entries([family for each in (one, *others) for family in families(each)])
    shared, shape = _shared(entries), (-1, _KINDS)
    lengths, count = entries.lengths().reshape(shape), len(others) * _KINDS
    ours, theirs = lengths[0], lengths[1:]
    beside = np.bincount(shared.owners, shared.theirs * shared.beside, count).reshape(shape)
    crossed = np.bincount(shared.owners, shared.theirs * shared.crossed, count).reshape(shape)
    straight = beside / (ours * theirs + _SHRINKS)
    across = crossed[:, :_NAMES] / (ours[_CROSSED[:_NAMES]] * theirs[:, :_NAMES] + _LONG)
    words = straight[:, _WORDS]
    known = np.where(ours * theirs > 0, straight, words[:, np.newaxis])
    return Cosines(
        words=words,
        lead=straight[:, _LEAD],
        across=across.max(axis=1),
        names=known[:, _NAMES],
        numbers=known[:, _NUMBERS],
        places=known[:, _PLACES],
        grams=straight[:, _GRAMS],
        other_numbers=_other_numbers(one, others, shared),
    )


def _entries(of: Sequence[Family]) -> _Entries:
    weights = [family.weights for family in of]
    return _Entries(
        hashes=np.frombuffer(b"".join([family.hashes for family in of]), dtype="<u4"),
        weights=np.frombuffer(b"".join(weights), dtype=np.uint8).astype(np.float64),
        sizes=np.fromiter(map(len, weights), dtype=np.intp, count=len(weights)),
    )


def _shared(entries: _Entries) -> _Shared:
    """Find what the first article of all shares with the others."""
    count = entries.sizes[:_KINDS].sum()
    ours, theirs = entries.hashes[:count], entries.hashes[count:]
    known = np.append(np.sort(ours), _LAST)  # so that there is something behind the last
    sieve = np.zeros(_SIEVE, dtype=np.bool_)
    sieve[ours & (_SIEVE - 1)] = True
    maybe = np.flatnonzero(sieve.take(theirs & (_SIEVE - 1)))
    hashes = theirs[maybe]
    at = known[:-1].searchsorted(hashes)
    found = np.flatnonzero(known[at] == hashes)
    met, at = maybe[found], at[found]

    weights = np.zeros((_KINDS + 1, len(known)))
    ours_at = known[:-1].searchsorted(ours)
    weights[np.repeat(np.arange(_KINDS), entries.sizes[:_KINDS]), ours_at] = entries.weights[:count]
    owners = np.cumsum(entries.sizes[_KINDS:]).searchsorted(met, side="right")
    kinds = owners % _KINDS
    return _Shared(
        owners=owners,
        kinds=kinds,
        theirs=entries.weights[count:][met],
        beside=weights[kinds, at],
        crossed=weights[_CROSSED[kinds], at],
    )


def _other_numbers(one: Clues, others: Sequence[Clues], shared: _Shared) -> Flags:
    """Tell who has other numbers; nobody has where the article or they have none that is a fact."""
    if not _states(one):
        return np.zeros(len(others), dtype=np.bool_)
    facts = (shared.kinds == _NUMBERS) & (np.minimum(shared.theirs, shared.beside) >= _TELLING)
    are_other = np.array([_states(other) for other in others], dtype=np.bool_)
    are_other[shared.owners[facts] // _KINDS] = False
    return are_other


def _states(clues: Clues) -> bool:
    return max(clues.numbers.weights, default=0) >= _TELLING
