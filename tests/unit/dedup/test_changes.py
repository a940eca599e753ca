"""What a revision changed, as a reader would say it."""

from dataclasses import replace

import pytest

from tellings import telling, telling_of, texts
from tidende.dedup.changes import changes, whole
from tidende.dedup.compare import compare
from tidende.dedup.verdict import judge
from tidende.model.verdict import Change


def _changes(new: str, known: str) -> list[tuple[str, str | None, str | None]]:
    found = judge(telling(new), telling(known)).changes
    return [(change.kind, change.before, change.after) for change in found]


def test_a_figure_is_told_before_and_after_with_what_it_counts() -> None:
    """The toll went from twelve to fifty-seven."""
    found = _changes("en/quake-update", "en/quake")
    assert ("figure", "12 people", "57 people") in found


def test_a_corrected_number_is_the_only_change() -> None:
    """Nothing that stayed is listed."""
    assert _changes("en/correction-corrected", "en/correction") == [
        ("figure", "34 bronze sculptures", "43 bronze sculptures")
    ]


def test_an_added_paragraph_is_given_whole() -> None:
    """And who is named in it first."""
    found = _changes("nb/brann-fire-dode", "nb/brann")
    added = [after for kind, before, after in found if kind == "paragraph" and before is None]
    (paragraph,) = added
    assert paragraph is not None
    assert paragraph.startswith("Ordfører Berit Flåmo sier at kommunen har satt kriseteam")
    assert paragraph.endswith("holdes åpen utover kvelden.")
    assert ("person", None, "Berit Flåmo") in found


def test_figures_that_changed_places_are_told_by_what_they_count() -> None:
    """A person for a person, whichever stands first."""
    told = "I ulykken ble {} skadet på broen over Storelva sent tirsdag kveld."
    new, known = (
        telling_of(f"Ulykke på bro\n\n{told.format(those)}\n")
        for those in ("60 biler og 14 personer", "12 personer og 57 biler")
    )
    found = changes(new, known, compare(new, known))
    assert {(each.before, each.after) for each in found if each.kind == "figure"} == {
        ("12 personer", "14 personer"),
        ("57 biler", "60 biler"),
    }


def test_a_paragraph_is_told_whole_where_most_of_its_words_are_others() -> None:
    """Whichever paragraph it is, and however many of its sentences."""
    short, longer = "Brua ble stengt.", "Trafikken ble ledet over den gamle brua i Fossvik."
    text = f"Ny bru\n\n{short} {longer}\n\n{longer} {short}\n"
    article = telling_of(text)
    assert [each.block for each in article.sentences] == [0, 0, 1, 1]
    first, second, third, fourth = article.sentences
    assert whole(article, [second, fourth]) == [0]
    assert whole(article, [first, third]) == [1]
    assert whole(article, article.sentences) == [0, 1]
    assert whole(article, []) == []


def test_another_headline_is_told() -> None:
    """Both are given."""
    found = _changes("sv/explosion-gripen", "sv/explosion")
    assert found[0] == (
        "headline",
        "Explosion i trapphus i Malmö",
        "Man gripen efter explosion i Malmö",
    )


def test_a_withdrawn_quote_is_told() -> None:
    """Words that someone took back matter more than most."""
    found = _changes("de/warnstreik-zurueckgezogen", "de/warnstreik")
    assert ("quote", "Das Angebot der Arbeitgeber ist eine Frechheit", None) in found


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("Ja, vi kommer nå", "Nei, vi kommer nå", [("Ja, vi kommer nå", "Nei, vi kommer nå")]),
        ("Ja, vi kommer", "Nei, vi kommer", [(None, "Nei, vi kommer"), ("Ja, vi kommer", None)]),
        ("Ja, vi kommer", "ja vi kommer!", []),
    ],
)
def test_a_quote_with_most_of_its_words_is_the_same_quote_in_other_words(
    before: str, after: str, told: list[tuple[str | None, str | None]]
) -> None:
    """With half of them it is another one; how it is set makes no difference."""
    new, known = (
        replace(article, extraction={**article.extraction, "quotes": [{"text": quote}]})
        for article, quote in ((telling("nn/ras-oppdatert"), after), (telling("nn/ras"), before))
    )
    found = changes(new, known, compare(new, known))
    assert [(each.before, each.after) for each in found if each.kind == "quote"] == told


def test_a_sentence_that_was_added_to_a_paragraph_is_told() -> None:
    """As it was printed, with its capitals and stops."""
    known = texts()["nb/brann"]
    sentence = "Redningshelikopteret fra Ørland ble sendt hjem etter to timer."
    new = known.replace("med røykskader.", f"med røykskader. {sentence}")
    assert judge(telling_of(new), telling_of(known)).changes == (
        Change(kind="sentence", before=None, after=sentence),
    )


def test_a_corrected_name_is_told() -> None:
    """One name for another, wherever it stood."""
    found = _changes("nb-more/navn-b", "nb-more/navn-a")
    assert ("person", None, "Ingrid Solberg") in found
    assert ("person", "Ingrid Solvang", None) in found


def test_a_moved_paragraph_is_no_change() -> None:
    """Facts are looked for in the whole other article."""
    known = texts()["da/faerge"]
    head, first, *middle, last, sign = known.strip().split("\n\n")
    moved = "\n\n".join([head, first, last, *middle, sign])
    assert judge(telling_of(moved), telling_of(known)).changes == ()
    assert judge(telling_of(moved), telling_of(known)).kind == "duplicate"


def test_a_copy_has_no_changes() -> None:
    """They are a revision's."""
    judgement = judge(telling("nb/brann-annen-tittel"), telling("nb/brann"))
    assert judgement.changes == tuple[Change]()
