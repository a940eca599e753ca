"""A backup that is brought up to date loses nothing of the earlier one."""

from pathlib import Path

import pytest

from desk import BINARY, Desk
from tidende.errors import ConfigError, TidendeError
from tidende.service.backup import back_up


def test_what_cannot_be_listed_is_not_taken_for_empty(desk: Desk, tmp_path: Path) -> None:
    """The copies of the earlier backup may be the only ones left."""
    desk.drop("a.bin", BINARY)
    desk.take_all()
    target = tmp_path / "backup"
    back_up(desk.data, target, lambda _more, _total: None)
    before = sorted((target / "quarantine").iterdir())
    assert len(before) == 2
    desk.data.quarantine.rename(tmp_path / "lost")
    desk.data.quarantine.symlink_to(desk.data.quarantine)
    with pytest.raises(TidendeError, match="quarantine: Too many levels of symbolic links"):
        back_up(desk.data, target, lambda _more, _total: None)
    assert sorted((target / "quarantine").iterdir()) == before


def test_what_left_the_quarantine_leaves_the_backup(desk: Desk, tmp_path: Path) -> None:
    """All of it too."""
    desk.drop("a.bin", BINARY)
    desk.take_all()
    target = tmp_path / "backup"
    for expected in (2, 0):
        back_up(desk.data, target, lambda _more, _total: None)
        assert len(list((target / "quarantine").iterdir())) == expected
        for file in desk.data.quarantine.iterdir():
            file.unlink()


@pytest.mark.parametrize("target", ["file", "file/below", "full", "/proc/backup", "x" * 300])
def test_a_place_that_takes_no_backup_is_named_and_left_alone(
    desk: Desk, tmp_path: Path, target: str
) -> None:
    """The user's to mend: nothing is wrong with the ledger."""
    (tmp_path / "file").write_text("mine")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    with pytest.raises(ConfigError) as raised:
        back_up(desk.data, tmp_path / target, lambda _more, _total: None)
    assert str(raised.value).startswith(f"{tmp_path / target}: ")
    assert [file.name for file in (tmp_path / "full").iterdir()] == ["mine.txt"]
