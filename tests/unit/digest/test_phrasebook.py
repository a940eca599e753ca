"""The digest's words: every language says all of them, with the same fields."""

import string
import tomllib
from importlib import resources
from typing import Any

import pytest

from tidende.digest.phrasebook import load_phrasebook


def _fields(words: dict[str, Any], prefix: str = "") -> dict[str, set[str | None]]:
    found: dict[str, set[str | None]] = {}
    for key, value in words.items():
        if isinstance(value, dict):
            found |= _fields(value, f"{prefix}{key}.")
        elif isinstance(value, str):
            found[prefix + key] = {field for _, _, field, _ in string.Formatter().parse(value)}
    return found


@pytest.mark.parametrize("language", ["nn", "da", "sv", "en", "de"])
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
