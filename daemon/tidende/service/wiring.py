"""Puts the parts together from the settings: the only place that names concrete ones."""

import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from tidende import clock
from tidende.durable import make_folder, usable
from tidende.emit import lock
from tidende.emit.backlog import Backlog
from tidende.emit.backpressure import Backpressure
from tidende.emit.leases import Leases
from tidende.emit.queue_directory import QueueDirectory
from tidende.emit.returns import Returns
from tidende.emit.strangers import Strangers
from tidende.errors import TransientError
from tidende.intake.disposal import Disposal
from tidende.intake.gate import Gate
from tidende.intake.inbox import Inbox
from tidende.intake.quarantine import Quarantine
from tidende.logs import get_logger
from tidende.model.limits import Limits
from tidende.service.catalogue import Catalogue
from tidende.service.checks import check, check_inboxes, check_password, may_make
from tidende.service.committer import Committer
from tidende.service.corrections import Corrections
from tidende.service.deliveries import Deliveries
from tidende.service.digests import Digests
from tidende.service.forgetting import Forgetting
from tidende.service.health import Health
from tidende.service.layout import DataDirectory
from tidende.service.mailing import Mailing
from tidende.service.opening import open_ledger
from tidende.service.outbox import Outbox
from tidende.service.pipeline import OnRecorded, Pipeline
from tidende.service.press import Press
from tidende.service.recorded import Recorded
from tidende.service.requests import Requests
from tidende.service.retention import Retention
from tidende.service.scan import InboxScan
from tidende.service.seed_files import SeedFiles
from tidende.service.strikes import Strikes, kept_in
from tidende.service.workers import WorkerPool
from tidende.settings import COMMAND_LINE, Loaded, QueueSettings, Settings
from tidende.store.ledger import Ledger
from tidende.store.soundness import SoundnessCheck

SOUNDNESS_SECONDS = 2.0
"""A start waits so long for the ledger's check; a large one is checked on while work goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What the holder of a data directory works with."""

    settings: Settings
    inboxes: tuple[Inbox, ...]
    scan: InboxScan
    strikes: Strikes
    committer: Committer
    digests: Digests
    mailing: Mailing
    deliveries: Deliveries
    requests: Requests
    health: Health
    retention: Retention
    soundness: SoundnessCheck


@contextmanager
def hold(loaded: Loaded, *, takes_in: bool = True) -> Iterator[Parts]:
    """Hold the data directory for the length of the block, with a crash's remains cleared up.

    Who takes in seeds has an inbox made where there is none, and what it would stand in is there.
    Raises ConfigError for a directory that can't be used, HeldError when another process has it.
    """
    check(loaded)
    settings = loaded.settings
    data = DataDirectory(settings.data.absolute())
    with ExitStack() as stack:
        if takes_in:
            check_inboxes(loaded, set_by=COMMAND_LINE)  # a daemon waits for others
            check_password(loaded)
            _make_inboxes(loaded)
        with usable(f"{loaded.origin(('data',))}: data = {str(settings.data)!r}"):
            make_folder(data.root)
            stack.enter_context(lock.hold(data.queue))
        ledger = open_ledger(data, clock.now())
        stack.callback(ledger.close)
        soundness, begun = SoundnessCheck(data.ledger), clock.monotonic()
        stack.callback(soundness.stop)
        with usable(f"{loaded.origin(('data',))}: data = {str(settings.data)!r}"):
            queue = QueueDirectory(data.queue, sync=settings.queue.sync)
        parts = _parts(loaded, data, ledger, queue, soundness)
        # It has run while the articles' keys were read; no row is written before.
        soundness.verify(max(0.0, begun + SOUNDNESS_SECONDS - clock.monotonic()))
        parts.committer.recover(withheld=parts.digests.restore())
        yield parts
        _settle(parts.committer)  # not after an error: what couldn't be synced isn't tried again


@contextmanager
def pipeline(parts: Parts, on_recorded: OnRecorded = lambda _: None) -> Iterator[Pipeline]:
    """Run worker processes for the length of the block, and give the way through them."""
    settings = parts.settings
    # The command line has it end us, for `| head`; what is sent to a dead worker must not.
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)

    def hear(recorded: Recorded) -> None:
        parts.strikes.clear(recorded.processed.candidate)
        parts.requests.heard(recorded)
        on_recorded(recorded)

    workers = WorkerPool(
        count=settings.workers.count,
        limits=Limits(**settings.limits.model_dump()),
        extracts=settings.extraction.enabled,
        strikes=parts.strikes,
        now=clock.now,
    )
    try:
        yield Pipeline(
            gate=Gate(
                settle_seconds=settings.intake.settle_seconds,
                by_inbox={
                    inbox.name: inbox.settle_seconds
                    for inbox in settings.inboxes
                    if inbox.settle_seconds is not None
                },
                monotonic=clock.monotonic,
                wall=time.time,
            ),
            workers=workers,
            committer=parts.committer,
            on_recorded=hear,
            on_lost=parts.requests.lost,
        )
    finally:
        workers.stop()


