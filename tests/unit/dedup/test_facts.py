"""What an article states: names, days and numbers, in whatever form they are written."""

from typing import Any

import pytest

from tidende.dedup.facts import facts_of


def _dated(surface: str, tag: str | None = "nb") -> dict[str, Any]:
    language = {"tag": tag, "confidence": 1.0} if tag else None
    return {"language": language, "dates": [{"surface": surface}]}


@pytest.mark.parametrize(
    ("surface", "tag", "forms"),
    [
        ("tirsdag 3. mai", "nb", {"tirsdag", "3", "mai"}),
        ("for tre år siden", "nb", {"3"}),
        ("5. jan.", "nb", {"5", "januar"}),
        ("på lördagens", "sv", {"lördag"}),
        ("am Montagabend", "de", {"montag"}),
        ("last Tuesday", "en", {"tuesday"}),
        ("i dag", "nb", set()),
        ("tirsdag", None, {"tirsdag"}),
    ],
)
def test_a_date_states_its_days_months_and_numbers(
    surface: str, tag: str | None, forms: set[str]
) -> None:
    """What only points from the day of writing is no fact by itself."""
    vocabulary = [word for word in surface.replace(".", "").lower().split() if word.isdigit()]
    assert set(facts_of(vocabulary, _dated(surface, tag)).forms.values()) == forms


def test_a_spelled_number_counts_as_its_digits() -> None:
    """Papers differ in which numbers they write out."""
    facts = facts_of([], {"figures": [{"surface": "tre personer", "value": 3}]})
    assert facts.forms == {"tre": "3"}
    assert facts.figures == {"tre"}


def test_names_are_facts_but_no_figures() -> None:
    """People, organisations and places."""
    facts = facts_of(["ole", "5"], {"people": [{"name": "Ole Lie"}], "places": [{"name": "Ski"}]})
    assert set(facts.forms) == {"ole", "lie", "ski", "5"}
    assert facts.figures == {"5"}


def test_an_extraction_may_lack_everything() -> None:
    """Numbers are seen without it."""
    assert facts_of(["1905", "ord"], {}).forms == {"1905": "1905"}
