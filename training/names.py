"""Learns the weights by which `tidende.enrich.classifier` tells people, organisations and places.

    make train                                  write the shipped weights anew
    .venv/bin/python training/names.py --judge  learn from one half, measure on the other

A logistic regression over what `tidende.enrich.features` finds, learned from ../shared/data (NOTICE
lists the texts with their licences). Every feature counts twice, once for all languages and once
for its own, so that what is true of one language helps the others; both are added up when the
weights are written. Features hold no words of the names themselves, and of the words around them
only those that several articles have. Nothing is random, and one thread calculates, so two runs
with the same versions on the same machine give the same bytes.
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from tidende.enrich import vocabulary
from tidende.enrich.candidates import Candidate, candidates
from tidende.enrich.classifier import KINDS, Model, read_model, said_by_name, score
from tidende.enrich.consistency import kinds
from tidende.enrich.features import SLOTS, features
from tidende.enrich.forms import Features, Form, form_of, own_features
from tidende.enrich.spelling import spelling
from tidende.enrich.word_forms import bare
from tidende.model.article import Block, Span
from tidende.reading.structure import structure

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
WEIGHTS = ROOT / "daemon" / "tidende" / "lexicon" / "names.weights"

TAGS = ("da", "de", "en", "nb", "nn", "sv")
POOLED = "pooled"
LABELS = {"PER": 1, "ORG": 2, "LOC": 3, "GPE_LOC": 3, "GPE_ORG": 3}
EITHER = frozenset({"GPE_LOC", "GPE_ORG"})  # right as a place and as an organisation
PLACE, ORGANISATION = 3, 2

# These come from experiments with --judge: see docs/accuracy.md.
STRENGTH = 0.5  # of the fit, scikit-learn's C: more trusts the texts more
OWN = 0.7  # of what a language learns by itself, against what all share
ROUNDS = 200
FEWEST_TEXTS = 3  # that show a feature
SCALE = 24  # a weight of 1 in log odds; a byte reaches 5.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A text whose names people have marked, with what the daemon sees of it."""

    tag: str
    text: str
    blocks: tuple[Block, ...]
    spans: Mapping[Span, str]


def main() -> None:
    """Write the weights, or judge."""
    told = argparse.ArgumentParser(description="Learn to tell names apart.")
    told.add_argument(
        "--data", type=Path, default=DATA, help="the *.jsonl files; default: %(default)s"
    )
    told.add_argument("--out", type=Path, default=WEIGHTS, help="default: %(default)s")
    told.add_argument("--judge", action="store_true", help="only measure, on every other text")
    options = told.parse_args()
    needed = [options.data / f"ner-{tag}-dev.jsonl" for tag in TAGS]
    if missing := [path.name for path in needed if not path.is_file()]:
        sys.exit(f"Nothing to learn from: {options.data} lacks {', '.join(missing)}")
    texts = [text for tag, path in zip(TAGS, needed, strict=True) for text in marked(path, tag)]
    if options.judge:
        judge(texts)
    else:
        content = learn(texts)
        options.out.write_bytes(content)
        print(f"{options.out}: {len(content)} bytes")


def judge(texts: list[Marked]) -> None:
    """Learn from each half of the texts and print how the names of the other are found."""
    halves = texts[::2], texts[1::2]
    right, found, there = Counter[str](), Counter[str](), Counter[str]()
    pooled = Counter[str]()
    for learned, kept_out in (halves, halves[::-1]):
        content = learn(learned)
        models = {tag: read_model(content, tag) for tag in (*TAGS, None)}
        for text in kept_out:
            name = text.tag
            marks = find(text, models[name])
            right[name] += hits(text, marks)
            found[name] += len(counted(text, marks))
            there[name] += sum(kind in LABELS for kind in text.spans.values())
            marks = find(text, models[None])
            pooled[name] += hits(text, marks)
            found["pooled " + name] += len(counted(text, marks))
    for tag in TAGS:
        print(
            f"{tag} P {right[tag] / found[tag]:.3f} R {right[tag] / there[tag]:.3f}"
            f" F1 {2 * right[tag] / (found[tag] + there[tag]):.4f}"
            f"   pooled {2 * pooled[tag] / (found['pooled ' + tag] + there[tag]):.4f}"
        )


def find(text: Marked, model: Model) -> dict[Span, int]:
    """Return the names that the daemon would find, with the number of their kind."""
    found, forms, own, around = examples(text)
    scores = [
        score(model, context, said_by_name(model, name))
        for name, context in zip(own, around, strict=True)
    ]
    decided = kinds(found, forms, scores)
    return {(each.start, each.end): kind for each, kind in zip(found, decided, strict=True) if kind}


def hits(text: Marked, marks: Mapping[Span, int]) -> int:
    """Count the marked names that were found as what they are."""
    return sum(
        kind in LABELS and (marks.get(span) == LABELS[kind] or is_either(kind, marks.get(span)))
        for span, kind in text.spans.items()
    )


def is_either(kind: str, found: int | None) -> bool:
    """Tell whether a country or town was found as what acts or as where it is."""
    return kind in EITHER and found in {PLACE, ORGANISATION}


