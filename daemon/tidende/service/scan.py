"""Scans the inboxes for what the ledger doesn't know."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from tidende.intake.disposal import Disposal
from tidende.intake.inbox import Inbox
from tidende.intake.scanner import oldest_first, scan
from tidende.model.seed import Candidate
from tidende.store import seeds
from tidende.store.ledger import Ledger


class InboxScan:
    """Finds the files whose stamp the ledger doesn't have, or that a crash kept from leaving.

    Between scans it remembers which files it found known, so that a large inbox costs a stat a
    file and no look-up. The memory holds one number a file, and only files that are still there.
    """

    def __init__(self, inboxes: Sequence[Inbox], ledger: Ledger, disposal: Disposal) -> None:
        self._inboxes = inboxes
        self._ledger = ledger
        self._disposal = disposal
        self.troubles: list[str] = []
        """What the last scan couldn't read."""
        self._known: set[int] = set()
        self._left_over: set[int] = set()

    def run(self) -> list[Candidate]:
        """Return the unknown files of all inboxes that can be read, oldest first."""
        seen: list[Candidate] = []
        self.troubles = []
        for inbox in self._inboxes:
            try:
                seen += scan(inbox)
            except OSError as error:
                self.troubles.append(f"inbox {inbox.name} = {inbox.path}: {error.strerror}")
        unsure = [candidate for candidate in seen if hash(candidate) not in self._known]
        unknown = set(self._unknown(unsure))
        self._known = {hash(candidate) for candidate in seen if candidate not in unknown}
        self._left_over &= {hash(candidate) for candidate in seen}
        return oldest_first(unknown)

    def _unknown(self, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
        remaining = iter(candidates)
        while chunk := list(islice(remaining, seeds.VARIABLES)):
            places = [(candidate.inbox, candidate.path) for candidate in chunk]
            with self._ledger.read() as connection:
                histories = seeds.histories(connection, places)
            for candidate, place in zip(chunk, places, strict=True):
                current = histories[place].current
                if current is None or current.stamp != candidate.stamp:
                    yield candidate
                elif self._disposal.removes(candidate.inbox):
                    # Once: what can't leave, or may not, stays where it is.
                    if hash(candidate) not in self._left_over:
                        yield candidate
                    self._left_over.add(hash(candidate))
