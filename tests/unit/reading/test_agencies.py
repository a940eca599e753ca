"""Sign-offs credit an agency; parties, sources and photo credits don't."""

import pytest

from tidende.reading.agencies import sign_off_line, sign_off_tail


@pytest.mark.parametrize(
    ("line", "agencies"),
    [
        ("/ritzau/", ("Ritzau",)),
        ("(©NTB)", ("NTB",)),
        ("(NTB)", ("NTB",)),
        ("©NTB", ("NTB",)),
        ("/ritzau/AFP", ("Ritzau", "AFP")),
        ("(TT-AFP)", ("TT", "AFP")),
        ("(AP)", ("AP",)),
        ("dpa", ("dpa",)),
        ("dpa abc xy", ("dpa",)),
        ("TT", ("TT",)),
        ("/NTB", ("NTB",)),
        ("Kilde: Ritzau", ("Ritzau",)),
        ("(©NTB/100% Sport)", ("NTB",)),
        ("--NTB--", ("NTB",)),
    ],
)
def test_a_line_that_is_only_a_credit_is_a_sign_off(line: str, agencies: tuple[str, ...]) -> None:
    assert sign_off_line(line) == agencies


@pytest.mark.parametrize("line", ["NTB melder", "Kilde: FHI", "TT-løpet", "(H)", "Foto: NTB", "-"])
def test_any_other_line_is_none(line: str) -> None:
    assert sign_off_line(line) == ()


@pytest.mark.parametrize(
    "tail",
    ["(NTB)", "/ritzau/", "(©NTB)", "/ritzau/AFP", "(TT)", "(AP)", "NTB", "dpa", "/ritzau"],
)
def test_a_sign_off_ends_a_paragraph(tail: str) -> None:
    paragraph = f"Det sier hun. {tail}"

    assert sign_off_tail(paragraph) == paragraph.rindex(tail)


@pytest.mark.parametrize(
    "paragraph",
    [
        "Det melder NTB.",
        "Det er uvisst, sier Jonas Gahr Støre (Ap)",
        "Hun sa det til Norsk Telegrambyrå (NTB)",
        "Les mer på https://www.example.dk/ritzau/",
        "Det sier hun til NTB",
        "(NTB)",
    ],
)
def test_a_source_a_party_and_an_address_are_no_sign_off(paragraph: str) -> None:
    assert sign_off_tail(paragraph) is None
