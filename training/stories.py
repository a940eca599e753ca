"""Learns the weights by which `tidende.dedup.stories.weigh` links the articles of a story.

    make train                                    write the shipped weights anew
    .venv/bin/python training/stories.py --judge  measure what is shipped, on every third cluster

An honest judgement leaves these clusters out first: `story_words.py --keep-out`, then `stories.py
--keep-out`.

Two logistic regressions, for pairs in one language and in two, each drawn towards one over both.
Similarities may only speak for a link. Positive examples are translations of one text, halves of
articles that share no sentence, and halves across translations: full translations alone flatter and
would link too much of what reports share by chance. Negative ones are what an index finds beside an
article, pairs at random, and templates: an article's words with the names, numbers and places of
another, as yesterday's weather is to today's. Texts come from ../shared/data (NOTICE lists them).
Everything random is seeded, so that two runs on one machine give the same bytes.
"""

import argparse
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from scipy.optimize import minimize
from threadpoolctl import threadpool_limits

from tidende.dedup.stories.clues import Clues
from tidende.dedup.stories.evidence import gather, keys
from tidende.dedup.stories.partition import partition
from tidende.dedup.stories.weigh import DATA as WEIGHTS
from tidende.dedup.stories.weigh import SIGNALS, Link, measure, weigh
from tidende.enrich.enrich import enrich
from tidende.model.article import Article
from tidende.model.limits import Limits
from tidende.model.seed import Candidate, RawSeed, Stamp
from tidende.reading.parse import parse

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"
OUT = ROOT / "daemon" / "tidende" / "dedup" / "stories" / WEIGHTS

TRANSLATED = "stories-dev"
OTHERS = ("articles-nb", "articles-nn", "articles-de")
KEPT_OUT = 3  # one cluster in so many: the same ones as in `story_words.py`

SEED = 3
SHARE_OF = {"translation": 1.0, "across halves": 1.5, "halves": 0.5, "beside": 1.0, "random": 0.5}
TEMPLATE = 1.5
FEWEST_SENTENCES = 6
MOST_BESIDE = 6
SOME = 0.5  # of a cluster's pairs of translations, and of templates that keep their places

STRENGTH = 1e-3  # of the penalty on the weights of both languages together
OWN = 1e-2  # of the penalty on how far one or two languages go from there
# Translations and halves can't teach what contradicts: reports of one event rarely disagree in all
# numbers or in the day, translations never. From our own reports in tests/unit/dedup/stories.
AGAINST = {"other numbers": -0.5, "other days": -1.5}
# What stands against a link before anything is known of it, in log odds: examples are half links,
# pairs in a stream of news are not, and those in one language share words by being in one. Chosen
# on the same reports, and on articles in one language of known days (docs/accuracy.md).
PRIOR = {"same": -3.0, "cross": -1.5}
THREAD = 0.5  # log odds that a link by content alone is worth as one matter, against as one event

