"""Which editions are made when: after a pause, in summer time, by two at once, after a crash."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from threading import Barrier
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from desk import BRIDGE, FERRY, Clock, Desk
from tidende.errors import StoreError, TransientError
from tidende.service import edition_files, press
from tidende.service.digests import Digests
from tidende.settings import DigestSettings, FilterSettings
from tidende.store import editions
from tidende.store.editions import EditionRow


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


_FIRST = _at("2026-11-20T05:00+01:00")


class Newsroom:
    """A desk with one digest, articles that differ, and a clock that goes where it is told."""

    def __init__(self, root: Path, start: str, **chosen: Any) -> None:
        self.desk = Desk(root, clock=Clock(_at(start)))
        self.chosen = DigestSettings(**chosen)
        self.digests = self.desk.digests_of(daily=self.chosen)
        self._taken = 0

    def go_to(self, moment: str) -> None:
        self.desk.clock.pass_by((_at(moment) - self.desk.clock.now()).total_seconds())

    def take(self, *texts: str) -> None:
        for text in texts or (FERRY,):
            self._taken += 1
            marked = text.replace(".", f" på dag {self._taken} av reisen.", 1)
            self.desk.drop(f"{self._taken}.txt", marked)
        self.desk.take_all()

    def make(self) -> list[str]:
        """Make what is due, and return the ends as the clock in Oslo shows them."""
        return [_shown(row) for row in self.digests.make_due()]

    def made(self) -> list[EditionRow]:
        """Return the editions that were made, the oldest first."""
        with self.desk.ledger.read() as connection:
            return editions.newest_first(connection)[::-1]

    def assert_each_article_is_in_one_window(self) -> None:
        rows = self.made()
        assert all(row.through <= later.after for row, later in pairwise(rows))
        assert len({row.window_end for row in rows}) == len(rows)
        told = [n for row in rows for n in range(row.after + 1, row.through + 1)]
        assert len(told) == len(set(told))
        published = [e for e in self.desk.events() if e["type"] == "tidende.digest.published.v1"]
        assert [event["subject"] for event in published] == list(map(edition_files.urn, rows))
        assert all(file.is_file() for row in rows for file in self.digests.files(row))


def _shown(row: EditionRow) -> str:
    end = datetime.fromtimestamp(row.window_end, ZoneInfo("Europe/Oslo"))
    return f"{end:%d %H:%M}"


@pytest.fixture
def room(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Newsroom]:
    """Return a newsroom; a test's parameters are the digest's settings."""
    made = Newsroom(tmp_path, "2026-11-20T05:00+01:00", **getattr(request, "param", {}))
    with made.desk:
        yield made


def _missed_days(room: Newsroom) -> None:
    """Make a first edition, take something in on the 21st and 23rd, and come back on the 25th."""
    room.take()
    room.make()
    for day in ("21T04:00", "23T04:00", "23T05:00"):
        room.go_to(f"2026-11-{day}+01:00")
        room.take(FERRY, BRIDGE)
    room.go_to("2026-11-25T09:00+01:00")
    room.take(BRIDGE)


@pytest.mark.parametrize("room", [{"catch_up": "one"}], indirect=True)
def test_one_edition_covers_the_whole_pause(room: Newsroom) -> None:
    _missed_days(room)
    assert room.make() == ["25 06:00"]
    assert room.make() == []
    assert [row.articles for row in room.made()] == [1, 7]
    room.assert_each_article_is_in_one_window()


@pytest.mark.parametrize("room", [{"catch_up": "each"}], indirect=True)
def test_each_missed_edition_that_has_news_is_made(room: Newsroom) -> None:
    """The last tells what was recorded only after the pause, too; days without news have none."""
    _missed_days(room)
    assert room.make() == ["21 06:00", "23 06:00", "25 06:00"]
    assert room.make() == []
    assert [row.articles for row in room.made()] == [1, 2, 4, 1]
    assert [row.since for row in room.made()[1:]] == [row.window_end for row in room.made()[:-1]]
    room.assert_each_article_is_in_one_window()


@pytest.mark.parametrize("room", [{"catch_up": "each", "quiet": "send"}], indirect=True)
def test_each_missed_edition_is_made_where_quiet_ones_say_so(room: Newsroom) -> None:
    _missed_days(room)
    assert room.make() == [f"{day} 06:00" for day in (20, 21, 22, 23, 24, 25)]
    assert [row.articles for row in room.made()] == [1, 0, 2, 0, 4, 0, 1]
    room.assert_each_article_is_in_one_window()


@pytest.mark.parametrize("room", [{"catch_up": "each", "quiet": "send"}], indirect=True)
def test_a_long_pause_is_caught_up_in_pieces(room: Newsroom) -> None:
    room.take()
    room.make()
    room.go_to("2027-01-10T09:00+01:00")
    assert len(room.make()) == 20
    assert len(room.make()) == 20
    assert len(room.make()) == 12
    assert room.make() == []


def test_news_of_the_afternoon_waits_for_the_next_morning(room: Newsroom) -> None:
    """Also if the morning's window had nothing to tell."""
    room.take()
    room.make()
    room.go_to("2026-11-21T06:00+01:00")
    assert room.make() == []
    room.go_to("2026-11-21T14:00+01:00")
    room.take(BRIDGE)
    assert room.make() == []
    room.go_to("2026-11-22T06:00+01:00")
    assert room.make() == ["22 06:00"]
    assert room.made()[1].since == room.made()[0].window_end
    room.assert_each_article_is_in_one_window()


