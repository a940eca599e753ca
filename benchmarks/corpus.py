"""Articles to measure with: news-like ones where their generator is at hand, else the samples'.

`../shared/bench/gen_news.py` recombines sentences of real articles, with numbers and names, copies,
edited copies and revisions; it needs `../shared/data`. Without them the paragraphs of
`deploy/samples` are recombined, with other numbers, names and some other words, so that memories by
word are of as little use as in news; but all read alike.
"""

import random
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "deploy" / "samples"
GENERATOR = ROOT.parent / "shared" / "bench" / "gen_news.py"
COPIES = 0.1
PARAGRAPHS = 14
CHANGED_WORDS, CHANGED_NAMES = 0.15, 0.5
_WORD = re.compile(r"\b[a-zæøåäö]{5,}\b")
_NAME = re.compile(r"(?<=[a-zæøåäö] )[A-ZÆØÅÄÖ][a-zæøåäö]{3,}\b")
_NUMBER = re.compile(r"\d+")
_SYLLABLES = "ba de fi gru ha ind jo kve li mor ne os pil ra sund tor ul ve øy ås".split()  # noqa: SIM905


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
    """Write `count` articles of 3 KB: the samples' paragraphs varied, one in ten a copy."""
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
            chosen = "\n\n".join(chance.sample(paragraphs, PARAGRAPHS))
            text = f"Sak {number}\n\n{_varied(chosen, chance)}"
            written.append(text)
        (folder / f"{number:06d}.txt").write_text(text, encoding="utf-8")


def _varied(text: str, chance: random.Random) -> str:
    """Return a text with other numbers and names, and some other words."""

    def coined(found: re.Match[str], share: float) -> str:
        if chance.random() > share:
            return found[0]
        word = "".join(chance.choices(_SYLLABLES, k=3))
        return word.capitalize() if found[0][0].isupper() else word

    text = _NUMBER.sub(lambda found: str(chance.randint(1, 10 ** len(found[0]))), text)
    text = _NAME.sub(lambda found: coined(found, CHANGED_NAMES), text)
    return _WORD.sub(lambda found: coined(found, CHANGED_WORDS), text)
