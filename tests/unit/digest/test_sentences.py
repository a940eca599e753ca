"""Where a sentence ends, in print."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidende.digest.sentences import (
    is_speech,
    leans,
    opens_quotation,
    shorten,
    split_sentences,
)


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("nb", ["Broen åpnet i går.", "Den er stengt igjen i dag."]),
        ("nb", ["Møtet begynner kl. 10.30 og varer til ca. 12.", "Etterpå er det kaffe."]),
        ("nb", ["Brua koster bl.a. 3.5 millioner, sa dr. Ås.", "Hva nå?", "Ingen vet."]),
        ("nb", ["Ferja gikk 11. september i fjor.", "I år går den ikke."]),
        ("da", ["Prisen steg til 4,2 mio. kroner, oplyser hr. Bo.", "Det er rekord."]),
        ("en", ["Mr. Hill met J. R. Dale of the U.S. Coast Guard.", "They agreed."]),
        ("de", ["Das Fest ist am 3. Oktober in St. Peter.", "Alle kommen."]),
        ("nb", ["Taket falt ned.", "– Vi var heldige, sier vaktmesteren."]),
        ("da", ["Taget faldt ned.", "- Vi var heldige, siger pedellen."]),
        ("nb", ["– Hva nå? spør ordføreren."]),
        ("nb", ["«Vi venter. Det tar tid», sier hun.", "Ingen svarte."]),
        ("nb", ["Hun sa: «Nå er det nok.»", "Så gikk hun."]),
        ("en", ['"We wait. It takes time," she said.', "Nobody answered."]),
        ("nb", ["Slutt … kanskje ikke.", "Jo!"]),
        (None, ["Toget er innstilt pga. snø ved Dr. Berg.", "Bussen går."]),
    ],
)
def test_a_paragraph_is_split_where_its_sentences_end(
    language: str | None, sentences: list[str]
) -> None:
    assert list(split_sentences(" ".join(sentences), language)) == sentences


def test_an_open_quotation_mark_does_not_join_the_rest_of_the_paragraph() -> None:
    assert len(split_sentences("Han sa «nei. Så gikk han. Ingen så ham.", "nb")) == 3


@given(st.text(alphabet='aÅ1 .!?…«»"”–-\n\t)(', max_size=80))
def test_joined_sentences_are_the_paragraph(text: str) -> None:
    assert " ".join(split_sentences(text, "nb")) == " ".join(text.split())


def test_a_dash_before_a_word_opens_a_quotation() -> None:
    assert opens_quotation("– Vi kommer, sier hun.")
    assert opens_quotation("- Vi kommer, siger hun.")
    assert not opens_quotation("Vi kommer – kanskje.")
    assert not opens_quotation("-5 grader i natt.")


@pytest.mark.parametrize(
    ("sentence", "language", "expected"),
    [
        ("Han kom for sent.", "nb", True),
        ("– Dermed er saken over, sier Li.", "nb", True),
        ("In addition, the bridge is closed.", "en", True),
        ("Hansen kom for sent.", "nb", False),
        ("Er wartet.", "de", True),
        ("Er wartet.", "nb", False),
        ("Han kom for sent.", None, False),
        ("", "nb", False),
    ],
)
def test_a_sentence_leans_by_how_it_begins(
    sentence: str, language: str | None, *, expected: bool
) -> None:
    assert leans(sentence, language) is expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ('"Nobody panicked," she said.', True),
        ("«Vi venter», sier Li.", True),
        ("«Broen» er en film som handler om en bro i Danmark.", False),
        ("Li sier «nei».", False),
    ],
)
def test_speech_in_marks_is_hardly_more_than_what_stands_in_them(
    sentence: str, *, expected: bool
) -> None:
    assert is_speech(sentence) is expected


@given(text=st.text(max_size=60), length=st.integers(1, 50))
def test_what_is_shortened_is_a_beginning_and_short_enough(text: str, length: int) -> None:
    short = shorten(text, length)
    assert len(short) <= max(length + 1, 1)
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))
