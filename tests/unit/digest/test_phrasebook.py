"""The digest's words: every language says all of them, with the same fields."""

import string
import tomllib
from importlib import resources
from typing import Any

import pytest

from tidende.digest.languages import known_languages
from tidende.digest.phrasebook import load_phrasebook, readable
from tidende.model.edition import DigestChange, DigestPlace


def _fields(words: dict[str, Any], prefix: str = "") -> dict[str, set[str | None]]:
    found: dict[str, set[str | None]] = {}
    for key, value in words.items():
        if isinstance(value, dict):
            found |= _fields(value, f"{prefix}{key}.")
        elif isinstance(value, str):
            found[prefix + key] = {field for _, _, field, _ in string.Formatter().parse(value)}
    return found


@pytest.mark.parametrize("language", known_languages())
def test_every_language_has_the_same_phrases_with_the_same_fields(language: str) -> None:
    folder = resources.files("tidende.digest") / "phrases"
    nb, other = (
        tomllib.loads((folder / f"{tag}.toml").read_text(encoding="utf-8"))
        for tag in ("nb", language)
    )
    assert {key: value - {None} for key, value in _fields(other).items()} == {
        key: value - {None} for key, value in _fields(nb).items()
    }


def test_counts_are_in_the_right_plural_and_grouped() -> None:
    words = load_phrasebook("nb")
    assert words.count("source", 1) == "1 kilde"
    assert words.count("source", 0) == "0 kilder"
    assert words.count("article", 12_000).replace("\xa0", " ") == "12 000 artikler"


def test_languages_are_named_and_an_unknown_tag_stays() -> None:
    words = load_phrasebook("nb")
    assert words.language("da") == "dansk"
    assert words.language("x-not a tag") == "x-not a tag"
    assert words.language("zzz") == "zzz"


@pytest.mark.parametrize(
    ("name", "country", "shown"),
    [
        ("Bagdad", "IQ", "Bagdad (Irak)"),
        ("Norge", "NO", "Norwegen"),
        ("Syrien", "SY", "Syrien"),
        ("Europa", None, "Europa"),
        ("Atlantis", "XX", "Atlantis"),
    ],
)
def test_a_place_has_its_country_and_a_country_its_name_here(
    name: str, country: str | None, shown: str
) -> None:
    assert load_phrasebook("de").place(DigestPlace(name=name, country=country, mentions=1)) == shown


@pytest.mark.parametrize(
    ("kind", "before", "after", "unit", "said"),
    [
        ("figure", "3", "5", "omkomne", "omkomne: 3 → 5"),
        ("figure", "3 omkomne", "5 døde", None, "3 omkomne → 5 døde"),
        ("figure", None, "5 døde", None, "nytt tall: 5 døde"),
        ("person", "Ola By", None, None, "nevner ikke lenger Ola By"),
        ("sentence", None, "Alle er {trygge}.", None, "lagt til: «Alle er {trygge}.»"),
        ("weather", None, "regn", None, "nytt: regn"),
    ],
)
def test_a_change_is_said_in_words(
    kind: str, before: str | None, after: str | None, unit: str | None, said: str
) -> None:
    change = DigestChange(kind=kind, before=before, after=after, unit=unit, language="nb")
    assert load_phrasebook("nb").change(change) == said


def test_readers_of_one_nordic_language_read_the_others() -> None:
    assert readable("nb") == {"nn", "da", "sv"}
    assert readable("de") == readable("tlh") == set()
