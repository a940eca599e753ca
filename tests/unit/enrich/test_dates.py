"""Dates in prose: found in each language, and resolved no further than the article's date."""

import pytest

from tidende.enrich.dates import dates
from tidende.model.article import Block, DateMention, Published


def _published(value: str | None) -> Published | None:
    if value is None:
        return None
    precision = {4: "year", 7: "month", 10: "day"}.get(len(value), "minute")
    return Published(value=value, precision=precision, origin="header")  # type: ignore[arg-type]


def _dates(tag: str | None, text: str, published: str | None = None) -> list[DateMention]:
    blocks = (Block(role="paragraph", start=0, end=len(text)),)
    return list(dates(text, blocks, tag, _published(published)))


WEDNESDAY = "2018-02-14"


@pytest.mark.parametrize(
    ("tag", "text", "surface", "value"),
    [
        ("nb", "Det skjedde i går.", "i går", "2018-02-13"),
        ("nb", "Han sa det torsdag.", "torsdag", "2018-02-08"),
        ("nb", "De skal møtes torsdag.", "torsdag", "2018-02-15"),
        ("nb", "Retten møtes mandag.", "mandag", "2018-02-19"),
        ("nb", "Han møter laget som slo dem mandag.", "mandag", "2018-02-12"),
        ("nb", "Hun forsvant 10. juni.", "10. juni", "2017-06-10"),
        ("nb", "De ble enige om å møtes 10. juni.", "10. juni", "2018-06-10"),
        ("nb", "Kampen spilles i helgen.", "i helgen", "2018-02-17/2018-02-18"),
        ("nb", "Tallene falt i første halvår.", "i første halvår", "2018-01/2018-06"),
        ("nb", "De møtes neste uke.", "neste uke", "2018-02-19/2018-02-25"),
        ("nb", "Møtet er førstkommende helg.", "førstkommende helg", "2018-02-17/2018-02-18"),
        ("nb", "Det var i februar i fjor.", "i februar i fjor", "2017-02"),
        ("nb", "Det var i november.", "i november", "2017-11"),
        ("nb", "Den 3. mai 2016 kom han.", "Den 3. mai 2016", "2016-05-03"),
        ("nb", "Kampen går 10.–12. mars.", "10.–12. mars", "2018-03-10/2018-03-12"),
        ("nb", "For to år siden kom han.", "For to år siden", "2016"),
        ("nb", "Om tre dager reiser han.", "Om tre dager", "2018-02-17"),
        ("nb", "Det var på 1990-tallet.", "på 1990-tallet", "1990/1999"),
        ("nb", "Det var i sesongen 2016/17.", "2016/17", "2016/2017"),
        ("nb", "Det var i andre kvartal.", "i andre kvartal", "2017-04/2017-06"),
        (
            "nb",
            "Torsdag 3. mai kl. 19.30 er det fest.",
            "Torsdag 3. mai kl. 19.30",
            "2018-05-03T19:30",
        ),
        ("nn", "Det hende førre laurdag.", "førre laurdag", "2018-02-10"),
        ("nn", "Det hende for fem månader sidan.", "for fem månader sidan", "2017-09"),
        ("da", "Det skete i sidste uge.", "i sidste uge", "2018-02-05/2018-02-11"),
        ("da", "De rejser på fredag.", "på fredag", "2018-02-16"),
        ("da", "Skolerne lukker fra mandag.", "mandag", "2018-02-19"),
        ("da", "Det skete i andet halvår 2016.", "i andet halvår 2016", "2016-07/2016-12"),
        ("da", "Kort efter nytår rejste han.", "Kort efter nytår", "2018-01"),
        ("sv", "Han kom i fredags.", "i fredags", "2018-02-09"),
        ("sv", "Han kommer på fredag.", "på fredag", "2018-02-16"),
        ("sv", "Ministern besöker Lund på måndagen.", "på måndagen", "2018-02-19"),
        ("sv", "Han kom på fredagen.", "på fredagen", "2018-02-09"),
        ("sv", "Det hände förra året.", "förra året", "2017"),
        ("de", "Er kam vor zwei Monaten.", "vor zwei Monaten", "2017-12"),
        ("de", "Sie treffen sich morgen.", "morgen", "2018-02-15"),
        ("de", "Am Mittwoch, dem 14. März, wählt er.", "Am Mittwoch, dem 14. März", "2018-03-14"),
        ("de", "Im Herbst 2017 kam er.", "Im Herbst 2017", "2017"),
        ("en", "He came last Tuesday.", "last Tuesday", "2018-02-13"),
        ("en", "It opened on May 3, 2016.", "on May 3, 2016", "2016-05-03"),
        ("en", "It opened on the 3rd of May 2016.", "the 3rd of May 2016", "2016-05-03"),
        ("en", "He came three years ago.", "three years ago", "2015"),
        ("en", "It was common in the 1980s.", "the 1980s", "1980/1989"),
    ],
)
def test_a_date_is_resolved_against_a_day(tag: str, text: str, surface: str, value: str) -> None:
    (found,) = _dates(tag, text, WEDNESDAY)

    assert found.value == value
    assert surface in found.surface


