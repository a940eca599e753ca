"""An article's event becomes what a digest may tell of it: a title, a beginning, facts.

Events are decoded CloudEvents as `docs/events.md` describes them, ten times as large as what is
kept here: a window may hold ten thousand, and only the beginning of each can be told.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, TypeAlias

from tidende.digest.figures import Found, find_figures, without_unit
from tidende.digest.moments import news_time
from tidende.digest.sentences import leans, opens_quotation, shorten, split_sentences
from tidende.model.article import Published
from tidende.model.edition import (
    DigestArticle,
    DigestChange,
    DigestPlace,
    DigestQuote,
    Passage,
)

Event: TypeAlias = dict[str, Any]

HEADLINE_CHARACTERS = 160
BEGINNING_CHARACTERS = 2400
"""Of an article's body, whole paragraphs: some fifteen sentences."""
_QUOTES, _FIGURES, _PLACES, _CHANGES = 10, 8, 20, 40
_TITLES = 4  # sentences among which a text without a headline has its title
_BODY_ROLES = ("standfirst", "paragraph")


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """An article as a digest may tell it.

    `titled` says whether its headline was printed; a title made of a whole sentence is that
    sentence without its full stop. `introduced` is False for a text that has lost its headline and
    begins in the middle. `of` is the subject of the article that it repeats or revises.
    """

    article: DigestArticle
    headline: Passage
    titled: bool
    introduced: bool
    paragraphs: tuple[str, ...]
    quotes: tuple[DigestQuote, ...]
    figures: tuple[Found, ...]
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
        introduced=extraction["headline"] is not None or _stands(paragraphs, language),
        paragraphs=paragraphs,
        quotes=tuple(_quotes(extraction, language, subject)),
        figures=tuple(
            find_figures(
                data["text"],
                extraction.get("figures", ())[:_FIGURES],
                [block for block in extraction["blocks"] if block["role"] in _BODY_ROLES],
                language,
                subject,
            )
        ),
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
    sentences = _first_sentences(paragraphs, language)
    standing = (
        one for one in sentences if len(one) <= HEADLINE_CHARACTERS and not leans(one, language)
    )
    return shorten(next(standing, sentences[0]), HEADLINE_CHARACTERS).removesuffix(".")


def _stands(paragraphs: Sequence[str], language: str | None) -> bool:
    first = next(iter(_first_sentences(paragraphs, language)), None)
    return first is not None and not leans(first, language)


def _first_sentences(paragraphs: Sequence[str], language: str | None) -> list[str]:
    """Return the first sentences that aren't somebody's words, if there are any such."""
    prose = [one for one in paragraphs if not opens_quotation(one)] or paragraphs
    split = (one for each in prose for one in split_sentences(each, language))
    return list(islice(split, _TITLES))


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
            before, after = without_unit(before, unit), without_unit(after, unit)
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