def counted(text: Marked, marks: Mapping[Span, int]) -> list[Span]:
    """Leave out what lies in names of other kinds: works, events, products."""
    other = [span for span, kind in text.spans.items() if kind not in LABELS]
    return [span for span in marks if not any(s < span[1] and span[0] < e for s, e in other)]


def marked(path: Path, tag: str) -> Iterator[Marked]:
    """Read the texts of one language, a JSON object a line."""
    with path.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            yield Marked(
                tag=tag,
                text=row["text"],
                blocks=structure(row["text"]).extraction.blocks,
                spans={(start, end): kind for start, end, kind in row["spans"]},
            )


_Examples: TypeAlias = tuple[list[Candidate], list[Form], list[Features], list[Features]]
_SEEN: dict[int, _Examples] = {}


def examples(text: Marked) -> _Examples:
    """Return an article's candidates, their names' forms and features, and those around them."""
    if id(text) not in _SEEN:
        words = vocabulary.of(text.tag)
        found = candidates(text.text, text.blocks, words)
        names = [spelling(each.words, words) for each in found]
        forms = [form_of(name, words) for name in names]
        own = [own_features(name, words) for name in names]
        _SEEN[id(text)] = found, forms, own, features(text.text, found, forms, words)
    return _SEEN[id(text)]


def label(candidate: Candidate, text: Marked) -> int | None:
    """Return the number of a candidate's kind; None where it is only part of a marked name."""
    span = candidate.start, candidate.end
    if span in text.spans:
        # A newspaper is marked as a work where it is read, as an organisation where it acts.
        known = bare(" ".join(candidate.words)) in vocabulary.of(text.tag).known
        return LABELS.get(text.spans[span], ORGANISATION if known else 0)
    parts = any(start < span[1] and span[0] < end for start, end in text.spans)
    return None if parts else 0


def learn(texts: Iterable[Marked]) -> bytes:
    """Fit the weights and return the file that `read_model` reads."""
    rows, labels, tags = [], [], []
    seen_in = defaultdict[tuple[int, str], set[int]](set)
    for number, text in enumerate(texts):
        for candidate, _, own, context in zip(*examples(text), strict=True):
            kind = label(candidate, text)
            if kind is None:
                continue
            seen = (*context, *own)
            rows.append(seen)
            labels.append(kind)
            tags.append(TAGS.index(text.tag))
            for feature in enumerate(seen):
                seen_in[feature].add(number)
    kept = sorted(feature for feature, where in seen_in.items() if len(where) >= FEWEST_TEXTS)
    columns = {feature: at for at, feature in enumerate(kept)}
    print(f"{len(rows)} examples, {len(kept)} of {len(seen_in)} features")
    weights, intercept = fit(matrix(rows, tags, columns), np.array(labels), len(kept))
    return written(kept, weights, intercept)


def matrix(rows: list[Features], tags: list[int], columns: Mapping[tuple[int, str], int]) -> Any:
    """Arrange the examples: a column for each feature, and again for each language."""
    width = len(columns) + 1  # the last says only which language it is
    where, values, starts = [], [], [0]
    for seen, tag in zip(rows, tags, strict=True):
        known = [columns[feature] for feature in enumerate(seen) if feature in columns]
        own = [width * (1 + tag) + at for at in (*known, width - 1)]
        where += known + own
        values += [1.0] * len(known) + [OWN] * len(own)
        starts.append(len(where))
    shape = len(rows), width * (1 + len(TAGS))
    return csr_matrix((values, where, starts), shape=shape, dtype=np.float64)


def fit(seen: Any, labels: Any, count: int) -> tuple[Any, Any]:
    """Return weights by language (all pooled last), feature and kind, and the intercepts."""
    regression = LogisticRegression(C=STRENGTH, max_iter=ROUNDS)
    with threadpool_limits(limits=1):
        fitted = regression.fit(seen, labels)
    blocks = fitted.coef_.T.reshape(1 + len(TAGS), count + 1, len(KINDS))
    whole = np.concatenate([blocks[:1] + OWN * blocks[1:], blocks[:1]])
    weights = whole[:, :-1] - whole[:, :-1].mean(axis=2, keepdims=True)
    return weights, whole[:, -1] + fitted.intercept_


def written(kept: list[tuple[int, str]], weights: Any, intercept: Any) -> bytes:
    """Write weights as signed bytes: a feature a row, with all kinds for each language."""
    said = {
        "tags": [*TAGS, POOLED],
        "scale": SCALE,
        "intercept": np.round(intercept * SCALE).astype(int).tolist(),
    }
    lines = [
        "\t".join(value for slot, value in kept if slot == number) for number in range(len(SLOTS))
    ]
    small = np.clip(np.round(weights * SCALE), -127, 127).astype(np.int8)
    head = json.dumps(said, separators=(",", ":"))
    body = small.transpose(1, 0, 2).tobytes()
    return b"\n".join((head.encode(), *(line.encode() for line in lines), bytes(body)))


if __name__ == "__main__":
    main()