def test_windows_without_news_leave_one_row(room: Newsroom) -> None:
    """However many there are; the next edition follows them."""
    room.take()
    room.make()
    for day in range(21, 31):
        room.go_to(f"2026-11-{day}T06:00+01:00")
        assert room.make() == []
    with room.desk.ledger.read() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM editions").scalar()
    assert count == 2
    room.take(BRIDGE)
    room.go_to("2026-12-01T06:00+01:00")
    assert room.make() == ["01 06:00"]


@pytest.mark.parametrize("room", [{"quiet": "send", "language": "nb"}], indirect=True)
def test_a_quiet_edition_says_so_where_it_is_wanted(room: Newsroom) -> None:
    room.take()
    room.make()
    room.go_to("2026-11-20T06:00+01:00")
    room.make()
    row = room.made()[-1]
    assert (row.stories, row.after, row.through) == (0, 1, 1)
    assert "Ingen nye saker" in room.digests.files(row)[0].read_text()
    room.assert_each_article_is_in_one_window()


@pytest.mark.parametrize("room", [{"only": FilterSettings(languages=("da",))}], indirect=True)
def test_a_filter_lets_only_what_is_wanted_into_an_edition(room: Newsroom) -> None:
    """What isn't wanted is passed over, and its window isn't read again and again."""
    room.take(FERRY)
    assert room.make() == []
    room.go_to("2026-11-20T12:00+01:00")
    room.take(FERRY, BRIDGE)
    room.go_to("2026-11-21T06:00+01:00")
    assert room.make() == ["21 06:00"]
    (row,) = room.made()
    assert row.articles == 1
    assert "Lilleåen" in room.digests.files(row)[0].read_text()
    assert "Storvik" not in room.digests.files(row)[0].read_text()


@pytest.mark.parametrize(
    ("start", "end", "mornings"),
    [
        ("2026-03-27T12:00+01:00", "2026-03-30T12:00+02:00", ["28 02:30", "29 03:30", "30 02:30"]),
        ("2026-10-23T12:00+02:00", "2026-10-26T12:00+01:00", ["24 02:30", "25 02:30", "26 02:30"]),
    ],
)
@pytest.mark.parametrize("catch_up", ["one", "each"])
def test_the_clock_s_changes_give_each_night_one_edition(
    tmp_path: Path, start: str, end: str, mornings: list[str], catch_up: str
) -> None:
    """The hour that is left out, and the one that comes twice."""
    room = Newsroom(tmp_path, start, schedule="30 2 * * *", catch_up=catch_up)
    with room.desk:
        room.take()
        room.make()
        found = []
        while room.desk.clock.now() < _at(end):
            room.desk.clock.pass_by(900)
            room.take()
            found += room.make()
        assert found == mornings
        room.assert_each_article_is_in_one_window()


@pytest.mark.parametrize(
    "room", [{"interval_minutes": 90, "quiet_hours": "22:00-06:00"}], indirect=True
)
def test_an_interval_keeps_its_distance_and_sleeps_in_quiet_hours(room: Newsroom) -> None:
    """The first waits for their end, too."""
    room.take()
    assert room.make() == []
    found = []
    while room.desk.clock.now() < _at("2026-11-21T09:00+01:00"):
        room.desk.clock.pass_by(600)
        room.take()
        found += room.make()
    evening = ["20 18:00", "20 19:30", "20 21:00", "21 06:00", "21 07:30", "21 09:00"]
    assert (found[0], found[-6:]) == ("20 06:00", evening)


