"""Which language a text is in: BCP 47, with the four Nordic written languages told apart.

CLD2 knows a hundred languages but mistakes short Bokmål, Nynorsk and Danish for one another and
for English. Its answer is therefore one feature among thousands of a linear model over whole
words and their parts, whose weights are shipped as `language.weights` (see NOTICE for the texts
they were trained on). What the model takes for none of its own languages is CLD2's to name.
"""

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import pycld2

from tidende import lexicon
from tidende.model.article import Language

_LEAD = 1000
_WORD = re.compile(r"(,\s)?([^\W\d_]+)")
_LONGEST_WORD = 24
_PARTS = (2, 3, 4, 5)
_MOST_WORDS = 60
_SURE_AFTER = 8
_SURE = 14.0  # in log odds
_COMMON_WORD = 2  # in halves of a log odds unit
_OTHER = "other"
_TAGS = {"no": "nb", "iw": "he", "jw": "jv", "zh-Hant": "zh-Hant", "tl": "fil"}
_UNKNOWN = "un"
_FEWEST_LETTERS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Model:
    """`weights` holds, for each feature's number, one signed byte a language."""

    tags: tuple[str, ...]
    scale: int
    intercept: tuple[int, ...]
    features: dict[str, int]
    weights: memoryview


def identify(text: str) -> Language | None:
    """Return the language of `text` and how sure that is, or None when it is too short to say."""
    lead = text[:_LEAD]
    words = _WORD.findall(lead.lower())[:_MOST_WORDS]
    if sum(len(word) for _, word in words) < _FEWEST_LETTERS:
        return None
    guess, reliable = _cld(lead)
    scores = _scores(words, guess, reliable=reliable)
    tags = _model().tags
    best = max(range(len(scores)), key=scores.__getitem__)
    confidence = 1 / sum(math.exp(score - scores[best]) for score in scores)
    if tags[best] != _OTHER:
        return Language(tag=tags[best], confidence=round(confidence, 3))
    return _named_by_cld(guess, confidence, scores)


def _cld(lead: str) -> tuple[str, bool]:
    """Ask CLD2; it refuses what is no valid UTF-8, such as a lone surrogate."""
    try:
        reliable, _, guesses = pycld2.detect(lead.encode("utf-8", "ignore"), bestEffort=True)
    except pycld2.error:
        return _UNKNOWN, False
    return guesses[0][1], reliable


def _named_by_cld(guess: str, confidence: float, scores: list[float]) -> Language | None:
    """Name a language outside the model, or fall back on the best within it."""
    tag = _TAGS.get(guess, guess)
    tags = _model().tags
    if tag != _UNKNOWN and tag not in tags:
        return Language(tag=tag, confidence=round(confidence, 3))
    if tag == _UNKNOWN:
        return None
    inside = [score for score, name in zip(scores, tags, strict=True) if name != _OTHER]
    best = max(inside)
    share = 1 / sum(math.exp(score - best) for score in scores)
    return Language(tag=tags[scores.index(best)], confidence=round(share, 3))


def _scores(words: list[tuple[str, str]], guess: str, *, reliable: bool) -> list[float]:
    """Add up the weights; a long text is decided long before its last word."""
    model = _model()
    totals: list[float] = list(model.intercept)
    for feature, times in _evidence(guess, len(words), reliable=reliable):
        totals = [a + times * b for a, b in zip(totals, _row(feature), strict=True)]
    for number, (comma, word) in enumerate(words, 1):
        row = _word_row(word[:_LONGEST_WORD], bool(comma))
        totals = [a + b for a, b in zip(totals, row, strict=True)]
        if number % _SURE_AFTER == 0:
            first, second = sorted(totals)[:-3:-1]
            if first - second > _SURE * model.scale:
                break
    return [total / model.scale for total in totals]


def _evidence(guess: str, words: int, *, reliable: bool) -> Iterator[tuple[str, float]]:
    """CLD2's answer as features: the more words it has seen, the more it counts."""
    yield f"@{guess}", 1
    yield f"%{guess}", words / 5
    if reliable:
        yield f"!{guess}", 1


@lru_cache(maxsize=1 << 15)
def _word_row(word: str, comma: bool) -> tuple[int, ...]:  # noqa: FBT001  # a cache's key
    """Sum the weights of a word, its letters and its parts; Danish shows in ", at" and ", der"."""
    framed = f"<{word}>"
    parts = {framed[at : at + size] for size in _PARTS for at in range(len(framed) - size + 1)}
    features = (f"={word}", *parts, *set(word), *((f",{word}",) if comma else ()))
    known = _model().features
    rows = [_row(feature) for feature in features if feature in known]
    return tuple(map(sum, zip(*rows, _common_row(word), strict=True)))


def _common_row(word: str) -> tuple[int, ...]:
    """Favour the languages whose lexicon lists the word."""
    model = _model()
    tags = _common_words().get(word, ())
    return tuple(_COMMON_WORD * model.scale // 2 if tag in tags else 0 for tag in model.tags)


@cache
def _common_words() -> dict[str, tuple[str, ...]]:
    """Map each common word to the languages that have it."""
    having: dict[str, tuple[str, ...]] = {}
    for tag in lexicon.tags():
        for word in lexicon.of(tag).language.function_words:
            having[word] = (*having.get(word, ()), tag)
    return having


def _row(feature: str) -> tuple[int, ...]:
    model = _model()
    width = len(model.tags)
    number = model.features.get(feature)
    if number is None:
        return (0,) * width
    return tuple(model.weights[number * width : (number + 1) * width])


@cache
def _model() -> _Model:
    """Read the weights: a line of JSON, a line of features, then the bytes."""
    content = files("tidende.lexicon").joinpath("language.weights").read_bytes()
    head, _, rest = content.partition(b"\n")
    features, _, weights = rest.partition(b"\n")
    said = json.loads(head)
    return _Model(
        tags=tuple(said["tags"]),
        scale=said["scale"],
        intercept=tuple(said["intercept"]),
        features={name: at for at, name in enumerate(features.decode("utf-8").split(" "))},
        weights=memoryview(weights).cast("b"),
    )
