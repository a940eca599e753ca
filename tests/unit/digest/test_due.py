"""When an edition is due: once for each window, at its latest instant, in winter and summer."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidende.digest.cron import cron_trigger
from tidende.digest.due import edition_due
from tidende.digest.timetable import Timetable
from tidende.errors import ConfigError

OSLO = "Europe/Oslo"


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _due(now: str, last: str | None, *, cron: str = "0 6 * * *") -> datetime | None:
    return edition_due(
        Timetable.read(cron=cron, timezone=OSLO),
        last_end=_at(last) if last else None,
        now=_at(now),
        each=False,
    )


def test_the_first_edition_is_due_now_in_whole_seconds() -> None:
    assert _due("2026-11-22T09:30:15.678901+01:00", None) == _at("2026-11-22T08:30:15Z")


@pytest.mark.parametrize(
    ("now", "last", "due"),
    [
        ("2026-11-22T05:59:59+01:00", "2026-11-21T06:00+01:00", None),
        ("2026-11-22T06:00:00+01:00", "2026-11-21T06:00+01:00", "2026-11-22T06:00+01:00"),
        ("2026-11-22T23:00:00+01:00", "2026-11-21T06:00+01:00", "2026-11-22T06:00+01:00"),
        ("2026-11-22T23:00:00+01:00", "2026-11-22T06:00+01:00", None),
        ("2026-11-22T06:00:00+01:00", "2026-11-22T05:59:59.5+01:00", "2026-11-22T06:00+01:00"),
        ("2026-11-22T07:00:00+01:00", "2026-11-22T06:00:00.5+01:00", None),
        ("2026-11-22T07:00:00+01:00", "2026-11-23T06:00+01:00", None),
    ],
)
def test_an_edition_is_due_when_a_scheduled_instant_has_passed(
    now: str, last: str, due: str | None
) -> None:
    assert _due(now, last) == (_at(due) if due else None)


def test_missed_instants_give_one_edition_at_the_latest() -> None:
    assert _due("2026-11-22T09:00+01:00", "2026-03-01T06:00+01:00") == _at("2026-11-22T05:00Z")


def test_years_of_a_minutely_schedule_are_not_walked_through() -> None:
    due = _due("2026-11-22T09:00:30+01:00", "1996-01-01T00:00+01:00", cron="* * * * *")
    assert due == _at("2026-11-22T08:00Z")


def test_a_burst_long_ago_is_found() -> None:
    due = _due("2026-11-22T09:00+01:00", "2019-01-01T00:00+01:00", cron="* * 29 2 *")
    assert due == _at("2024-02-29T23:59+01:00")


def test_a_schedule_that_never_comes_is_never_due() -> None:
    assert _due("2026-11-22T09:00+01:00", "2019-01-01T00:00+01:00", cron="0 0 31 2 *") is None


@pytest.mark.parametrize(
    ("cron", "last", "due"),
    [
        # 29 March 2026: the clock goes from 2 to 3, 02:30 isn't; 25 October: from 3 to 2, twice.
        ("0 6 * * *", "2026-03-28T06:00+01:00", "2026-03-29T06:00+02:00"),
        ("0 6 * * *", "2026-10-24T06:00+02:00", "2026-10-25T06:00+01:00"),
        ("30 2 * * *", "2026-03-28T02:30+01:00", "2026-03-29T03:30+02:00"),
        ("30 2 * * *", "2026-10-24T02:30+02:00", "2026-10-25T02:30+02:00"),
        ("30 2 * * *", "2026-10-25T02:30+02:00", None),
        ("*/30 * * * *", "2026-10-25T02:30+02:00", "2026-10-25T12:00+01:00"),
    ],
)
def test_a_changed_clock_gives_each_day_its_edition(cron: str, last: str, due: str | None) -> None:
    noon = "2026-03-29T12:00+02:00" if "-03-" in last else "2026-10-25T12:00+01:00"
    assert _due(noon, last, cron=cron) == (_at(due) if due else None)


def test_an_hour_that_comes_twice_counts_twice_for_a_schedule_of_every_hour() -> None:
    for now in ("2026-10-25T02:00+02:00", "2026-10-25T02:00+01:00"):
        assert _due(now, "2026-10-25T01:00+02:00", cron="0 * * * *") == _at(now)


_START = datetime(2026, 3, 27, tzinfo=UTC)


@given(
    cron=st.sampled_from(["*/7 * * * *", "30 2 * * *", "0 6 * * 1-5", "15 1-4 * * 0", "0 0 1 * *"]),
    autumn=st.booleans(),
    start=st.integers(0, 4 * 24 * 60),
    length=st.integers(0, 3 * 24 * 60),
)
def test_the_instant_is_the_latest_that_the_trigger_gives(
    cron: str, *, autumn: bool, start: int, length: int
) -> None:
    last = _START + timedelta(days=210 * autumn, minutes=start)
    now = last + timedelta(minutes=length)
    trigger, expected, moment = cron_trigger(cron, OSLO), None, last + timedelta(seconds=1)
    while (fires := trigger.get_next_fire_time(None, moment.astimezone(ZoneInfo(OSLO)))) <= now:
        moment = fires.astimezone(UTC) + timedelta(seconds=1)
        repeated = fires.astimezone(UTC).astimezone(ZoneInfo(OSLO)).fold
        if not (repeated and not cron.split()[1].startswith("*")):
            expected = fires.astimezone(UTC)
    table = Timetable.read(cron=cron, timezone=OSLO)
    due = edition_due(table, last_end=last, now=now, each=False)
    assert due == expected


@pytest.mark.parametrize(
    ("weekdays", "days"),
    [
        ("0", {"Sun"}),
        ("7", {"Sun"}),
        ("1-5", {"Mon", "Tue", "Wed", "Thu", "Fri"}),
        ("5-7", {"Fri", "Sat", "Sun"}),
        ("0-1,3", {"Sun", "Mon", "Wed"}),
        ("*/2", {"Sun", "Tue", "Thu", "Sat"}),
        ("mon-wed,sun", {"Mon", "Tue", "Wed", "Sun"}),
        ("*", {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}),
    ],
)
def test_weekday_numbers_are_crons(weekdays: str, days: set[str]) -> None:
    trigger, moment, seen = cron_trigger(f"0 6 * * {weekdays}", "UTC"), _START, set()
    for _ in range(8):
        moment = trigger.get_next_fire_time(None, moment + timedelta(seconds=1))
        seen.add(moment.strftime("%a"))
    assert seen == days


@pytest.mark.parametrize("cron", ["", "0 6 * *", "0 25 * * *", "0 6 * * 8", "often please a b c"])
def test_no_cron_expression_is_a_configuration_error(cron: str) -> None:
    with pytest.raises(ConfigError, match="no schedule"):
        cron_trigger(cron, OSLO)


def test_an_unknown_time_zone_is_a_configuration_error() -> None:
    with pytest.raises(ConfigError, match="Mars/Base"):
        cron_trigger("0 6 * * *", "Mars/Base")
