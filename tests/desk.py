"""A desk for tests: it takes files in as the daemon does, in this process and with its own clock.

Everything is real (files, SQLite, the queue directory) but for the time and the worker processes.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any, Self, TypeAlias

import orjson

from tidende.emit.backlog import Waiting
from tidende.emit.backpressure import Backpressure
from tidende.emit.leases import Leases
from tidende.emit.queue_directory import QueueDirectory, ready_files
from tidende.emit.returns import Returns
from tidende.emit.strangers import Strangers
from tidende.intake.disposal import Disposal, OnDone
from tidende.intake.inbox import Inbox
from tidende.intake.quarantine import Quarantine
from tidende.intake.scanner import find
from tidende.model.article import Article
from tidende.model.limits import Limits
from tidende.model.seed import Candidate, RawSeed, Stamp
from tidende.reading.parse import parse
from tidende.service.catalogue import Catalogue
from tidende.service.committer import Committer
from tidende.service.deliveries import Deliveries
from tidende.service.digests import Digests
from tidende.service.layout import DataDirectory
from tidende.service.outbox import Outbox
from tidende.service.outcome import Processed
from tidende.service.press import Press
from tidende.service.processing import process
from tidende.service.recorded import Recorded
from tidende.service.scan import InboxScan
from tidende.service.seed_files import SeedFiles
from tidende.settings import DigestSettings
from tidende.store.ledger import Ledger

Event: TypeAlias = dict[str, Any]

START = datetime(2026, 11, 22, 5, tzinfo=UTC)
LIMIT = 100_000
"""Bytes of the largest seed that a desk reads."""

FERRY = """Ferja innstilt mellom Storvik og Nesøya

Kraftig vind stanset ferja mellom Storvik og Nesøya tidlig søndag morgen.

– Vi seiler igjen så snart vinden løyer, sier skipper Ragna Holmvik.

Rundt 40 biler sto i kø på kaia da rederiet ga beskjed. (NTB)
"""
BRIDGE = """Ny bro over Lilleåen åbner til foråret

Kommunen regner med, at den nye bro over Lilleåen kan tages i brug i april.

- Det har taget tid, men nu går det stærkt, siger borgmester Karen Dybdal.

Broen har kostet 12 millioner kroner at bygge.

