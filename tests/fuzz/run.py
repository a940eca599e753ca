"""A bounded fuzz run over every format: `python tests/fuzz/run.py SECONDS [--line MEGABYTES]`.

Damaged documents are read one after another until the time is up. Printed are the inputs tried
per format, what broke a promise, the slowest input, and how much memory stayed; the exit code is
1 if anything broke. The same `--seed` gives the same inputs. `--line` ends with one single line
of so many megabytes.
"""

# ruff: noqa: T201  # its output is what it is for
import argparse
import gc
import resource
import sys
import time
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from documents import every_form, read
from mutation import mutate
from tidende.model.article import Article
from tidende.model.limits import Limits
from tidende.model.seed import Rejected

_LIMITS = Limits(unpacked_bytes=1 << 24, members=200, articles=1000)
_SLOW_SECONDS = 5.0
_GROWTH_BYTES = 32 * 1024 * 1024
_KEPT = Path("fuzz-failures")


@dataclass(slots=True)
class _Report:
    """What a run has seen."""

    tried: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    slowest: float = 0.0
    slowest_form: str = ""


def main() -> int:
    """Run, print, and return the exit code."""
    arguments = _arguments()
    random = Random(arguments.seed)  # repeatable, not secret
    report = _Report()
    _fuzz(arguments.seconds / 4, random, Counter(), _Report())  # fills the caches
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    _fuzz(arguments.seconds * 3 / 4, random, report.tried, report)
    gc.collect()
    growth = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    if arguments.line:
        _one_line(arguments.line)
    return _print(report, growth)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seconds", type=float, nargs="?", default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--line", type=int, default=0, metavar="MEGABYTES")
    return parser.parse_args()


def _fuzz(seconds: float, random: Random, tried: Counter[str], report: _Report) -> None:
    end = time.monotonic() + seconds
    for form, name, content in _inputs(random):
        if time.monotonic() > end:
            return
        start = time.monotonic()
        problem = _try(name, content, report)
        took = time.monotonic() - start
        tried[form] += 1
        if took > report.slowest:
            report.slowest, report.slowest_form = took, form
        if problem or took > _SLOW_SECONDS:
            _keep(form, name, content, problem or f"took {took:.1f} s", report)


def _inputs(random: Random) -> Iterator[tuple[str, str, bytes]]:
    """Yield damaged documents of every form in turn, now and then under another's name."""
    forms = every_form()
    names = [name for name, _ in forms.values()]
    while True:
        for form, (name, content) in forms.items():
            chosen = random.choice(names) if random.random() < 0.1 else name
            yield form, chosen, mutate(content, random)


def _try(name: str, content: bytes, report: _Report) -> str | None:
    """Return which promise an input breaks, or None."""
    try:
        found = read(content, name, _LIMITS)
    except BaseException as error:  # noqa: BLE001  # nothing at all may come out  # nothing at all may come out
        return f"raised {type(error).__name__}: {error}"
    if not found:
        return "no decision"
    for each in found:
        report.outcomes[each.reason if isinstance(each, Rejected) else "article"] += 1
        if isinstance(each, Rejected):
            if each.reason == "unexpected":
                return each.message
        elif problem := _lost(each):
            return problem
    return None


def _lost(found: Article) -> str | None:
    at = 0
    for block in found.extraction.blocks:
        if not at <= block.start < block.end <= len(found.text):
            return f"block {block} is out of order"
        if found.text[at : block.start].strip():
            return f"text before {block} is in no block"
        at = block.end
    return "text behind the last block" if found.text[at:].strip() else None


def _keep(form: str, name: str, content: bytes, problem: str, report: _Report) -> None:
    _KEPT.mkdir(exist_ok=True)
    path = _KEPT / f"{len(report.broken):03}-{name}"
    path.write_bytes(content)
    report.broken.append(f"{form}: {problem} ({path})")


def _one_line(megabytes: int) -> None:
    """Read a single line, longer than any limit of a seed would let through."""
    start = time.monotonic()
    (found,) = read(b"Elva er lang. " * (megabytes * 1_000_000 // 14), "a.txt", _LIMITS)
    took = time.monotonic() - start
    kind = found.reason if isinstance(found, Rejected) else "article"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"one line of {megabytes} MB: {kind} in {took:.1f} s, {peak} MB at most")


def _print(report: _Report, growth: int) -> int:
    for form, count in sorted(report.tried.items()):
        print(f"{form:12} {count:8} inputs")
    print(f"{'all':12} {sum(report.tried.values()):8} inputs")
    print("outcomes:", ", ".join(f"{name} {n}" for name, n in report.outcomes.most_common()))
    print(f"slowest: {report.slowest * 1000:.0f} ms ({report.slowest_form})")
    print(f"memory that stayed: {growth / 1024:.0f} KiB")
    print(f"broken promises: {len(report.broken)}")
    for line in report.broken:
        print(" ", line[:300])
    return 1 if report.broken or growth > _GROWTH_BYTES else 0


if __name__ == "__main__":
    sys.exit(main())
