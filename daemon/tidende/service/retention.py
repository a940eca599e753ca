"""Lets go of what is done with: acknowledged events, old texts, copies of refused seeds.

The ledger says so first, then the files go: what is missing in the queue was lost only if the
ledger doesn't know it to be pruned. What is in dead/ stays until somebody has looked at it.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass

from tidende.clock import Clock, milliseconds_since, monotonic
from tidende.durable import explained
from tidende.emit.queue_files import QueueFile, event_files
from tidende.emit.shards import Shards
from tidende.intake.quarantine import Quarantine
from tidende.logs import get_logger
from tidende.queue.layout import file_names, is_shard
from tidende.service.layout import DataDirectory
from tidende.service.recording import seed_key
from tidende.settings import RetentionSettings
from tidende.store import editions, retention, seeds
from tidende.store.ledger import Ledger

EVERY_SECONDS = 3600.0
RUN_SECONDS = 5.0
"""A run ends after so long, and the next goes on: a stop need not wait for more."""
BATCH = 500
DAY_SECONDS = 86_400.0


@dataclass(slots=True)
class Applied:
    """How much one run let go of."""

    done_files: int = 0
    texts: int = 0
    quarantined: int = 0


class Retention:
    """Applies `[retention]` for the holder of the data directory, a bounded piece at a time."""

    def __init__(  # noqa: PLR0913  # one for each thing it works on
        self,
        *,
        ledger: Ledger,
        data: DataDirectory,
        shards: Shards,
        keep: RetentionSettings,
        digests: tuple[str, ...],
        now: Clock,
    ) -> None:
        self._ledger = ledger
        self._data = data
        self._shards = shards
        self._quarantine = Quarantine(data.quarantine)
        self._keep = keep
        self._digests = digests
        self._now = now
        self._next = 0.0
        self._until = 0.0
        # How far earlier runs got, so that what is long gone isn't looked at each time.
        self._emptied_through = 0
        self._refused_through = 0

    def apply_if_due(self) -> None:
        """Apply it once an hour, or go on with what the last run didn't finish."""
        if monotonic() >= self._next:
            self._next = 0.0 if self.apply() else monotonic() + EVERY_SECONDS

    def apply(self) -> bool:
        """Let go of what is due; say whether there is more than one run does."""
        start = monotonic()
        self._until = start + RUN_SECONDS
        applied = Applied()
        self._prune_done(applied)
        self._empty_texts(applied)
        self._clear_quarantine(applied)
        if any(asdict(applied).values()):
            took_ms = milliseconds_since(start)
            get_logger().info("retention_applied", **asdict(applied), took_ms=took_ms)
        return self._is_over()

    def _is_over(self) -> bool:
        return monotonic() >= self._until

    def _before(self, days: float) -> float | None:
        """Return the moment before which things go, None when they stay for ever."""
        return self._now().timestamp() - days * DAY_SECONDS if days else None

    def _prune_done(self, applied: Applied) -> None:
        before = self._before(self._keep.done_days)
        if before is None:
            return
        with explained(self._data.queue / "done"):
            batch: list[QueueFile] = []
            for file in self._done_before(before):
                batch.append(file)
                if len(batch) == BATCH:
                    applied.done_files += self._prune(batch)
                    batch = []
            applied.done_files += self._prune(batch)
            if applied.done_files:
                self._remove_empty_shards()

    def _done_before(self, before: float) -> Iterator[QueueFile]:
        for file in event_files(self._data.queue, ("done",)):
            if self._is_over():
                return
            # Its ctime, not its mtime: the rename into done sets the one and not the other.
            with suppress(FileNotFoundError):
                if file.path.stat().st_ctime < before:
                    yield file

    def _prune(self, files: list[QueueFile]) -> int:
        if files:
            with self._ledger.write() as connection:
                moment = self._now().timestamp()
                retention.mark_pruned(connection, [file.sequence for file in files], moment)
            for file in files:
                file.path.unlink(missing_ok=True)
        return len(files)

    def _remove_empty_shards(self) -> None:
        """Remove done's empty shards, but for the newest, which is being filled."""
        for shard in sorted(filter(is_shard, file_names(self._data.queue / "done")))[:-1]:
            self._shards.retire(shard)

    def _empty_texts(self, applied: Applied) -> None:
        before = self._before(self._keep.texts_days)
        if before is None:
            return
        through = self._covered_through()
        while not self._is_over():
            after = self._emptied_through
            with self._ledger.read() as connection:
                found = retention.texts_before(
                    connection, before, after=after, through=through, limit=BATCH
                )
            if not found:
                return
            full = [sequence for sequence, has_body in found if has_body]
            if full:
                with self._ledger.write() as connection:
                    retention.empty(connection, full)
            applied.texts += len(full)
            self._emptied_through = found[-1][0]

    def _covered_through(self) -> int | None:
        """Return up to where every digest has had its edition; None when there is no digest."""
        with self._ledger.read() as connection:
            last = [editions.last(connection, name) for name in self._digests]
        return min((row.through if row else 0 for row in last), default=None)

    def _clear_quarantine(self, applied: Applied) -> None:
        """Remove old refusals' files; their rows stay, and say what was refused and why."""
        before = self._before(self._keep.quarantine_days)
        while before is not None and not self._is_over():
            with self._ledger.read() as connection:
                found = retention.refusals_before(
                    connection, before, after=self._refused_through, limit=BATCH
                )
                rows = seeds.by_ids(connection, (each.seed for each in found))
            if not found:
                return
            with explained(self._data.quarantine):
                for refusal in found:
                    seed = rows[refusal.seed]
                    name = seed.path.rpartition("/")[2]
                    applied.quarantined += self._quarantine.find(seed_key(seed), name) is not None
                    self._quarantine.remove(seed_key(seed), name)
                    self._quarantine.remove(refusal.key, name)
            self._refused_through = found[-1].id
