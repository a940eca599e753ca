"""How fast a backlog is taken in, beside a plain script in the same run.

    make bench          (or: python benchmarks/run.py [SEEDS])

Machines differ and are noisy: read the ratio, not the rates. The plain script does what people glue
together: read each file, hash it, write one JSON file, sync it. It parses nothing, recognises exact
copies only, and loses what it had in memory when it is killed.
"""

import hashlib
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

SAMPLES = Path(__file__).resolve().parent.parent / "deploy" / "samples"
ROUNDS = 3


def make_corpus(folder: Path, count: int) -> None:
    """Write `count` articles of 3 KB: the samples' paragraphs recombined, one in ten a copy."""
    chance = random.Random(1)
    paragraphs = [
        paragraph
        for sample in sorted(SAMPLES.glob("*.txt"))
        for paragraph in sample.read_text(encoding="utf-8").split("\n\n")
        if len(paragraph) > 80
    ]
    written: list[str] = []
    for number in range(count):
        if written and chance.random() < 0.1:
            text = chance.choice(written)
        else:
            text = f"Sak {number}\n\n" + "\n\n".join(chance.sample(paragraphs, 14))
            written.append(text)
        (folder / f"{number:06d}.txt").write_text(text, encoding="utf-8")


def run_tidende(inbox: Path, work: Path) -> None:
    """Take in the inbox with everything on."""
    command = [sys.executable, "-m", "tidende", "ingest"]
    places = ["--inbox", str(inbox), "--data", str(work)]
    settings = ["--set", "log.level=warning", "--set", "intake.settle_seconds=0"]
    subprocess.run([*command, *places, *settings], check=True, stdout=subprocess.DEVNULL)


def run_plain_script(inbox: Path, work: Path) -> None:
    """Do what a plain script does."""
    work.mkdir()
    seen = set()
    for file in sorted(inbox.iterdir()):
        content = file.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        if digest in seen:
            continue
        seen.add(digest)
        with (work / f"{digest}.json").open("w", encoding="utf-8") as out:
            json.dump({"name": file.name, "sha256": digest, "text": content.decode()}, out)
            out.flush()
            os.fsync(out.fileno())


def measure(job: Callable[[Path, Path], None], inbox: Path, work: Path) -> float:
    """Return how many seconds a job takes."""
    start = time.perf_counter()
    job(inbox, work)
    return time.perf_counter() - start


def main(count: int) -> None:
    """Print both rates and their ratio, as medians over rounds that alternate."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        inbox = root / "inbox"
        inbox.mkdir()
        make_corpus(inbox, count)
        rates: dict[str, list[float]] = {"tidende": [], "plain script": []}
        for number in range(ROUNDS):
            for label, job in (("tidende", run_tidende), ("plain script", run_plain_script)):
                took = measure(job, inbox, root / f"{label}-{number}")
                rates[label].append(count / took)
        for label, found in rates.items():
            spread = f"{min(found):.0f}-{max(found):.0f}"
            print(f"{label:14} {statistics.median(found):7.0f} articles/s ({spread})")
        ratio = statistics.median(
            ours / theirs
            for ours, theirs in zip(rates["tidende"], rates["plain script"], strict=True)
        )
        print(f"ratio          {ratio:7.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
