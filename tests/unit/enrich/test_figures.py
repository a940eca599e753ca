"""Figures: numbers with what they count, in the spelling of each language."""

import pytest

from tidende.enrich.figures import figures
from tidende.model.article import Block, DateMention, Figure


def _figures(tag: str | None, text: str, claimed: tuple[DateMention, ...] = ()) -> list[Figure]:
    blocks = (Block(role="paragraph", start=0, end=len(text)),)
    return list(figures(text, blocks, tag, claimed))


def _said(tag: str | None, text: str) -> list[tuple[str, float, str | None]]:
    return [(it.surface, it.value, it.unit) for it in _figures(tag, text)]


@pytest.mark.parametrize(
    ("tag", "text", "surface", "value", "unit"),
    [
        ("nb", "Prisen steg til 1.250 kroner.", "1.250 kroner", 1250, "kroner"),
        ("nb", "Byen har 12 450 innbyggere.", "12 450 innbyggere", 12450, "innbyggere"),
        ("nb", "Renten er 4,25 prosent nå.", "4,25 prosent", 4.25, "prosent"),
        ("nb", "Målet er 3.5 prosent.", "3.5 prosent", 3.5, "prosent"),
        ("nb", "Det koster kr. 200.", "kr. 200", 200, "kr."),
        ("nb", "De fikk en halv million kroner.", "en halv million kroner", 500000, "kroner"),
        ("nb", "Det tok et halvt år.", "et halvt år", 0.5, "år"),
        ("nb", "Det tok halvannen time.", "halvannen time", 1.5, "time"),
        ("nb", "Hun kjøpte to dusin egg.", "to dusin egg", 24, "egg"),
        ("nb", "Gradestokken viste –12 grader.", "–12 grader", -12, "grader"),
        ("nb", "Det var minus 7 grader.", "minus 7 grader", -7, "grader"),
        ("nn", "Om lag 40 000 menneske kom.", "40 000 menneske", 40000, "menneske"),
        ("nn", "Det kosta 4,5 mill. kroner.", "4,5 mill. kroner", 4500000, "kroner"),
        ("nn", "Femogtjue nye elevar byrja.", "Femogtjue nye elevar", 25, "nye elevar"),
        ("da", "Overskuddet blev 2,4 mia. kr. i alt.", "2,4 mia. kr.", 2400000000, "kr."),
        ("da", "Der kom femogtredive danske gæster.", "femogtredive danske gæster", 35, None),
        ("sv", "Notan blev 12 500 kronor.", "12 500 kronor", 12500, "kronor"),
        ("sv", "De har tjugofem nya bilar.", "tjugofem nya bilar", 25, "nya bilar"),
        ("de", "Rund 3.000 neue Stellen entstehen.", "3.000 neue Stellen", 3000, "neue Stellen"),
        ("de", "Es kamen fünfundzwanzig Gäste.", "fünfundzwanzig Gäste", 25, "Gäste"),
        ("de", "Das kostet 59,7 Mrd. Euro im Jahr.", "59,7 Mrd. Euro", 59700000000, "Euro"),
        ("en", "It costs $5,000 a month.", "$5,000", 5000, "$"),
        ("en", "He paid £3.5m for it.", "£3.5m", 3500000, "£"),
        ("en", "It ran 100 m from there.", "100 m", 100, "m"),
        ("en", "Twenty-five new cases were found.", "Twenty-five new cases", 25, "new cases"),
        ("en", "It needs half a million dollars.", "half a million dollars", 500000, "dollars"),
        ("en", "Some 5 U.S. soldiers left.", "5 U.S. soldiers", 5, "U.S. soldiers"),
    ],
)
def test_a_number_has_its_value_and_what_it_counts(
    tag: str, text: str, surface: str, value: float, unit: str | None
) -> None:
    (figure,) = _figures(tag, text)

    assert (figure.surface, figure.value) == (surface, value)
    assert unit is None or figure.unit == unit