@pytest.mark.parametrize("room", [{"weekdays": ("mon", "wed")}], indirect=True)
def test_other_weekdays_are_told_on_the_next(room: Newsroom) -> None:
    """From Friday on: the first at once, then Monday and Wednesday."""
    found = []
    for day in range(6):
        room.take()
        found += room.make()
        room.desk.clock.pass_by(86_400 + 3600 * (day == 0))
    assert found == ["20 05:00", "23 06:00", "25 06:00"]
    assert [row.articles for row in room.made()] == [1, 3, 2]


def test_the_timer_and_commands_at_once_make_one_edition(room: Newsroom) -> None:
    """Whoever comes first; the others find nothing new."""
    room.take()
    room.make()
    room.take(BRIDGE)
    room.go_to("2026-11-20T06:00+01:00")
    together = Barrier(6)

    def ask(number: int) -> list[EditionRow]:
        together.wait()
        return room.digests.make("daily") if number % 2 else room.digests.make_due()

    with ThreadPoolExecutor(6) as pool:
        made = [row for rows in pool.map(ask, range(6)) for row in rows]
    assert [_shown(row) for row in made] == ["20 06:00"]
    room.assert_each_article_is_in_one_window()


def test_a_command_makes_what_is_due_under_the_name_that_the_timer_would_give_it(
    room: Newsroom,
) -> None:
    room.take()
    room.make()
    room.take(BRIDGE)
    room.go_to("2026-11-20T06:00:07+01:00")
    assert [_shown(row) for row in room.digests.make("daily")] == ["20 06:00"]
    assert room.make() == []


