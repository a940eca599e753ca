"""The shards: folders of ready and of done, made when they are needed and removed when empty.

Consumers take out of ready and put into done; only the holder of the data directory makes or
removes shards. Publishing and the sweep of `service/deliveries.py` run in different threads, so a
shard is made and filled under one lock, lest the other remove it in between.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from threading import Lock

from tidende.durable import sync
from tidende.queue.layout import file_names, is_shard, parse_name


class Shards:
    """The shards of one queue; `durable` says whether their names are synced to the disk."""

    def __init__(self, queue: Path, *, durable: bool) -> None:
        self._queue = queue
        self._ready = queue / "ready"
        self._done = queue / "done"
        self._durable = durable
        self._known: set[str] = set()
        self._lock = Lock()
        for shard in {*self._in_ready(), *self._in_hand()}:  # an older program made none
            (self._done / shard).mkdir(exist_ok=True)

    def receive(self, file: Path, shard: str) -> None:
        """Rename an event's file into its shard of ready, where consumers see it.

        Raises OSError; FileNotFoundError also when the file isn't there.
        """
        with self._lock:
            self._make(shard)
            try:
                os.rename(file, self._ready / shard / file.name)
            except FileNotFoundError:
                self._known.discard(shard)
                raise

    def make_durable(self, shards: Iterable[str]) -> None:
        """Sync the names in these shards of ready to the disk; raises OSError, StoreError."""
        if self._durable:
            for shard in set(shards):
                with suppress(FileNotFoundError):  # emptied and removed meanwhile
                    sync(self._ready / shard)

    def tidy(self) -> None:
        """Remove the empty shards of ready, but for the newest, which is being filled."""
        with self._lock:
            for shard in self._in_ready()[:-1]:
                with suppress(OSError):  # it isn't empty
                    (self._ready / shard).rmdir()
                    self._known.discard(shard)

    def retire(self, shard: str) -> bool:
        """Remove an empty shard of done that no event can need any more; say whether it went."""
        with self._lock:
            if (self._ready / shard).exists() or shard in self._in_hand():
                return False
            try:
                (self._done / shard).rmdir()
            except OSError:
                return False
            self._known.discard(shard)
            return True

    def _make(self, shard: str) -> None:
        """Make a shard's two folders; done first: who sees an event can acknowledge it."""
        if shard in self._known:
            return
        for folder in (self._done, self._ready):
            (folder / shard).mkdir(exist_ok=True)
            if self._durable:
                sync(folder)
        self._known.add(shard)

    def _in_ready(self) -> list[str]:
        return sorted(filter(is_shard, file_names(self._ready)))

    def _in_hand(self) -> set[str]:
        """Return the shards of what is claimed or returned.

        In the order in which events move, so that one that moves meanwhile is seen.
        """
        claimed = self._queue / "claimed"
        folders = [claimed / consumer for consumer in file_names(claimed)]
        found: set[str] = set()
        for folder in (*folders, self._queue / "returned"):
            names = map(parse_name, file_names(folder))
            found |= {name.shard for name in names if name is not None}
        return found
