"""Words that the languages share are spelled alike once folded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidende.dedup.stories.folding import fold, name_key, stem
from tidende.dedup.stories.names import canonical


@pytest.mark.parametrize(
    "cognates",
    [
        ("koalisjon", "koalition", "Koalition", "coalition"),
        ("misjon", "mission", "Mission"),
        ("pensjon", "pension"),
        ("forsvarsminister", "försvarsminister"),
        ("skib", "skip"),
        ("rejse", "reise"),
        ("musik", "musikk", "Musik"),
        ("træning", "trening", "träning"),
        ("bruge", "bruke"),
        ("Stadt", "stat"),
    ],
)
def test_cognates_meet(cognates: tuple[str, ...]) -> None:
    assert len({stem(word) for word in cognates}) == 1


@pytest.mark.parametrize(
    "forms",
    [
        ("bil", "bilen", "biler", "bilar", "bila"),
        ("brann", "brannen", "branner", "brannene"),
        ("fly", "flyr"),
    ],
)
def test_the_forms_of_a_word_meet(forms: tuple[str, ...]) -> None:
    assert len({stem(word) for word in forms}) == 1


def test_short_words_keep_their_endings() -> None:
    assert stem("mor") != stem("mon")


@pytest.mark.parametrize(
    "names",
    [
        ("Natos", "NATO", "Nato"),
        ("Selenskyj", "Zelenskyj"),
        ("Lawrow", "Lavrov"),
        ("Göteborg", "Gøteborg"),
        ("Thomas", "Tomas"),
        ("Mikhail", "Mikail"),
        ("Joseph", "Josef"),
    ],
)
def test_a_name_is_one_however_it_is_spelled(names: tuple[str, ...]) -> None:
    assert len({name_key(name) for name in names}) == 1


@pytest.mark.parametrize(
    "printed",
    [
        [("Bruxelles", "da"), ("Brussel", "nb"), ("Brüssel", "de"), ("Bryssel", "sv")],
        [("Islamisk Stat", "da"), ("IS", "nb"), ("Isil", "da"), ("Islamischer Staat", "de")],
        [("FN", "sv"), ("UN", "en"), ("Vereinte Nationen", "de"), ("FN", None), ("FN", "fr")],
    ],
)
def test_a_name_with_another_in_each_language_is_one(printed: list[tuple[str, str | None]]) -> None:
    assert len({canonical(name, tag) for name, tag in printed}) == 1


@given(st.text("abcdefghijklmnopqrstuvwxyzæøåäöüéß", max_size=20))
def test_folded_words_are_plain_letters_whatever_their_case(word: str) -> None:
    assert fold(word).isascii()
    assert fold(word.upper()) == fold(word)
