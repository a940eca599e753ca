"""Two articles are weighed by what they share, and it doesn't matter which comes first."""

from dataclasses import replace

import pytest

from reports import clues_in
from tidende.dedup.stories.clues import NOTHING
from tidende.dedup.stories.evidence import keys
from tidende.dedup.stories.weigh import SIGNALS, measure, weigh, weigh_all

MONDAY, TUESDAY, WEDNESDAY, SUNDAY = 1, 2, 4, 64  # bits
GERMAN = """
Brücke über die Storelva eingestürzt

Elvestad (dpa) - In der norwegischen Kleinstadt Elvestad ist am Montag eine Brücke über die Storelva
eingestürzt. Bürgermeisterin Åse Bjørnsen sprach von einem Wunder, dass von den 38 Fahrgästen eines
Linienbusses niemand ums Leben kam.

Die Baufirma Vestbygg hatte die Brücke erst 2019 saniert.
"""
NORWEGIAN = """
Bro raste sammen i Elvestad

38 busspassasjerer kom fra det uten alvorlige skader da brua over Storelva raste sammen mandag.

– Det er et under at ingen liv gikk tapt, sier ordfører Åse Bjørnsen.

Entreprenøren Vestbygg pusset opp brua for få år siden.
"""
ANOTHER = """
Ny bru åpnet i Fossvik

Samferdselsministeren klippet snora da den nye brua over Fossvikelva ble åpnet onsdag. Den har
kostet 410 millioner kroner og er 640 meter lang.

– Vi har ventet i tjue år, sier ordfører Tor Hegge.
"""
GERMAN_OTHER = """
Lokführer streiken am Wochenende

Berlin (dpa) - Die Lokführer der Bahngesellschaft Nordstern legen am Samstag die Arbeit nieder. Ihr
Vorsitzender Jürgen Ahlers fordert sechs Prozent mehr Lohn. Betroffen sind vor allem Pendler.
"""


def test_names_link_a_german_report_to_a_norwegian_one() -> None:
    german, norwegian = clues_in(GERMAN), clues_in(NORWEGIAN)

    assert (german.language, norwegian.language) == ("de", "nb")
    assert weigh(german, norwegian).story > 0.5


@pytest.mark.parametrize("other", [NORWEGIAN, ANOTHER])
def test_german_nouns_are_no_names_that_link_other_matters(other: str) -> None:
    assert weigh(clues_in(GERMAN_OTHER), clues_in(other)).thread < 0.2


def test_german_nouns_do_not_count_as_names_of_persons_and_places() -> None:
    german = dict(clues_in(GERMAN).names.items())
    shared = german.keys() & dict(clues_in(NORWEGIAN).names.items()).keys()

    assert sum(german[each] for each in shared) > sum(german.values()) / 2


def test_another_event_of_the_kind_is_no_link() -> None:
    assert weigh(clues_in(NORWEGIAN), clues_in(ANOTHER)).story < 0.3


def test_a_link_is_the_same_from_both_ends() -> None:
    one, other = clues_in(GERMAN), clues_in(NORWEGIAN)

    assert weigh(one, other) == weigh(other, one)


def test_articles_weighed_together_are_linked_as_each_alone_is() -> None:
    one = clues_in(GERMAN)
    others = [clues_in(each) for each in (NORWEGIAN, ANOTHER, GERMAN_OTHER)]

    together = weigh_all(one, others)

    assert together == {at: weigh(one, other) for at, other in enumerate(others)}


def test_weak_links_are_left_out_when_asked_for() -> None:
    others = [clues_in(each) for each in (ANOTHER, NORWEGIAN)]

    assert weigh_all(clues_in(GERMAN), others, least=0.5).keys() == {1}


def test_an_article_alone_is_linked_with_nothing() -> None:
    assert weigh_all(clues_in(GERMAN), []) == {}


def test_an_article_of_which_nothing_is_known_is_like_no_other() -> None:
    links = weigh_all(NOTHING, [NOTHING, clues_in(GERMAN)])

    assert {each.measures for each in links.values()} == {(0.0,) * len(SIGNALS)}


def test_a_link_names_its_signals() -> None:
    link = weigh(clues_in(GERMAN), clues_in(NORWEGIAN))
    signals = {each.signal: float(each.value) for each in link.signals}

    assert signals["names"] > signals["words"]


@pytest.mark.parametrize(
    ("one", "other", "are_other"),
    [
        ("57 passasjerer", "83 passasjerer", True),
        ("57 passasjerer", "57 passasjerer", False),
        ("3 passasjerer", "4 passasjerer", False),
        ("57 passasjerer", "passasjerene", False),
        ("100 passasjerer", "200 passasjerer", False),
    ],
)
def test_other_numbers_speak_against_a_link(one: str, other: str, *, are_other: bool) -> None:
    """Small and round ones don't, nor does it that one report has none."""
    opening = "Bussen veltet på isen ved Fossvik tirsdag, og alle ble fraktet til sykehus. " * 6
    text = opening + "Om bord var {} som skulle hjem."  # a number in the opening counts twice
    link = weigh(*(clues_in(text.format(each)) for each in (one, other)))
    (value,) = (each.value for each in link.signals if each.signal == "other numbers")
    assert value == float(are_other)


@pytest.mark.parametrize(
    ("one", "other", "value"),
    [
        ({MONDAY}, {MONDAY}, 0),
        ({MONDAY}, {WEDNESDAY}, 1),
        ({MONDAY}, {TUESDAY}, 0.5),
        ({SUNDAY}, {MONDAY}, 0.5),
        ({SUNDAY}, {TUESDAY}, 1),
        ({MONDAY, SUNDAY}, {SUNDAY, WEDNESDAY}, 0),
        ({MONDAY}, set(), 0),
    ],
)
def test_other_days_speak_against_a_link(one: set[int], other: set[int], value: float) -> None:
    """Less where one follows the other: a report of the evening, and one of the morning after."""
    first, second = (replace(NOTHING, weekdays=sum(days)) for days in (one, other))
    measured = [
        dict(zip(SIGNALS, measure(*each), strict=True))
        for each in ((first, second), (second, first))
    ]
    assert [each["other days"] for each in measured] == [value, value]


def test_reports_in_two_languages_share_keys() -> None:
    assert set(keys(clues_in(GERMAN))) & set(keys(clues_in(NORWEGIAN)))
