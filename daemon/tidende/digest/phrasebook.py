"""The digest's own words and dates in its own language; the words lie in `phrases/<tag>.toml`."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time
from babel.numbers import format_decimal

from tidende.errors import ConfigError
from tidende.model.article import Published
from tidende.model.edition import Window


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
    words = _words(language)
    return Phrasebook(
        tag=language,
        words=words,
        locale=Locale.parse(words["locale"]),
        timezone=ZoneInfo(timezone),
    )


@cache
def _words(language: str) -> dict[str, Any]:
    folder = resources.files(__package__) / "phrases"
    known = sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir())
    if language not in known:
        raise ConfigError(f"no digest can be written in {language!r}; known: {', '.join(known)}")
    return tomllib.loads((folder / f"{language}.toml").read_text(encoding="utf-8"))
