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
from itertools import islice, repeat
from operator import add
from struct import Struct

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
_LANE = 4  # bytes
_RAISE = 128  # above it, a signed byte is none that is negative
_RAISED = bytes((byte + _RAISE) % 256 for byte in range(256))
_TAGS = {"no": "nb", "iw": "he", "jw": "jv", "zh-Hant": "zh-Hant", "tl": "fil"}
_UNKNOWN = "un"
_FEWEST_LETTERS = 3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Model:
    """`rows` holds a feature's weights, those of all languages in one number.

    Each language has a lane of some bits there, so that one addition adds all of them. Models are
    compared by identity, so that one can be part of a cache's key.
    """

    tags: tuple[str, ...]
    scale: int
    intercept: tuple[int, ...]
    rows: dict[str, int]


def identify(text: str, model: Model | None = None) -> Language | None:
    """Return the language of `text` and how sure that is, or None when it is too short to say.

    The shipped model answers unless another one is given.
    """
    model = model or _shipped()
    lead = text[:_LEAD]
    words = _words(lead)
    if len(words) < _FEWEST_LETTERS and sum(len(word) for _, word in words) < _FEWEST_LETTERS:
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
    """Read weights: a line of JSON, a line of features, for each a signed byte a language."""
    head, names, weights = content.split(b"\n", 2)
    said = json.loads(head)
    return Model(
        tags=tuple(said["tags"]),
        scale=said["scale"],
        intercept=tuple(said["intercept"]),
        rows=_rows(names.decode("utf-8").split(" "), weights, len(said["tags"])),
    )


def _rows(names: Iterable[str], weights: bytes, width: int) -> dict[str, int]:
    """Put each feature's weights into one number; negative ones borrow from the next lane."""
    lanes = bytearray(len(weights) * _LANE)
    lanes[::_LANE] = weights.translate(_RAISED)
    raised = sum(_RAISE << 8 * _LANE * at for at in range(width))
    starts = range(0, len(lanes), width * _LANE)
    return {
        name: int.from_bytes(lanes[at : at + width * _LANE], "little") - raised
        for name, at in zip(names, starts, strict=True)
    }


@cache
def _shipped() -> Model:
    return read_model(files("tidende.lexicon").joinpath("language.weights").read_bytes())


def _words(lead: str) -> list[tuple[str | None, str]]:
    """Find the words, each behind the comma and the space before it, if there are any."""
    return [(hit[1], hit[2]) for hit in islice(_WORD.finditer(lead.lower()), _MOST_WORDS)]


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
    words: list[tuple[str | None, str]], evidence: Iterable[tuple[str, float]], model: Model
) -> list[float]:
    """Add up the weights; a long text is decided long before its last word."""
    base: list[float] = list(model.intercept)
    for feature, times in evidence:
        row = _unpacked(model.rows.get(feature, 0), model)
        base = [a + times * b for a, b in zip(base, row, strict=True)]
    said = 0
    for number, (comma, word) in enumerate(words, 1):
        said += _word_row(word[:_LONGEST_WORD], bool(comma), model)
        if number % _SURE_AFTER == 0:
            first, second = sorted(map(add, base, _unpacked(said, model)))[:-3:-1]
            if first - second > _SURE * model.scale:
                break
    return [total / model.scale for total in map(add, base, _unpacked(said, model))]


def _evidence(guess: str, words: int, *, reliable: bool) -> Iterator[tuple[str, float]]:
    """CLD2's answer as features: the more words it has seen, the more it counts."""
    yield f"@{guess}", 1
    yield f"%{guess}", words / 5
    if reliable:
        yield f"!{guess}", 1


@lru_cache(maxsize=1 << 15)
def _word_row(word: str, comma: bool, model: Model) -> int:  # noqa: FBT001  # a cache's key
    """Sum the weights of a word, its letters and its parts."""
    return sum(
        map(model.rows.get, _word_features(word, comma), repeat(0)), _common_row(word, model)
    )


def _word_features(word: str, comma: bool) -> tuple[str, ...]:  # noqa: FBT001  # the row's key
    """List a word, its parts and its letters; Danish shows in ", at" and ", der"."""
    framed = f"<{word}>"
    parts = {framed[at : at + size] for size in _PARTS for at in range(len(framed) - size + 1)}
    return (f"={word}", *parts, *set(word), *((f",{word}",) if comma else ()))


def _common_row(word: str, model: Model) -> int:
    """Favour the languages whose lexicon lists the word."""
    favour = _COMMON_WORD * model.scale // 2
    tags = _common_words().get(word, ())
    return sum(favour << 8 * _LANE * at for at, tag in enumerate(model.tags) if tag in tags)


@cache
def _common_words() -> dict[str, tuple[str, ...]]:
    """Map each common word to the languages that have it."""
    having: dict[str, tuple[str, ...]] = {}
    for tag in lexicon.tags():
        for word in lexicon.of(tag).language.function_words:
            having[word] = (*having.get(word, ()), tag)
    return having


def _unpacked(total: int, model: Model) -> tuple[int, ...]:
    """Take the languages' sums out of their lanes.

    With the signs added, none has borrowed from the next; taking them off again leaves two's
    complements.
    """
    lanes, signs = _layout(len(model.tags))
    return lanes.unpack(((total + signs) ^ signs).to_bytes(lanes.size, "little"))


@cache
def _layout(width: int) -> tuple[Struct, int]:
    """Return how many languages lie in one number, and the sign of each lane."""
    signs = sum(1 << (8 * _LANE * (at + 1) - 1) for at in range(width))
    return Struct(f"<{width}i"), signs
