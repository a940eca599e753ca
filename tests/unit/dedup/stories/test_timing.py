"""Time speaks for or against two articles' telling of one event."""

from dataclasses import replace
from datetime import date

import pytest

from tidende.dedup.stories.clues import NOTHING, Clues, Holder
from tidende.dedup.stories.periods import Period, period_of
from tidende.dedup.stories.timing import inherit, judge
from tidende.model.article import Precision, Published

COLBY = Holder(country="US", office="defence-minister", person="Colby")
WHITCOMB = Holder(country="US", office="defence-minister", person="Whitcomb")


def clues(value: str = "", *holders: Holder, people: tuple[str, ...] = ()) -> Clues:
    return replace(
        NOTHING, language="nb", published=published(value), holders=holders, people=people
    )


def published(value: str) -> Period | None:
    precision: dict[int, Precision] = {4: "year", 7: "month", 10: "day", 22: "minute"}
    if not value:
        return None
    return period_of(Published(value=value, precision=precision[len(value)], origin="header"))


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2018", date(2018, 1, 1), date(2018, 12, 31)),
        ("2018-12", date(2018, 12, 1), date(2018, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2018-02-14", date(2018, 2, 14), date(2018, 2, 14)),
        ("2018-02-14T10:30+01:00", date(2018, 2, 14), date(2018, 2, 14)),
    ],
)
def test_a_date_is_all_the_days_that_it_allows(value: str, first: date, last: date) -> None:
    assert published(value) == Period(first=first.toordinal(), last=last.toordinal())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2018-02", "2020-02"),
        ("2024-03", "2024-04"),
        ("2024", "2025"),
        ("2024-03-01", "2024-03-12"),
        ("2024-03", "2024-04-08"),
    ],
)
def test_dates_that_lie_apart_rule_one_event_out(one: str, other: str) -> None:
    assert judge(clues(one), clues(other)).veto


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2024-03", "2024-03"),
        ("2024-03", "2024-03-12"),
        ("2024-03-01", "2024-03-05"),
        ("2024", "2024-07"),
        ("", "2024-03"),
        ("", ""),
    ],
)
def test_dates_that_may_be_one_or_are_not_known_rule_nothing_out(one: str, other: str) -> None:
    assert not judge(clues(one), clues(other)).veto


def test_the_longer_two_days_lie_apart_the_less_they_tell_of_one_event() -> None:
    near = judge(clues("2024-03-01"), clues("2024-03-02")).weight
    far = judge(clues("2024-03-01"), clues("2024-03-06")).weight

    assert far < 0 < near


def test_two_holders_of_one_office_rule_one_event_out() -> None:
    judged = judge(clues("", COLBY), clues("", WHITCOMB))

    assert judged.veto
    assert "Colby" in judged.words
    assert "Whitcomb" in judged.words


def test_who_hands_an_office_over_and_who_takes_it_may_stand_in_one_event() -> None:
    assert not judge(clues("", COLBY, WHITCOMB), clues("", WHITCOMB)).veto


def test_an_undated_article_is_of_the_time_of_those_that_name_the_same_holder() -> None:
    members = {"dated": clues("2018-02", COLBY), "undated": clues("", COLBY)}
    inherited = inherit(members, {"undated": {"dated"}})["undated"]

    same = judge(members["undated"], members["dated"], inherited)
    later = judge(members["undated"], clues("2020-02"), inherited)

    assert later.weight < 0 < same.weight
    assert not later.veto


def test_the_narrowest_time_is_inherited_and_an_office_s_before_a_name_s() -> None:
    """Somebody who holds no office may be in the news for long."""
    foreign = Holder(country="US", office="foreign-minister", person="Ashby")
    dated = {
        "day": clues("2018-06-01", people=("Åse Lie",)),
        "month": clues("2018-11", COLBY),
        "year": clues("2018", foreign),
    }
    undated = clues("", foreign, COLBY, people=("Åse Lie",))
    inherited = inherit({**dated, "undated": undated}, {"undated": dated})["undated"]

    assert inherited.shared == COLBY
    assert inherited.period.first < date(2018, 11, 1).toordinal()
    assert inherited.period.last > date(2018, 11, 30).toordinal()


def test_a_time_inherited_by_an_office_says_more_than_one_by_a_name() -> None:
    dated = clues("2018-02", COLBY, people=("Åse Lie",))
    weights = []
    for undated in (clues("", COLBY), clues("", people=("Åse Lie",))):
        inherited = inherit({"dated": dated, "undated": undated}, {"undated": ["dated"]})
        weights.append(judge(clues("2020-02"), undated, None, inherited["undated"]).weight)

    assert weights[0] < weights[1] < 0


def test_who_is_in_the_news_for_years_dates_nothing() -> None:
    members = {
        "first": clues("2018-02", COLBY),
        "second": clues("2020-02", COLBY),
        "undated": clues("", COLBY),
    }

    assert inherit(members, {"undated": {"first", "second"}}) == {}


def test_only_what_is_alike_gives_its_time() -> None:
    members = {"dated": clues("2018-02", COLBY), "undated": clues("", COLBY)}

    assert inherit(members, {}) == {}
