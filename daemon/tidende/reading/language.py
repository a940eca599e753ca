"""Which language a text is in: BCP 47, with the four Nordic written languages told apart.

CLD2 knows a hundred languages but mistakes short Bokmål, Nynorsk and Danish for one another and
for English. Its answer is therefore one feature among thousands of a linear model over whole
words and their parts, whose weights are shipped as `language.weights` (see NOTICE for the texts
they were trained on). What the model takes for none of its own languages is CLD2's to name.

`training/language.py` makes the weights; it sees texts through `features`, as `identify` does.
"""

import json
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import pycld2

from tidende import lexicon
from tidende.model.article import Language

OTHER = "other"  # what a model calls all languages but its own

_LEAD = 1000
_WORD = re.compile(r"(,\s)?([^\W\d_]+)")
_LONGEST_WORD = 24
_PARTS = (2, 3, 4, 5)
_MOST_WORDS = 60
_SURE_AFTER = 8
_SURE = 14.0  # in log odds
_COMMON_WORD = 2  # in halves of a log odds unit
_TAGS = {"no": "nb", "iw": "he", "jw": "jv", "zh-Hant": "zh-Hant", "tl": "fil"}
_UNKNOWN = "un"
_FEWEST_LETTERS = 3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Model:
    """`weights` holds, for each feature's number, one signed byte a language.

    Models are compared by identity, so that one can be part of a cache's key.
    """

    tags: tuple[str, ...]
    scale: int
    intercept: tuple[int, ...]
    features: dict[str, int]
    weights: memoryview


def identify(text: str, model: Model | None = None) -> Language | None:
    """Return the language of `text` and how sure that is, or None when it is too short to say.

    The shipped model answers unless another one is given.
    """
    model = model or _shipped()
    lead = text[:_LEAD]
    words = _words(lead)
    if sum(len(word) for _, word in words) < _FEWEST_LETTERS:
        return None
    guess, reliable = _cld(lead)
    scores = _scores(words, _evidence(guess, len(words), reliable=reliable), model)
    best = max(range(len(scores)), key=scores.__getitem__)
    confidence = 1 / sum(math.exp(score - scores[best]) for score in scores)
    if model.tags[best] != OTHER:
        return Language(tag=model.tags[best], confidence=round(confidence, 3))
    return _named_by_cld(guess, confidence, scores, model)


def features(text: str) -> Iterator[tuple[str, float]]:
    """Yield all that a model can weigh in `text`: a feature and how much there is of it.

    A feature that a text shows more than once comes more than once.
    """
    lead = text[:_LEAD]
    words = _words(lead)
    guess, reliable = _cld(lead)
    yield from _evidence(guess, len(words), reliable=reliable)
    for comma, word in words:
        for feature in _word_features(word[:_LONGEST_WORD], bool(comma)):
            yield feature, 1


def read_model(content: bytes) -> Model:
    """Read weights: a line of JSON, a line of features, then the bytes."""
    head, _, rest = content.partition(b"\n")
    names, _, weights = rest.partition(b"\n")
    said = json.loads(head)
    return Model(
        tags=tuple(said["tags"]),
        scale=said["scale"],
        intercept=tuple(said["intercept"]),
        features={name: at for at, name in enumerate(names.decode("utf-8").split(" "))},
        weights=memoryview(weights).cast("b"),
    )


@cache
def _shipped() -> Model:
    return read_model(files("tidende.lexicon").joinpath("language.weights").read_bytes())


def _words(lead: str) -> list[tuple[str, str]]:
    """Find the words, each behind the comma and the space before it, if there are any."""
    return _WORD.findall(lead.lower())[:_MOST_WORDS]


def _cld(lead: str) -> tuple[str, bool]:
    """Ask CLD2; it refuses what is no valid UTF-8, such as a lone surrogate."""
    try:
        reliable, _, guesses = pycld2.detect(lead.encode("utf-8", "ignore"), bestEffort=True)
    except pycld2.error:
        return _UNKNOWN, False
    return guesses[0][1], reliable


def _named_by_cld(
    guess: str, confidence: float, scores: list[float], model: Model
) -> Language | None:
    """Name a language outside the model, or fall back on the best within it."""
    tag = _TAGS.get(guess, guess)
    tags = model.tags
    if tag != _UNKNOWN and tag not in tags:
        return Language(tag=tag, confidence=round(confidence, 3))
    if tag == _UNKNOWN:
        return None
    inside = [score for score, name in zip(scores, tags, strict=True) if name != OTHER]
    best = max(inside)
    share = 1 / sum(math.exp(score - best) for score in scores)
    return Language(tag=tags[scores.index(best)], confidence=round(share, 3))


def _scores(
    words: list[tuple[str, str]], evidence: Iterable[tuple[str, float]], model: Model
) -> list[float]:
    """Add up the weights; a long text is decided long before its last word."""
    totals: list[float] = list(model.intercept)
    for feature, times in evidence:
        totals = [a + times * b for a, b in zip(totals, _row(feature, model), strict=True)]
    for number, (comma, word) in enumerate(words, 1):
        row = _word_row(word[:_LONGEST_WORD], bool(comma), model)
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
def _word_row(word: str, comma: bool, model: Model) -> tuple[int, ...]:  # noqa: FBT001  # a cache's key
    """Sum the weights of a word, its letters and its parts."""
    known = model.features
    rows = [_row(feature, model) for feature in _word_features(word, comma) if feature in known]
    return tuple(map(sum, zip(*rows, _common_row(word, model), strict=True)))


def _word_features(word: str, comma: bool) -> tuple[str, ...]:  # noqa: FBT001  # the row's key
    """List a word, its parts and its letters; Danish shows in ", at" and ", der"."""
    framed = f"<{word}>"
    parts = {framed[at : at + size] for size in _PARTS for at in range(len(framed) - size + 1)}
    return (f"={word}", *parts, *set(word), *((f",{word}",) if comma else ()))


def _common_row(word: str, model: Model) -> tuple[int, ...]:
    """Favour the languages whose lexicon lists the word."""
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


def _row(feature: str, model: Model) -> tuple[int, ...]:
    width = len(model.tags)
    number = model.features.get(feature)
    if number is None:
        return (0,) * width
    return tuple(model.weights[number * width : (number + 1) * width])
