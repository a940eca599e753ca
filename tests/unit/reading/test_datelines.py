"""Datelines, with and without an agency."""

import pytest

from tidende.reading.datelines import read_dateline

DATELINES = [
    ("OSLO (NTB): Det regner.", "OSLO", "NTB"),
    ("OSLO (NTB-TT-AFP): Det regner.", "OSLO", "NTB-TT-AFP"),
    ("KØBENHAVN, tirsdag /ritzau/ Det regner.", "KØBENHAVN", "Ritzau"),
    ("LONDON (Reuters) - It rains.", "LONDON", "Reuters"),
    ("WASHINGTON, D.C. (AP) — It rains.", "WASHINGTON", "AP"),
    ("Berlin (dpa) - Es regnet.", "Berlin", "dpa"),
    ("Frankfurt/Main (dpa/lhe) - Es regnet.", "Frankfurt/Main", "dpa"),
    ("Frankfurt am Main (AFP) - Es regnet.", "Frankfurt am Main", "AFP"),
    ("/ritzau/ ODENSE: Det regner.", "ODENSE", "Ritzau"),
    ("OSLO: Det regner.", "OSLO", None),
    ("STOCKHOLM. Det regnar.", "STOCKHOLM", None),
    ("LOS ANGELES (Dagsavisen): Det regner.", "LOS ANGELES", None),
    ("MOSKVA/KIEV (NTB): Det regner.", "MOSKVA/KIEV", "NTB"),
]


@pytest.mark.parametrize(("unit", "place", "agency"), DATELINES)
def test_a_dateline_ends_where_the_sentence_begins(
    unit: str, place: str, agency: str | None
) -> None:
    found = read_dateline(unit, unit)

    assert found is not None
    assert found.dateline is not None
    assert (found.dateline.place, found.dateline.agency) == (place, agency)
    assert unit[found.end :] in {"Det regner.", "It rains.", "Es regnet.", "Det regnar."}


@pytest.mark.parametrize(
    "unit",
    [
        "Norsk Telegrambyrå (NTB) melder at det regner.",
        "FAKTA: Det regner.",
        "TAUSHET: Jon Fosse tier. Tausheten hans er kjent.",
        "Jonas Gahr Støre (Ap): Vi må snakke om været.",
        "Per Hansen (Ap) – som bor i Oslo – liker regn.",
        "Regnet (som NTB skrev om) er over.",
        "NATO: Det regner.",
        "– OSLO: Det regner.",
    ],
)
def test_what_only_looks_like_one_is_no_dateline(unit: str) -> None:
    assert read_dateline(unit, unit) is None


def test_a_place_that_the_article_names_again_is_a_place() -> None:
    text = "ANTERSELVA: Han vant. Løpet i Anterselva var tett."

    found = read_dateline(text, text)

    assert found is not None
    assert found.dateline is not None
    assert found.dateline.place == "ANTERSELVA"


def test_a_full_date_in_the_dateline_is_when_it_was_published() -> None:
    found = read_dateline("OSLO, 12. mars 2021 (NTB): Det regner.", "")

    assert found is not None
    assert found.published is not None
    assert (found.published.value, found.published.origin) == ("2021-03-12", "dateline")


def test_an_agency_alone_opens_without_a_place() -> None:
    found = read_dateline("(NTB): Det regner.", "")

    assert found is not None
    assert found.dateline is None
    assert found.agencies == ("NTB",)