class Crash(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("point", ["render", "record", "write"])
def test_a_crash_on_the_way_leaves_exactly_one_edition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    """While rendering, between that and the commit, and between the commit and the files."""

    def crash(*_: object, **__: object) -> None:
        raise Crash

    room = Newsroom(tmp_path, "2026-11-20T05:00+01:00")
    with room.desk:
        room.take()
        with monkeypatch.context() as patch:
            if point == "render":
                patch.setattr(press, "render", crash)
            elif point == "record":
                patch.setattr(room.desk.committer, "record_edition", crash)
            else:
                patch.setattr(edition_files, "put", crash)
            with pytest.raises(Crash):
                room.make()
    room = Newsroom(tmp_path, "2026-11-20T05:00:01+01:00")
    with room.desk:
        assert room.digests.restore() == set()
        room.desk.committer.recover()
        room.make()
        room.make()
        assert len(room.made()) == 1
        room.assert_each_article_is_in_one_window()
        assert (room.desk.data.editions / "daily" / "index.html").is_file()


@pytest.mark.parametrize(
    "make",
    [
        lambda digests: digests.make_again("daily", _FIRST),
        lambda digests: digests.make_past("daily", _FIRST - timedelta(hours=1), _FIRST),
    ],
    ids=["correction", "extra"],
)
def test_each_edition_that_a_crash_left_without_files_gets_them(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch, make: Callable[[Digests], object]
) -> None:
    """Not only the last: a correction of an earlier one, and one of a past window."""
    room.take()
    room.make()
    room.go_to("2026-11-20T06:00+01:00")
    room.take(BRIDGE)
    room.make()
    room.desk.committer.settle_outbox()
    with monkeypatch.context() as patch:
        patch.setattr(edition_files, "put", _refuse)
        with pytest.raises(StoreError):
            make(room.digests)
    assert len(room.made()) == 3
    assert room.digests.restore() == set()
    assert all(file.is_file() for row in room.made() for file in room.digests.files(row))


def _refuse(*_: object, **__: object) -> None:
    raise TransientError("no space left")


def test_a_correction_is_a_new_version_of_the_same_window(room: Newsroom) -> None:
    """The first stays as it is; the next edition follows as if nothing had been."""
    room.take(FERRY, BRIDGE)
    room.make()
    first = room.made()[0]
    before = room.digests.files(first)[0].read_bytes()
    room.go_to("2026-11-20T06:00+01:00")
    room.take(FERRY)
    room.make()
    row = room.digests.make_again("daily", _at("2026-11-20T05:00+01:00"))
    assert (row.version, row.after, row.through) == (2, first.after, first.through)
    assert room.digests.make_again("daily", _at("2026-11-20T05:00+01:00")).version == 3
    assert room.digests.files(first)[0].read_bytes() == before
    published = [e for e in room.desk.events() if e["type"] == "tidende.digest.published.v1"]
    assert [event["data"]["version"] for event in published] == [1, 1, 2, 3]
    assert len({event["id"] for event in published}) == 4
    room.go_to("2026-11-21T06:00+01:00")
    room.take(BRIDGE)
    (row,) = room.digests.make_due()
    assert row.after >= room.made()[-2].through
    assert row.articles == 1


def test_a_correction_leaves_out_what_was_taken_down(room: Newsroom) -> None:
    """Even if nothing is left: then it says so."""
    room.take(FERRY)
    room.make()
    with room.desk.ledger.write() as connection:
        connection.exec_driver_sql("UPDATE events SET body = x'' WHERE sequence = 1")
    row = room.digests.make_again("daily", _at("2026-11-20T05:00+01:00"))
    assert (row.version, row.stories) == (2, 0)
    assert "Storvik" not in room.digests.files(row)[0].read_text()


def test_an_edition_of_a_past_window_stands_beside_the_others(room: Newsroom) -> None:
    """It may tell again what others told; the next regular one doesn't follow it."""
    room.take(FERRY)
    room.make()
    room.go_to("2026-11-20T12:00+01:00")
    room.take(BRIDGE)
    room.go_to("2026-11-20T14:00+01:00")
    row = room.digests.make_past("daily", _at("2026-11-20T04:00+01:00"), room.desk.clock.now())
    assert row is not None
    assert (row.kind, row.articles, row.version) == ("extra", 2, 1)
    room.go_to("2026-11-21T06:00+01:00")
    assert [row.articles for row in room.digests.make_due()] == [1]
    again = room.digests.make_past("daily", _FIRST, _at("2026-11-21T06:00+01:00"))
    assert again is not None
    assert again.version == 1
    nothing = room.digests.make_past(
        "daily", _at("2026-11-20T13:00+01:00"), _at("2026-11-20T13:30+01:00")
    )
    assert nothing is None


def test_the_index_lists_what_was_made_the_newest_first(room: Newsroom) -> None:
    """With the files that are there still."""
    for day in (20, 21, 22):
        room.go_to(f"2026-11-{day}T06:00+01:00")
        room.take(FERRY)
        room.make()
    index = room.desk.data.editions / "daily" / "index.html"
    page = index.read_text()
    places = [page.index(f"2026-11-{day}T050000Z.html") for day in (22, 21, 20)]
    assert places == sorted(places)
    for file in room.digests.files(room.made()[0]):
        file.unlink()
    room.digests.make_again("daily", _at("2026-11-22T06:00+01:00"))
    page = index.read_text()
    assert "2026-11-20T050000Z.html" not in page
    assert page.index("2026-11-22T050000Z.v2.html") < page.index("2026-11-22T050000Z.html")


def test_the_latest_edition_has_an_address_that_stays(room: Newsroom) -> None:
    """It is the newest regular one in its last version; who removes that has removed it here."""
    latest = room.desk.data.editions / "daily" / "latest.html"
    for day in (20, 21):
        room.go_to(f"2026-11-{day}T06:00+01:00")
        room.take(FERRY)
        room.make()
        assert latest.resolve().name == f"2026-11-{day}T050000Z.html"
    room.digests.make_past("daily", _FIRST - timedelta(days=9), room.desk.clock.now())
    room.digests.make_again("daily", _at("2026-11-20T06:00+01:00"))
    assert latest.resolve().name == "2026-11-21T050000Z.html"
    room.digests.make_again("daily", _at("2026-11-21T06:00+01:00"))
    assert latest.resolve().name == "2026-11-21T050000Z.v2.html"
    latest.resolve().unlink()
    assert not latest.exists()


def test_a_clock_that_goes_back_makes_no_edition_twice(room: Newsroom) -> None:
    room.take()
    room.make()
    room.desk.clock.pass_by(-timedelta(days=2).total_seconds())
    room.take(BRIDGE)
    assert room.make() == []
    room.go_to("2026-11-20T06:00+01:00")
    assert room.make() == ["20 06:00"]
