"""An edition's files: whole, durable, and the same however often they are written."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tidende.digest.deliver import write_edition
from tidende.errors import TransientError
from tidende.model.edition import Edition

MakeEdition = Callable[..., Edition]


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_files_are_named_for_the_window(edition: MakeEdition, tmp_path: Path) -> None:
    paths = write_edition(tmp_path / "editions", edition(), {"md": "æ", "html": b"<p>"})
    folder = tmp_path / "editions" / "daily"
    assert paths == (folder / "2026-11-22T050000Z.md", folder / "2026-11-22T050000Z.html")
    assert _files(folder) == {
        "2026-11-22T050000Z.md": "æ".encode(),
        "2026-11-22T050000Z.html": b"<p>",
    }


def test_a_later_version_stands_beside_the_first(edition: MakeEdition, tmp_path: Path) -> None:
    write_edition(tmp_path, edition(), {"md": "1"})
    write_edition(tmp_path, edition(version=2), {"md": "2"})
    assert set(_files(tmp_path / "daily")) == {"2026-11-22T050000Z.md", "2026-11-22T050000Z.v2.md"}


def test_writing_again_leaves_the_same_files(edition: MakeEdition, tmp_path: Path) -> None:
    first = write_edition(tmp_path, edition(), {"md": "1"})
    assert write_edition(tmp_path, edition(), {"md": "1"}) == first
    assert list(_files(tmp_path / "daily")) == ["2026-11-22T050000Z.md"]


def test_what_a_crash_left_is_replaced(edition: MakeEdition, tmp_path: Path) -> None:
    folder = tmp_path / "daily"
    folder.mkdir()
    (folder / ".2026-11-22T050000Z.md.tmp").write_bytes(b"hal")
    write_edition(tmp_path, edition(), {"md": "half and half"})
    assert _files(folder) == {"2026-11-22T050000Z.md": b"half and half"}


def test_a_refusing_disk_leaves_no_half_file_and_may_be_tried_again(
    edition: MakeEdition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_edition(tmp_path, edition(), {"html": "<p>"})

    def refuse(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refuse)
        with pytest.raises(TransientError, match="No space left"):
            write_edition(tmp_path, edition(), {"md": "1"})
    assert list(_files(tmp_path / "daily")) == ["2026-11-22T050000Z.html"]
    write_edition(tmp_path, edition(), {"md": "1"})
    assert len(_files(tmp_path / "daily")) == 2
