"""Opens the ledger at a start, unless it isn't the one that belongs to the queue beside it."""

from tidende.durable import explained, sync
from tidende.emit.queue_directory import was_laid_out
from tidende.emit.queue_files import highest_sequence
from tidende.service.layout import DataDirectory
from tidende.store import events
from tidende.store.ledger import Ledger
from tidende.store.soundness import damaged


def open_ledger(data: DataDirectory) -> Ledger:
    """Open the ledger, or make it where there never was one: before the queue is laid out.

    Raises StoreError for one that is missing, or that has lost what the queue still holds.
    """
    if data.salvaged.exists():
        raise damaged(data.ledger, "its repair was interrupted ('tidende doctor --repair' goes on)")
    ledger = Ledger.create_or_open(data.ledger, expected=was_laid_out(data.queue))
    with explained(data.root):
        sync(data.root)  # a queue that survives a power cut without its ledger would be damage
    with ledger.read() as connection:
        last = events.last_sequence(connection)
    if (highest := highest_sequence(data.queue)) > last:
        ledger.close()
        what = f"the queue holds event {highest}, and it knows none after {last}"
        raise damaged(data.ledger, what)
    return ledger
