"""What the ledger knows of a batch's seeds and texts, when the batch begins."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from tidende.service.outcome import Processed
from tidende.store import articles, events, rejections, seeds
from tidende.store.articles import ArticleRow
from tidende.store.seeds import History


@dataclass(slots=True, kw_only=True)
class Memory:
    """What the ledger knows that matters to a batch; it grows as the batch is decided."""

    histories: dict[seeds.Place, History]
    originals: dict[bytes, ArticleRow]
    ordinals: set[tuple[int, int]]
    refused: dict[int, list[str]]
    next_seed: int
    next_sequence: int

    @classmethod
    def look_up(cls, connection: Connection, batch: Sequence[Processed]) -> "Memory":
        """Return what the ledger knows of the batch's seeds and texts."""
        histories = seeds.histories(
            connection, [(seed.candidate.inbox, seed.candidate.path) for seed in batch]
        )
        originals = articles.originals(
            connection, (article.fingerprint for seed in batch for article in seed.articles)
        )
        # Only a seed that is tried again can have articles in the ledger already.
        again = [seed.candidate.again for seed in batch if seed.candidate.again is not None]
        return cls(
            histories=histories,
            originals=originals,
            ordinals=articles.ordinals(connection, again) if again else set(),
            refused=rejections.open_keys(connection, again) if again else {},
            next_seed=seeds.last_id(connection) + 1,
            next_sequence=events.last_sequence(connection) + 1,
        )

    def take_sequence(self) -> int:
        """Return the next event's sequence."""
        self.next_sequence += 1
        return self.next_sequence - 1
