"""Runs the scorers of ../shared/eval over all that is there, and prints one table.

    make eval

Rows are what is measured, each on the hand-made answers for the seeds (`score.py`) or on labelled
news (`corpora.py`), with the articles a second that the whole program read while it was measured.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from tidende import __version__

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
TIDENDE = f"{sys.executable} -m tidende"

Row: TypeAlias = tuple[str, str, str]
"""What is measured, the figure, and the articles a second where they are known."""

_LISTS = ("captions", "subheadings", "quotes", "people", "organisations", "places", "figures")
_RATE = re.compile(r"([\d.]+) documents/s")
_F1 = re.compile(r"^(\w\w) all .*F1 ([\d.]+)", re.MULTILINE)
_FOUND = re.compile(r"^(\w\w) direct quotes found .* = ([\d.]+); .* = ([\d.]+)", re.MULTILINE)
_STORIES = re.compile(r"^stories +P +(\S+) +R +(\S+)", re.MULTILINE)
_LINKED = re.compile(r"^(\w\w-\w\w) linked ([\d.]+)", re.MULTILINE)
_SUM = re.compile(r"^(?:stories|neardup|generated) .*", re.MULTILINE)
_GENERATED = 1000  # files of the made corpus
_LID = re.compile(r"^lid (.*)", re.MULTILINE)


def main() -> int:
    """Print the table; 0 also where there is nothing to score against."""
    if not (SHARED / "eval").is_dir():
        print("Nothing to score against: ../shared/eval (the labelled articles) is not here.")
        return 0
    rows = [("measured", f"Tidende {__version__}", "articles/s"), ("---", "---", "---")]
    for task in (_seeds, _languages, _names, _quotes, _stories, _copies, _made_copies):
        rows += task()
    for row in rows:
        print(f"| {' | '.join(row)} |")
    return 0


def _seeds() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        taken = [*TIDENDE.split(), "ingest", "--inbox", str(SHARED / "seeds"), "--data", folder]
        subprocess.run(taken, check=True, capture_output=True)
        out = Path(folder, "score.json")
        score = [sys.executable, str(SHARED / "eval" / "score.py"), f"{folder}/queue"]
        printed = subprocess.run(
            [*score, "--json", str(out)], check=True, capture_output=True, text=True
        ).stdout
        counters = json.loads(out.read_bytes())["counters"]
    for name in (*_LISTS, "date_mentions"):
        found = re.search(rf"^{name} .*F1 ([\d.]+)", printed, re.MULTILINE)
        yield f"seeds: {name}, F1", found[1] if found else "-", ""
    for precision, recall in _STORIES.findall(printed):
        yield "seeds: stories, precision and recall", f"{precision}, {recall}", ""
    for name, total in counters.items():
        if name.endswith("_n") and total:
            name = name.removesuffix("_n")  # noqa: PLW2901  # the same name, without its mark
            yield f"seeds: {name}", f"{counters[name]} of {total}", ""


def _languages() -> Iterator[Row]:
    printed = _corpora("lid")
    yield "language, seen in training", _LID.findall(printed)[-1], _rates(printed)


def _names() -> Iterator[Row]:
    printed = _corpora("ner")
    figures = ", ".join(f"{tag} {float(f1):.3f}" for tag, f1 in _F1.findall(printed))
    yield "people, organisations and places, F1, seen in training", figures, _rates(printed)


def _quotes() -> Iterator[Row]:
    printed = _corpora("quotes")
    figures = ", ".join(f"{tag} {found} / {who}" for tag, found, who in _FOUND.findall(printed))
    yield "quotes found / named speaker right", figures, _rates(printed)


def _stories() -> Iterator[Row]:
    printed = _corpora("stories")
    linked = ", ".join(f"{pair} {share}" for pair, share in _LINKED.findall(printed))
    yield "translations linked, seen in training", linked, _rates(printed)
    yield "all of them", _SUM.findall(printed)[-1], ""


def _copies() -> Iterator[Row]:
    printed = _corpora("neardup")
    yield "near copies", _SUM.findall(printed)[-1], _rates(printed)


def _made_copies() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        maker = [sys.executable, str(SHARED / "bench" / "gen_news.py"), folder, str(_GENERATED)]
        subprocess.run(maker, check=True, capture_output=True)
        printed = _corpora("generated", Path(folder))
    for line in printed.splitlines()[1:-1]:
        yield f"made copies: {line.partition(' ')[0]}", line.partition(" ")[2], ""
    yield "made copies", _SUM.findall(printed)[-1], _rates(printed)


def _corpora(task: str, data: Path = SHARED / "data") -> str:
    script = SHARED / "eval" / "corpora.py"
    done = subprocess.run(
        [sys.executable, script, task, data, "--tidende", TIDENDE],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    return done.stdout


def _rates(printed: str) -> str:
    """Return the rates of a task's runs, each with the start of the program in it."""
    return ", ".join(_RATE.findall(printed))


if __name__ == "__main__":
    sys.exit(main())
