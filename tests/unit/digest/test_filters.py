"""Filters: which articles a digest tells."""

from typing import Any

import pytest

from tidende.digest.filters import Filter

EVENT: dict[str, Any] = {
    "data": {
        "text": "Skogbrann ved Storvik\nBrannvesenet slukket   brannen i Nesøya kommune.",
        "extraction": {
            "language": {"tag": "nb", "confidence": 0.9},
            "agencies": ["NTB"],
            "people": [{"name": "Ragna Holmvik"}],
            "organisations": [{"name": "Storvik brannvesen", "aliases": ["SBV"]}],
            "places": [{"name": "Storvik", "country": "NO"}, {"name": "Nesøya", "country": None}],
        },
        "provenance": {"source": "wire"},
    }
}


def test_without_a_wish_every_article_fits() -> None:
    assert Filter().fits(EVENT)


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        ("languages", "nb"),
        ("languages", "NB"),
        ("languages", "no"),
        ("sources", "ntb"),
        ("sources", "Wire"),
        ("places", "NO"),
        ("places", "storvik"),
        ("places", "Nesøya"),
        ("people", "Ragna Holmvik"),
        ("people", "holmvik"),
        ("organisations", "Storvik brannvesen"),
        ("organisations", "sbv"),
        ("words", "SKOGBRANN"),
        ("words", "slukket brannen"),
        ("words", "brannv*"),
    ],
)
def test_an_article_fits_by_what_it_holds(kind: str, wanted: str) -> None:
    assert Filter(**{kind: ("nothing of it", wanted)}).fits(EVENT)


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        ("languages", "n"),
        ("languages", "nn"),
        ("sources", "NT"),
        ("places", "SE"),
        ("places", "no"),
        ("places", "Stor"),
        ("people", "Holm"),
        ("people", "Ragna vik"),
        ("organisations", "brann"),
        ("words", "brann"),
        ("words", "vesenet"),
        ("words", "brannen Nesøya"),
        ("words", "br.*"),
    ],
)
def test_an_article_does_not_fit_by_half_a_word(kind: str, wanted: str) -> None:
    assert not Filter(**{kind: (wanted,)}).fits(EVENT)


def test_every_list_must_be_met_by_one_of_its_entries() -> None:
    assert Filter(languages=("da", "nb"), places=("NO",)).fits(EVENT)
    assert not Filter(languages=("da",), places=("NO",)).fits(EVENT)


def test_a_regional_language_is_its_language() -> None:
    extraction = EVENT["data"]["extraction"] | {"language": {"tag": "en-GB", "confidence": 1}}
    event = {"data": EVENT["data"] | {"extraction": extraction}}
    assert Filter(languages=("en",)).fits(event)
    assert not Filter(languages=("en-US",)).fits(event)


def test_an_article_of_no_known_language_fits_no_wish_for_one() -> None:
    extraction = EVENT["data"]["extraction"] | {"language": None}
    assert not Filter(languages=("nb",)).fits({"data": EVENT["data"] | {"extraction": extraction}})
