"""What an update says: only what an earlier edition couldn't."""

from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import pytest

from desk import FERRY, Desk
from tidende.digest.summarise import summarise
from tidende.digest.telling import Telling, tell
from tidende.model.edition import DigestStory

MakeEvent = Callable[..., dict[str, Any]]

FIRST = "Brannen i fabrikken ved Storvik krevde liv natt til tirsdag. Det er funnet 3 omkomne."


def _update(known: dict[str, Any], come: dict[str, Any]) -> DigestStory:
    def recall(ids: Collection[str]) -> dict[str, list[Telling]]:
        assert set(ids) == {"s"}
        return {"s": [tell(known)]}

    [story] = summarise([come], "nb", recall=recall)
    return story


def test_another_papers_number_of_the_same_is_a_change(event: MakeEvent) -> None:
    known = event(1, FIRST, headline="Brann", story="s", figures=("3 omkomne",))
    body = "Etter brannen i fabrikken ved Storvik er det nå funnet 5 omkomne."
    come = event(2, body, headline="Flere døde", story="s", told=1, figures=("5 omkomne",))
    [change] = _update(known, come).changes
    assert (change.unit, change.before, change.after) == ("omkomne", "3", "5")


@pytest.mark.parametrize(
    ("body", "figures", "language"),
    [
        ("Fabrikken har 40 ansatte, sier eieren.", ("40 ansatte",), "nb"),
        ("Det er funnet 3 omkomne i brannen i fabrikken.", ("3 omkomne",), "nb"),
        ("Et jordskjelv i Chile ga 5 omkomne i går.", ("5 omkomne",), "nb"),
        ("Etter brannen i fabrikken er det funnet 5 omkomne.", ("5 omkomne",), "da"),
        ("Brannen ga 5 omkomne. I 1990 ga brannen 9 omkomne.", ("5 omkomne", "9 omkomne"), "nb"),
    ],
    ids=["another unit", "the same", "other words", "another language", "not one number"],
)
def test_what_may_be_another_number_is_no_change(
    event: MakeEvent, body: str, figures: tuple[str, ...], language: str
) -> None:
    known = event(1, FIRST, headline="Brann", story="s", figures=("3 omkomne",))
    come = event(2, body, story="s", told=1, figures=figures, language=language)
    assert _update(known, come).changes == ()


def test_a_unit_that_is_counted_twice_moves_sentence_by_sentence(event: MakeEvent) -> None:
    text = "{} personer omkom da et hus brant i Storvik. {} personer er evakuert fra nabohusene."
    known = event(1, text.format(3, 12), story="s", figures=("3 personer", "12 personer"))
    come = event(2, text.format(5, 18), story="s", told=1, figures=("5 personer", "18 personer"))
    changes = _update(known, come).changes
    assert [(one.before, one.after) for one in changes] == [("3", "5"), ("12", "18")]


def test_a_number_that_stood_elsewhere_has_not_moved(event: MakeEvent) -> None:
    """The two were only told the other way round, or of others."""
    text = "{} personer omkom da et hus brant i Storvik. {} personer er evakuert fra nabohusene."
    known = event(1, text.format(3, 12), story="s", figures=("3 personer", "12 personer"))
    come = event(2, text.format(12, 3), story="s", told=1, figures=("12 personer", "3 personer"))
    assert _update(known, come).changes == ()


def test_an_update_repeats_no_sentence_quotation_or_figure(event: MakeEvent) -> None:
    quote = {
        "text": "Vi leter så lenge det er håp",
        "speaker": "Ola By",
        "verb": "sier",
        "start": 0,
        "end": 0,
    }
    known = event(1, FIRST, headline="Brann", story="s", quotes=[quote], figures=("3 omkomne",))
    body = f"{FIRST} Politiet avslutter nå letingen i ruinene etter to døgn."
    come = event(
        2,
        body,
        headline="Brann",
        story="s",
        told=1,
        kind="revised",
        quotes=[quote],
        figures=("3 omkomne",),
    )
    story = _update(known, come)
    assert [one.text for one in story.summary] == [
        "Politiet avslutter nå letingen i ruinene etter to døgn."
    ]
    assert (story.quotes, story.figures) == ((), ())


def test_what_was_added_is_told_once(event: MakeEvent) -> None:
    added = "Politiet avslutter nå letingen i ruinene etter to døgn."
    changes = [
        {"kind": "sentence", "before": None, "after": added},
        {"kind": "sentence", "before": "Letingen fortsetter.", "after": None},
    ]
    known = event(1, FIRST, headline="Brann", story="s")
    come = event(
        2, f"{FIRST} {added}", headline="Brann", story="s", told=1, kind="revised", changes=changes
    )
    story = _update(known, come)
    assert [one.text for one in story.summary] == [added]
    assert [one.before for one in story.changes] == ["Letingen fortsetter."]


def test_of_a_new_story_only_facts_that_moved_are_changes(event: MakeEvent) -> None:
    """Nobody was told what was added or left out since."""
    changes = [
        {"kind": "person", "before": None, "after": "Ola By"},
        {"kind": "date", "before": "mandag", "after": "tirsdag"},
        {"kind": "sentence", "before": "Alle fikk reise hjem.", "after": None},
    ]
    [story] = summarise([event(2, FIRST, kind="revised", changes=changes)], "nb")
    assert [(one.before, one.after) for one in story.changes] == [("mandag", "tirsdag")]


def test_the_next_edition_says_what_a_revised_article_changed(tmp_path: Path) -> None:
    """From file to page: the second edition names the changed number and repeats nothing."""
    with Desk(tmp_path) as desk:
        desk.drop("a", FERRY)
        desk.take_all()
        (first,) = desk.digests.make_due()
        desk.clock.pass_by(24 * 60 * 60)
        desk.drop("b", FERRY.replace("Rundt 40 biler", "Rundt 60 biler"))
        desk.take_all()
        (second,) = desk.digests.make("daily")
        pages = [desk.digests.files(row)[0].read_text(encoding="utf-8") for row in (first, second)]
    assert "vinden løyer" in pages[0]
    assert "biler: 40 → 60" in pages[1]
    assert "vinden løyer" not in pages[1]
    assert "stanset ferja" not in pages[1]
