"""What a round measured, and how rounds are printed."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from usage import Cpu


@dataclass(frozen=True, slots=True)
class Run:
    """One round: articles a second, processor seconds of all articles, megabytes."""

    rate: float
    cpu: Cpu
    peak: float


def show(name: str, runs: Sequence[Run], count: int) -> None:
    """Print the medians of rounds with so many articles."""
    rate = spread([run.rate for run in runs], "articles/s", 0)
    main = 1000 * statistics.median(run.cpu.main for run in runs) / count
    workers = 1000 * statistics.median(run.cpu.workers for run in runs) / count
    peak = statistics.median(run.peak for run in runs)
    print(
        f"{name}, {count:,}: {rate}; processor {main + workers:.2f} ms an article "
        f"(main {main:.2f}, workers {workers:.2f}); peak {peak:.0f} MB",
        flush=True,
    )


def spread(found: Sequence[float], unit: str, digits: int = 2) -> str:
    """Return the median with the least and the greatest."""
    least, most = min(found), max(found)
    return f"{statistics.median(found):.{digits}f} {unit} ({least:.{digits}f}-{most:.{digits}f})"