def _parts(
    loaded: Loaded,
    data: DataDirectory,
    ledger: Ledger,
    queue: QueueDirectory,
    soundness: SoundnessCheck,
) -> Parts:
    settings = loaded.settings
    inboxes = tuple(
        Inbox(
            name=chosen.name,
            path=chosen.path.absolute(),
            source=chosen.source,
            ignore=chosen.ignore,
            polled=chosen.watch == "poll",
        )
        for chosen in settings.inboxes
    )
    catalogue = _catalogue(ledger)
    quarantine = Quarantine(data.quarantine)
    disposal = Disposal(data.archive, {inbox.name: inbox.on_done for inbox in settings.inboxes})
    committer = Committer(
        ledger=ledger,
        catalogue=catalogue,
        outbox=Outbox(
            queue=queue,
            backpressure=Backpressure(
                path=data.queue,
                count=Backlog(data.queue, wall=time.time).measure,
                reserve_bytes=settings.queue.reserve_bytes,
                max_events=settings.queue.max_events,
                max_bytes=settings.queue.max_bytes,
            ),
        ),
        seed_files=SeedFiles(quarantine=quarantine, disposal=disposal, now=clock.now),
        source=settings.source,
        now=clock.now,
    )
    digests = Digests(
        ledger=ledger,
        press=Press(
            ledger=ledger,
            committer=committer,
            directory=data.editions,
            digests=settings.digests,
            sender=settings.mail.sender,
            now=clock.now,
        ),
        directory=data.editions,
        digests=settings.digests,
        now=clock.now,
    )
    deliveries = _deliveries(settings.queue, ledger, queue)
    return Parts(
        settings=settings,
        inboxes=inboxes,
        scan=InboxScan(inboxes, ledger, disposal),
        strikes=kept_in(ledger),
        committer=committer,
        digests=digests,
        mailing=Mailing(
            ledger=ledger,
            directory=data.editions,
            digests=settings.digests,
            settings=settings.mail,
            now=clock.now,
        ),
        deliveries=deliveries,
        requests=Requests(
            ledger=ledger,
            corrections=Corrections(ledger=ledger, committer=committer, now=clock.now),
            digests=digests,
            quarantine=quarantine,
            deliveries=deliveries,
            inboxes=inboxes,
            forgetting=Forgetting(ledger=ledger, data=data, inboxes=inboxes, now=clock.now),
            now=clock.now,
        ),
        health=Health(data.health, now=clock.now),
        retention=Retention(
            ledger=ledger,
            data=data,
            shards=queue.shards,
            catalogue=catalogue,
            keep=settings.retention,
            window_days=settings.dedup.window_days,
            digests=tuple(settings.digests),
            now=clock.now,
        ),
        soundness=soundness,
    )


def _catalogue(ledger: Ledger) -> Catalogue:
    start = clock.monotonic()
    catalogue = Catalogue.read(ledger)
    if catalogue.articles:
        took_ms = clock.milliseconds_since(start)
        get_logger().info("catalogue_read", articles=catalogue.articles, took_ms=took_ms)
    return catalogue


def _settle(committer: Committer) -> None:
    """Settle the outbox at the end; what can't be now, the next start does."""
    try:
        committer.settle_outbox()
    except TransientError as error:
        get_logger().warning("outbox_not_settled", message=str(error))


def _deliveries(settings: QueueSettings, ledger: Ledger, queue: QueueDirectory) -> Deliveries:
    strangers = Strangers()
    return Deliveries(
        ledger=ledger,
        leases=Leases(
            queue.path,
            seconds=settings.lease_seconds,
            monotonic=clock.monotonic,
            wall=time.time,
            strangers=strangers,
        ),
        returns=Returns(queue.path, shards=queue.shards, strangers=strangers, wall=time.time),
        shards=queue.shards,
        strangers=strangers,
        max_attempts=settings.max_attempts,
        retry_seconds=settings.retry_seconds,
        monotonic=clock.monotonic,
        now=clock.now,
    )


def _make_inboxes(loaded: Loaded) -> None:
    for number, chosen in enumerate(loaded.settings.inboxes):
        origin = loaded.origin(("inboxes", number, "path"))
        with usable(f"{origin}: inboxes.{number}.path = {str(chosen.path)!r}"):
            if not may_make(chosen.path, loaded.settings.data):
                continue  # whoever watches or scans it says so, and finds it when it is there
            if not chosen.path.exists():
                chosen.path.mkdir(parents=True)  # those above only in a new data directory
                path = str(chosen.path.absolute())
                # It may be mistyped: whoever waits for news is to see it.
                get_logger().warning("inbox_made", inbox=chosen.name, path=path)
            next(chosen.path.iterdir(), None)
