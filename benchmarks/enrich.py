"""What saying who, where, what, how many and when costs an article.

    python benchmarks/enrich.py

Takes real articles of 2 to 4.5 KB from ../shared where they are, the samples elsewhere, and prints
for each language the microseconds of processor time for 3,000 characters, of the whole stage and
of its parts, on one core: the best of some rounds, in which the names and words of these articles
are remembered, and "once", when each is seen for the first time and none is. Beside them stands how
often one could have split the same text into words (`re.findall`) in that time, which is the same
on a busy machine. The last line says how much dearer a megabyte is than 2.5 KB.
"""

import gc
import json
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from corpus import ROOT

from tidende import lexicon
from tidende.clock import now
from tidende.enrich.dates import dates
from tidende.enrich.enrich import enrich
from tidende.enrich.figures import figures
from tidende.enrich.names import names
from tidende.enrich.quotes import quotes
from tidende.model.article import Article, Language
from tidende.model.limits import Limits
from tidende.model.seed import Candidate, RawSeed, Stamp
from tidende.reading.parse import parse

DATA = ROOT.parent / "shared" / "data"
SHORTEST, LONGEST, MOST = 2_000, 4_500, 60
SMALL, LARGE = 2_500, 1_000_000
ROUNDS = 5
PER = 3_000
WORDS = re.compile(r"\w+")


def corpora() -> dict[str, list[str]]:
    """Return articles by language."""
    found = {}
    for file in sorted(DATA.glob("articles-*.jsonl")):
        texts = [json.loads(line)["text"] for line in file.open()]
        chosen = [text for text in texts if SHORTEST < len(text) < LONGEST]
        found[file.stem.removeprefix("articles-").removesuffix("-dev")] = chosen[:MOST]
    if found:
        return found
    samples = sorted((ROOT / "deploy" / "samples").glob("*.txt"))
    return {"samples": [sample.read_text(errors="replace") for sample in samples]}


def understood(text: str) -> Article:
    """Return a text as the stage before gives it."""
    stamp = Stamp(size=0, mtime_ns=0, ctime_ns=0, inode=0)
    candidate = Candidate(inbox="", path="a.txt", file="", source="", stamp=stamp)
    raw = RawSeed(candidate=candidate, content=text.encode(), sha256="0" * 64, received=now())
    article = next(iter(parse(raw, Limits())))
    assert isinstance(article, Article), article
    return article


def cost(task: Callable[[Article], object], articles: Sequence[Article], rounds: int) -> float:
    """Return the least processor seconds a character, over all articles."""
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        for article in articles:
            task(article)
        best = min(best, time.process_time() - start)
    return best / sum(len(article.text) for article in articles)


def compile_patterns(text: str) -> None:
    """Have every language's patterns made, and those for a text of none that is known."""
    article = understood(text)
    for tag in (*lexicon.tags(), "und"):
        said = replace(article.extraction, language=Language(tag=tag, confidence=1.0))
        enrich(replace(article, extraction=said))


def settle() -> None:
    """Leave what is loaded out of the garbage collector's rounds, as a worker does at its start."""
    gc.collect()
    gc.freeze()


def parts() -> dict[str, Callable[[Article], object]]:
    """Return the stage and what it is made of, as functions of an enriched article."""

    def tag(article: Article) -> str | None:
        return article.extraction.language.tag if article.extraction.language else None

    def part(function: Callable[..., object], *fields: str) -> Callable[[Article], object]:
        def run(article: Article) -> object:
            said = article.extraction
            given = (getattr(said, name) for name in fields)
            return function(article.text, said.blocks, tag(article), *given)

        return run

    return {
        "all": enrich,
        "names": part(names),
        "quotes": part(quotes, "people", "organisations"),
        "figures": part(figures, "dates"),
        "dates": part(dates, "published"),
        "words": lambda article: WORDS.findall(article.text),
    }


def main() -> None:
    """Measure, and print."""
    tasks = parts()
    print(f"{'µs':8} {'once':>8} " + " ".join(f"{name:>8}" for name in tasks) + "   all / words")
    found = corpora()
    compile_patterns(next(iter(found.values()))[0])
    for language, texts in found.items():
        read = [understood(text) for text in texts]
        settle()
        once = cost(enrich, read, 1) * PER * 1e6
        articles = [enrich(article) for article in read]
        settle()
        costs = {name: cost(task, articles, ROUNDS) * PER * 1e6 for name, task in tasks.items()}
        figures_ = " ".join(f"{value:8.0f}" for value in costs.values())
        print(f"{language:8} {once:8.0f} {figures_}   {costs['all'] / costs['words']:.0f}")
    one = "\n\n".join(found.get("nb") or found["samples"])  # one language: a text has one
    joined = (one + "\n\n") * (LARGE // len(one) + 1)
    whole = partial(cost, enrich)
    long = understood(joined[:LARGE])
    short = [understood(joined[at : at + SMALL]) for at in range(0, 40 * SMALL, SMALL)]
    settle()
    ratio = whole([long], 1) * LARGE / (whole(short, ROUNDS) * SMALL)
    print(f"1 MB costs {ratio:.0f} times 2.5 KB; 400 would be in proportion to its length")


if __name__ == "__main__":
    main()
