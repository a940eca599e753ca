"""Quotes: what opens, closes and attributes words, one behaviour each."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from said import answers, organisation, paragraphs, person, read
from tidende.enrich.quotes import quotes

SIGNS = "\"“”„«»'‘’–-—,.?!: \n"
WORDS = ("sier", "Kari", "Nordmann", "hun", "at", "ifølge", "said", "sagte", "Det", "2020", "og")


@given(st.lists(st.sampled_from([*WORDS, *SIGNS]), max_size=60).map(" ".join))
def test_a_quote_is_its_surface(text: str) -> None:
    for quote in read(text, "nb"):
        assert text[quote.start : quote.end] == quote.text
        assert quote.text == quote.text.strip()


@given(st.text(alphabet="aA" + SIGNS, max_size=80), st.sampled_from(["nb", "en", "de", None]))
def test_quotes_come_in_order_from_any_text(text: str, tag: str | None) -> None:
    found = read(text, tag)

    assert [quote.start for quote in found] == sorted(quote.start for quote in found)


@pytest.mark.parametrize(
    "text",
    [
        "– Det går bra, sier Kari Nordmann.",
        "- Det går bra, sier Kari Nordmann.",
        "— Det går bra, sier Kari Nordmann.",
        "–Det går bra, sier Kari Nordmann.",
        "«Det går bra», sier Kari Nordmann.",
        "”Det går bra”, sier Kari Nordmann.",
        "“Det går bra”, sier Kari Nordmann.",
        '"Det går bra," sier Kari Nordmann.',
        '"Det går bra", sier Kari Nordmann.',
        "„Det går bra“, sier Kari Nordmann.",
        "»Det går bra«, sier Kari Nordmann.",
        "'Det går bra', sier Kari Nordmann.",
        "Kari Nordmann sier: «Det går bra».",
        "Kari Nordmann sa at «Det går bra».",
        "I går sa Kari Nordmann: – Det går bra, sier hun.",
    ],
)
def test_every_style_opens_and_closes(text: str) -> None:
    found = read(text, "nb", [person(text, "Kari Nordmann")])

    assert [(quote.text, quote.speaker) for quote in found] == [("Det går bra", "Kari Nordmann")]


@pytest.mark.parametrize("tag", [None, "fi"])
def test_an_unknown_language_is_read_with_the_words_of_all(tag: str | None) -> None:
    text = '– Det haster, sier Ola Lie.\n"We are late," Tom Reed said.\n„Gut“, sagte Eva Kern.'
    people = [person(text, name) for name in ("Ola Lie", "Tom Reed", "Eva Kern")]

    assert [quote.speaker for quote in read(text, tag, people)] == [
        "Ola Lie",
        "Tom Reed",
        "Eva Kern",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Båten «Havfruen» gikk på grunn.",
        "De kjøpte en «gave» til ham.",
        "Kari Nordmann sier at hun leser «Sult».",
        "Kari Nordmann sier hun så filmen «Den store reisen hjem i går».",
        "Flyet Oslo - Bergen var forsinket.",
        "Regjeringen - Høyre og Venstre - vil ikke dette, sier Kari Nordmann.",
        "I årene 1814 - 1905 var det union, sier Kari Nordmann.",
        "- Født 1970\n- Bor på Moss\n- Gift, to barn",
        "Partiet Høyre – Erna – vant.",
    ],
)
def test_titles_ships_ranges_lists_and_parentheses_are_no_quotes(text: str) -> None:
    assert read(text, "nb", [person(text, "Kari Nordmann")]) == ()


def test_a_list_with_a_dash_is_no_quote_in_english() -> None:
    assert read("– The first point is made.", "en") == ()


def test_a_heading_is_a_quote_only_with_its_tag() -> None:
    text = "– Vi vinner\n– Vi taper, sier Kari Nordmann"
    blocks = paragraphs(text, role="headline")

    assert answers(quotes(text, blocks, "nb", [person(text, "Kari Nordmann")], ())) == [
        ("Vi taper", "Kari Nordmann", "sier")
    ]


def test_a_signoff_holds_no_quotes() -> None:
    text = "– Vi vinner, sier Kari Nordmann."

    assert quotes(text, paragraphs(text, role="signoff"), "nb", (), ()) == ()


@pytest.mark.parametrize(
    ("tag_words", "verb"),
    [
        ("sier Kari Nordmann", "sier"),
        ("slår Kari Nordmann fast", "slår fast"),
        ("legger Kari Nordmann til", "legger til"),
        ("sier også Kari Nordmann", "sier"),
        ("gryntet Kari Nordmann", "gryntet"),
        ("ifølge Kari Nordmann", None),
    ],
)
def test_the_verb_is_as_printed_with_its_particle(tag_words: str, verb: str | None) -> None:
    text = f"– Det går bra, {tag_words}."

    assert answers(read(text, "nb", [person(text, "Kari Nordmann")])) == [
        ("Det går bra", "Kari Nordmann", verb)
    ]


@pytest.mark.parametrize(
    "words",
    [
        "Som jeg sa, mener jeg at det haster",
        "De gjør alt for ham, mener han er uskyldig, og lar ham gå",
        "Vi vet, sier vi, at det går",
    ],
)
def test_a_verb_inside_the_words_ends_no_quote(words: str) -> None:
    text = f"– {words}, sier Kari Nordmann."

    assert [quote.text for quote in read(text, "nb", [person(text, "Kari Nordmann")])] == [words]


@pytest.mark.parametrize(
    ("tag", "text", "speaker"),
    [
        ("nb", "– Ja, sier lederen for utvalget i Moss, Kari Nordmann.", "Kari Nordmann"),
        ("nb", "– Ja, sier USAs tidligere ambassadør Kari Nordmann.", "Kari Nordmann"),
        ("nb", "– Ja, sier forfatter og journalist Kari Nordmann.", "Kari Nordmann"),
        ("nb", "– Ja, sier helse- og omsorgsminister Kari Nordmann.", "Kari Nordmann"),
        ("nb", "– Ja, sier Kari Nordmann til Ola Lie.", "Kari Nordmann"),
        ("nb", "– Ja, sier den 93 år gamle Kari Nordmann.", "Kari Nordmann"),
        ("nb", "– Ja, sier NHO-leder Kari Nordmann (H).", "Kari Nordmann"),
        ("nb", "– Ja, sier en mann som heter noe.", None),
        ("nb", "– Ja, sier de.", None),
        ("nb", "– Ja, sier hun.", None),
        ("sv", "– Ja, säger Kari Nordmann till TT.", "Kari Nordmann"),
        ("de", "„Nein, danke“, sagte der Sprecher Kari Nordmann.", "Kari Nordmann"),
    ],
)
def test_a_name_that_nobody_has_found_is_known_by_its_capitals(
    tag: str, text: str, speaker: str | None
) -> None:
    assert [quote.speaker for quote in read(text, tag)] == [speaker]


def test_a_surname_takes_the_fullest_name_of_the_text() -> None:
    text = "Det var Kari Nordmann som vant.\n– Jeg er glad, sier Nordmann."

    assert [quote.speaker for quote in read(text, "nb")] == ["Kari Nordmann"]


def test_a_reporters_question_is_nobodys_words() -> None:
    text = "– Det går bra, sier Kari Nordmann.\n– Hva skjer nå?\n– Vi venter, sier hun."
    people = [person(text, "Kari Nordmann")]

    said = [quote.speaker for quote in read(text, "nb", people)]

    assert said == ["Kari Nordmann", None, "Kari Nordmann"]


def test_who_says_it_goes_before_where_it_was_read() -> None:
    text = "Kari Nordmann kaller det «et angrep på hele landet», ifølge Avisa."
    people, papers = [person(text, "Kari Nordmann")], [organisation(text, "Avisa")]

    assert [quote.speaker for quote in read(text, "nb", people, papers)] == ["Kari Nordmann"]


def test_a_pronoun_is_the_subject_of_the_sentence_before() -> None:
    text = "Kari Nordmann slo Berit Lie i finalen.\n– Det var tungt, sier hun."
    people = [person(text, "Kari Nordmann"), person(text, "Berit Lie")]

    assert [quote.speaker for quote in read(text, "nb", people)] == ["Kari Nordmann"]


def test_a_pronoun_of_the_other_gender_is_somebody_else() -> None:
    text = (
        "Kari Nordmann leder laget.\n– Vi er klare, sier hun.\n"
        "Det mener også Ola Lie, som møtte Kari Nordmann.\n– Vi også, sier han.\n"
        "Kari Nordmann lo.\n– Ja visst, sier han."
    )
    people = [person(text, "Kari Nordmann"), person(text, "Ola Lie")]

    assert [quote.speaker for quote in read(text, "nb", people)] == [
        "Kari Nordmann",
        "Ola Lie",
        "Ola Lie",
    ]


def test_a_picture_is_not_what_the_article_was_speaking_of() -> None:
    text = "Kari Nordmann kom.\nPer Ås på kaien.\n– Her er jeg, sier hun."
    first, caption, last = paragraphs(text)
    blocks = (first, paragraphs(text, role="caption")[1], last)
    people = [person(text, "Kari Nordmann"), person(text, "Per Ås")]

    assert caption.role != blocks[1].role
    assert [quote.speaker for quote in quotes(text, blocks, "nb", people, ())] == ["Kari Nordmann"]


def test_a_reference_of_the_people_is_the_speaker() -> None:
    text = "Kari Nordmann møtte Per Ås.\n– Vi ble enige, sier moss-kvinnen."
    people = [person(text, "Kari Nordmann", references=["moss-kvinnen"]), person(text, "Per Ås")]

    assert [quote.speaker for quote in read(text, "nb", people)] == ["Kari Nordmann"]


def test_a_mark_that_is_closed_paragraphs_later_holds_them_all() -> None:
    text = "Eva Lund sade: ”Vi vann.\nVi är glada.\nVi åker hem.”"

    assert answers(read(text, "sv", [person(text, "Eva Lund")])) == [
        ("Vi vann.", "Eva Lund", "sade"),
        ("Vi är glada.", "Eva Lund", None),
        ("Vi åker hem.", "Eva Lund", None),
    ]


def test_words_inside_words_are_one_quote() -> None:
    text = "– Han sa «kom hit» til meg, sier Kari Nordmann."

    assert [quote.text for quote in read(text, "nb")] == ["Han sa «kom hit» til meg"]


@pytest.mark.parametrize(
    "part",
    ['"', "« ", "«a ", "'a ", "- A ", "– Ja, sier ", '"A" sier Kari. ', ': "A" sa ', '..."', ". "],
)
def test_a_long_text_of_one_part_is_read_in_one_go(part: str) -> None:
    text = part * 20_000

    assert all(text[quote.start : quote.end] == quote.text for quote in read(text, "nb"))
