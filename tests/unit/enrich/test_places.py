"""Places: one for all spellings, each with its country, and what points at it."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidende import lexicon
from tidende.enrich.places import places
from tidende.model.article import Block, Place

GENITIVE = ("'s", "s", "'")


def found(
    text: str, names: str, tag: str | None = "nb", *, nouns: bool = False
) -> tuple[Place, ...]:
    """Give the names, split by commas, as mentions wherever they stand."""
    pattern = "|".join(re.escape(name) for name in names.split(", "))
    spans = [match.span() for match in re.finditer(rf"(?<![\w-])(?:{pattern})(?![\w-])", text)]
    blocks = (Block(role="paragraph", start=0, end=len(text)),)
    return places(text, blocks, tag, spans, GENITIVE, nouns=nouns)


def countries(said: tuple[Place, ...]) -> dict[str, str | None]:
    return {place.name: place.country for place in said}


@pytest.mark.parametrize(
    ("text", "names", "tag", "name", "mentions"),
    [
        ("Bergens ordfører bor i Bergen.", "Bergens, Bergen", "nb", "Bergen", 2),
        ("BERGEN får snø, og Bergen liker det.", "BERGEN, Bergen", "nb", "Bergen", 2),
        ("USA's minister reiste til USA.", "USA's, USA", "da", "USA", 2),
        ("Holland vant. Nederland er Nederland.", "Holland, Nederland", "nb", "Nederland", 3),
        ("Paris sover. I Paris regnar det.", "Paris", "sv", "Paris", 2),
        ("Lilleviks kai brann. Lillevik sørger.", "Lilleviks, Lillevik", "nn", "Lillevik", 2),
        ("He left the Netherlands.", "the Netherlands", "en", "Netherlands", 1),
        ("Er wohnt in Den Haag.", "Den Haag", "de", "Den Haag", 1),
        ("Honduras vant i går.", "Honduras", "nb", "Honduras", 1),
    ],
)  # fmt: skip
def test_all_spellings_are_one_place(
    text: str, names: str, tag: str, name: str, mentions: int
) -> None:
    (place,) = found(text, names, tag)

    assert place.name == name
    assert len(place.mentions) == mentions


@pytest.mark.parametrize(
    ("text", "names", "tag", "country"),
    [
        ("Georgia ba om hjelp i Tbilisi.", "Georgia, Tbilisi", "nb", "GE"),
        ("Georgia tok imot gjester fra Atlanta og Alabama.", "Georgia, Atlanta, Alabama", "nb",
         "US"),
        ("Georgia, USA og Russland møttes.", "Georgia, USA, Russland", "nb", "GE"),
        ("Georgia vil inn, sier Washington.", "Georgia, Washington", "nb", "GE"),
        ("Tripoli in Lebanon is quiet.", "Tripoli, Lebanon", "en", "LB"),
        ("Tripoli in Libya, not in Lebanon.", "Tripoli, Libya, Lebanon", "en", "LY"),
        ("The Venezuelan team flew to Valencia.", "Valencia", "en", "VE"),
        ("Valencia er fin om våren.", "Valencia", "nb", "ES"),
    ],
)  # fmt: skip
def test_an_ambiguous_name_goes_by_what_else_the_article_names(
    text: str, names: str, tag: str, country: str
) -> None:
    first = names.split(", ", maxsplit=1)[0]

    assert countries(found(text, names, tag))[first] == country


@pytest.mark.parametrize(
    ("name", "tag", "country"),
    [
        ("Nord-Italia", "nb", "IT"),
        ("Sør-Øst-Frankrike", "nb", "FR"),
        ("Sør Sudan", "nb", "SS"),
        ("Süditalien", "de", "IT"),
        ("Norra Tyskland", "sv", "DE"),
        ("norra Tyskland", "sv", "DE"),
        ("Lillehammer kommune", "nb", "NO"),
        ("Stockholms kommun", "sv", "SE"),
        ("Nordsjælland", "da", "DK"),
        ("Vestlund", "nb", None),
        ("Slottet", "nb", None),
        ("Nordsjøen", "nb", None),
    ],
)
def test_an_unknown_name_has_a_country_only_if_it_holds_one(
    name: str, tag: str, country: str | None
) -> None:
    (place,) = found(f"{name} er nevnt her.", name, tag)

    assert (place.name, place.country) == (name, country)


@pytest.mark.parametrize(
    ("text", "name", "tag", "references"),
    [
        ("Den irakiske hæren forlot Irak. Irakerne jublet.", "Irak", "nb",
         ["Den irakiske", "Irakerne"]),
        ("Dei irakiske styrkane i Irak", "Irak", "nn", ["Dei irakiske"]),
        ("USA-turen gikk til USA, i en USA-ledet gruppe.", "USA", "da", ["USA-turen", "USA-ledet"]),
        ("Svenskarna i Sverige och det svenska", "Sverige", "sv", ["Svenskarna", "svenska"]),
        ("The Iraqi army left Iraq; Iraqis cheered.", "Iraq", "en", ["The Iraqi", "Iraqis"]),
        ("A South African in South Africa", "South Africa", "en", ["South African"]),
        ("Der Irak-Krieg im Irak und die irakischen Truppen", "Irak", "de",
         ["Irak-Krieg", "die irakischen"]),
        ("Veien Oslo-Bergen er stengt ved Oslo.", "Oslo", "nb", []),
        ("Skotske og britiske menn i Storbritannia", "Storbritannia", "nb", ["britiske"]),
        ("New York-turen til New York", "New York", "nb", ["New York-turen"]),
    ],
)  # fmt: skip
def test_what_points_at_a_place_is_a_reference(
    text: str, name: str, tag: str, references: list[str]
) -> None:
    (place,) = found(text, name, tag, nouns=tag == "de")

    assert [text[start:end] for start, end in place.references] == references


def test_of_many_countries_each_has_its_references() -> None:
    names = (
        "Argentina, Australia, Belgia, Brasil, Bulgaria, Canada, Chile, Danmark, Egypt, Estland, "
        "Finland, Frankrike, Hellas, India, Irak, Iran, Irland, Island, Israel, Italia, Japan, "
        "Kina, Kroatia, Latvia, Litauen, Mexico, Nederland, Pakistan, Peru, Polen, Portugal, "
        "Romania, Russland, Serbia, Spania, Sveits, Sverige, Tyrkia, Ungarn, Vietnam"
    )
    said = found(f"{names}. En polsk og en italiensk båt lå ved en islandsk.", names)

    assert len(said) == len(names.split(", "))
    assert {place.name for place in said if place.references} == {"Island", "Italia", "Polen"}


def test_what_points_at_a_place_makes_none() -> None:
    assert not found("Irakiske soldater dro på Syria-tur.", "Norge")


def test_a_reference_is_no_part_of_a_mention() -> None:
    (place,) = found("Bosnia-grensen, sier Bosnia.", "Bosnia-grensen, Bosnia")[:1]

    assert not place.references


@pytest.mark.parametrize("tag", [None, "fi"])
def test_without_a_language_that_has_a_lexicon_all_are_tried(tag: str | None) -> None:
    text = "Den irakiska armén lämnade Bryssel och Irak."
    said = found(text, "Bryssel, Irak", tag)

    assert countries(said) == {"Bryssel": "BE", "Irak": "IQ"}
    assert [place.references for place in said] == [(), ((0, 12),)]


def test_only_running_text_is_searched() -> None:
    text = "Foto: den irakiske hær\nIrak svarer."
    blocks = (
        Block(role="byline", start=0, end=22),
        Block(role="paragraph", start=23, end=len(text)),
    )
    (place,) = places(text, blocks, "nb", [(23, 27)], GENITIVE)

    assert place.references == ()


_WORDS = st.sampled_from(
    [
        "Irak",
        "Iraks",
        "irakiske",
        "den",
        "Den",
        "USA",
        "USA-turen",
        "New York",
        "Oslo-Bergen",
        "–",
        ",",
    ]
)


@given(st.lists(_WORDS, max_size=30), st.sampled_from([*lexicon.tags(), None]))
def test_every_span_lies_in_the_text_and_none_overlap(words: list[str], tag: str | None) -> None:
    text = " ".join(words)
    said = found(text, "Irak, Iraks, USA, New York, Georgia, Atlanta", tag)
    spans = sorted(span for place in said for span in (*place.mentions, *place.references))

    assert all(text[start:end].strip() == text[start:end] != "" for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "names", "tag", "country"),
    [
        ("Han bor på Fjukebrenna i Lillehammer.", "Fjukebrenna, Lillehammer", "nb", "NO"),
        ("Det hendte i Fjukebrenna i Nord-Irak.", "Fjukebrenna, Nord-Irak", "nb", "IQ"),
        ("Han bor i Fjukegata. Oslo er stort.", "Fjukegata, Oslo", "nb", "NO"),
        ("Manden bor i Fjukegade i København.", "Fjukegade, København", "da", "DK"),
        ("Han kom fra Fjukegata, og så til Paris.", "Fjukegata, Paris", "nb", None),
        ("Han dro fra Fjukebad, Paris og Roma.", "Fjukebad, Paris, Roma", "nb", None),
    ],
)
def test_a_place_in_no_list_is_where_the_article_says(
    text: str, names: str, tag: str, country: str | None
) -> None:
    assert countries(found(text, names, tag))[names.split(", ", maxsplit=1)[0]] == country
