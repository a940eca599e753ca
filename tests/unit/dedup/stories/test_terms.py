"""Words and names as numbers that say how rare they are."""

import pytest

from tidende.dedup.stories.terms import NOTHING, capitals, grams, names, rank_of, weekdays, words


@pytest.mark.parametrize("tag", ["nb", "fr", None])
def test_a_word_with_a_capital_counts_as_a_name(tag: str | None) -> None:
    assert capitals(tag)["Vestbygg"] == names(tag)["Vestbygg"] != NOTHING


def test_where_nouns_have_capitals_a_rare_word_counts_half_and_a_common_one_nothing() -> None:
    assert rank_of(capitals("de")["Vestbygg"]) == rank_of(names("de")["Vestbygg"]) // 2
    assert capitals("de")["Regierung"] == NOTHING


def test_what_is_in_every_article_says_nothing() -> None:
    assert words("nb")["ikke"] == NOTHING
    assert grams("nb")["ikke"] == ()


def test_years_are_words_and_other_numbers_are_not() -> None:
    assert words("nb")["1994"] == words("de")["1994"] != NOTHING
    assert words("nb")["1894"] == words("nb")["19944"] == NOTHING


def test_compounds_share_the_parts_of_their_words() -> None:
    one, other = set(grams("nb")["bruåpning"]), set(grams("nb")["nyåpningen"])
    assert len(one) == len("bruåpning") - 4
    assert {each >> 4 for each in one} & {each >> 4 for each in other}


def test_a_weekday_is_known_in_every_language_and_form() -> None:
    days = weekdays()
    assert days["mandag"] == days["montagabend"] == days["måndagens"] == 1
    assert (days["søndag"], days["fest"]) == (1 << 6, 0)


def test_a_word_as_long_as_an_article_is_not_remembered() -> None:
    """A file full of them would fill a worker's memory."""
    known = words("nb")
    for word, stays in [("bruåpningene", True), ("åpning" * 20, False)]:
        assert known[word] == words("nb")[word] != NOTHING
        assert (word in known) is stays
