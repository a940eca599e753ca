"""One pass over the inboxes and out again: what cron runs."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import TypeAlias

from tidende.clock import monotonic
from tidende.errors import TransientError
from tidende.intake.gate import Gate
from tidende.intake.scanner import oldest_first
from tidende.logs import get_logger
from tidende.model.seed import Candidate
from tidende.service.pipeline import Pipeline
from tidende.service.recorded import Recorded
from tidende.service.wiring import Parts, pipeline
from tidende.store.editions import EditionRow

Progress: TypeAlias = Callable[[Recorded, int], None]
"""Hears of each seed that was decided, and of how many there are in all."""

PATIENCE_SECONDS = 30.0
"""For a full disk or a locked ledger; cron comes again."""
GRACE_SECONDS = 0.25
"""Beyond the longest `settle_seconds`: a file that settles just then is still taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """What one pass did: `left` are the files it couldn't take, each with the reason."""

    decided: int
    left: tuple[tuple[Candidate, str], ...]
    editions: tuple[EditionRow, ...]


def ingest(parts: Parts, progress: Progress) -> Ingested:
    """Take in everything that is in the inboxes now, and make the digests that are due."""
    found = parts.scan.run()
    decided = 0

    def count(recorded: Recorded) -> None:
        nonlocal decided
        decided += 1
        progress(recorded, len(found))

    with pipeline(parts, count) as way:
        patience = way.gate.longest_seconds + GRACE_SECONDS
        # All of them first, then in order: which of two copies is the original depends on it.
        way.process(oldest_first(_settled(way.gate, found, until=monotonic() + patience)))
        _drain(way)
        left = [(each, _why(each, way.troubles)) for each in way.gate.waiting()]
    if parts.scan.troubles:
        raise TransientError("; ".join(parts.scan.troubles))
    editions: list[EditionRow] = []
    while made := parts.digests.make_due():
        editions += made
    try:
        parts.mailing.deliver()
    except TransientError as error:  # the next pass tries it again
        get_logger().warning("job_postponed", job="mail", message=str(error))
    try:
        parts.deliveries.sweep()
        parts.retention.apply()
    except TransientError as error:  # the seeds are taken in; the next pass does this too
        get_logger().warning("job_postponed", message=str(error))
    parts.soundness.verify(None)
    parts.digests.raise_postponed()  # at the very end: all else is done, and cron's mail says so
    return Ingested(decided=decided, left=tuple(left), editions=tuple(editions))


def act_on_requests(parts: Parts) -> None:
    """Act on the open requests, and see seeds through that are to be tried again."""
    again: list[Candidate] = []
    parts.requests.poll(again.extend)
    if again:
        with pipeline(parts) as way:
            way.process(again)
            _drain(way)
    with suppress(TransientError):  # told in the log, and tried again by the next who holds it
        parts.mailing.deliver()


def _why(candidate: Candidate, troubles: Mapping[str, str]) -> str:
    if candidate.stamp.size == 0:
        return "is empty"
    return troubles.get(candidate.file, "still changes")


def _settled(gate: Gate, found: Iterable[Candidate], *, until: float) -> Iterator[Candidate]:
    """Yield what is complete, or becomes so by `until`, a monotonic time."""
    yield from gate.admit(found, "scanned")
    while (due := gate.next_due()) is not None and monotonic() + due <= until:
        time.sleep(due)
        yield from gate.settled()


def _drain(way: Pipeline) -> None:
    """Turn until everything that was begun is decided; raises TransientError if it can't be."""
    patient_until = monotonic() + PATIENCE_SECONDS
    while way.busy:
        wait(way.connections(), timeout=1.0 if way.postponed is None else 0.1)
        if way.collect():
            patient_until = monotonic() + PATIENCE_SECONDS
        elif way.postponed is not None and monotonic() > patient_until:
            raise TransientError(f"{way.postponed}; the seeds are left for the next time")