_SENTENCE = re.compile(r"(?<=[.!?»”\"])\s+(?=[A-ZÆØÅÄÖÜ–«\"„-])|\n+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text with its clues and those of its two halves, if it has enough sentences."""

    cluster: str
    translated: bool
    lang: str
    clues: Clues
    halves: tuple[Clues, Clues] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Two articles' measures, whether they belong together, and how much the pair counts."""

    same_language: bool
    measures: tuple[float, ...]
    linked: bool
    share: float


def main() -> None:
    """Write the weights, or judge."""
    told = argparse.ArgumentParser(description="Learn what links two articles of one story.")
    told.add_argument("--data", type=Path, default=DATA, help="default: %(default)s")
    told.add_argument("--out", type=Path, default=OUT, help="default: %(default)s")
    told.add_argument("--keep-out", action="store_true", help="leave out what --judge judges")
    told.add_argument("--judge", action="store_true", help="only measure, on every third cluster")
    options = told.parse_args()
    texts = list(read(options.data))
    if options.judge:
        judge([each for each in texts if each.translated and is_kept_out(each)])
        return
    if options.keep_out:
        texts = [each for each in texts if not is_kept_out(each)]
    with threadpool_limits(1):
        models = learn(list(examples(texts)))
    options.out.write_text(json.dumps(models, indent=1) + "\n", encoding="utf-8")
    print(f"{options.out}: {', '.join(models)}")


def learn(found: Sequence[Example]) -> dict[str, dict[str, float]]:
    """Return the weights of both models by signal, and what a thread asks for."""
    pooled = fit(found, np.zeros(len(SIGNALS)), STRENGTH)[:-1]
    models = dict[str, dict[str, float]]()
    for name, same in (("same", True), ("cross", False)):
        fitted = fit([each for each in found if each.same_language == same], pooled, OWN)
        weights = dict(zip(SIGNALS, (round(float(each), 3) for each in fitted[:-1]), strict=True))
        models[name] = weights | {"bias": round(float(fitted[-1]) + PRIOR[name], 3)}
    return models | {"thread": {"bias": THREAD}}


def fit(found: Sequence[Example], towards: np.ndarray, strength: float) -> np.ndarray:
    """Return the weights, the bias last, of a logistic regression that is drawn `towards` others.

    Links and others count the same in all. What is in `AGAINST` keeps its weight, other signals
    get none below zero.
    """
    measured = np.array([each.measures for each in found])
    linked = np.array([float(each.linked) for each in found])
    share = np.array([each.share for each in found])
    share[linked == 1] *= share[linked == 0].sum() / share[linked == 1].sum()
    share /= share.sum()

    def loss(given: np.ndarray) -> tuple[float, np.ndarray]:
        weights, away = given[:-1], given[:-1] - towards
        guess = 1 / (1 + np.exp(-(measured @ weights + given[-1])))
        right = np.where(linked == 1, guess, 1 - guess)
        error = share * (guess - linked)
        value = -(share * np.log(right + 1e-12)).sum() + strength * (away @ away) / 2
        return value, np.append(measured.T @ error + strength * away, error.sum())

    bounds = [(AGAINST.get(name, 0.0), AGAINST.get(name)) for name in SIGNALS]
    start = np.array([*(low for low, _ in bounds), 0.0])
    done = minimize(
        loss,
        start,
        jac=True,
        method="L-BFGS-B",
        bounds=[*bounds, (None, None)],
        options={"maxiter": 3000},
    )
    fitted: np.ndarray = done.x
    return fitted


def examples(texts: Sequence[Text]) -> Iterator[Example]:
    """Yield all examples, in an order that is always the same."""
    chance = random.Random(SEED)
    clusters = defaultdict[str, list[Text]](list)
    for text in texts:
        clusters[text.cluster].append(text)
    for versions in clusters.values():
        yield from _linked(versions, chance)
        yield from _templates(versions, texts, chance)
    yield from _others(texts, chance)


def _linked(versions: Sequence[Text], chance: random.Random) -> Iterator[Example]:
    """Yield what belongs together: versions of a text, its halves, halves of two versions."""
    for one, other in combinations(versions, 2):
        if len(versions) <= 3 or chance.random() < SOME:  # noqa: PLR2004
            yield _example(one.clues, other.clues, SHARE_OF["translation"], linked=True)
        if one.halves and other.halves:
            first = chance.randrange(2)
            pair = one.halves[first], other.halves[1 - first]
            yield _example(*pair, SHARE_OF["across halves"], linked=True)
    for text in versions:
        if text.halves:
            yield _example(*text.halves, SHARE_OF["halves"], linked=True)


def _templates(
    versions: Sequence[Text], texts: Sequence[Text], chance: random.Random
) -> Iterator[Example]:
    """Yield pairs with the same words that name others, and give other numbers."""
    pairs = [text.halves for text in versions if text.halves]
    pairs += [(one.clues, other.clues) for one, other in combinations(versions, 2)]
    for one, other in pairs:
        stranger = chance.choice(texts)
        if stranger.cluster == versions[0].cluster:
            continue
        places = other.places if chance.random() < SOME else stranger.clues.places
        changed = replace(
            other, names=stranger.clues.names, numbers=stranger.clues.numbers, places=places
        )
        yield _example(one, changed, TEMPLATE, linked=False)


def _others(texts: Sequence[Text], chance: random.Random) -> Iterator[Example]:
    """Yield pairs of other clusters: what an index finds, and some at random."""
    index = Index()
    for at, text in enumerate(texts):
        index.add(at, keys(text.clues))
    for text in texts:
        beside = [
            texts[at]
            for at in index.candidates(keys(text.clues))
            if texts[at].cluster != text.cluster
        ]
        for other in chance.sample(beside, min(MOST_BESIDE, len(beside))):
            yield _example(text.clues, other.clues, SHARE_OF["beside"], linked=False)
        other = chance.choice(texts)
        if other.cluster != text.cluster:
            yield _example(text.clues, other.clues, SHARE_OF["random"], linked=False)


def _example(one: Clues, other: Clues, share: float, *, linked: bool) -> Example:
    return Example(
        same_language=one.language == other.language,
        measures=measure(one, other),
        linked=linked,
        share=share,
    )


class Index:
    """Finds articles that share rare keys, as the daemon does, but in memory and plainer."""

    def __init__(self, most_postings: int = 200, budget: int = 40) -> None:
        self._postings = defaultdict[int, list[int]](list)
        self._most_postings = most_postings
        self._budget = budget

    def add(self, article: int, found: Sequence[int]) -> None:
        """Enter an article under its keys."""
        for key in found:
            self._postings[key].append(article)

    def candidates(self, found: Sequence[int]) -> list[int]:
        """Return those that share the rarest keys, the best first."""
        score = defaultdict[int, float](float)
        for key in found:
            postings = self._postings.get(key, ())
            if len(postings) <= self._most_postings:
                for article in postings:
                    score[article] += 1 + 1 / (1 + len(postings))
        return sorted(score, key=lambda each: (-score[each], each))[: self._budget]


def judge(texts: Sequence[Text]) -> None:
    """Print how well what is shipped links the versions of texts, in the order that they have."""
    index, links = Index(), dict[tuple[str, str], Link]()
    names = [f"{at:06d}" for at in range(len(texts))]
    for at, text in enumerate(texts):
        found = keys(text.clues)
        for other in index.candidates(found):
            links[names[other], names[at]] = weigh(texts[other].clues, text.clues)
        index.add(at, found)
    members = {name: text.clues for name, text in zip(names, texts, strict=True)}
    story = {each: found for found in partition(members, links).stories for each in found}
    gold = defaultdict[str, set[str]](set)
    for name, text in zip(names, texts, strict=True):
        gold[text.cluster].add(name)
    together = {name: gold[text.cluster] for name, text in zip(names, texts, strict=True)}
    hits = {name: len(together[name].intersection(story[name])) for name in names}
    precision = sum(hits[name] / len(story[name]) for name in names) / len(names)
    recall = sum(hits[name] / len(together[name]) for name in names) / len(names)
    f1 = 2 * precision * recall / (precision + recall)
    print(f"{len(names)} texts: B-cubed P {precision:.3f} R {recall:.3f} F1 {f1:.3f}")
    linked = defaultdict[str, list[bool]](list)
    for one, other in combinations(range(len(texts)), 2):
        if texts[one].cluster == texts[other].cluster:
            pair = "-".join(sorted((texts[one].lang, texts[other].lang)))
            linked[pair].append(names[other] in story[names[one]])
    print(" ".join(f"{pair} {sum(each) / len(each):.3f}" for pair, each in sorted(linked.items())))


def is_kept_out(text: Text) -> bool:
    """Tell whether a text, or another version of it, is one to judge by."""
    return not crc32(text.cluster.encode()) % KEPT_OUT


def read(data: Path) -> Iterator[Text]:
    """Read the translated texts, and others that stand beside them."""
    chance = random.Random(SEED)
    for name in (TRANSLATED, *OTHERS):
        with (data / f"{name}.jsonl").open(encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                if name != TRANSLATED and row["id"].startswith("ntrex/"):
                    continue  # they are in the translations
                yield Text(
                    cluster=row.get("cluster") or row["id"],
                    translated=name == TRANSLATED,
                    lang=row["lang"],
                    clues=_clues(_titled(row)),
                    halves=_halves(row["text"], chance),
                )


def _titled(row: Mapping[str, Any]) -> str:
    """Return a text below its title, where it doesn't open with it."""
    title, text = row.get("title") or "", str(row["text"])
    return text if not title or text.startswith(title) else f"{title}\n\n{text}"


def _halves(text: str, chance: random.Random) -> tuple[Clues, Clues] | None:
    """Part a text's sentences in two: every other, by chance, or the opening and the rest."""
    sentences = [each for each in _SENTENCE.split(text) if each.strip()]
    if len(sentences) < FEWEST_SENTENCES:
        return None
    count = len(sentences)
    ways = (
        [at % 2 == 0 for at in range(count)],
        [chance.random() < SOME for _ in range(count)],
        [at < count // 2 for at in range(count)],
        [1 <= at <= max(2, count // 5) for at in range(count)],
    )
    first = chance.choice(ways)
    if not 2 <= sum(first) <= count - 2:  # noqa: PLR2004
        first = ways[0]
    parts = [
        "\n\n".join(each for each, here in zip(sentences, first, strict=True) if here == side)
        for side in (True, False)
    ]
    return _clues(parts[0]), _clues(parts[1])


def _clues(text: str) -> Clues:
    return gather(_article(text))


def _article(text: str) -> Article:
    """Read and enrich a text as the daemon does."""
    stamp = Stamp(size=len(text.encode()), mtime_ns=0, ctime_ns=0, inode=0)
    raw = RawSeed(
        candidate=Candidate(
            inbox="training", path="a.txt", file="a.txt", source="training", stamp=stamp
        ),
        content=text.encode(),
        sha256="",
        received=datetime(2021, 1, 1, tzinfo=UTC),
    )
    return next(enrich(each) for each in parse(raw, Limits()) if isinstance(each, Article))


if __name__ == "__main__":
    main()
