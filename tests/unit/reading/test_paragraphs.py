"""Lines become units: joined where the text was wrapped, apart where it was not."""

from tidende.model.article import Block
from tidende.reading.paragraphs import marked_units, split_units


def _units(text: str) -> list[str]:
    return [text[unit.start : unit.end] for unit in split_units(text, 0)]


def test_blank_lines_part() -> None:
    assert _units("en\n\nto\n \t\n tre \n") == ["en", "to", "tre"]


def test_single_newlines_part_whole_paragraphs() -> None:
    text = "Regjeringen vil ha flere tog.\nDet sier ministeren tirsdag.\nHun er fornøyd."

    assert _units(text) == text.split("\n")


def test_wrapped_lines_are_one_unit() -> None:
    text = (
        "Regjeringen vil ha flere tog til Bergen i løpet av de neste\n"
        "fire årene. Det sier ministeren tirsdag, etter et møte der\n"
        "også Vestland deltok.\n"
        "Hun er fornøyd med resultatet av møtet, som varte i nesten\n"
        "tre timer."
    )

    assert [len(unit.splitlines()) for unit in _units(text)] == [3, 2]


def test_a_headline_above_wrapped_text_stays_apart() -> None:
    text = (
        "Flere tog til Bergen\n"
        "Regjeringen vil ha flere tog til Bergen i løpet av de neste\n"
        "fire årene. Det sier ministeren tirsdag."
    )

    assert _units(text)[0] == "Flere tog til Bergen"


def test_any_line_end_parts() -> None:
    assert _units("en.\r\nTo.\rTre.\u2028Fire.") == ["en.", "To.", "Tre.", "Fire."]


def test_marks_are_units_and_what_stands_outside_them_is_split() -> None:
    text = "Tittel\n\nEn linje\nog en til\n\nrest"
    marks = [Block(role="paragraph", start=8, end=26)]

    units = marked_units(text, 0, marks)

    assert [(text[unit.start : unit.end], unit.role) for unit in units] == [
        ("Tittel", None),
        ("En linje\nog en til", "paragraph"),
        ("rest", None),
    ]
