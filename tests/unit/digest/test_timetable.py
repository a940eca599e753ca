"""The instants at which editions end: cron or interval, quiet hours, weekdays, summer time."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidende.digest.due import edition_due, passing_over
from tidende.digest.timetable import Timetable

OSLO = "Europe/Oslo"


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _table(cron: str = "0 6 * * *", **given: Any) -> Timetable:
    return Timetable.read(cron=cron, timezone=OSLO, **given)


def _instants(table: Timetable, after: str, until: str) -> list[str]:
    """Return all instants as the clock in Oslo shows them, each found from the one before."""
    found, moment, end = [], _at(after), _at(until)
    while (instant := table.first(moment, end, since=moment)) is not None:
        assert instant > moment
        found.append(f"{instant.astimezone(table.timezone):%d %H:%M}")
        moment = instant
    return found


WEEK = ("2026-11-20T12:00+01:00", "2026-11-24T12:00+01:00")  # Friday to Tuesday


def test_weekdays_leave_out_the_others() -> None:
    table = _table(weekdays=("mon", "tue", "wed", "thu", "fri"))
    assert _instants(table, *WEEK) == ["23 06:00", "24 06:00"]


def test_what_falls_into_quiet_hours_comes_once_when_they_are_over() -> None:
    table = _table("0 * * * *", quiet_hours="22:00-06:30")
    found = _instants(table, "2026-11-20T20:30+01:00", "2026-11-21T08:30+01:00")
    assert found == ["20 21:00", "21 06:30", "21 07:00", "21 08:00"]


def test_quiet_hours_may_lie_within_a_day() -> None:
    table = _table("30 * * * *", quiet_hours="11:00-14:00")
    found = _instants(table, "2026-11-20T09:45+01:00", "2026-11-20T15:00+01:00")
    assert found == ["20 10:30", "20 14:00", "20 14:30"]


def test_quiet_hours_at_whose_end_nothing_waits_make_no_edition() -> None:
    table = _table("0 12 * * *", quiet_hours="22:00-06:30")
    assert _instants(table, *WEEK) == ["21 12:00", "22 12:00", "23 12:00", "24 12:00"]


def test_the_night_before_a_day_off_is_told_on_the_next_day_on() -> None:
    """Friday's 23:00 would come on Saturday morning, Sunday's comes on Monday's."""
    table = _table(
        "0 23 * * *", weekdays=("mon", "tue", "wed", "thu", "fri"), quiet_hours="22:00-06:00"
    )
    assert _instants(table, *WEEK) == ["23 06:00", "24 06:00"]


@pytest.mark.parametrize(
    ("after", "until", "found"),
    [
        ("2026-03-28T12:00+01:00", "2026-03-29T12:00+02:00", ["29 06:00"]),
        ("2026-10-24T12:00+02:00", "2026-10-25T12:00+01:00", ["25 06:00"]),
    ],
)
def test_a_night_of_another_length_has_one_morning(
    after: str, until: str, found: list[str]
) -> None:
    """The clock goes forward on 29 March 2026 and back on 25 October."""
    for cron in ("0 6 * * *", "0 3 * * *"):
        assert _instants(_table(cron, quiet_hours="23:00-06:00"), after, until) == found


def test_quiet_hours_that_end_in_the_hour_that_comes_twice_end_twice() -> None:
    """By the clock on the wall it is quiet again; nothing comes then."""
    table = _table("*/30 * * * *", quiet_hours="22:00-02:30")
    found = _instants(table, "2026-10-25T01:00+02:00", "2026-10-25T03:30+01:00")
    assert found == ["25 02:30", "25 02:30", "25 03:00", "25 03:30"]


def test_quiet_hours_that_end_in_the_hour_that_is_left_out_end_after_it() -> None:
    table = _table("*/30 * * * *", quiet_hours="22:00-02:30")
    found = _instants(table, "2026-03-29T01:00+01:00", "2026-03-29T05:00+02:00")
    assert found[0] == "29 03:30"
    assert found[1:] == ["29 04:00", "29 04:30", "29 05:00"]


def test_an_interval_counts_hours_that_pass() -> None:
    """Six of them, whatever the clock does: on 29 March from 18 to 0 to 7."""
    table = _table(interval_minutes=360)
    found = _instants(table, "2026-03-28T18:00+01:00", "2026-03-29T20:00+02:00")
    assert found == ["29 00:00", "29 07:00", "29 13:00", "29 19:00"]


