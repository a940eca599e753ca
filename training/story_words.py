"""Learns what story linking knows of words: `rarity.words` and `counterparts.words`.

    make train                                           write both lists anew
    .venv/bin/python training/story_words.py --keep-out  leave out what `stories.py --judge` judges

Rarity is in how many articles a stem, a name or a country stands, in the language where it is most
frequent. Counterparts are the Danish stems that say the same as a stem of another language: words
that stand in the same lines of translations more often than chance would have it, learned by how
often they meet against how often each occurs (the square of the cosine). Both hold single folded
words that several texts have, and no sentences. Texts come from ../shared/data (NOTICE lists them).
"""

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import product
from math import log
from pathlib import Path
from typing import Any
from zlib import crc32

from tidende.dedup.stories import rarity
from tidende.dedup.stories.folding import name_key, stem
from tidende.lexicon import gazetteer

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
OUT = ROOT / "daemon" / "tidende" / "dedup" / "stories"

ARTICLES = ("articles-nb", "articles-nn", "articles-da", "articles-de", "stories-dev")
SENTENCES = ("ner-sv-dev", "neardup-dev")  # gathered into pages
TRANSLATED = "stories-dev"
PIVOT = "da"  # has the most translations
KEPT_OUT = 3  # one cluster in so many

PAGE = 2000  # characters
FEWEST = 3  # articles that have a word, and lines in which two words meet
FEWEST_CLUSTERS = 2
MEETS = 0.25  # the square of the cosine from which two words are counterparts
_WORD = re.compile(r"[^\W\d_]{3,}")


def main() -> None:
    """Write both lists."""
    told = argparse.ArgumentParser(description="Learn how rare words are, and which say the same.")
    told.add_argument("--data", type=Path, default=DATA, help="default: %(default)s")
    told.add_argument("--out", type=Path, default=OUT, help="a directory; default: %(default)s")
    told.add_argument("--keep-out", action="store_true", help="leave out the clusters for judging")
    options = told.parse_args()
    ranks = rarities(pages(options.data, keep_out=options.keep_out))
    lines = [
        f"{table} {rank} {' '.join(sorted(entries))}\n"
        for (table, rank), entries in sorted(ranks.items())
    ]
    (options.out / rarity.RARITY).write_text("".join(lines), encoding="utf-8")
    known = rarity.read_ranks("".join(lines))["words"]
    found = counterparts(clusters(options.data, keep_out=options.keep_out), known)
    (options.out / rarity.COUNTERPARTS).write_text(
        "".join(
            f"{tag} {' '.join(f'{own}={other}' for own, other in sorted(pairs.items()))}\n"
            for tag, pairs in sorted(found.items())
        ),
        encoding="utf-8",
    )
    print(f"{options.out}: {sum(map(len, ranks.values()))} ranks,", end=" ")
    print(f"{sum(map(len, found.values()))} counterparts")


def rarities(texts: Iterable[tuple[str, str]]) -> dict[tuple[str, int], list[str]]:
    """Return the entries by table and rank."""
    counted = defaultdict[tuple[str, str], Counter[str]](Counter)
    total = Counter[str]()
    for tag, text in texts:
        total[tag] += 1
        words = set(_WORD.findall(text))
        capital = {word for word in words if word[0].isupper()}
        counted["words", tag].update({stem(word.lower()) for word in words})
        counted["names", tag].update({name_key(word) for word in capital})
        counted["places", tag].update(countries(capital, tag))
    share = defaultdict[str, dict[str, float]](dict)
    for (table, tag), times in counted.items():
        for word, count in times.items():
            if count >= FEWEST:
                share[table][word] = max(share[table].get(word, 0), count / total[tag])
    ranks = defaultdict[tuple[str, int], list[str]](list)
    for table, shares in share.items():
        for word, part in shares.items():
            if (rank := round(-2 * log(part))) < rarity.RAREST:
                ranks[table, rank].append(word)
    return ranks


def countries(words: Iterable[str], tag: str) -> set[str]:
    """Return the countries that words name."""
    facts = (gazetteer.load().place(word, tag) for word in words)
    return {fact.country for fact in facts if fact and fact.kind == "country" and fact.country}


def counterparts(
    translations: Iterable[dict[str, list[str]]], known: rarity.Ranks
) -> dict[str, dict[str, str]]:
    """Return by language each stem's best counterpart in the pivot."""
    single = defaultdict[tuple[str, str], Counter[str]](Counter)
    both = defaultdict[str, Counter[tuple[str, str]]](Counter)
    where = defaultdict[tuple[str, str, str], set[int]](set)
    for at, lines in enumerate(translations):
        pivot = lines.get(PIVOT, [])
        for tag, own in lines.items():
            if tag == PIVOT or len(own) != len(pivot):
                continue
            for line, other in zip(own, pivot, strict=True):
                first, second = stems(line, known), stems(other, known)
                first, second = first - second, second - first
                single[tag, "own"].update(first)
                single[tag, "other"].update(second)
                for met in product(first, second):
                    both[tag][met] += 1
                    where[tag, *met].add(at)
    found = dict[str, dict[str, str]]()
    for tag, times in both.items():
        best = dict[str, tuple[float, str]]()
        for (one, other), count in times.items():
            score = count * count / (single[tag, "own"][one] * single[tag, "other"][other])
            if count >= FEWEST and len(where[tag, one, other]) >= FEWEST_CLUSTERS:
                best[one] = max(best.get(one, (MEETS, "")), (score, other))
        found[tag] = {one: other for one, (_, other) in best.items() if other}
    return found


def stems(line: str, known: rarity.Ranks) -> set[str]:
    """Return the stems of a line's words, without those that say nothing."""
    found = {stem(word) for word in _WORD.findall(line.lower())}
    return {each for each in found if known.get(each, rarity.RAREST) > rarity.COMMON}


def pages(data: Path, *, keep_out: bool) -> Iterator[tuple[str, str]]:
    """Yield the language and text of each article, and of sentences gathered into pages."""
    for name in ARTICLES:
        for row in rows(data, name):
            if not (keep_out and is_kept_out(row)):
                yield row["lang"], row["text"]
    for name in SENTENCES:
        page = ""
        for row in rows(data, name):
            page += row["text"] + "\n"
            if len(page) > PAGE:
                yield row["lang"], page
                page = ""


def clusters(data: Path, *, keep_out: bool) -> Iterator[dict[str, list[str]]]:
    """Yield the lines of each text that was translated, by language."""
    found = defaultdict[str, dict[str, list[str]]](dict)
    for row in rows(data, TRANSLATED):
        if not (keep_out and is_kept_out(row)):
            found[row["cluster"]][row["lang"]] = row["text"].split("\n")
    yield from found.values()


def is_kept_out(row: dict[str, Any]) -> bool:
    """Tell whether a text, or another version of it, is one to judge by."""
    cluster = row.get("cluster") or "/".join(row["id"].split("/")[:2])
    return not crc32(cluster.encode()) % KEPT_OUT


def rows(data: Path, name: str) -> Iterator[dict[str, Any]]:
    """Read a data set, a JSON object a line."""
    with (data / f"{name}.jsonl").open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


if __name__ == "__main__":
    main()
