"""Which file system a directory lies on, by the kernel's table of mounts.

Not by statfs: its numbers tell neither sshfs from a local FUSE, nor where a file system is mounted.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

Identity: TypeAlias = tuple[int, int, int]
"""Mount, device and inode: another one is another directory, or another mount of it."""

_NETWORK = frozenset(
    {
        *("nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "9p", "ceph", "afs", "coda"),
        *("lustre", "gpfs", "beegfs", "glusterfs", "orangefs", "pvfs2"),
        *("fuse.sshfs", "fuse.glusterfs", "fuse.ceph-fuse", "fuse.rclone", "fuse.s3fs"),
    }
)
_SHARED = frozenset({"virtiofs", "vboxsf", "prl_fs", "gfs2", "ocfs2"})
_OCTAL = re.compile(r"\\([0-7]{3})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mount:
    """A mounted file system: its type as the kernel names it, empty if unknown, and its place."""

    type: str
    point: str

    @property
    def is_network(self) -> bool:
        """Say whether its files lie on another machine: no place for locks and a database."""
        return self.type in _NETWORK

    @property
    def tells_changes(self) -> bool:
        """Say whether inotify hears of every change, for others can't change it behind the kernel.

        A FUSE file system may be local or not; `fuseblk` lies on a disk of ours.
        """
        return not (
            self.is_network
            or self.type in _SHARED
            or self.type == "fuse"
            or self.type.startswith("fuse.")
        )


def identify(directory: Path) -> Identity:
    """Say which directory stands at a path; raises OSError for one that can't be read."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        status = os.stat(".", dir_fd=descriptor)  # refused where it may be listed, not entered
        return _mount_id(descriptor), status.st_dev, status.st_ino
    finally:
        os.close(descriptor)


def mount_of(directory: Path) -> Mount:
    """Return the file system that a directory lies on; raises OSError where there is none."""
    descriptor = os.open(directory, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        number = _mount_id(descriptor)
    finally:
        os.close(descriptor)
    return next((mount for found, mount in _mounts() if found == number), Mount(type="", point="/"))


def is_mounted(point: str) -> bool:
    """Say whether any file system is mounted at a place."""
    return any(mount.point == point for _, mount in _mounts())


def _mount_id(descriptor: int) -> int:
    try:
        said = Path(f"/proc/self/fdinfo/{descriptor}").read_text(encoding="ascii")
    except OSError:
        return 0  # no /proc: device and inode must do
    found = re.search(r"^mnt_id:\s*(\d+)$", said, re.MULTILINE)
    return int(found[1]) if found else 0


def _mounts() -> Iterator[tuple[int, Mount]]:
    """Yield the mounts by their numbers; proc(5) has the table's form."""
    try:
        table = os.fsdecode(Path("/proc/self/mountinfo").read_bytes())
    except OSError:
        return
    for line in table.splitlines():
        number, _, _, _, point, *rest = line.split(" ")
        kind = rest[rest.index("-") + 1]
        yield int(number), Mount(type=kind, point=_OCTAL.sub(lambda o: chr(int(o[1], 8)), point))