@pytest.mark.parametrize(
    ("text", "published", "value"),
    [
        ("Han sa det torsdag.", "2018-02", None),
        ("Han sa det i dag.", "2018-02", None),
        ("De møttes denne uken.", "2018-02", None),
        ("De møttes i januar.", "2018-02", "2018-01"),
        ("De møttes i januar.", "2018", None),
        ("De møttes i fjor.", "2018", "2017"),
        ("De møttes i fjor.", None, None),
        ("De møttes 11. september.", None, None),
        ("De møttes i mai 2016.", None, "2016-05"),
        ("De møttes 31. februar 2016.", None, None),
    ],
)
def test_no_date_is_resolved_further_than_publication_allows(
    text: str, published: str | None, value: str | None
) -> None:
    (found,) = _dates("nb", text, published)

    assert found.value == value


def test_a_day_early_in_the_year_is_next_to_december() -> None:
    (found,) = _dates("nn", "Vi opnar 2. januar.", "2012-12-28")

    assert found.value == "2013-01-02"


@pytest.mark.parametrize(
    ("tag", "text", "value"),
    [
        ("nb", "Tapet i 2016 var 3 mill. kroner, mot 2 mill. året før.", "2015"),
        ("da", "Det skete i 2016. Året efter flyttede han.", None),
        ("sv", "Året innan var det lugnt.", None),
    ],
)
def test_the_year_before_counts_from_a_year_in_its_sentence(
    tag: str, text: str, value: str | None
) -> None:
    assert _dates(tag, text, WEDNESDAY)[-1].value == value


@pytest.mark.parametrize(
    ("tag", "text", "surface"),
    [
        ("nb", "To dager senere kom han.", "To dager senere"),
        ("nb", "Døra åpner kl. 19.30.", "kl. 19.30"),
        ("nn", "Klokka åtte kom ho.", "Klokka åtte"),
        ("de", "Er kam um 12 Uhr.", "um 12 Uhr"),
        ("en", "It opens at 7 p.m. sharp.", "at 7 p.m."),
        ("en", "He left the next day.", "the next day"),
        ("en", "It will end this century.", "this century"),
    ],
)
def test_what_counts_from_the_story_has_no_value(tag: str, text: str, surface: str) -> None:
    (found,) = _dates(tag, text, WEDNESDAY)

    assert found.value is None
    assert surface in found.surface


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("nb", "Det varte i to uker."),
        ("nb", "Rundt 2000 demonstranter kom."),
        ("nb", "Hun kjøpte 1950 kroner dyre sko."),
        ("nb", "En mann i 50-årene ble funnet."),
        ("sv", "Priset är 2:50 kronor."),
        ("de", "Es dauerte zwei Wochen."),
        ("en", "Theresa May said it may rain."),
        ("en", "She is in her 50s."),
        ("en", "Over the last year it grew."),
        ("en", "They will march on."),
    ],
)
def test_durations_amounts_and_names_are_no_dates(tag: str, text: str) -> None:
    assert _dates(tag, text, WEDNESDAY) == []


def test_of_an_unknown_language_all_words_for_dates_are_known() -> None:
    found = _dates(None, "Det hände i går, am 3. Mai, on 4 July.", WEDNESDAY)

    assert [it.surface for it in found] == ["i går", "am 3. Mai", "on 4 July"]


@pytest.mark.parametrize("role", ["header", "byline", "dateline", "signoff", "notice"])
def test_only_running_text_is_read(role: str) -> None:
    text = "torsdag"
    blocks = (Block(role=role, start=0, end=len(text)),)  # type: ignore[arg-type]

    assert dates(text, blocks, "nb", None) == ()


@pytest.mark.parametrize(
    "text", ["3. " * 20000, "for en to siden " * 6000, "kl " * 20000, "1:" * 20000]
)
def test_a_hostile_text_is_read_in_time(text: str) -> None:
    _dates("nb", text, WEDNESDAY)
