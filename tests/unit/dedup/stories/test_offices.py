"""Who holds which office, as the words around it say."""

import pytest

from reports import clues_in
from tidende.dedup.stories.clues import Holder

NB = "Stortinget debatterte saken i går, og representantene var uenige om hva som bør gjøres nå. "
DA = "Folketinget diskuterede sagen i går, og politikerne var uenige om, hvad der nu skal ske. "
SV = "Riksdagen diskuterade frågan i går, och ledamöterna var oense om vad som nu bör göras. "
EN = "Parliament debated the issue yesterday, and its members disagreed on what should be done. "
DE = "Das Parlament hat gestern über die Frage beraten, und man war sich dabei nicht einig. "


@pytest.mark.parametrize(
    ("text", "country", "office", "person"),
    [
        (NB + "USAs forsvarsminister Robert Colby er enig.", "US", "defence-minister", "Colby"),
        (
            NB + "Den danske forsvarsministeren, Birthe Kjølby, er enig.",
            "DK",
            "defence-minister",
            "Kjølby",
        ),
        (
            NB + "Robert Colby, forsvarsminister i USA, er enig.",
            "US",
            "defence-minister",
            "Colby",
        ),
        (NB + "Forsvarsminister Nils Ramm (Ap) er enig.", "NO", "defence-minister", "Ramm"),
        (
            NB + "Nils Ramm (Ap), forsvarsminister, er enig med USA nå.",
            "NO",
            "defence-minister",
            "Ramm",
        ),
        (DA + "Forsvarsminister Birthe Kjølby (V) er enig.", "DK", "defence-minister", "Kjølby"),
        (SV + "USA:s försvarsminister Robert Colby är överens.", "US", "defence-minister", "Colby"),
        (EN + "U.S. Defense Secretary Robert Colby agrees.", "US", "defence-minister", "Colby"),
        (
            DE + "Der norwegische Verteidigungsminister Nils Ramm ist einverstanden.",
            "NO",
            "defence-minister",
            "Ramm",
        ),
        (
            NB + "Natos generalsekretær Willem Graaf er enig, og Nato vil vente.",
            "nato",
            "secretary-general",
            "Graaf",
        ),
    ],
)
def test_the_words_around_an_office_say_whose_it_is(
    text: str, country: str, office: str, person: str
) -> None:
    assert Holder(country=country, office=office, person=person) in clues_in(text).holders


@pytest.mark.parametrize(
    "text",
    [
        NB + "Tidligere forsvarsminister Nils Ramm (Ap) er enig.",
        NB + "Påtroppende forsvarsminister Nils Ramm (Ap) er enig.",
        NB + "Eks-statsminister Nils Ramm (Ap) er enig.",
        NB + "President Robert Colby er enig.",
        NB + "USA venter, og USA er bekymret. Utenriksminister Robert Colby er enig.",
    ],
)
def test_who_no_longer_holds_an_office_or_somewhere_else_is_left_out(text: str) -> None:
    assert clues_in(text).holders == ()
