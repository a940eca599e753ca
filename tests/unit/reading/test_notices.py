"""Notices to the reader and commands to the desk."""

import pytest

from tidende.reading.notices import notice_tail, read_notice
from tidende.reading.withholding import embargo_time, read_withholding


@pytest.mark.parametrize(
    "unit",
    [
        "Les også: Nato enige",
        "LES OGSÅ: Nato enige",
        "Les også",
        "Læs også: Nato er enige",
        "Läs även: Nato är eniga",
        "Read more: Nato agrees",
        "Lesen Sie auch: Nato ist einig",
        "Les òg: Nato samde",
        "Artiklen fortsætter under billedet",
        "(Saken fortsetter under bildet.)",
        "Saken fortsetter under annonsen",
        "Artikeln fortsätter under annonsen",
        "Story continues below advertisement",
        "ANNONSE",
        "Anzeige",
        "Følg Dagsavisen på Facebook og Twitter!",
        "Fått med deg denne? Sju av ti feiler på testen",
    ],
)
def test_a_notice_is_told(unit: str) -> None:
    assert read_notice(unit) is not None


@pytest.mark.parametrize(
    "unit",
    [
        "Saken fortsetter mandag, når retten møtes igjen.",
        "Annonser ga avisen 40 millioner kroner i inntekter.",
        "Del av problemet er penger.",
        "Følg med!",
        "– Saken fortsetter, sier hun.",
    ],
)
def test_prose_is_no_notice(unit: str) -> None:
    assert read_notice(unit) is None


def test_a_notice_at_a_paragraphs_end_is_cut_off() -> None:
    paragraph = "Det sier hun. Les også: Nato enige"

    cut = notice_tail(paragraph)

    assert cut is not None
    assert paragraph[cut:] == "Les også: Nato enige"


@pytest.mark.parametrize(
    ("unit", "until"),
    [
        ("SPERRET til 12. mars 2021 kl. 06.00", "2021-03-12T06:00:00+01:00"),
        ("KLAUSULERET til mandag den 4. maj 2020 klokken 06.00", "2020-05-04T06:00:00+02:00"),
        ("EMBARGOED UNTIL March 12, 2021 00:01 GMT", "2021-03-12T00:01:00+00:00"),
        ("Embargo: 2021-03-12 06:00 CET", "2021-03-12T06:00:00+01:00"),
        ("Sperrfrist: 12. März 2021, 06:00 Uhr", "2021-03-12T06:00:00+01:00"),
        ("Sperrefrist: fredag klokken 6", None),
    ],
)
def test_an_embargo_withholds_until_its_time(unit: str, until: str | None) -> None:
    found = read_withholding(unit)

    assert found is not None
    assert found.status == "withheld"
    assert embargo_time(found) == until


@pytest.mark.parametrize(
    "unit",
    [
        "KILL",
        "KILL: Nato enige om Irak",
        "Annulleres.",
        "ANNULLERES: Telegrammet om valget",
        "Trekkes tilbake: Telegrammet om valget",
        "ÅTERKALLAS: Texten om valet",
        "MANDATORY KILL",
        "Meldung zurückgezogen!",
    ],
)
def test_a_kill_cancels(unit: str) -> None:
    found = read_withholding(unit)

    assert found is not None
    assert found.status == "canceled"


@pytest.mark.parametrize(
    "unit",
    [
        "Kill Bill blir musikal",
        "Annulleret tog gav kaos på Fyn",
        "Embargo mot Cuba opphevet",
        "Sperret veien med traktor",
        "Slettes ikke så verst",
    ],
)
def test_a_headline_with_such_a_word_commands_nothing(unit: str) -> None:
    assert read_withholding(unit) is None
