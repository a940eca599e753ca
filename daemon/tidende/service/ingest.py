"""One pass over the inboxes and out again: what cron runs."""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import TypeAlias

from tidende.clock import monotonic
from tidende.intake.gate import Gate
from tidende.intake.scanner import oldest_first
from tidende.model.seed import Candidate
from tidende.service.pipeline import Pipeline
from tidende.service.recording import Recorded
from tidende.service.wiring import Parts, pipeline
from tidende.store.editions import EditionRow

Progress: TypeAlias = Callable[[Recorded, int], None]
"""Hears of each seed that was decided, and of how many there are in all."""

GRACE_SECONDS = 0.25
"""Beyond `settle_seconds`: a file that settles just then is still taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """What one pass did: `left` are files that still change or are empty."""

    decided: int
    left: tuple[Candidate, ...]
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
        patience = parts.settings.intake.settle_seconds + GRACE_SECONDS
        # All of them first, then in order: which of two copies is the original depends on it.
        way.process(oldest_first(_settled(way.gate, found, until=monotonic() + patience)))
        _drain(way)
        left = way.gate.waiting()
    return Ingested(decided=decided, left=tuple(left), editions=tuple(parts.digests.make_due()))


def act_on_requests(parts: Parts) -> None:
    """Act on the open requests, and see seeds through that are to be tried again."""
    with pipeline(parts) as way:
        parts.requests.poll(way.process)
        _drain(way)


def _settled(gate: Gate, found: Iterable[Candidate], *, until: float) -> Iterator[Candidate]:
    """Yield what is complete, or becomes so by `until`, a monotonic time."""
    yield from gate.admit(found, "scanned")
    while (due := gate.next_due()) is not None and monotonic() + due <= until:
        time.sleep(due)
        yield from gate.settled()


def _drain(way: Pipeline) -> None:
    """Turn until everything that was begun is decided."""
    while way.busy:
        wait(way.connections(), timeout=1.0)
        way.collect()
