"""Has the pipeline become slower? A guard that holds on a noisy machine.

    make guard                           compare with guard.toml; exit code 1 when it is slower
    python benchmarks/guard.py --accept  write what is measured into guard.toml

Two parts, what workers do and what the main process does, are measured over articles made of the
samples, as processor time in terms of a reference task (plain Python on strings, dictionaries and
patterns) that runs in turn with them in the same process: what slows one down slows down the other.
Of a process the median of its rounds counts, of some fresh processes the median again. The
articles differ, also in their words, so that what is remembered by word is of as little use as in
news.

The tolerance is what repeated runs on a busy machine justify (docs/performance.md). Another
version of Python, or another kind of processor, is another ratio: accept it there first.
"""

import argparse
import gc
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from zlib import crc32

from corpus import SAMPLES, make_corpus
from stages import MAIN, WORKERS, Stopwatch, take_in, watch

from tidende import logs
from tidende.lexicon import gazetteer
from tidende.service.wiring import hold
from tidende.settings import load

EXPECTED = Path(__file__).with_name("guard.toml")
MEMORY = Path("/dev/shm")  # noqa: S108  # a disk that others use takes processor time, too
PROCESSES, ROUNDS, EACH = 5, 12, 16
WARM = 64
TOLERANCE = 0.10
REPEATS = 12  # of the reference task a round: about as long as a round's articles

_WORD = re.compile(r"\w+")
_NAME = re.compile(r"[A-ZÆØÅ]\w+(?: [A-ZÆØÅ]\w+)*")


def reference(text: str) -> int:
    """Do a fixed piece of work of the kinds that the pipeline does."""
    words = _WORD.findall(text)
    counts = Counter(word.lower() for word in words)
    shingles = {" ".join(words[at : at + 3]) for at in range(len(words) - 2)}
    least = sorted(crc32(each.encode()) for each in shingles)[:100]
    spans = [(found.start(), found.end(), found[0]) for found in _NAME.finditer(text)]
    names = {name: [text[start:end] for start, end, name in spans] for _, _, name in spans}
    said = json.dumps({"counts": counts, "least": least, "names": sorted(names)})
    return len(json.loads(said)["counts"])


def measure(work: Path) -> dict[str, float]:
    """Return both parts' processor time in terms of the reference task's, in this process."""
    inbox = work / "inbox"
    inbox.mkdir()
    make_corpus(inbox, WARM + ROUNDS * EACH)
    text = "\n".join(file.read_text(encoding="utf-8") for file in sorted(SAMPLES.glob("*.txt")))
    settings = ("queue.sync=none", 'log.level="error"')
    ratios: dict[str, list[float]] = {"workers": [], "main": []}
    with (
        (work / "log").open("w") as log,
        hold(load(None, settings).placed_at(inbox=inbox, data=work / "data")) as parts,
    ):
        logs.configure(level="error", form="json", stream=log)
        found = parts.scan.run()
        gazetteer.load()
        stopwatch = Stopwatch()
        watch(stopwatch)
        take_in(parts, found[:WARM])
        gc.collect()
        gc.freeze()
        for first in range(WARM, len(found), EACH):
            base = timed(lambda: [reference(text) for _ in range(REPEATS)])
            stopwatch.spent.clear()
            take_in(parts, found[first : first + EACH])
            base = (base + timed(lambda: [reference(text) for _ in range(REPEATS)])) / 2
            for part, stages in (("workers", WORKERS), ("main", MAIN)):
                spent = sum(cpu for name, (cpu, _) in stopwatch.spent.items() if name in stages)
                ratios[part].append(spent / base)
    return {part: statistics.median(each) for part, each in ratios.items()}


def timed(task: Callable[[], object]) -> float:
    """Return a task's processor time."""
    start = time.thread_time()
    task()
    return time.thread_time() - start


def measure_apart() -> dict[str, float]:
    """Return what fresh processes measure, in the median."""
    found = []
    for _ in range(PROCESSES):
        command = [sys.executable, __file__, "--measure"]
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
        found.append(json.loads(done.stdout))
    return {part: statistics.median(each[part] for each in found) for part in found[0]}


def judge(measured: Mapping[str, float], expected: Mapping[str, float]) -> Sequence[str]:
    """Print both, and return the parts that are slower than they may be."""
    slower = []
    for part, now in measured.items():
        change = now / expected[part] - 1
        print(f"{part:8} {now:6.3f} times the reference, {change:+.1%} of {expected[part]:.3f}")
        if change > TOLERANCE:
            slower.append(part)
        elif change < -TOLERANCE:
            print(f"{part:8} is faster: --accept holds it there")
    return slower


def main() -> int:
    """Measure, and judge or accept."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--accept", action="store_true", help="write guard.toml anew")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.measure:
        memory = MEMORY if MEMORY.is_dir() else None
        with tempfile.TemporaryDirectory(prefix="tidende-guard-", dir=memory) as work:
            print(json.dumps(measure(Path(work))))
        return 0
    measured = measure_apart()
    python = "{}.{}".format(*sys.version_info)
    if chosen.accept:
        lines = (f"{part} = {ratio:.3f}" for part, ratio in measured.items())
        EXPECTED.write_text("\n".join([f'python = "{python}"', *lines, ""]), encoding="utf-8")
        return 0
    expected = tomllib.loads(EXPECTED.read_text(encoding="utf-8"))
    if expected["python"] != python:
        print(f"guard: skipped: {EXPECTED.name} is for Python {expected['python']}")
        return 0
    slower = judge(measured, expected)
    for part in slower:
        print(f"{part}: slower than {EXPECTED.name} allows ({TOLERANCE:.0%})", file=sys.stderr)
    return int(bool(slower))


if __name__ == "__main__":
    sys.exit(main())
