"""Scans the inboxes for what the ledger doesn't know."""

from collections.abc import Iterable, Iterator, KeysView, Sequence
from itertools import islice

from tidende.intake.disposal import Disposal
from tidende.intake.inbox import Inbox, escape
from tidende.intake.scanner import oldest_first, scan
from tidende.logs import get_logger
from tidende.model.seed import Candidate
from tidende.store import seeds
from tidende.store.ledger import Ledger

_AT_ONCE = 5000  # files that are looked up in the ledger together


class _Known:
    """The numbers of the files that the ledger knows, of one inbox.

    What stays keeps its entry: sets made anew at each scan would leave holes all over the memory.
    """

    def __init__(self) -> None:
        self._round = 0
        self._there = 0
        self._seen: dict[int, int] = {}  # a file's number, and the round in which it was seen last

    @property
    def numbers(self) -> KeysView[int]:
        """The numbers of the files that were there in the last round."""
        return self._seen.keys()

    def begin(self) -> None:
        """Begin a round."""
        self._round += 1
        self._there = 0

    def see(self, number: int) -> bool:
        """Note that a file is there, and say whether it is known."""
        if number not in self._seen:
            return False
        self._there += self._seen[number] != self._round
        self._seen[number] = self._round
        return True

    def end(self) -> bool:
        """Forget the files that weren't there; say whether there were any."""
        if self._there == len(self._seen):
            return False
        for number in [number for number, seen in self._seen.items() if seen != self._round]:
            del self._seen[number]
        return True

    def add(self, numbers: Iterable[int]) -> None:
        """Note that these files are known."""
        self._seen.update(dict.fromkeys(numbers, self._round))


class InboxScan:
    """Finds the files whose stamp the ledger doesn't have, or that a crash kept from leaving.

    Between scans it remembers which files it found known, so that a large inbox costs a stat a
    file and no look-up. The memory holds one number a file, and only files that are still there.
    Different inboxes may be scanned at the same time, in threads.
    """

    def __init__(self, inboxes: Sequence[Inbox], ledger: Ledger, disposal: Disposal) -> None:
        self._inboxes = inboxes
        self._ledger = ledger
        self._disposal = disposal
        self.troubles: list[str] = []
        """What the last `run` couldn't read."""
        self._known = {inbox.name: _Known() for inbox in inboxes}
        self._left_over: dict[str, set[int]] = {inbox.name: set() for inbox in inboxes}
        self._unreadable: dict[str, dict[str, str]] = {inbox.name: {} for inbox in inboxes}

    def run(self) -> list[Candidate]:
        """Return the unknown files of all inboxes that can be read, oldest first."""
        found: list[Candidate] = []
        self.troubles = []
        for inbox in self._inboxes:
            try:
                found += self.one(inbox)
            except OSError as error:
                self.troubles.append(f"inbox {inbox.name} = {inbox.path}: {error.strerror}")
        return oldest_first(found)

    def one(self, inbox: Inbox) -> list[Candidate]:
        """Return the unknown files of one inbox; raises OSError when it can't be read."""
        unreadable: dict[str, str] = {}

        def note(folder: str, error: OSError) -> None:
            unreadable[escape(folder)] = error.strerror or str(error)

        known = self._known[inbox.name]
        known.begin()
        # One by one: a large inbox must not stand in memory for a moment at each scan.
        unsure: set[int] = set()

        def look() -> Iterator[Candidate]:
            for candidate in scan(inbox, note):
                if not known.see(hash(candidate)):
                    unsure.add(hash(candidate))
                    yield candidate

        unknown = set(self._unknown(inbox, look()))
        self._tell(inbox, unreadable)
        if known.end():
            self._left_over[inbox.name] &= known.numbers | unsure
        known.add(unsure - {hash(candidate) for candidate in unknown})
        return oldest_first(unknown)

    def unreadable(self, inbox: Inbox) -> dict[str, str]:
        """Return the folders that the last scan of an inbox couldn't read, each with the reason."""
        return self._unreadable[inbox.name]

    def _tell(self, inbox: Inbox, unreadable: dict[str, str]) -> None:
        """Log each folder once when it can't be read any more."""
        for folder in unreadable.keys() - self._unreadable[inbox.name].keys():
            get_logger().warning(
                "folder_unreadable", inbox=inbox.name, path=folder, message=unreadable[folder]
            )
        self._unreadable[inbox.name] = unreadable

    def _unknown(self, inbox: Inbox, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
        remaining = iter(candidates)
        left_over = self._left_over[inbox.name]
        while chunk := list(islice(remaining, _AT_ONCE)):
            places = [(candidate.inbox, candidate.path) for candidate in chunk]
            with self._ledger.read() as connection:
                histories = seeds.histories(connection, places)
            for candidate, place in zip(chunk, places, strict=True):
                current = histories[place].current
                if current is None or current.stamp != candidate.stamp:
                    yield candidate
                elif self._disposal.removes(candidate.inbox):
                    # Once: what can't leave, or may not, stays where it is.
                    if hash(candidate) not in left_over:
                        yield candidate
                    left_over.add(hash(candidate))
