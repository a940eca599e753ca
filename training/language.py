"""Learns the weights by which `tidende.reading.language` tells languages apart.

    make train                                     write the shipped weights anew
    .venv/bin/python training/language.py --judge  measure on texts that were kept out

A logistic regression over what `features` finds in a text; texts come from ../shared/data (NOTICE
lists them with their licences). The few thousand features that decide most are written, in the form
that `read_model` reads. Everything random is seeded and one thread calculates, so two runs with the
same versions on the same machine give the same bytes.
"""

import argparse
import hashlib
import json
import random
import re
import sys
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from tidende.reading.language import OTHER, Model, features, identify, read_model

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
WEIGHTS = ROOT / "daemon" / "tidende" / "lexicon" / "language.weights"

TAGS = ("da", "de", "en", "fo", "is", "nb", "nn", "sv", OTHER)
SCANDINAVIAN = frozenset({"da", "nb", "nn", "sv"})
LABELLED = "lid-dev"
TITLED = ("articles-nb", "articles-nn", "articles-da", "articles-de", "stories-dev")
WRITTEN = (*TITLED[:-1], "ner-sv-dev", "neardup-dev", "quotes-nb-dev", "quotes-nn-dev")

SEED = 7
KEPT_OUT = 3  # one text in so many, for judging
NEAR_COPY = 6  # words in a row that two texts share
SHORTEST, LONGEST = 12, 500  # sentences outside are debris: initials, tables
MOST_UNLABELLED = 14_000  # sentences a language, so that German and English don't drown Faroese
MOST_JOINED = 3_000  # a language

# These come from experiments that had the kept-out third to judge by: see docs/accuracy.md.
STRENGTH = 1.5  # of the fit, scikit-learn's C: more trusts the texts more
ROUNDS = 150  # more than 60 gains half a point on kept-out sentences (docs/accuracy.md)
BALANCE = 0.8  # 0 counts every text, 1 every language alike
FEWEST_TEXTS = 8  # that show a feature
MOST_FEATURES = 50_000
SCALE = 24  # a weight of 1 in log odds; a byte reaches 5.3

_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A text of the labelled set; a short one can be right in more than one language."""

    text: str
    tag: str
    tags: frozenset[str]
    kind: str


def main() -> None:
    """Write the weights, or judge."""
    told = argparse.ArgumentParser(description="Learn to tell languages apart.")
    told.add_argument(
        "--data", type=Path, default=DATA, help="the *.jsonl files; default: %(default)s"
    )
    told.add_argument("--out", type=Path, default=WEIGHTS, help="default: %(default)s")
    told.add_argument("--judge", action="store_true", help="only measure, on texts kept out")
    options = told.parse_args()
    needed = dict.fromkeys((LABELLED, *TITLED, *WRITTEN))
    if missing := [name for name in needed if not path_of(options.data, name).is_file()]:
        sys.exit(f"Nothing to learn from: {options.data} lacks {', '.join(missing)} (.jsonl)")
    if options.judge:
        judge(options.data)
    else:
        content = learn(gather(options.data, labelled(options.data), frozenset()))
        options.out.write_bytes(content)
        print(f"{options.out}: {len(content)} bytes")


def judge(data: Path) -> None:
    """Learn from two thirds of the labelled texts and print how the last third is told apart."""
    texts = labelled(data)
    kept_out = [text for text in texts if is_kept_out(text)]
    shingles = frozenset[str]().union(*(shingles_of(text.text) for text in kept_out))
    rest = [text for text in texts if not is_kept_out(text)]
    report(kept_out, read_model(learn(gather(data, rest, shingles))))


def report(texts: list[Labelled], model: Model) -> None:
    """Print the share of texts told right for each kind and language, then the usual mistakes."""
    right, total = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    mistakes = Counter[tuple[str, str]]()
    for text in texts:
        found = tag_of(text.text, model)
        for group in (text.tag,) if text.tag == OTHER else (text.tag, "all"):
            total[text.kind, group] += 1
            right[text.kind, group] += is_right(text, found)
        if not is_right(text, found):
            mistakes[text.tag, found] += 1
    for kind, tag in sorted(total):
        share = right[kind, tag] / total[kind, tag]
        print(f"{kind:10s} {tag:5s} {share:.4f} ({right[kind, tag]}/{total[kind, tag]})")
    print("taken for", ", ".join(f"{a} {b} {n}" for (a, b), n in mistakes.most_common(10)))


def tag_of(text: str, model: Model) -> str:
    """Return the language that the daemon would name, with all that the model lacks as one."""
    found = identify(text, model)
    return "none" if found is None else found.tag if found.tag in model.tags else OTHER


def is_right(text: Labelled, found: str) -> bool:
    """Compare with the label; "other" says no more than that a text isn't Scandinavian."""
    return found in text.tags or (text.tag == OTHER and found not in SCANDINAVIAN)


def path_of(data: Path, name: str) -> Path:
    """Return where a data set is."""
    return data / f"{name}.jsonl"


