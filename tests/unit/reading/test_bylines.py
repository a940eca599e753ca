"""Bylines: names only, and nothing that is no byline."""

import pytest

from tidende.reading.bylines import is_contact, read_bare_byline, read_byline

BYLINES = [
    ("Av Kari Nordmann", "Kari Nordmann", ()),
    ("AV KARI NORDMANN", "KARI NORDMANN", ()),
    ("Av: Kari Nordmann og Per Lie", "Kari Nordmann og Per Lie", ()),
    ("Af Mette Holm, Ritzau", "Mette Holm", ("Ritzau",)),
    ("Av Kari Nordmann/NTB", "Kari Nordmann", ("NTB",)),
    ("Av NTB-TT", None, ("NTB", "TT")),
    ("Av Kari Nordmann, journalist kari@avis.example", "Kari Nordmann", ()),
    ("Av journalist Kari Nordmann (tekst)", "Kari Nordmann", ()),
    ("By Jane Doe in London and John Roe", "Jane Doe and John Roe", ()),
    ("By Jane Doe, Political Editor", "Jane Doe", ()),
    ("By Jane Doe Political Editor", "Jane Doe", ()),
    (
        "Von Karl von der Heide und Anna-Lena Groß, dpa",
        "Karl von der Heide und Anna-Lena Groß",
        ("dpa",),
    ),
    ("Text: Anna Svensson Foto: Lars Ek", "Anna Svensson", ()),
    ("Tekst og foto: Siri Myklebust", "Siri Myklebust", ()),
    ("(Reporting by Jane Roe; Editing by Tom Poe)", "Jane Roe", ()),
    ("Skrevet af Jens Bruun", "Jens Bruun", ()),
]


@pytest.mark.parametrize(("unit", "names", "agencies"), BYLINES)
def test_a_byline_gives_names_and_agencies(
    unit: str, names: str | None, agencies: tuple[str, ...]
) -> None:
    found = read_byline(unit)

    assert found is not None
    assert (found.names, found.agencies) == (names, agencies)


@pytest.mark.parametrize(
    "unit",
    [
        "Av Norges fem millioner innbyggere bor de fleste i byer",
        "Av de 29 landene er 15 klare",
        "Von Hamburg bis München: Züge fallen aus",
        "Von Nein zu Ja",
        "By the time Jane Doe arrived, it was over",
        "Text messages reveal a plot",
        "Af sted til Paris",
    ],
)
def test_a_sentence_or_headline_is_no_byline(unit: str) -> None:
    assert read_byline(unit) is None


def test_a_bare_name_needs_something_beside_it() -> None:
    assert read_bare_byline("Kari Nordmann") is None
    assert read_bare_byline("Kari Nordmann, NTB") is not None
    assert read_bare_byline("Kari Nordmann, journalist") is not None
    assert read_bare_byline("Kari Nordmann, journalist", strict=True) is None
    assert read_bare_byline("Kari Nordmann kari@avis.example", strict=True) is not None


def test_an_agency_alone_is_a_byline() -> None:
    found = read_bare_byline("NTB-TT-AFP")

    assert found is not None
    assert found.agencies == ("NTB", "TT", "AFP")


@pytest.mark.parametrize("unit", ["Why Trump Will Win a Second Term", "Champions League på NRK"])
def test_a_headline_in_capitals_is_no_bare_byline(unit: str) -> None:
    assert read_bare_byline(unit) is None


def test_an_address_alone_is_a_contact() -> None:
    assert is_contact("kari@avis.example")
    assert is_contact("E-post: kari@avis.example, tlf. 22 03 44 00")
    assert not is_contact("Skriv til kari@avis.example")
