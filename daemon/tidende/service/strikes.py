"""Remembers which seeds ended a worker process, so that one that did twice is refused."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from tidende.errors import TransientError
from tidende.logs import get_logger
from tidende.model.seed import Candidate, Stamp
from tidende.store import strikes
from tidende.store.ledger import Ledger

Struck: TypeAlias = tuple[str, str, Stamp]
"""A file as it was when it ended a worker: its inbox, its path, its stamp."""
Keep: TypeAlias = Callable[[Candidate, int], None]
"""Writes down how often a file has ended a worker; 0 when it was decided."""


class Strikes:
    """How often each undecided seed has ended a worker; nearly always none has.

    `known` is what was written down before a restart, `keep` writes on.
    """

    def __init__(
        self,
        known: Mapping[Struck, int] | None = None,
        keep: Keep = lambda _candidate, _count: None,
    ) -> None:
        self._counts = dict(known or {})
        self._keep = keep

    def count(self, candidate: Candidate) -> int:
        """Return how often this file, as it is, has ended a worker."""
        return self._counts.get(_key(candidate), 0)

    def add(self, candidate: Candidate) -> int:
        """Note another strike, and return how many there are."""
        count = self._counts[_key(candidate)] = self.count(candidate) + 1
        self._keep(candidate, count)
        return count

    def clear(self, candidate: Candidate) -> None:
        """Forget a seed that was decided."""
        if self._counts.pop(_key(candidate), None) is not None:
            self._keep(candidate, 0)


def kept_in(ledger: Ledger) -> Strikes:
    """Return what the ledger knows of seeds that ended a worker, and have it kept there."""

    def keep(candidate: Candidate, count: int) -> None:
        try:
            with ledger.write() as connection:
                strikes.put(connection, candidate, count)
        except TransientError as error:  # then it counts until we end
            get_logger().warning("strike_not_kept", path=candidate.path, message=str(error))

    with ledger.read() as connection:
        return Strikes(strikes.counts(connection), keep)


def _key(candidate: Candidate) -> Struck:
    return candidate.inbox, candidate.path, candidate.stamp
