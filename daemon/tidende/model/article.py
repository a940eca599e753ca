"""An article as it was understood: its text and everything said of it, with places in the text.

`start` and `end` are Unicode code points into the article's text, half-open, so that
`text[start:end]` is always the surface. A `Span` is such a pair.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Span: TypeAlias = tuple[int, int]
Precision: TypeAlias = Literal["year", "month", "day", "minute"]
Origin: TypeAlias = Literal["header", "metadata", "dateline", "text"]
PublicationStatus: TypeAlias = Literal["usable", "withheld", "canceled"]
Role: TypeAlias = Literal[
    "header",
    "headline",
    "standfirst",
    "byline",
    "dateline",
    "caption",
    "subheading",
    "paragraph",
    "signoff",
    "notice",
    "other",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A stretch of the text with one role; blocks follow one another with white space between."""

    role: Role
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A BCP 47 tag and how sure it is, 0 to 1."""

    tag: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """When the article says it was published, exactly as precisely as it says so.

    `value` is 2018, 2018-02, 2018-02-14 or 2018-02-14T10:30+01:00.
    """

    value: str
    precision: Precision
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """The opening "OSLO (NTB):": where the report was filed, and the agency named with it."""

    place: str
    agency: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """A picture's text and its credit, both without "Foto:"; text None for a bare credit."""

    text: str | None
    credit: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Attributed words; `start` and `end` enclose `text` alone, without dash or marks."""

    text: str
    speaker: str | None
    verb: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person: the fullest name, and every place where the name or a reference stands."""

    name: str
    roles: tuple[str, ...] = ()
    party: str | None = None
    mentions: tuple[Span, ...] = ()
    references: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """One organisation under its fullest name."""

    name: str
    aliases: tuple[str, ...] = ()
    mentions: tuple[Span, ...] = ()
    references: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One place; `country` is ISO 3166-1 alpha-2, None where it has none or isn't known."""

    name: str
    country: str | None
    mentions: tuple[Span, ...] = ()
    references: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number with what it counts or its unit; `upper` closes a range."""

    surface: str
    value: float
    unit: str | None
    start: int
    end: int
    approximate: bool = False
    upper: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A date in words; `value` is an ISO 8601 date or interval, None where it can't be known."""

    surface: str
    value: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """All that is said of an article's text; the event's `data.extraction`."""

    language: Language | None = None
    published: Published | None = None
    headline: str | None = None
    standfirst: str | None = None
    byline: str | None = None
    agencies: tuple[str, ...] = ()
    dateline: Dateline | None = None
    blocks: tuple[Block, ...] = ()
    captions: tuple[Caption, ...] = ()
    subheadings: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    people: tuple[Person, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    places: tuple[Place, ...] = ()
    figures: tuple[Figure, ...] = ()
    dates: tuple[DateMention, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article of a seed, `ordinal` counting from 0.

    `encoding` and `format` say how its bytes were read ("utf-8", "text"), `evidence` what the
    encoding rests on, `repairs` what was not taken as it stood ("mojibake"); `embargoed_until` is
    a full RFC 3339 time, as ninjs wants it.
    """

    ordinal: int
    text: str
    extraction: Extraction
    encoding: str
    format: str
    evidence: str = ""
    repairs: tuple[str, ...] = ()
    embargoed_until: str | None = None
    status: PublicationStatus = "usable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where an article came from; the event's `data.provenance`.

    `path` is below the inbox, `size` in bytes, `received` RFC 3339 UTC. `inbox` and `received`
    are None for a file that was parsed without a daemon. `evidence` is what `encoding` rests on,
    `repairs` are constant words for what was not taken as it stood.
    """

    name: str
    path: str
    source: str | None
    inbox: str | None
    sha256: str
    size: int
    encoding: str
    format: str
    received: str | None
    evidence: str
    repairs: tuple[str, ...]
