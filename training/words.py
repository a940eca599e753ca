"""Counts which words are common ones, not names: `daemon/tidende/lexicon/common.words`.

    make train                       write the shipped list anew
    .venv/bin/python training/words.py

A word that running text mostly writes in lower case is no name where it opens a sentence. German
writes its nouns with a capital; there a noun is common when articles often stand before it. The
texts come from ../shared/data (NOTICE lists them with their licences); those with marked names are
left out, so that the weights of `training/names.py` learn how far the list can be trusted on texts
that it hasn't seen.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tidende import lexicon

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
WORDS = ROOT / "daemon" / "tidende" / "lexicon" / "common.words"

SOURCES = ("articles-nb", "articles-nn", "articles-da", "articles-de", "stories-dev", "lid-dev")
ENGLISH = "neardup-dev"
NEAR_COPY = 6  # words in a row that two texts share
FEWEST = 2  # times in lower case
SHARE = 0.9  # of a word's places within sentences that must be in lower case
NOUN_SHARE = 0.25  # of a German noun's places that must have an article before them
FEWEST_NOUNS = 3

_TOKEN = re.compile(r"[^\W_]+|[.!?:«»“”\"„(\n–]")
_STOP = frozenset('.!?:«»“”"„(\n–')


def main() -> None:
    """Write the list."""
    told = argparse.ArgumentParser(description="Count common words.")
    told.add_argument("--data", type=Path, default=DATA, help="default: %(default)s")
    told.add_argument("--out", type=Path, default=WORDS, help="default: %(default)s")
    options = told.parse_args()
    lines = [f"{tag} {' '.join(common(options.data, tag))}\n" for tag in lexicon.tags()]
    options.out.write_text("".join(lines), encoding="utf-8")
    print(f"{options.out}: {sum(map(len, lines))} characters")


def common(data: Path, tag: str) -> list[str]:
    """Return one language's common words, the most frequent first."""
    lower, capital, noun = Counter[str](), Counter[str](), Counter[str]()
    articles = frozenset(lexicon.of(tag).names.articles) | frozenset(
        lexicon.of(tag).names.determiners
    )
    for text in texts(data, tag):
        before = "\n"
        for word in _TOKEN.findall(text):
            if word[0].islower():
                lower[word] += 1
            elif before not in _STOP and word[0].isupper():
                capital[word] += 1
                noun[word] += before in articles
            before = word
    plain = {
        word
        for word, times in lower.items()
        if times >= FEWEST and times >= SHARE * (times + capital[word.capitalize()])
    }
    found = plain | (
        nouns(capital, noun, lower) if lexicon.of(tag).language.nouns_capital else set()
    )
    return sorted(found, key=lambda word: (-lower[word], word))


def nouns(capital: Counter[str], noun: Counter[str], lower: Counter[str]) -> set[str]:
    """Return the words that articles often stand before; an adjective with a capital is none."""
    return {
        word
        for word, times in capital.items()
        if times >= FEWEST_NOUNS
        and noun[word] >= NOUN_SHARE * times
        and lower[word.lower()] < FEWEST
    }


def texts(data: Path, tag: str) -> Iterator[str]:
    """Yield a language's texts that share no run of words with those whose names are marked."""
    marked = frozenset[str]().union(
        *(shingles_of(text) for text in read(data, f"ner-{tag}-dev", tag))
    )
    for name in (*SOURCES, ENGLISH):
        for text in read(data, name, tag):
            lines = [line for line in text.split("\n") if marked.isdisjoint(shingles_of(line))]
            yield "\n".join(lines)


def read(data: Path, name: str, tag: str) -> Iterator[str]:
    """Read the texts of one language in a data set, a JSON object a line."""
    with (data / f"{name}.jsonl").open(encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            if row["lang"] == tag:
                yield row["text"]


def shingles_of(text: str) -> set[str]:
    """Return every run of a few words; a text that is shorter is one."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    last = max(1, len(words) - NEAR_COPY + 1)
    return {" ".join(words[at : at + NEAR_COPY]) for at in range(last)}


if __name__ == "__main__":
    main()
