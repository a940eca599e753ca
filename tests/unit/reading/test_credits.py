"""Captions and their credits, on lines of their own and glued to others."""

import pytest

from tidende.reading.credits import read_caption

CAPTIONS = [
    (
        "Mark Esper i Brussel. Foto: Foto: Virginia Mayo / AP / NTB scanpix",
        "Mark Esper i Brussel.",
        "Virginia Mayo / AP / NTB scanpix",
    ),
    ("En elv. (Foto: Claus Fisker/Ritzau Scanpix)", "En elv.", "Claus Fisker/Ritzau Scanpix"),
    ("En elv i Telemark Foto: Privat", "En elv i Telemark", "Privat"),
    ("Foto: NTB", None, "NTB"),
    ("Arkivfoto: Heiko Junge / NTB", None, "Heiko Junge / NTB"),
    ("Ein Zug. Bild: dpa", "Ein Zug.", "dpa"),
    ("Tåget. Bild: Adam Ihse/TT", "Tåget.", "Adam Ihse/TT"),
    ("Toget står stille. Arkivfoto", "Toget står stille.", "Arkivfoto"),
    ("Toget står stille. (Arkivfoto)", "Toget står stille.", "Arkivfoto"),
    ("A man walks past. (AP Photo/Jane Doe)", "A man walks past.", "AP Photo/Jane Doe"),
    ("A man walks past. REUTERS/Jane Doe", "A man walks past.", "REUTERS/Jane Doe"),
    ("A shop. (Photo by Ann Lee/Getty Images)", "A shop.", "Ann Lee/Getty Images"),
    (
        "Hirscher vant. Marco Tacca / TT Nyhetsbyrån",
        "Hirscher vant.",
        "Marco Tacca / TT Nyhetsbyrån",
    ),
    ("Terje Bendiksby, NTB scanpix", None, "Terje Bendiksby, NTB scanpix"),
    (
        "FOTO: AP / NTB scanpix Pave Frans holdt messe.",
        "Pave Frans holdt messe",
        "AP / NTB scanpix",
    ),
    ("Bildetekst: Kongen åpner broen. Foto: NTB", "Kongen åpner broen.", "NTB"),
    ("Bildunterschrift: Der König kommt.", "Der König kommt.", None),
    ("Illustrasjonsfoto: Colourbox", None, "Colourbox"),
    ("Symbolbild: Ein Zug steht. Foto: imago", "Symbolbild: Ein Zug steht.", "imago"),
]


@pytest.mark.parametrize(("unit", "text", "credit"), CAPTIONS)
def test_a_caption_is_read_without_its_credit_word(
    unit: str, text: str | None, credit: str | None
) -> None:
    found = read_caption(unit)

    assert found is not None
    assert (found.caption.text, found.caption.credit) == (text, credit)
    assert found.end == len(unit)


@pytest.mark.parametrize(
    ("caption", "paragraph"),
    [
        ("Broen er ny. Foto: Terje Pedersen / NTB", "Regjeringen vil bruke mer på broer."),
        ("Broen er ny. (Foto: Kari Lie)", "Regjeringen vil bruke mer på broer."),
        ("Broen er ny. Foto: Kari Lie", "Regjeringen vil bruke mer på broer."),
        ("Broen er ny. Foto: KARI LIE", "Regjeringen vil bruke mer på broer."),
        ("Elin i Oslo. Foto: Ola Bø / NTB scanpix", "Arne i Moss. Foto: Per Bø / NTB scanpix"),
    ],
)
def test_a_glued_caption_ends_with_its_credit(caption: str, paragraph: str) -> None:
    found = read_caption(f"{caption} {paragraph}")

    assert found is not None
    assert found.end == len(caption)


@pytest.mark.parametrize(
    "unit",
    [
        "Statsråden (foto: NTB) sier at bildet er falskt.",
        "Han tok et bilde: det ble berømt.",
        "Avisen hadde et stort pressefoto.",
        "Det melder Bild am Sonntag.",
        "Die Zeitung „Bild“: Merkel geht nicht.",
        "Sier NTB.",
        "Hun studerer foto i Oslo",
        "Vi ses 12/13 juni",
    ],
)
def test_prose_is_no_caption(unit: str) -> None:
    assert read_caption(unit) is None
