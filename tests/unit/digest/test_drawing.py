"""Where a timeline's dots and a page's bars go."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tidende.digest.drawing import bars, timeline
from tidende.digest.phrasebook import load_phrasebook
from tidende.model.edition import DigestThread, Edition, ThreadStory

MakeEvent = Callable[..., dict[str, Any]]
MakeEdition = Callable[..., Edition]

START = datetime(2026, 1, 1, tzinfo=UTC)


def _thread(days: list[int]) -> DigestThread:
    stories = (
        ThreadStory(
            story=f"s{number}",
            headline="En sak",
            language="nb",
            published=None,
            received=START + timedelta(days=day),
        )
        for number, day in enumerate(sorted(days))
    )
    return DigestThread(id="t", stories=tuple(stories))


def test_dots_lie_as_their_days_do() -> None:
    assert [dot.across for dot in timeline(_thread([0, 50, 100]))] == [2.0, 50.0, 98.0]


@given(days=st.lists(st.integers(0, 9_000), min_size=1, max_size=12))
def test_dots_stay_in_order_apart_and_on_the_line(days: list[int]) -> None:
    across = [dot.across for dot in timeline(_thread(days))]
    assert all(0 <= each <= 100 for each in across)
    assert all(b - a > 4 for a, b in pairwise(across))


def test_bars_are_countries_in_the_digests_language(event: MakeEvent, edition: MakeEdition) -> None:
    def place(name: str, country: str | None, times: int) -> dict[str, Any]:
        return {"name": name, "country": country, "mentions": [[0, 1]] * times, "references": []}

    places = [place("Norge", "NO", 2), place("Oslo", "NO", 2), place("Europa", None, 1)]
    drawn = bars(edition(event(1, "Sak.", places=places), language="de"), load_phrasebook("de"))
    assert [(bar.name, bar.places, bar.mentions, bar.length) for bar in drawn] == [
        ("Norwegen", ("Oslo",), 4, 100.0),
        ("Europa", (), 1, 25.0),
    ]


def test_an_edition_without_places_has_no_bars(edition: MakeEdition) -> None:
    assert bars(edition(), load_phrasebook("nb")) == ()
