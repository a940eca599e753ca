"""What is measured of two articles, where no pair of whole articles depends on it alone."""

from dataclasses import replace

import pytest

from tellings import telling, telling_of
from tidende.dedup.compare import compare, overlap
from tidende.dedup.measures import Measures, measure
from tidende.dedup.telling import Telling, tell

_FIRST = "Ordfører Åse Bjørnsen åpnet den nye brua over Storelva tirsdag."
_SECOND = "Brua har kostet 410 millioner kroner og er 640 meter lang."
_THIRD = "Arbeidet begynte for fire år siden og ble ferdig i tide."


def _measured(new: Telling, known: Telling) -> Measures:
    return measure(new, known, overlap(new, known), compare(new, known))


def _article(*sentences: str) -> Telling:
    return telling_of(f"Ny bru over elva\n\n{' '.join(sentences)}\n")


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("2018-02-14T10:30+01:00", "2018-02-14T18:00+01:00", False),
        ("2018-02-14", "2018-02-15", True),
        ("2018-02", "2018-02-15", False),
        ("2018-02", "2018-03-15", True),
        ("2018-02-14", None, False),
        (None, None, False),
    ],
)
def test_dates_differ_as_far_as_both_are_known(
    one: str | None, other: str | None, *, differ: bool
) -> None:
    """By the day: a report is sent again on the same one."""
    article = telling("nn/ras")
    pair = replace(article, published=one), replace(article, published=other)
    assert _measured(*pair).other_date is differ
    assert _measured(*reversed(pair)).other_date is differ


def test_a_language_is_known_only_where_it_is_sure() -> None:
    found = [
        tell("Brua er ny.", {"language": {"tag": "nb", "confidence": confidence}}).language
        for confidence in (0.95, 0.8)
    ]
    assert found == ["nb", None]


def test_languages_differ_only_where_both_are_known() -> None:
    article = telling("nn/ras")
    languages = [replace(article, language=tag) for tag in ("nn", "nb", None)]
    found = [_measured(languages[0], other).other_language for other in languages]
    assert found == [False, True, False]


@pytest.mark.parametrize("swapped", [False, True])
def test_another_name_at_the_beginning_of_either_is_told(*, swapped: bool) -> None:
    """One of the two may have moved the sentence."""
    pair = (
        _article(_FIRST, _SECOND, _THIRD),
        _article(_THIRD, _FIRST.replace("Åse Bjørnsen", "Tor Hegge"), _SECOND),
    )
    found = _measured(*(reversed(pair) if swapped else pair))
    assert (found.changes, found.renamed, found.renamed_first) == (1, True, True)


def test_a_name_among_several_changes_is_told() -> None:
    there = (_FIRST.replace("Åse Bjørnsen", "Tor Hegge"), _SECOND.replace("410", "430"))
    found = _measured(_article(_FIRST, _SECOND), _article(*there))
    assert (found.changes, found.renamed, found.renamed_first) == (2, True, True)


def test_another_name_further_down_is_not_one_at_the_beginning() -> None:
    there = _FIRST.replace("Åse Bjørnsen", "Tor Hegge")
    found = _measured(_article(_SECOND, _FIRST, _THIRD), _article(_SECOND, there, _THIRD))
    assert (found.changes, found.renamed, found.renamed_first) == (1, True, False)


def test_another_figure_is_no_other_name() -> None:
    there = _SECOND.replace("410", "430")
    found = _measured(_article(_FIRST, _SECOND), _article(_FIRST, there))
    assert (found.changes, found.renamed) == (1, False)


def test_what_stands_in_the_headline_is_stated_too() -> None:
    """Papers differ in what they put above the text."""
    article = _article(_FIRST, _SECOND)
    assert not {"ny", "elva"} & set(article.words)
    assert {"ny", "elva"} <= article.vocabulary
    assert article.frame
    assert article.frame.isdisjoint(article.shingle_set)


def test_a_sentence_that_is_the_other_s_headline_is_none_of_its_own() -> None:
    bare = telling_of(f"Ny bru over elva\n\n{_FIRST} {_SECOND}\n")
    again = telling_of(f"Ny bru\n\nNy bru over elva. {_FIRST} {_SECOND}\n")
    compared = compare(again, bare)
    assert (compared.added, compared.removed) == ((), ())
