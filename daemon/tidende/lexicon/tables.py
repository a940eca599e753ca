"""The shape of a lexicon: one frozen value for each table of a language's TOML file.

Words are in lower case, except the agencies' names, which are written as they are printed.
What each list is for is said beside it in `nb.toml`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

Words: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Months (January first), weekdays (Monday first), and what stands around a date or time."""

    months: tuple[Words, ...]
    weekdays: tuple[Words, ...]
    clock: Words
    day_prefixes: Words
    ordinals: Words
    zones: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What may open a crawl header, beside a bare ISO date."""

    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """What opens a byline, and the words in it that belong to no name."""

    openers: Words
    joiners: Words
    places: Words
    particles: Words
    titles: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """News agencies as they are printed, and what "(NTB)" only explains when it follows."""

    names: Words
    spelled_out: Words
    sources: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """Lower-case words within a place's name, places, and capital labels that are none."""

    particles: Words
    places: Words
    labels: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """What stands before a photographer's name or opens a picture's text."""

    credits: Words
    bare: Words
    by: Words
    labels: Words
    pictures: Words
    houses: Words
    wires: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What the article says when it tells its own date."""

    published: Words
    updated: Words
    inline: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What is said to the reader and is no part of the article."""

    related: Words
    continued: Words
    whole: Words
    subscribe: Words
    follow: Words
    networks: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Withholding:
    """What forbids publication: until a moment, or for good."""

    embargo: Words
    kill: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Subheading:
    """Headings that may end in a colon."""

    labels: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageWords:
    """What tells the language from its neighbours."""

    function_words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """All that is known of one language; `tag` is its BCP 47 tag, `timezone` an IANA name."""

    tag: str
    name: str
    timezone: str
    calendar: Calendar
    header: Header
    byline: Byline
    agency: Agency
    dateline: Dateline
    caption: Caption
    publication: Publication
    notice: Notice
    withholding: Withholding
    subheading: Subheading
    language: LanguageWords
