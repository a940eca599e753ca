"""The lists of names: what a name can be, and which place it most likely is."""

import pytest

from tidende.lexicon import tags
from tidende.lexicon.demonyms import demonyms
from tidende.lexicon.gazetteer import (
    CITY,
    COUNTRY,
    FIRST_NAME,
    PERSON,
    PLACE,
    REGION,
    SURNAME,
    load,
    read,
)


@pytest.mark.parametrize(
    ("word", "bits"),
    [
        ("Ingrid", FIRST_NAME),
        ("Håkon", FIRST_NAME),
        ("Vladimir", FIRST_NAME),
        ("Hansen", SURNAME),
        ("Lindqvist", SURNAME),
        ("Bergen", CITY),
        ("BERGEN", CITY),
        ("Irak", COUNTRY),
        ("Nordland", REGION),
        ("Skåne", REGION),
        ("Jordan", COUNTRY | FIRST_NAME),
        ("Anne-Ingrid", FIRST_NAME),
        ("Berg-Hansen", SURNAME),
    ],
)
def test_a_word_has_a_flag_for_each_list_that_has_it(word: str, bits: int) -> None:
    assert load().flags(word) & bits == bits


@pytest.mark.parametrize("word", ["og", "Og", "Das", "The", "Forsvarsministeren", "", "X"])
def test_a_common_word_has_no_flags(word: str) -> None:
    assert not load().flags(word)


@pytest.mark.parametrize(
    ("name", "tag", "country", "kind"),
    [
        ("Brussel", "nb", "BE", "city"),
        ("Bruxelles", "da", "BE", "city"),
        ("Bryssel", "sv", "BE", "city"),
        ("Brüssel", "de", "BE", "city"),
        ("Noreg", "nn", "NO", "country"),
        ("Noreg", "nb", "NO", "country"),
        ("Tyskland", "da", "DE", "country"),
        ("Tjeckien", "sv", "CZ", "country"),
        ("Vereinigte Staaten", "de", "US", "country"),
        ("USA", "nb", "US", "country"),
        ("Sør-Trøndelag", "nb", "NO", "region"),
        ("Møre og Romsdal", "nn", "NO", "region"),
        ("New York", "en", "US", "city"),
        ("Nordsjøen", "nb", None, "area"),
        ("Europa", "de", None, "continent"),
    ],
)
def test_a_place_is_known_by_its_name_in_the_language(
    name: str, tag: str, country: str | None, kind: str
) -> None:
    found = load().places(name, tag)

    assert (country, kind) in {(fact.country, fact.kind) for fact in found}
    assert found[0].country == country


@pytest.mark.parametrize(
    ("name", "tag", "country"),
    [
        ("London", "en", "GB"),
        ("Paris", "en", "FR"),
        ("Valencia", "nb", "ES"),
        ("Birmingham", "da", "GB"),
        ("Lima", "sv", "PE"),
        ("Bergen", "nb", "NO"),
        ("Georgia", "nb", "GE"),
        ("Ontario", "en", "CA"),
        ("Parma", "en", "IT"),
    ],
)
def test_the_likeliest_of_several_places_comes_first(name: str, tag: str, country: str) -> None:
    fact = load().place(name, tag)

    assert fact is not None
    assert fact.country == country


def test_a_country_has_its_name_only_where_the_language_calls_it_so() -> None:
    assert load().place("Island", "nb") is not None
    assert load().place("Island", "en") is None


def test_a_name_that_no_list_has_is_no_place() -> None:
    assert load().place("Snurrebassheim") is None


@pytest.mark.parametrize(
    ("word", "tag", "country"),
    [
        ("irakiske", "nb", "IQ"),
        ("Irakiske", "nb", "IQ"),
        ("irakernes", "nb", "IQ"),
        ("irakarane", "nn", "IQ"),
        ("nordmenn", "nn", "NO"),
        ("tyskerne", "da", "DE"),
        ("franskmænd", "da", "FR"),
        ("amerikanskt", "sv", "US"),
        ("svenskarnas", "sv", "SE"),
        ("Iraqis'", "en", "IQ"),
        ("South African", "en", "ZA"),
        ("irakischen", "de", "IQ"),
        ("Französin", "de", "FR"),
        ("US-amerikanische", "de", "US"),
        ("skotske", "nb", "GB"),
        ("tyska", None, "DE"),
    ],
)
def test_a_demonym_is_known_in_every_form(word: str, tag: str | None, country: str) -> None:
    assert load().demonym(word, tag) == country


@pytest.mark.parametrize(("word", "tag"), [("polish", "en"), ("finner", "nb"), ("lette", "da")])
def test_a_common_word_is_no_demonym(word: str, tag: str) -> None:
    assert load().demonym(word, tag) is None


@pytest.mark.parametrize("tag", tags())
def test_every_language_has_demonyms_for_countries_that_the_lists_know(tag: str) -> None:
    forms = demonyms(tag)
    known = {fact.country for entry in load()._entries.values() for fact in entry.places}

    assert len(set(forms.values())) > 120
    assert {code[:2] for code in forms.values()} <= known


def test_names_that_mean_the_same_share_one_value() -> None:
    entries = read("1;city NO 10 nb,nn\tLilleby\tStoreby\n2\tBakkestad")

    assert entries["Lilleby"] is entries["Storeby"]
    assert entries["Lilleby"].flags == FIRST_NAME | CITY
    assert entries["Bakkestad"].flags & PERSON == SURNAME
    assert not entries["Bakkestad"].flags & PLACE