@pytest.mark.parametrize(
    ("tag", "text", "value", "upper", "unit"),
    [
        ("nb", "Det ventes mellom 10 og 20 personer.", 10, 20, "personer"),
        ("nb", "Det ventes 10–20 prosent mer.", 10, 20, "prosent"),
        ("da", "Det koster 25 til 30 mio. kroner.", 25000000, 30000000, "kroner"),
        ("sv", "Mellan 28 och 32 grader väntas.", 28, 32, "grader"),
        ("de", "Es waren zwischen 100 und 150 Menschen.", 100, 150, "Menschen"),
        ("en", "Between 400 and 500 workers left.", 400, 500, "workers"),
    ],
)
def test_a_range_has_both_its_ends(
    tag: str, text: str, value: float, upper: float, unit: str
) -> None:
    (figure,) = _figures(tag, text)

    assert (figure.value, figure.upper, figure.unit) == (value, upper, unit)


@pytest.mark.parametrize(
    ("tag", "text", "surface"),
    [
        ("nb", "Brann vant 3-1.", "3-1"),
        ("sv", "Det slutade 2 – 0.", "2 – 0"),
        ("de", "Es stand 4:0.", "4:0"),
    ],
)
def test_a_score_is_no_range(tag: str, text: str, surface: str) -> None:
    (figure,) = _figures(tag, text)

    assert (figure.surface, figure.unit, figure.upper) == (surface, None, None)


def test_a_change_is_two_figures_of_one_unit_and_scale() -> None:
    assert _said("nb", "Formuen økte fra 51,7 til 78,4 millioner kroner.") == [
        ("51,7", 51700000, "kroner"),
        ("78,4 millioner kroner", 78400000, "kroner"),
    ]


def test_a_share_counts_what_the_whole_counts() -> None:
    assert _said("nb", "Minst 15 av de 29 landene er med.") == [
        ("15 av de 29 landene", 15, "landene"),
        ("29 landene", 29, "landene"),
    ]


def test_compounds_that_share_their_end_are_one_unit() -> None:
    assert _said("nb", "80 utenriks- og forsvarsministre deltar.") == [
        ("80 utenriks- og forsvarsministre", 80, "utenriks- og forsvarsministre")
    ]


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("nb", "Rundt 500 personer kom."),
        ("nn", "Meir enn 500 personar kom."),
        ("da", "Op mod 500 gæster kom."),
        ("sv", "Drygt 500 gäster kom."),
        ("de", "Etwa 500 Gäste kamen."),
        ("en", "About 500 guests came."),
    ],
)
def test_a_rough_number_is_approximate(tag: str, text: str) -> None:
    (figure,) = _figures(tag, text)

    assert figure.approximate
    assert figure.value == 500


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("nb", "Hun ble nummer 4, på 3. plass i fjor."),
        ("nb", "Missilet SSC-8 og flyet F-35."),
        ("nb", "En 54-åring løp 100-meteren."),
        ("nb", "Ring 22 34 56 78 i dag."),
        ("nb", "Kari Dal (47) sier det til TV 2."),
        ("nb", "Flere hundre var der."),
        ("nb", "Veien E6 og artikkel 5."),
        ("da", "En 34-årig mand på 2. sal."),
        ("nb", "Han kom på 12.-plass."),
        ("sv", "Det 16:e hålet för 23-årige Rahm."),
        ("de", "Er traf in der 76. Minute."),
        ("en", "The 3rd floor of Boeing 737."),
        ("en", "One of them said so."),
        ("en", "He has a house."),
    ],
)
def test_names_ordinals_ages_and_telephones_are_no_figures(tag: str, text: str) -> None:
    assert _figures(tag, text) == []


def test_a_number_within_a_date_is_no_figure() -> None:
    text = "I 2018 kom 500 soldater."
    claimed = (DateMention(surface="I 2018", value="2018", start=0, end=6),)

    assert [it.surface for it in _figures("nb", text, claimed)] == ["500 soldater"]


@pytest.mark.parametrize("role", ["header", "byline", "dateline", "signoff", "notice"])
def test_only_running_text_is_read(role: str) -> None:
    text = "500 soldater"
    blocks = (Block(role=role, start=0, end=len(text)),)  # type: ignore[arg-type]

    assert figures(text, blocks, "nb") == ()


def test_of_an_unknown_language_measures_are_known() -> None:
    assert _said(None, "Det var 98 procent, sa 500 soldater.") == [
        ("98 procent", 98, "procent"),
        ("500", 500, None),
    ]


@pytest.mark.parametrize(
    "text", ["1 " * 20000, "5 hundre " * 8000, "1." * 20000, "to og en halv " * 5000, "5 a-" * 9000]
)
def test_a_hostile_text_is_read_in_time(text: str) -> None:
    _figures("nb", text)
