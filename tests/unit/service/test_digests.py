"""Making editions: which window each covers, and what a crash in between leaves to mend."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desk import BRIDGE, FERRY, START, Desk
from tidende.errors import ConfigError, StoreError, TransientError
from tidende.service.edition_files import describe
from tidende.settings import DigestSettings
from tidende.store import editions
from tidende.store.editions import EditionRow

HOURLY = DigestSettings(schedule="0 * * * *", timezone="UTC")


def _window(row: EditionRow) -> tuple[int, int]:
    return row.after, row.through


def _windows(rows: Sequence[EditionRow]) -> list[tuple[int, int]]:
    return [_window(row) for row in rows]


def _files(desk: Desk) -> list[str]:
    folder = desk.data.editions
    files = (file for file in folder.rglob("*.*") if not file.is_symlink())
    return sorted(str(file.relative_to(folder)) for file in files)


def test_without_articles_there_is_no_edition(desk: Desk) -> None:
    """Neither due nor on demand; a refused seed is no article."""
    desk.drop("a", b"\0")
    desk.take_all()
    assert desk.digests.make_due() == []
    assert desk.digests.make("daily") == []
    assert desk.told() == ["quarantined"]


def test_the_first_edition_is_made_of_all_there_is(desk: Desk) -> None:
    """It is recorded, delivered in three forms, and told in an event."""
    desk.drop("a", FERRY)
    desk.take_all()
    (row,) = desk.digests.make_due()
    assert (_window(row), row.stories, row.articles) == ((0, 1), 1, 1)
    expected = {f"daily/2026-11-22T050000Z.{form}" for form in row.forms} | {"daily/index.html"}
    assert set(_files(desk)) == expected
    assert "Storvik" in (desk.data.editions / "daily" / "2026-11-22T050000Z.md").read_text()
    event = desk.events()[-1]
    assert event["type"] == "tidende.digest.published.v1"
    assert event["data"]["files"] == [str(path) for path in desk.digests.files(row)]
    assert all(Path(path).is_file() for path in event["data"]["files"])


def test_the_very_first_edition_waits_until_it_may_be_made(desk: Desk) -> None:
    """Whoever asks knows whether more articles are on their way; later ones don't wait."""
    desk.drop("a", FERRY)
    desk.take_all()
    assert desk.digests.make_due(first=False) == []
    assert len(desk.digests.make_due(first=True)) == 1
    desk.drop("b", BRIDGE)
    desk.take_all()
    desk.clock.pass_by(86_400)
    assert len(desk.digests.make_due(first=False)) == 1


def test_an_edition_cannot_end_in_the_future(desk: Desk) -> None:
    """It would cover what nobody knows yet, and nothing could follow it until then."""
    desk.drop("a", FERRY)
    desk.take_all()
    with pytest.raises(ConfigError, match="yet to come"):
        desk.digests.make("daily", START + timedelta(days=1000))
    assert len(desk.digests.make_due()) == 1


def test_an_edition_is_made_once(desk: Desk) -> None:
    """Asked again at the same moment, and later without news, nothing is due."""
    desk.drop("a", FERRY)
    desk.take_all()
    desk.digests.make_due()
    assert desk.digests.make_due() == []
    desk.clock.pass_by(5 * 86_400)
    assert desk.digests.make_due() == []


def test_the_next_edition_covers_what_came_since(desk: Desk) -> None:
    """When its hour has struck; not before, and without what was told already."""
    digests = desk.digests_of(hourly=HOURLY)
    desk.drop("a", FERRY)
    desk.take_all()
    digests.make_due()
    desk.drop("b", BRIDGE)
    desk.clock.pass_by(60)
    desk.take_all()
    assert digests.make_due() == []
    desk.clock.pass_by(3600)
    (row,) = digests.make_due()
    assert (_window(row), row.articles) == ((1, 3), 1)
    assert row.window_end == (START + timedelta(hours=1)).timestamp()


def test_an_edition_that_was_missed_covers_what_came_until_it_is_made(desk: Desk) -> None:
    """One edition makes up for all the hours that nobody was there."""
    digests = desk.digests_of(hourly=HOURLY)
    desk.drop("a", FERRY)
    desk.take_all()
    digests.make_due()
    desk.clock.pass_by(10 * 3600 + 5)
    desk.drop("b", BRIDGE)
    desk.take_all()
    (row,) = digests.make_due()
    assert row.window_end == (START + timedelta(hours=10)).timestamp()
    assert row.articles == 1
    assert digests.make_due() == []


def test_each_digest_has_its_own_windows(desk: Desk) -> None:
    """What one has told is news to another."""
    digests = desk.digests_of(one=HOURLY, two=HOURLY)
    desk.drop("a", FERRY)
    desk.take_all()
    assert [(row.digest, _window(row)) for row in digests.make_due()] == [
        ("one", (0, 1)),
        ("two", (0, 1)),
    ]