def test_an_interval_counts_from_the_last_edition() -> None:
    table, last = _table(interval_minutes=90), _at("2026-11-20T12:10Z")
    first = table.first(_at("2026-11-20T14:00Z"), _at("2026-11-21T12:00Z"), since=last)
    assert first == _at("2026-11-20T15:10Z")
    assert table.first(last, _at("2026-11-20T13:39Z"), since=last) is None
    assert table.last(last, _at("2026-11-21T12:00Z"), since=last) == _at("2026-11-21T10:40Z")


_MARCH, _OCTOBER = datetime(2026, 3, 27, tzinfo=UTC), datetime(2026, 10, 23, tzinfo=UTC)


@given(
    cron=st.sampled_from(["*/20 * * * *", "30 2 * * *", "0 6,23 * * *", "15 1-4 * * 0"]),
    quiet=st.sampled_from(["", "22:00-06:30", "02:15-02:45", "00:00-23:59", "01:30-02:30"]),
    days=st.sampled_from([("mon",), ("sat", "mon"), ("mon", "tue", "wed", "thu", "fri", "sat")]),
    start=st.sampled_from([_MARCH, _OCTOBER]),
    minutes=st.integers(0, 2 * 24 * 60),
    length=st.integers(0, 4 * 24 * 60),
)
def test_the_instants_are_the_same_however_they_are_searched_for(
    cron: str, quiet: str, days: tuple[str, ...], start: datetime, minutes: int, length: int
) -> None:
    """From one to the next; from the middle on; the last; none in quiet hours or on another day."""
    table = _table(cron, quiet_hours=quiet, weekdays=days)
    after = start + timedelta(minutes=minutes)
    until = after + timedelta(minutes=length)
    found, moment = [], after
    while (instant := table.first(moment, until, since=after)) is not None:
        found.append(instant)
        moment = instant
    assert all(earlier < later for earlier, later in pairwise([after, *found]))
    assert not any(table.is_quiet(instant) for instant in found)
    assert {f"{each.astimezone(table.timezone):%a}".lower() for each in found} <= set(days)
    assert table.last(after, until, since=after) == (found[-1] if found else None)
    middle = after + (until - after) / 2
    later = [instant for instant in found if instant > middle]
    assert table.first(middle, until, since=after) == (later[0] if later else None)


def test_nothing_is_due_in_quiet_hours_and_what_was_missed_waits() -> None:
    table, last = _table("0 18 * * *", quiet_hours="22:00-06:00"), _at("2026-11-20T18:00+01:00")
    quiet, after = _at("2026-11-22T05:59+01:00"), _at("2026-11-22T06:00+01:00")
    assert edition_due(table, last_end=last, now=quiet, each=False) is None
    assert edition_due(table, last_end=None, now=quiet, each=False) is None
    assert edition_due(table, last_end=last, now=after, each=False) == _at("2026-11-21T18:00+01:00")
    assert edition_due(table, last_end=None, now=after, each=False) == after


def test_missed_instants_are_due_one_after_the_other_or_the_latest() -> None:
    table, last, now = _table(), _at("2026-11-18T06:00+01:00"), _at("2026-11-22T09:00+01:00")
    assert edition_due(table, last_end=last, now=now, each=True) == _at("2026-11-19T06:00+01:00")
    assert edition_due(table, last_end=last, now=now, each=False) == _at("2026-11-22T06:00+01:00")


@pytest.mark.parametrize(
    ("news", "due"),
    [
        ("2026-11-19T05:00+01:00", "2026-11-19T06:00+01:00"),
        ("2026-11-20T06:00+01:00", "2026-11-20T06:00+01:00"),
        ("2026-11-20T06:00:01+01:00", "2026-11-21T06:00+01:00"),
        ("2026-11-22T08:00+01:00", "2026-11-22T06:00+01:00"),
        (None, "2026-11-22T06:00+01:00"),
    ],
)
def test_instants_without_news_are_passed_over(news: str | None, due: str) -> None:
    """Up to the first that can tell of it; where none can, the last stands for all."""
    found = passing_over(
        _table(),
        _at("2026-11-19T06:00+01:00"),
        last_end=_at("2026-11-18T06:00+01:00"),
        news=_at(news) if news else None,
        now=_at("2026-11-22T09:00+01:00"),
    )
    assert found == _at(due)
