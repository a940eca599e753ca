"""Figures in the words they stand in: "500 soldater for å trene opp irakiske ..."."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tidende.digest.sentences import shorten, split_sentences
from tidende.model.edition import DigestFigure

STORY_FIGURES = 4
_AROUND = 120  # characters of the paragraph on either side that are kept
_CONTEXT, _ENOUGH = 72, 24  # characters of the sentence: at most, and without more before

_DIGITS = re.compile(r"\d[\d.,]*\d")  # one digit alone stands for too much


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A figure with the text around it, not yet cut to its sentence: most are never told."""

    surface: str
    value: float | None
    unit: str | None
    before: str
    after: str
    language: str | None
    article: str

    @property
    def number(self) -> str:
        """The surface without its unit."""
        return without_unit(self.surface, self.unit)


def without_unit(surface: str, unit: str | None) -> str:
    """Return a figure's number as printed, where its unit follows it; in lower case if a word."""
    number = surface.removesuffix(unit).strip() if unit else surface
    return number.lower() if number.isalpha() else number


def find_figures(
    text: str,
    figures: Sequence[Mapping[str, Any]],
    bodies: Sequence[Mapping[str, Any]],
    language: str | None,
    article: str,
) -> Iterator[Found]:
    """Yield the figures of an event that stand in one of the blocks `bodies`."""
    for figure in figures:
        start, end = figure["start"], figure["end"]
        block = next((one for one in bodies if one["start"] <= start < one["end"]), None)
        if block is not None:
            yield Found(
                surface=" ".join(figure["surface"].split()),
                value=figure.get("value"),
                unit=figure.get("unit"),
                before=text[max(block["start"], start - _AROUND) : start],
                after=text[end : min(block["end"], end + _AROUND)],
                language=language,
                article=article,
            )


def choose_figures(found: Sequence[Found], said: Sequence[str]) -> Iterator[DigestFigure]:
    """Yield the first figures that `said` doesn't tell, each number once.

    Those in digits before those in words, which are mostly small and said in passing.
    """
    told = list(said)
    number = 0
    for one in sorted(found, key=lambda each: not any(c.isdigit() for c in each.surface)):
        if number == STORY_FIGURES:
            return
        if not _is_told(one.surface, told):
            figure = _in_sentence(one)
            told.append(f"{figure.before} {figure.surface} {figure.after}")
            number += 1
            yield figure


def _is_told(surface: str, told: Iterable[str]) -> bool:
    """Return whether a figure, or its number in whatever language, stands in what was told."""
    digits = _DIGITS.search(surface)
    alone = re.compile(rf"(?<![\w.,]){re.escape(digits[0])}(?![\w])") if digits else None
    return any(surface in text or (alone and alone.search(text)) for text in told)


def _in_sentence(found: Found) -> DigestFigure:
    following = split_sentences(found.after, found.language)
    after = shorten(following[0], _CONTEXT) if following else ""
    told = split_sentences(found.before, found.language)
    return DigestFigure(
        surface=found.surface,
        before=_before(told, whole=len(after) < _ENOUGH),
        after=after,
        language=found.language,
        article=found.article,
    )


def _before(told: Sequence[str], *, whole: bool) -> str:
    """Return how a sentence has begun; in a word only, unless the `whole` is needed or short."""
    if not told or told[-1].endswith((".", "!", "?", ":")):
        return ""
    begun = told[-1]
    if not whole and len(begun) > _ENOUGH:
        return "…"
    return begun if len(begun) <= _CONTEXT else "… " + begun[-_CONTEXT:].partition(" ")[2]
