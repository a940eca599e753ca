"""Lets go of what is done with: acknowledged events, old texts, copies of refused seeds.

The ledger says so first, then the files go: what is missing in the queue was lost only if the
ledger doesn't know it to be pruned. What is in dead/ stays until somebody has looked at it.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass

from tidende.clock import DAY_SECONDS, Clock, milliseconds_since, monotonic
from tidende.durable import explained
from tidende.emit.queue_files import QueueFile, event_files
from tidende.emit.shards import Shards
from tidende.intake.quarantine import Quarantine
from tidende.logs import get_logger
from tidende.queue.layout import file_names, is_shard
from tidende.service.catalogue import Catalogue
from tidende.service.layout import DataDirectory
from tidende.service.seed_keys import seed_key
from tidende.settings import RetentionSettings
from tidende.store import editions, retention, seeds, signatures, stories
from tidende.store.ledger import Ledger

EVERY_SECONDS = 3600.0
PART_SECONDS = 2.0
"""A part of a run ends after so long, and the next run goes on: a stop need not wait for more."""
BATCH = 500


@dataclass(slots=True)
class Applied:
    """How much one run let go of."""

    done_files: int = 0
    texts: int = 0
    quarantined: int = 0
    compared: int = 0
    """Articles with which those that come are compared no more."""


class Retention:
    """Applies `[retention]` for the holder of the data directory, a bounded piece at a time."""

    def __init__(  # noqa: PLR0913  # one for each thing it works on
        self,
        *,
        ledger: Ledger,
        data: DataDirectory,
        shards: Shards,
        catalogue: Catalogue,
        keep: RetentionSettings,
        window_days: float,
        digests: tuple[str, ...],
        now: Clock,
    ) -> None:
        self._ledger = ledger
        self._data = data
        self._shards = shards
        self._quarantine = Quarantine(data.quarantine)
        self._catalogue = catalogue
        self._keep = keep
        self._window_days = window_days
        self._digests = digests
        self._now = now
        self._next = 0.0
        self._until = 0.0
        # How far earlier runs got, so that what is long gone isn't looked at each time.
        self._emptied_through = 0
        self._refused_through = 0
        # Since when each shard's files are in done, at the earliest: until that is due, none is.
        self._done_since: dict[str, float] = {}

    def apply_if_due(self) -> None:
        """Apply it once an hour, or go on with what the last run didn't finish."""
        if monotonic() >= self._next:
            self._next = 0.0 if self.apply() else monotonic() + EVERY_SECONDS

    def apply(self) -> bool:
        """Let go of what is due; say whether there is more than one run does."""
        start = monotonic()
        applied = Applied()
        has_more = False
        # Each has a time of its own: many files in done keep no text from going.
        for let_go in (
            self._close_window,
            self._empty_texts,
            self._clear_quarantine,
            self._prune_done,
        ):
            self._until = monotonic() + PART_SECONDS
            let_go(applied)
            has_more |= self._is_over()
        if any(asdict(applied).values()):
            took_ms = milliseconds_since(start)
            get_logger().info("retention_applied", **asdict(applied), took_ms=took_ms)
        return has_more

    def _is_over(self) -> bool:
        return monotonic() >= self._until

    def _before(self, days: float) -> float | None:
        """Return the moment before which things go, None when they stay for ever."""
        return self._now().timestamp() - days * DAY_SECONDS if days else None

    def _close_window(self, applied: Applied) -> None:
        """Forget by what old articles are compared; their stories stay as they are."""
        before = self._before(self._window_days)
        while before is not None and not self._is_over():
            with self._ledger.read() as connection:
                old = signatures.oldest_before(connection, before, BATCH)
            if not old:
                return
            with self._ledger.write() as connection:
                signatures.forget(connection, old)
                stories.forget_links(connection, old)
            self._catalogue.forget_before(old[-1] + 1)
            applied.compared += len(old)

    def _prune_done(self, applied: Applied) -> None:
        before = self._before(self._keep.done_days)
        if before is None:
            return
        done = self._data.queue / "done"
        with explained(done):
            shards = ["", *sorted(filter(is_shard, file_names(done)))]
            self._done_since = {s: self._done_since[s] for s in shards if s in self._done_since}
            for shard in shards:
                if self._done_since.get(shard, 0.0) < before and not self._is_over():
                    self._prune_shard(shard, before, applied)
            if applied.done_files:
                self._remove_empty_shards()

    def _prune_shard(self, shard: str, before: float, applied: Applied) -> None:
        """Prune what is due in one shard of done; note since when the others are there."""
        due: list[QueueFile] = []
        since = self._now().timestamp()
        for file in event_files(self._data.queue, (f"done/{shard}",), nested=False):
            with suppress(FileNotFoundError):
                # Its ctime, not its mtime: the rename into done sets the one and not the other.
                moved = file.path.stat().st_ctime
                if moved < before:
                    due.append(file)
                else:
                    since = min(since, moved)
        for start in range(0, len(due), BATCH):
            if self._is_over():
                return
            applied.done_files += self._prune(due[start : start + BATCH])
        self._done_since[shard] = since

    def _prune(self, files: Sequence[QueueFile]) -> int:
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
                    copy = self._quarantine.find(seed_key(seed), seed.name)
                    applied.quarantined += copy is not None
                    self._quarantine.remove(seed_key(seed), seed.name)
                    self._quarantine.remove(refusal.key, seed.name)
            self._refused_through = found[-1].id
