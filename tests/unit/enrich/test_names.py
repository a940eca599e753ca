"""Names: people, organisations and places, each gathered from all its mentions."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidende import lexicon
from tidende.enrich.names import Names, names
from tidende.model.article import Block, Organisation, Person, Place, Span

_PIECES: tuple[str, ...] = (
    "Kari",
    "Nordmanns",
    "Nato-landene",
    "leder",
    "(Ap)",
    ",",
    ".",
    "\n",
    "i",
    "IS",
    "–",
)
_PIECES += ("Oslo", "al-Asad", "J.K.", "von", "USA's", "Universitetet", "for", "Å", "“", "'s")


def found(text: str, tag: str | None = "nb") -> Names:
    """Name what a text of one paragraph names."""
    return names(text, (Block(role="paragraph", start=0, end=len(text)),), tag)


def person(text: str, tag: str | None = "nb") -> Person:
    """Return the only person that a text names."""
    (only,) = found(text, tag).people
    return only


def surfaces(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("text", "tag", "name", "mentions"),
    [
        (
            "Kari Nordmann talte i går. Nordmanns tale varte lenge, sier Nordmann.",
            "nb",
            "Kari Nordmann",
            ["Kari Nordmann", "Nordmanns", "Nordmann"],
        ),
        ("Det seier Olav Haugen. Haugen er uroa.", "nn", "Olav Haugen", ["Olav Haugen", "Haugen"]),
        (
            "Det siger Mette Holm Jensen. Holm Jensen er glad.",
            "da",
            "Mette Holm Jensen",
            ["Mette Holm Jensen", "Holm Jensen"],
        ),
        (
            "Det säger Anna Lindberg. Lindbergs bror är också nöjd.",
            "sv",
            "Anna Lindberg",
            ["Anna Lindberg", "Lindbergs"],
        ),
        (
            "It was said by John Miller. Miller's car was sold.",
            "en",
            "John Miller",
            ["John Miller", "Miller"],
        ),
        (
            "Das sagte Peter Schmidt. Schmidt ist zufrieden.",
            "de",
            "Peter Schmidt",
            ["Peter Schmidt", "Schmidt"],
        ),
    ],
)
def test_a_person_is_one_across_all_mentions(
    text: str, tag: str, name: str, mentions: list[str]
) -> None:
    said = person(text, tag)

    assert said.name == name
    assert surfaces(text, said.mentions) == mentions


@pytest.mark.parametrize(
    "name", ["Lars von Berg", "Frank Bakke-Jensen", "Carl I. Hagen", "Omar al-Masri", "Jan van Dam"]
)
def test_particles_initials_and_double_names_are_part_of_the_name(name: str) -> None:
    assert person(f"Det sier {name} til avisen.").name == name


@pytest.mark.parametrize(
    ("text", "tag", "role"),
    [
        ("I går kom utenriksminister Kari Nordmann hjem.", "nb", "utenriksminister"),
        ("Det opplyser Natos generalsekretær, Kari Nordmann.", "nb", "Natos generalsekretær"),
        ("Så kom forsvarsminister i USA, Kari Nordmann, hjem.", "nb", "forsvarsminister i USA"),
        ("Kari Nordmann, generalsekretær i Nato, reiser hjem.", "nb", "generalsekretær i Nato"),
        ("Kari Nordmann (42), dagleg leiar i firmaet, er nøgd.", "nn", "dagleg leiar i firmaet"),
        ("Det siger den danske forsvarsminister, Mette Holm.", "da", "den danske forsvarsminister"),
        ("Det säger statsminister Anna Lindberg i dag.", "sv", "statsminister"),
        ("The plan was backed by former president John Miller.", "en", "former president"),
        ("Das sagte der Ministerpräsident Peter Schmidt.", "de", "der Ministerpräsident"),
    ],
)
def test_a_role_is_read_beside_the_name(text: str, tag: str, role: str) -> None:
    assert role in person(text, tag).roles


def test_no_role_is_guessed() -> None:
    assert person("I går var Kari Nordmann hjemme hos en venn.").roles == ()


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("Det sier Kari Nordmann (Ap).", "Ap"),
        ("Det sier Kari Nordmann (H).", "H"),
        ("Det sier Kari Nordmann (42).", None),
        ("Det sier Kari Nordmann (til høyre).", None),
    ],
)
def test_a_party_stands_in_brackets(text: str, party: str | None) -> None:
    assert person(text).party == party


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        (
            "Forsvarsminister Kari Nordmann kom. Senere gikk forsvarsministeren hjem.",
            "forsvarsministeren",
        ),
        (
            "Natos generalsekretær, Kari Nordmann, kom. Nato-sjefen var blid.",
            "Nato-sjefen",
        ),
    ],
)
def test_a_definite_role_refers_to_who_has_it(text: str, reference: str) -> None:
    assert reference in surfaces(text, person(text).references)


@pytest.mark.parametrize(
    ("text", "tag", "names"),
    [
        ("Ola Saltnes sto i mål. Saltnes var god.", "nb", ["Ola Saltnes"]),
        ("Her mødte Cees 't Hart pressen.", "da", ["Cees 't Hart"]),
        ("Her taler Lars Løkke Rasmussen. Løkke er glad.", "da", ["Lars Løkke Rasmussen"]),
        ("Han gav Peter Madsen fængsel i går.", "da", ["Peter Madsen"]),
        ("Det sier sjef i Equinor Anders Opedal her.", "nb", ["Anders Opedal"]),
        ("Han var på Twitter da Maradona kom. Maradona smilte.", "nb", ["Maradona"]),
        (
            "Her er Ursula von der Leyen og Leonardo da Vinci.",
            "nb",
            ["Ursula von der Leyen", "Leonardo da Vinci"],
        ),
        ("Ballen gikk til Kevin De Bruyne igjen.", "nb", ["Kevin De Bruyne"]),
        ("Han så Ola Hansens FC Fjellvik vinne.", "nb", ["Ola Hansen"]),
        ("Nun kommt Grünen-Chef Robert Habeck dran.", "de", ["Robert Habeck"]),
    ],
)
def test_a_name_begins_and_ends_where_it_should(text: str, tag: str, names: list[str]) -> None:
    assert [each.name for each in found(text, tag).people] == names


def test_a_role_that_two_people_have_refers_to_neither() -> None:
    text = "Minister Kari Nordmann og minister Ola Hansen kom. Ministeren smilte."

    assert all(not each.references for each in found(text).people)


def test_a_party_and_its_member_are_two_names() -> None:
    said = found("Det mener Frps Oskar Hansen. Frp er uenig.")

    assert [each.name for each in said.people] == ["Oskar Hansen"]
    assert [each.name for each in said.organisations] == ["Frp"]


@pytest.mark.parametrize(
    ("text", "tag", "name", "aliases"),
    [
        ("NATO møtes. Nato er enig, og Natos råd sier ja.", "nb", "NATO", ("Nato",)),
        (
            "Det opplyser Nasjonal kommunikasjonsmyndighet (Nkom). Nkom advarer.",
            "nb",
            "Nasjonal kommunikasjonsmyndighet",
            ("Nkom",),
        ),
        (
            "Kampen mod Islamisk Stat - også kaldet Isil - fortsætter. Isil er svækket.",
            "da",
            "Islamisk Stat",
            ("Isil",),
        ),
    ],
)
def test_an_organisation_has_its_other_names(
    text: str, tag: str, name: str, aliases: tuple[str, ...]
) -> None:
    (only,) = found(text, tag).organisations

    assert (only.name, only.aliases) == (name, aliases)


def test_a_compound_refers_to_the_organisation() -> None:
    text = "Nato møtes i dag. Alle Nato-landene deltar."

    (only,) = found(text).organisations

    assert surfaces(text, only.references) == ["Nato-landene"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Saken behandles i Bergen tingrett i morgen.", "Bergen tingrett"),
        ("Det viser en studie fra Universitetet i Oslo.", "Universitetet i Oslo"),
        ("Han er forsker ved Institutt for samfunnsforskning.", "Institutt for samfunnsforskning"),
    ],
)
def test_an_institution_keeps_its_tail(text: str, name: str) -> None:
    assert name in [each.name for each in found(text).organisations]


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("Ingen vet hva som skjedde. Dette er uklart. Men det går bra.", "nb"),
        ("Ingen ved, hvad der skete. Det er uklart. Men det går.", "da"),
        ("Nobody knows what happened. This is unclear. But it works.", "en"),
        ("", None),
    ],
)
def test_a_text_without_names_has_none(text: str, tag: str | None) -> None:
    assert found(text, tag) == Names()


def test_only_running_text_is_read() -> None:
    text = "Av Kari Nordmann"

    assert names(text, (Block(role="byline", start=0, end=len(text)),), "nb") == Names()


def test_a_language_without_a_lexicon_falls_back_to_all() -> None:
    assert person("Det mener Kari Nordmann. Nordmann smiler.", "fr").name == "Kari Nordmann"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(_PIECES) | st.text(max_size=6),
        max_size=40,
    ),
    st.sampled_from((*lexicon.tags(), None)),
)
def test_every_mention_is_a_span_of_the_text(parts: list[str], tag: str | None) -> None:
    text = " ".join(parts)

    said = found(text, tag)

    everything: tuple[Person | Organisation | Place, ...] = (
        *said.people,
        *said.organisations,
        *said.places,
    )
    for each in everything:
        for start, end in (*each.mentions, *each.references):
            assert 0 <= start < end <= len(text)
            assert text[start:end] == text[start:end].strip()
