"""The lexicons: every file loads, is whole, and keeps to its form."""

from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from tidende import lexicon

MONTHS, WEEKDAYS = 12, 7
PRINTED_AS_IS: tuple[str, ...] = ("names", "zones", "name", "tag", "timezone", "home")
PRINTED_AS_IS += ("prefixes", "abbreviations", "wholes", "known", "others", "club_marks", "parties")


def _words(table: Any) -> list[tuple[str, str]]:
    """List every entry of a lexicon with the name of the list it stands in."""
    found: list[tuple[str, str]] = []
    for field in fields(table):
        value = getattr(table, field.name)
        if is_dataclass(value):
            found.extend(_words(value))
        elif isinstance(value, tuple) and field.name not in PRINTED_AS_IS:
            found.extend((field.name, word) for entry in value for word in _flat(entry))
    return found


def _flat(entry: Any) -> tuple[str, ...]:
    return entry if isinstance(entry, tuple) else (entry,)


def test_the_six_languages_are_there() -> None:
    assert {"nb", "nn", "da", "sv", "en", "de"} <= set(lexicon.tags())


@pytest.mark.parametrize("tag", lexicon.tags())
def test_a_lexicon_has_a_whole_calendar(tag: str) -> None:
    calendar = lexicon.of(tag).calendar

    assert len(calendar.months) == MONTHS
    assert len(calendar.weekdays) == WEEKDAYS
    assert all(calendar.months)


@pytest.mark.parametrize("tag", lexicon.tags())
def test_words_are_in_lower_case_without_space_at_their_ends(tag: str) -> None:
    wrong = [
        (where, word)
        for where, word in _words(lexicon.of(tag))
        if word != word.lower().strip() or not word
    ]

    assert wrong == []


@pytest.mark.parametrize("tag", lexicon.tags())
def test_a_file_says_its_own_tag(tag: str) -> None:
    assert lexicon.of(tag).tag == tag


def test_a_lexicon_is_read_once() -> None:
    assert lexicon.of("nb") is lexicon.of("nb")


def test_an_unknown_language_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        lexicon.of("tlh")


def test_a_union_has_each_entry_once_and_the_longest_first() -> None:
    words = lexicon.union(lambda known: known.publication.updated)

    assert len(words) == len(set(words))
    assert [len(word) for word in words] == sorted(map(len, words), reverse=True)


def test_no_words_match_nothing() -> None:
    assert lexicon.either(()) == "(?!)"


def test_an_unknown_table_is_an_error_that_names_it() -> None:
    from tidende.errors import ConfigError  # noqa: PLC0415
    from tidende.lexicon.loader import _table  # noqa: PLC0415
    from tidende.lexicon.tables import Header  # noqa: PLC0415

    with pytest.raises(ConfigError, match="missing or unknown: wrods"):
        _table(Header, {"words": [], "wrods": []}, "xx.toml")
