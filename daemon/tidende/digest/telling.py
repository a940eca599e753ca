"""An article's event becomes what a digest may tell of it: a title, a beginning, facts.

Events are decoded CloudEvents as `docs/events.md` describes them, ten times as large as what is
kept here: a window may hold ten thousand, and only the beginning of each can be told.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from tidende.digest.moments import news_time
from tidende.digest.sentences import leans, opens_quotation, shorten, split_sentences
from tidende.model.article import Published
from tidende.model.edition import (
    DigestArticle,
    DigestChange,
    DigestFigure,
    DigestPlace,
    DigestQuote,
    Passage,
)

Event: TypeAlias = dict[str, Any]

HEADLINE_CHARACTERS = 160
BEGINNING_CHARACTERS = 2400
"""Of an article's body, whole paragraphs: some fifteen sentences."""
_QUOTES, _FIGURES, _PLACES, _CHANGES = 10, 10, 20, 40
_TITLES = 4  # sentences among which a text without a headline has its title
_BODY_ROLES = ("standfirst", "paragraph")
_CONTEXT, _ENOUGH = 60, 24  # characters of a figure's sentence: at most, and without more before


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """An article as a digest may tell it.

    `titled` says whether its headline was printed; a title made of a whole sentence is that
    sentence without its full stop. `sentences` of `paragraphs` are told only if it is chosen.
    `of` is the subject of the article that it repeats or revises.
    """

    article: DigestArticle
    headline: Passage
    titled: bool
    paragraphs: tuple[str, ...]
    quotes: tuple[DigestQuote, ...]
    figures: tuple[DigestFigure, ...]
    places: tuple[DigestPlace, ...]
    changes: tuple[DigestChange, ...]
    of: str | None

    @property
    def time(self) -> datetime:
        """When it was news."""
        return news_time(self.article.published, self.article.received)


def tell(event: Event) -> Telling:
    """Return what an article's event offers a digest."""
    data = event["data"]
    extraction, subject = data["extraction"], event["subject"]
    language = extraction["language"]["tag"] if extraction["language"] else None
    paragraphs = tuple(_beginning(data["text"], extraction["blocks"]))
    headline = title_of(event, paragraphs)
    sources = _sources(data)
    article = DigestArticle(
        subject=subject,
        headline=headline,
        language=language,
        sources=sources,
        published=Published(**extraction["published"]) if extraction["published"] else None,
        received=datetime.fromisoformat(event["time"]),
        sequence=int(event["sequence"]),
        revises=data["dedup"]["verdict"] == "revision",
    )
    return Telling(
        article=article,
        headline=Passage(text=headline, language=language, article=subject, sources=sources),
        titled=extraction["headline"] is not None,
        paragraphs=paragraphs,
        quotes=tuple(_quotes(extraction, language, subject)),
        figures=tuple(_figures(data["text"], extraction, language, subject)),
        places=tuple(_places(extraction)),
        changes=tuple(_changes(data["dedup"], extraction, language)),
        of=data["dedup"]["of"],
    )


def title_of(event: Event, paragraphs: Sequence[str] | None = None) -> str:
    """Return an article's headline; where none was printed, a sentence that can stand for it."""
    data = event["data"]
    extraction = data["extraction"]
    if printed := " ".join((extraction["headline"] or "").split()):
        return printed
    if paragraphs is None:
        paragraphs = tuple(_beginning(data["text"], extraction["blocks"]))
    language = extraction["language"]["tag"] if extraction["language"] else None
    if not paragraphs:
        return " ".join(data["text"].split())[:HEADLINE_CHARACTERS] or data["provenance"]["name"]
    return make_title(paragraphs, language)


def make_title(paragraphs: Sequence[str], language: str | None) -> str:
    """Return the first sentence that doesn't lean on another and isn't somebody's words."""
    prose = [one for one in paragraphs if not opens_quotation(one)] or paragraphs
    sentences = [one for each in prose[:_TITLES] for one in split_sentences(each, language)]
    standing = (
        one
        for one in sentences[:_TITLES]
        if len(one) <= HEADLINE_CHARACTERS and not leans(one, language)
    )
    return shorten(next(standing, sentences[0]), HEADLINE_CHARACTERS).removesuffix(".")


def _beginning(text: str, blocks: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    length = 0
    for block in blocks:
        if block["role"] in _BODY_ROLES:
            paragraph = " ".join(text[block["start"] : block["end"]].split())
            if paragraph:
                yield paragraph
            length += len(paragraph)
            if length >= BEGINNING_CHARACTERS:
                return


def _sources(data: Mapping[str, Any]) -> tuple[str, ...]:
    agencies = data["extraction"]["agencies"]
    delivered = data["provenance"]["source"]
    return tuple(agencies) or ((delivered,) if delivered else ())


def _quotes(
    extraction: Mapping[str, Any], language: str | None, subject: str
) -> Iterator[DigestQuote]:
    roles = {person["name"]: person["roles"] for person in extraction.get("people", ())}
    attributed = (quote for quote in extraction["quotes"] if quote["speaker"])
    for quote, _ in zip(attributed, range(_QUOTES), strict=False):
        yield DigestQuote(
            text=" ".join(quote["text"].split()),
            speaker=quote["speaker"],
            role=next(iter(roles.get(quote["speaker"], ())), None),
            language=language,
            article=subject,
        )


def _figures(
    text: str, extraction: Mapping[str, Any], language: str | None, subject: str
) -> Iterator[DigestFigure]:
    bodies = [b for b in extraction["blocks"] if b["role"] in _BODY_ROLES]
    for figure in extraction.get("figures", ())[:_FIGURES]:
        start, end = figure["start"], figure["end"]
        block = next((b for b in bodies if b["start"] <= start < b["end"]), None)
        if block is None:
            continue
        following = split_sentences(text[end : block["end"]], language)
        after = shorten(following[0], _CONTEXT) if following else ""
        told = split_sentences(text[block["start"] : start], language)
        yield DigestFigure(
            surface=" ".join(figure["surface"].split()),
            before=_before(told) if len(after) < _ENOUGH else "",
            after=after,
            language=language,
            article=subject,
        )


def _before(told: Sequence[str]) -> str:
    """Return the last words of a sentence that has begun."""
    if not told or told[-1].endswith((".", "!", "?", ":")):
        return ""
    begun = told[-1]
    return begun if len(begun) <= _CONTEXT else "… " + begun[-_CONTEXT:].partition(" ")[2]


def _places(extraction: Mapping[str, Any]) -> Iterator[DigestPlace]:
    for place in extraction["places"][:_PLACES]:
        mentions = len(place["mentions"]) + len(place["references"])
        yield DigestPlace(name=place["name"], country=place["country"], mentions=mentions)


def _changes(
    dedup: Mapping[str, Any], extraction: Mapping[str, Any], language: str | None
) -> Iterator[DigestChange]:
    units = {one["surface"]: one["unit"] for one in extraction.get("figures", ())}
    for change in dedup.get("changes", ())[:_CHANGES]:
        before, after = change["before"], change["after"]
        unit = units.get(after) if change["kind"] == "figure" and before and after else None
        if unit and before.endswith(f" {unit}") and after.endswith(f" {unit}"):
            before, after = (one.removesuffix(unit).strip() for one in (before, after))
        else:
            unit = None
        yield DigestChange(
            kind=change["kind"],
            before=_folded(before),
            after=_folded(after),
            unit=_folded(unit),
            language=language,
        )


def _folded(text: str | None) -> str | None:
    return text and " ".join(text.split())