/ritzau/
"""
BINARY = b"\x00\x01\x02 no text at all"


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, start: datetime = START) -> None:
        self._now = start
        self._elapsed = 0.0

    def pass_by(self, seconds: float) -> None:
        """Let some time go by."""
        self._now += timedelta(seconds=seconds)
        self._elapsed += seconds

    def now(self) -> datetime:
        """Return the time it is."""
        return self._now

    def wall(self) -> float:
        """Return the time it is in seconds since 1970."""
        return self._now.timestamp()

    def monotonic(self) -> float:
        """Return how much time has gone by."""
        return self._elapsed


def sighted(file: Path, **given: Any) -> Candidate:
    """Return a file as a scan of its folder finds it."""
    found = find(Inbox(name="wire", path=file.parent), file.name)
    assert found is not None
    return Candidate(
        inbox=given.get("inbox", found.inbox),
        path=given.get("path", found.path),
        file=found.file,
        source=found.source,
        stamp=given.get("stamp", found.stamp),
        attempt=given.get("attempt", 1),
    )


def understood(text: str) -> Article:
    """Return the one article of a plain text."""
    stamp = Stamp(size=0, mtime_ns=0, ctime_ns=0, inode=0)
    candidate = Candidate(inbox="wire", path="a.txt", file="/a.txt", source="wire", stamp=stamp)
    content = text.encode()
    (article,) = parse(
        RawSeed(
            candidate=candidate,
            content=content,
            sha256=sha256(content).hexdigest(),
            received=START,
        )
    )
    assert isinstance(article, Article)
    return article


def unseen(file: Path) -> Candidate:
    """Return a candidate for something that no scan would find."""
    stamp = Stamp(size=0, mtime_ns=0, ctime_ns=0, inode=0)
    return Candidate(inbox="wire", path=file.name, file=str(file), source="wire", stamp=stamp)


class Desk:
    """One inbox and one data directory below `root`."""

    def __init__(
        self,
        root: Path,
        *,
        limit: int = LIMIT,
        clock: Clock | None = None,
        on_done: OnDone = "keep",
    ) -> None:
        self.clock = clock or Clock()
        self.limit = limit
        self.inbox = Inbox(name="wire", path=root / "inbox")
        self.inbox.path.mkdir(parents=True, exist_ok=True)
        self.data = DataDirectory(root / "data")
        self.data.root.mkdir(exist_ok=True)
        self.ledger = Ledger.create_or_open(self.data.ledger)
        self.queue = QueueDirectory(self.data.queue, sync="none")
        self.quarantine = Quarantine(self.data.quarantine)
        self.catalogue = Catalogue.read(self.ledger)
        self.disposal = Disposal(self.data.archive, {self.inbox.name: on_done})
        self.scan = InboxScan([self.inbox], self.ledger, self.disposal)
        self.committer = self.committer_of(self.catalogue)
        self.deliveries = self.deliveries_of(self.queue)
        self.digests = self.digests_of(daily=DigestSettings())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.ledger.close()

    def committer_of(
        self, catalogue: Catalogue, backpressure: Backpressure | None = None
    ) -> Committer:
        """Return a committer that knows what is in a catalogue; it has room, unless told else."""
        return Committer(
            ledger=self.ledger,
            catalogue=catalogue,
            outbox=Outbox(
                queue=self.queue,
                backpressure=backpressure or Backpressure(path=self.data.queue, count=Waiting),
            ),
            seed_files=SeedFiles(
                quarantine=self.quarantine, disposal=self.disposal, now=self.clock.now
            ),
            source="/desk",
            now=self.clock.now,
        )

    def deliveries_of(
        self,
        queue: QueueDirectory,
        *,
        lease_seconds: float = 60,
        max_attempts: int = 3,
        retry_seconds: float = 0,
    ) -> Deliveries:
        """Return the holder's part in the queue's leases, as it is after a start."""
        strangers = Strangers()
        return Deliveries(
            ledger=self.ledger,
            leases=Leases(
                queue.path,
                seconds=lease_seconds,
                monotonic=self.clock.monotonic,
                wall=self.clock.wall,
                strangers=strangers,
            ),
            returns=Returns(
                queue.path, shards=queue.shards, strangers=strangers, wall=self.clock.wall
            ),
            shards=queue.shards,
            strangers=strangers,
            max_attempts=max_attempts,
            retry_seconds=retry_seconds,
            monotonic=self.clock.monotonic,
            now=self.clock.now,
        )

    def digests_of(self, sender: str = "tidende@localhost", **digests: DigestSettings) -> Digests:
        """Return these digests over the desk's ledger."""
        return Digests(
            ledger=self.ledger,
            press=Press(
                ledger=self.ledger,
                committer=self.committer,
                directory=self.data.editions,
                digests=digests,
                sender=sender,
                now=self.clock.now,
            ),
            directory=self.data.editions,
            digests=digests,
            now=self.clock.now,
        )

    def drop(self, path: str, content: str | bytes) -> Path:
        """Put a file into the inbox, over what stands there."""
        file = self.inbox.path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def read(self, candidates: Iterable[Candidate]) -> list[Processed]:
        """Do a worker's part."""
        outcomes = [
            process(one, limits=Limits(seed_bytes=self.limit), now=self.clock.now)
            for one in candidates
        ]
        return [outcome for outcome in outcomes if isinstance(outcome, Processed)]

    def take(self, *paths: str) -> list[Recorded]:
        """Take in the files at these paths of the inbox, in this order, as one batch."""
        found = [find(self.inbox, path) for path in paths]
        return self.committer.commit(self.read(one for one in found if one is not None))

    def take_all(self) -> list[Recorded]:
        """Take in what a scan finds, as one batch."""
        return self.committer.commit(self.read(self.scan.run()))

    def events(self) -> list[Event]:
        """Return the events that are ready, in order."""
        return [orjson.loads(file.read_bytes()) for file in ready_files(self.data.queue)]

    def told(self) -> list[str]:
        """Return in a word what each event tells: new, duplicate, quarantined, published."""
        return [event["type"].split(".")[2] for event in self.events()]
