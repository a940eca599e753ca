"""Files that are there whole or not at all."""

from pathlib import Path

import pytest

from tidende.durable import copy_durably, make_folder, sync, write_durably


def test_what_is_written_replaces_what_was_there(tmp_path: Path) -> None:
    """A file has the new content, and nothing else is left in the folder."""
    file = tmp_path / "edition.md"
    file.write_bytes(b"old and longer")
    write_durably(file, b"new")
    assert file.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [file]


def test_the_draft_of_a_crash_is_replaced(tmp_path: Path) -> None:
    """What a crash left half written doesn't stand in the way."""
    file = tmp_path / "edition.md"
    (tmp_path / ".edition.md.tmp").write_bytes(b"half")
    write_durably(file, b"whole")
    assert file.read_bytes() == b"whole"
    assert list(tmp_path.iterdir()) == [file]


def test_a_copy_is_like_its_original(tmp_path: Path) -> None:
    """A file is copied byte for byte, and the original stays."""
    original, copy = tmp_path / "seed", tmp_path / "copy"
    original.write_bytes(bytes(range(256)) * 5000)
    copy_durably(original, copy)
    assert copy.read_bytes() == original.read_bytes()


@pytest.mark.parametrize("name", ["x" * 255, "å" * 127])
def test_a_name_may_be_as_long_as_a_name_can_be(tmp_path: Path, name: str) -> None:
    """The draft's is no longer, also where it is cut within a letter."""
    write_durably(tmp_path / name, b"whole")
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    """A refusal is raised, the old file stays and the draft goes."""
    folder = tmp_path / "edition.md"
    folder.mkdir()
    with pytest.raises(OSError, match="directory"):
        write_durably(folder, b"new")
    assert list(tmp_path.iterdir()) == [folder]


def test_a_folder_is_made_with_those_above_it(tmp_path: Path) -> None:
    """A deep folder is made in one call, and again is no error."""
    folder = tmp_path / "a" / "b" / "c"
    make_folder(folder)
    make_folder(folder)
    assert folder.is_dir()


def test_a_folder_cannot_be_made_where_a_file_stands(tmp_path: Path) -> None:
    """A file in the way is an error, not a folder."""
    (tmp_path / "a").write_bytes(b"")
    with pytest.raises(OSError, match="exists"):
        make_folder(tmp_path / "a")


def test_syncing_what_is_not_there_is_an_error(tmp_path: Path) -> None:
    """Nothing can be promised of a file that is gone."""
    with pytest.raises(FileNotFoundError):
        sync(tmp_path / "gone")
