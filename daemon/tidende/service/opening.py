"""Opens the ledger at a start, unless it isn't the one that belongs to the queue beside it."""

from datetime import datetime
from pathlib import Path

from tidende.durable import explained, sync
from tidende.emit.queue_files import newest_file
from tidende.logs import get_logger
from tidende.queue.layout import is_laid_out
from tidende.service.layout import DataDirectory
from tidende.store import events, retention
from tidende.store.ledger import Ledger
from tidende.store.soundness import damaged


def open_ledger(data: DataDirectory, now: datetime) -> Ledger:
    """Open the ledger, or make it where there never was one: before the queue is laid out.

    Beside a new queue, as after a restore, all events count as pruned: their files went with the
    queue that was. Raises StoreError for a queue of another version, and for a ledger that is
    missing, or has lost what the queue still holds.
    """
    if data.salvaged.exists():
        raise damaged(data.ledger, "its repair was interrupted ('tidende doctor --repair' goes on)")
    is_new = not is_laid_out(data.queue)
    ledger = Ledger.create_or_open(data.ledger, expected=not is_new)
    with explained(data.root):
        sync(data.root)  # a queue that survives a power cut without its ledger would be damage
    with ledger.read() as connection:
        last = events.last_sequence(connection)
    if what := what_is_lost(data.queue, last):
        ledger.close()
        raise damaged(data.ledger, what)
    if is_new and last:
        with ledger.write() as connection:
            count = retention.mark_all_pruned(connection, now.timestamp())
        get_logger().warning("queue_begun_anew", events=count, queue=str(data.queue))
    return ledger


def what_is_lost(queue: Path, last: int) -> str | None:
    """Say which event the queue holds after the ledger's `last`, None when there is none."""
    newest = newest_file(queue)
    if newest is None or newest.sequence <= last:
        return None
    return (
        f"the queue holds event {newest.sequence} ({newest.path}), and it knows none after {last}"
    )
