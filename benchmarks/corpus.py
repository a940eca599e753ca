"""Articles to measure with: news-like ones where their generator is at hand, else the samples'.

`../shared/bench/gen_news.py` recombines sentences of real articles, with numbers and names, copies,
edited copies and revisions; it needs `../shared/data`. Without them the paragraphs of
`deploy/samples` are recombined: six articles' words, so all look alike, and deciding costs more
than it does for news.
"""

import random
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "deploy" / "samples"
GENERATOR = ROOT.parent / "shared" / "bench" / "gen_news.py"
COPIES = 0.1
PARAGRAPHS = 14


def lay_out(work: Path, count: int) -> Path:
    """Return a folder with `count` articles, made below `work` unless it is there already."""
    folder = work / f"corpus-{count}"
    made = folder / "f"
    if not made.is_dir():
        if GENERATOR.is_file():
            command = [sys.executable, str(GENERATOR), str(folder), str(count)]
            subprocess.run(command, check=True)
        else:
            made.mkdir(parents=True)
            make_corpus(made, count)
    return made


def kind() -> str:
    """Say what the articles of `lay_out` are made of."""
    return "gen_news.py" if GENERATOR.is_file() else "recombined samples"


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
        if written and chance.random() < COPIES:
            text = chance.choice(written)
        else:
            text = f"Sak {number}\n\n" + "\n\n".join(chance.sample(paragraphs, PARAGRAPHS))
            written.append(text)
        (folder / f"{number:06d}.txt").write_text(text, encoding="utf-8")