def test_an_edition_on_demand_needs_not_be_due(desk: Desk) -> None:
    """It covers what came until now, and the next begins behind it."""
    desk.drop("a", FERRY)
    desk.take_all()
    assert _windows(desk.digests.make("daily")) == [(0, 1)]
    desk.clock.pass_by(1)
    assert desk.digests.make("daily") == []
    desk.drop("b", BRIDGE)
    desk.take_all()
    assert _windows(desk.digests.make("daily")) == [(1, 3)]


def test_an_edition_up_to_a_moment_leaves_out_what_came_later(desk: Desk) -> None:
    """What was recorded at that moment is in."""
    desk.drop("a", FERRY)
    desk.take_all()
    desk.clock.pass_by(60)
    desk.drop("b", BRIDGE)
    desk.take_all()
    assert _windows(desk.digests.make("daily", START)) == [(0, 1)]


def test_an_edition_cannot_end_before_the_one_before(desk: Desk) -> None:
    """Its file would stand before what it follows."""
    desk.drop("a", FERRY)
    desk.take_all()
    desk.digests.make_due()
    desk.drop("b", BRIDGE)
    desk.take_all()
    with pytest.raises(ConfigError, match="edition up to 2026-11-22T05:00:00"):
        desk.digests.make("daily", START - timedelta(hours=1))


def test_a_digest_that_is_not_configured_cannot_be_made(desk: Desk) -> None:
    """The message says which there are."""
    with pytest.raises(ConfigError, match="weekly: no such digest; known: daily"):
        desk.digests.make("weekly")


@pytest.mark.parametrize("lost", ["md", "html", "atom"])
def test_files_that_a_crash_left_out_are_written_at_the_next_start(desk: Desk, lost: str) -> None:
    """The same bytes as they would have had."""
    desk.drop("a", FERRY)
    desk.take_all()
    (row,) = desk.digests.make_due()
    before = {path: path.read_bytes() for path in desk.digests.files(row)}
    next(path for path in before if path.suffix == f".{lost}").unlink()
    desk.digests.restore()
    assert {path: path.read_bytes() for path in desk.digests.files(row)} == before


def test_an_edition_that_somebody_removed_is_not_written_again(desk: Desk) -> None:
    """Its event is out: no crash took it, and after a takedown it would tell nothing."""
    desk.drop("a", FERRY)
    desk.take_all()
    (row,) = desk.digests.make_due()
    desk.committer.settle_outbox()
    for path in desk.digests.files(row):
        path.unlink()
    assert desk.digests.restore() == set()
    assert _files(desk) == ["daily/index.html"]


def test_there_is_nothing_to_restore_where_nothing_is_missing(desk: Desk) -> None:
    """Files that are there are left alone, and none are made for a digest without editions."""
    desk.digests.restore()
    desk.drop("a", FERRY)
    desk.take_all()
    (row,) = desk.digests.make_due()
    before = [path.stat().st_ino for path in desk.digests.files(row)]
    desk.digests.restore()
    assert [path.stat().st_ino for path in desk.digests.files(row)] == before


def test_an_edition_that_cannot_be_delivered_is_told_when_it_can(tmp_path: Path) -> None:
    """It is recorded; the next start writes its files, and only then comes its event."""
    with Desk(tmp_path) as desk:
        desk.drop("a", FERRY)
        desk.take_all()
        desk.data.editions.write_text("in the way")
        with pytest.raises(StoreError):
            desk.digests.make_due()
        assert desk.told() == ["new"]
        desk.data.editions.unlink()
    with Desk(tmp_path) as desk:
        desk.digests.restore()
        assert desk.committer.recover() == 1
        assert [event["type"].split(".")[1] for event in desk.events()] == ["article", "digest"]
        with desk.ledger.read() as connection:
            [row] = editions.newest_first(connection)
        assert len(_files(desk)) == len(row.forms) + 1


def test_a_window_that_somebody_else_covered_meanwhile_is_left_to_them(desk: Desk) -> None:
    """Two editions never tell the same."""
    desk.drop("a", FERRY)
    desk.take_all()
    (row,) = desk.digests.make_due()
    delivered: list[int] = []
    done = desk.committer.record_edition(
        replace(row, window_end=row.window_end + 1),
        describe(row, desk.data.editions),
        subject="urn:x",
        follows=None,
        deliver=lambda: delivered.append(1),
    )
    assert (done, delivered) == (False, [])


def test_a_template_that_fails_holds_back_its_digest_alone_and_loses_nothing(
    desk: Desk, tmp_path: Path
) -> None:
    template = tmp_path / "edition.md.j2"
    template.write_text("{{ edition.nothing }}", encoding="utf-8")
    digests = desk.digests_of(mine=DigestSettings(templates=tmp_path), other=HOURLY)
    desk.drop("a", FERRY)
    desk.take_all()
    assert [row.digest for row in digests.make_due()] == ["other"]
    with pytest.raises(TransientError, match=r"digest mine: .*edition\.md\.j2, line 1"):
        digests.raise_postponed()
    template.write_text("mine: {{ edition.counts.articles }}", encoding="utf-8")
    desk.clock.pass_by(60)
    (row,) = digests.make_due()
    digests.raise_postponed()
    assert digests.files(row)[0].read_text(encoding="utf-8") == "mine: 1"