def rows(data: Path, name: str) -> Iterator[Mapping[str, Any]]:
    """Read a data set, a JSON object a line."""
    with path_of(data, name).open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def labelled(data: Path) -> list[Labelled]:
    """Read the texts whose language people have checked."""
    return [
        Labelled(
            text=row["text"],
            tag=row["lang"],
            tags=frozenset(row.get("langs") or [row["lang"]]),
            kind=row["kind"],
        )
        for row in rows(data, LABELLED)
    ]


def is_kept_out(text: Labelled) -> bool:
    """Choose the same third every time, whatever the order."""
    digest = hashlib.md5(text.text.encode(), usedforsecurity=False).digest()
    return digest[0] % KEPT_OUT == 0


def shingles_of(text: str) -> set[str]:
    """Return every run of a few words; a text that is shorter is one."""
    words = _WORD.findall(text.lower())
    last = max(1, len(words) - NEAR_COPY + 1)
    return {" ".join(words[at : at + NEAR_COPY]) for at in range(last)}


def sentences_of(text: str) -> Iterator[str]:
    """Split as roughly as the learning needs."""
    for sentence in _SENTENCE_END.split(text):
        if SHORTEST < len(sentence) < LONGEST:
            yield sentence


def gather(data: Path, texts: list[Labelled], kept_out: frozenset[str]) -> dict[str, list[str]]:
    """Collect sentences and titles by language, none of which shares a shingle with `kept_out`."""
    found = defaultdict[str, list[str]](list)
    for name in WRITTEN:
        for row in rows(data, name):
            found[row["lang"]].extend(sentences_of(row["text"]))
    for name in TITLED:
        for row in rows(data, name):
            if row["title"]:
                found[row["lang"]].append(row["title"])
    chance = random.Random(SEED)
    for unchecked in found.values():
        chance.shuffle(unchecked)
        del unchecked[MOST_UNLABELLED:]
    for text in texts:
        if len(text.tags) == 1:
            whole = text.kind != "paragraph"
            found[text.tag].extend([text.text] if whole else sentences_of(text.text))
    return {
        tag: [text for text in found[tag] if kept_out.isdisjoint(shingles_of(text))] for tag in TAGS
    }


def examples(texts: Mapping[str, list[str]]) -> Iterator[tuple[str, int]]:
    """Yield what to learn from: each text, a few words of it, and several texts joined.

    The number is the language's in `TAGS`. Short and long examples teach how much a long text's
    many features may count together.
    """
    chance = random.Random(SEED)
    for number, tag in enumerate(TAGS):
        for _ in range(min(MOST_JOINED, len(texts[tag]))):
            yield " ".join(chance.sample(texts[tag], chance.randint(3, 5))), number
        for text in dict.fromkeys(texts[tag]):
            yield text, number
            if fragment := fragment_of(text.split(), chance):
                yield fragment, number


def fragment_of(words: list[str], chance: random.Random) -> str:
    """Cut two to six words out of a text that has more than four."""
    size = chance.randint(2, 6)
    if len(words) < max(size, 5):
        return ""
    start = chance.randint(0, len(words) - size)
    return " ".join(words[start : start + size])


def counted(text: str) -> dict[str, float]:
    """Add up the features of a text."""
    total = defaultdict[str, float](float)
    for feature, times in features(text):
        total[feature] += times
    return total


def learn(texts: Mapping[str, list[str]]) -> bytes:
    """Fit the weights and return the file that `read_model` reads."""
    bodies, numbers = zip(*examples(texts), strict=True)
    table = DictVectorizer(dtype=np.float32)
    seen = table.fit_transform(map(counted, bodies))
    often = seen.getnnz(axis=0)
    kept = np.flatnonzero(often >= FEWEST_TEXTS)
    print(f"{len(bodies)} examples, {len(kept)} of {len(often)} features")
    fitted = fit(seen[:, kept], np.array(numbers))
    weights = fitted.coef_.T - fitted.coef_.mean(axis=0)[:, None]
    decides = np.abs(weights).max(axis=1) * np.sqrt(often[kept])
    best = np.argsort(-decides, kind="stable")[:MOST_FEATURES]
    names = table.get_feature_names_out()[kept[best]]
    return packed(list(names), weights[best], fitted.intercept_ - fitted.intercept_.mean())


def fit(seen: Any, numbers: Any) -> Any:
    """Fit the regression, on one thread: sums come out the same in the same order only."""
    counts = np.bincount(numbers)
    balance = dict(enumerate((counts.mean() / counts) ** BALANCE))
    regression = LogisticRegression(C=STRENGTH, max_iter=ROUNDS, class_weight=balance)
    with threadpool_limits(limits=1), warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return regression.fit(seen, numbers)


def packed(names: list[str], weights: Any, intercept: Any) -> bytes:
    """Write weights as signed bytes, a row for each of `names`."""
    said = {
        "tags": TAGS,
        "scale": SCALE,
        "intercept": [round(float(each) * SCALE) for each in intercept],
    }
    small = np.clip(np.round(weights * SCALE), -127, 127).astype(np.int8)
    head = json.dumps(said, separators=(",", ":"))
    return b"\n".join((head.encode(), " ".join(names).encode(), bytes(small.tobytes())))


if __name__ == "__main__":
    main()
