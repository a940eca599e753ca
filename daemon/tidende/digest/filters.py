"""Which articles a digest tells: a pure predicate over an article's event.

A filter is lists of what is wanted. An article fits if it fits each list that isn't empty, in one
of its entries; upper and lower case are the same.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from unicodedata import normalize

_COUNTRY = re.compile(r"[A-Z]{2}")
_WORD = re.compile(r"\w+")
_MACROLANGUAGES = {"no": frozenset({"nb", "nn"})}
"""ISO 639-3: Norwegian is both of its written languages."""


@dataclass(frozen=True, kw_only=True)
class Filter:
    """What is wanted of each kind; an empty one lets every article through.

    `languages` are BCP 47 tags, where "en" is "en-GB" too. `sources` are agencies that an article
    credits, or who delivered it. `places` are countries (ISO 3166-1, two capital letters) or names.
    `people`, `organisations` and `places` name one that the article mentions, by its name or by
    words of it ("Holmvik"). `words` stand in the text, one beginning with "brann*" too.
    """

    languages: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether every article fits."""
        return self == _OPEN

    def fits(self, event: dict[str, Any]) -> bool:
        """Say whether an article's event, decoded, is wanted."""
        data = event["data"]
        found = data["extraction"]
        # The cheapest first: the text is searched only where all else fits.
        return (
            (not self.languages or self._has_language(found["language"]))
            and (not self.sources or self._has_source(found["agencies"], data["provenance"]))
            and (not self.places or self._has_place(found["places"]))
            and (not self.people or _names_one(self.people, _names(found["people"])))
            and (
                not self.organisations
                or _names_one(self.organisations, _names(found["organisations"]))
            )
            and (not self.words or self._wanted_words.search(_folded(data["text"])) is not None)
        )

    def _has_language(self, language: dict[str, Any] | None) -> bool:
        tag = language["tag"].lower() if language else ""
        return any(_is_language(tag, wanted.lower()) for wanted in self.languages)

    def _has_source(self, agencies: Iterable[str], provenance: dict[str, Any]) -> bool:
        told = {_folded(name) for name in (*agencies, provenance["source"] or "")}
        return any(_folded(wanted) in told for wanted in self.sources)

    def _has_place(self, places: list[dict[str, Any]]) -> bool:
        countries = {wanted for wanted in self.places if _COUNTRY.fullmatch(wanted)}
        if any(place["country"] in countries for place in places):
            return True
        names = [wanted for wanted in self.places if wanted not in countries]
        return _names_one(names, (place["name"] for place in places))

    @cached_property
    def _wanted_words(self) -> re.Pattern[str]:
        return re.compile("|".join(_expression(wanted) for wanted in self.words))


_OPEN = Filter()


def _names(found: Iterable[dict[str, Any]]) -> Iterable[str]:
    for one in found:
        yield one["name"]
        yield from one.get("aliases", ())


def _names_one(wanted: Iterable[str], names: Iterable[str]) -> bool:
    """Say whether one of the names is wanted: its words hold the wanted ones, in a row."""
    rows = [_row(name) for name in names]
    return any(_row(one) in row for one in wanted for row in rows)


def _row(name: str) -> str:
    return f" {' '.join(_WORD.findall(_folded(name)))} "


def _is_language(tag: str, wanted: str) -> bool:
    primary = tag.partition("-")[0]
    return wanted in {tag, primary} or primary in _MACROLANGUAGES.get(wanted, ())


def _expression(wanted: str) -> str:
    words = _folded(wanted.removesuffix("*")).split()
    end = "" if wanted.endswith("*") else r"(?!\w)"
    return r"(?<!\w)" + r"\s+".join(map(re.escape, words)) + end


def _folded(text: str) -> str:
    return normalize("NFC", text).casefold()
