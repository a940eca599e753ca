"""The digest's own words and dates in its own language; the words lie in `phrases/<tag>.toml`."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import format_decimal

from tidende.digest.languages import known_languages, read_phrases
from tidende.digest.sentences import shorten
from tidende.model.article import Published
from tidende.model.edition import DigestChange, DigestPlace, ThreadStory, Window

_IN_MARKS = {"headline", "quote", "sentence", "paragraph"}
_CLOSE = ",.;:!?)]»”’-/%"
_PASSAGE = 140  # characters of a passage that came or went


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrasebook:
    """How one digest speaks: its fixed words, and numbers, dates and names as it writes them."""

    tag: str
    words: dict[str, Any]
    locale: Locale
    timezone: ZoneInfo

    def word(self, key: str, **fields: object) -> str:
        """Return a fixed phrase with its fields filled in."""
        phrase: str = self.words[key]
        return phrase.format(**fields)

    def count(self, key: str, number: int) -> str:
        """Return a number with what it counts, in the right plural: "3 kilder"."""
        forms: dict[str, str] = self.words["counts"][key]
        form = forms.get(self.locale.plural_form(number), forms["other"])
        return form.format(count=format_decimal(number, locale=self.locale))

    def quoted(self, text: str) -> str:
        """Return `text` between this language's quotation marks."""
        opening, closing = self.words["quote"]
        return f"{opening}{text}{closing}"

    def change(self, change: DigestChange) -> str:
        """Return in words what a revision changed: "omkomne: 3 → 5"."""
        forms: dict[str, str] = self.words["changes"].get(
            change.kind, self.words["changes"]["other"]
        )
        form = (
            "added" if change.before is None else "removed" if change.after is None else "changed"
        )
        if change.unit and form == "changed":
            form = "counted"
        marked = self.quoted if change.kind in _IN_MARKS else str
        before, after = (
            marked(shorten(text, _PASSAGE)) for text in (change.before or "", change.after or "")
        )
        return forms[form].format(before=before, after=after, unit=change.unit)

    def country(self, code: str | None) -> str | None:
        """Return a country's name in this language, None for one that it doesn't know."""
        return self.locale.territories.get(code) if code else None

    def place(self, place: DigestPlace) -> str:
        """Return a place with its country, "Bagdad (Irak)", or a country's name alone."""
        country = self.country(place.country)
        if country is None:
            return place.name
        if names_country(place.name, place.country):
            return country
        return f"{place.name} ({country})"

    def parts(self, following: str) -> bool:
        """Return whether a space stands before words that go on a sentence: none before a comma."""
        return following[:1] not in _CLOSE

    def when(self, story: ThreadStory) -> str:
        """Return when a story of a thread began: as published, else the day it was received."""
        if story.published:
            return self.published(story.published)
        received = story.received.astimezone(self.timezone)
        return format_date(received, "long", locale=self.locale)

    def day(self, moment: datetime) -> str:
        """Return a moment's day as a heading: "Søndag 22. november 2026"."""
        text = format_date(moment.astimezone(self.timezone), "full", locale=self.locale)
        return text[:1].upper() + text[1:]

    def moment(self, moment: datetime) -> str:
        """Return date and time of day in the digest's time zone."""
        local = moment.astimezone(self.timezone) if moment.tzinfo else moment
        return self.word(
            "moment",
            date=format_date(local, "long", locale=self.locale),
            time=format_time(local, "short", locale=self.locale),
        )

    def covered(self, window: Window) -> str:
        """Return the sentence that says which time an edition covers."""
        if window.since is None:
            return self.word("until", end=self.moment(window.end))
        return self.word("between", since=self.moment(window.since), end=self.moment(window.end))

    def published(self, published: Published) -> str:
        """Return a publication time as precisely as it is known: "februar 2018"."""
        try:
            return self._published(published)
        except (ValueError, OverflowError):  # the year 0, say: as it was printed
            return published.value

    def _published(self, published: Published) -> str:
        match published.precision:
            case "year":
                return published.value
            case "month":
                first = date.fromisoformat(f"{published.value}-01")
                return format_skeleton("yMMMM", first, locale=self.locale)
            case "day":
                day = date.fromisoformat(published.value)
                return format_date(day, "long", locale=self.locale)
            case "minute":
                return self.moment(datetime.fromisoformat(published.value))

    def language(self, tag: str) -> str:
        """Return a language's name in this one; the tag itself where it has none."""
        try:
            return Locale.parse(tag, sep="-").get_language_name(self.locale) or tag
        except (UnknownLocaleError, ValueError):
            return tag


def load_phrasebook(language: str, timezone: str = "UTC") -> Phrasebook:
    """Return the phrasebook of a digest's language; raises ConfigError where there is none."""
    words = read_phrases(language)
    return Phrasebook(
        tag=language,
        words=words,
        locale=Locale.parse(words["locale"]),
        timezone=ZoneInfo(timezone),
    )


def readable(language: str) -> frozenset[str]:
    """Return the languages that readers of a digest in `language` read almost as well."""
    known = language in known_languages()
    return frozenset(read_phrases(language)["reads"] if known else ())


def names_country(name: str, code: str | None) -> bool:
    """Return whether a place's name is its country's, in any language that digests are written in.

    Only Babel's names count: a place that newspapers call otherwise ("England") is one of its own.
    """
    return code is not None and name in _country_names(code)


@cache
def _country_names(code: str) -> frozenset[str]:
    locales = [Locale.parse(tag) for tag in known_languages()]
    return frozenset(locale.territories.get(code, "") for locale in locales)
