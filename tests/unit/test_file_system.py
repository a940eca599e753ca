"""Which file system a directory lies on."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tidende.file_system import Mount, identify, is_mounted, mount_of


@pytest.mark.parametrize(
    ("kind", "is_network", "tells_changes"),
    [
        ("ext4", False, True),
        ("tmpfs", False, True),
        ("overlay", False, True),
        ("fuseblk", False, True),
        ("", False, True),
        ("fuse", False, False),
        ("fuse.bindfs", False, False),
        ("virtiofs", False, False),
        ("fuse.sshfs", True, False),
        ("nfs4", True, False),
        ("cifs", True, False),
        ("9p", True, False),
        ("ceph", True, False),
        ("afs", True, False),
    ],
)
def test_what_a_file_system_is_good_for(
    kind: str, *, is_network: bool, tells_changes: bool
) -> None:
    """A ledger needs a local one; inotify hears of all changes only where nobody else makes any."""
    mount = Mount(type=kind, point="/")
    assert (mount.is_network, mount.tells_changes) == (is_network, tells_changes)


def test_a_directory_s_file_system_is_found(tmp_path: Path) -> None:
    """It is mounted somewhere above, or right there."""
    mount = mount_of(tmp_path)
    assert mount.type
    assert is_mounted(mount.point)
    assert tmp_path.resolve().is_relative_to(mount.point)
    assert not is_mounted(str(tmp_path))


def test_a_mount_is_another_directory(tmp_path: Path, mount_tmpfs: Callable[[Path], None]) -> None:
    """Until it is unmounted; a space in its name doesn't mislead."""
    folder = tmp_path / "in box"
    folder.mkdir()
    before = identify(folder)
    mount_tmpfs(folder)
    assert mount_of(folder) == Mount(type="tmpfs", point=str(folder))
    assert identify(folder) != before
    subprocess.run(["umount", folder], check=True)
    assert identify(folder) == before
    assert not is_mounted(str(folder))


def test_another_directory_in_its_place_is_told_apart(tmp_path: Path) -> None:
    """The one that was moved away keeps its own identity."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    before = identify(folder)
    folder.rename(tmp_path / "away")
    folder.mkdir()
    assert identify(folder) != before
    assert identify(tmp_path / "away") == before


@pytest.mark.parametrize("name", ["gone", "file"])
def test_what_is_no_directory_is_an_error(tmp_path: Path, name: str) -> None:
    """Whatever stands there instead."""
    (tmp_path / "file").touch()
    for ask in (identify, mount_of):
        with pytest.raises((FileNotFoundError, NotADirectoryError)):
            ask(tmp_path / name)


def test_nothing_stays_open(tmp_path: Path) -> None:
    """Asking every second for years costs no descriptors."""
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(3):
        identify(tmp_path)
        mount_of(tmp_path)
    assert len(os.listdir("/proc/self/fd")) == before


@pytest.mark.parametrize("mode", [0o000, 0o444, 0o333])
def test_a_directory_that_cannot_be_read_is_an_error(tmp_path: Path, mode: int) -> None:
    """It must be listed, and what it holds must be reached."""
    folder = tmp_path / "inbox"
    folder.mkdir(mode=mode)
    if os.access(folder, os.R_OK | os.X_OK):
        pytest.skip("root may read everything")
    with pytest.raises(PermissionError):
        identify(folder)
