"""Files that survive a power cut: written aside, synced, renamed, and their folder synced.

What the disk refuses is either of the kind that heals (full, busy, out of descriptors, permission),
or it is not; `explained` tells them apart. A failed fsync of a file that stays never heals: the
kernel has dropped the pages, and a second fsync would say that all is well.
"""

import ctypes
import errno
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from tidende.errors import ConfigError, StoreError, TransientError

_HEALS = frozenset(
    {
        errno.EACCES,
        errno.EAGAIN,
        errno.EBUSY,
        errno.EDQUOT,
        errno.EINTR,
        errno.EMFILE,
        errno.ENFILE,
        errno.ENOMEM,
        errno.ENOSPC,
        errno.EPERM,
        errno.ETXTBSY,
    }
)

DRAFT_BYTES = 200
"""Of a file's name that its draft's has, too: a name may have 255, and so may the draft's."""

_libc = ctypes.CDLL(None, use_errno=True)


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Raise what the system refuses as TransientError if it can heal, else as StoreError."""
    try:
        yield
    except OSError as error:
        kind = TransientError if error.errno in _HEALS else StoreError
        raise kind(f"{path}: {error.strerror}") from error


@contextmanager
def usable(named: str) -> Iterator[None]:
    """Raise what the system refuses as ConfigError: blame the setting or argument it is `named`."""
    try:
        yield
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        raise ConfigError(f"{named}: {error.strerror}{where}") from error


def write_durably(path: Path, content: bytes) -> None:
    """Put `content` at `path` in one step, whatever a crash left there.

    Raises OSError. The folder isn't synced: whoever writes several files syncs it once, with
    `sync`.
    """
    write_pieces_durably(path, (content,))


def copy_durably(source: Path, path: Path) -> None:
    """Put a copy of `source`, of any size, at `path` in one step; else as `write_durably`."""
    with source.open("rb") as original, _drafted(path) as file:
        shutil.copyfileobj(original, file)


def write_pieces_durably(path: Path, pieces: Iterable[bytes]) -> None:
    """Put content of any size at `path` in one step; what `pieces` raises leaves nothing there."""
    with _drafted(path) as file:
        file.writelines(pieces)


@contextmanager
def _drafted(path: Path) -> Iterator[BinaryIO]:
    """Give a file that becomes `path` when the block ends, and is gone if it raises."""
    name = os.fsdecode(os.fsencode(path.name)[:DRAFT_BYTES])
    draft = path.with_name(f".{name}.tmp")
    # A draft whose fsync failed may claim to be clean: it is never synced again, always new.
    draft.unlink(missing_ok=True)
    try:
        with draft.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, durably."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync(folder.parent)


def sync(path: Path) -> None:
    """Force a file's content, or a folder's names, to the disk; raises OSError, StoreError."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fsync(descriptor, path)
    finally:
        os.close(descriptor)


def sync_file_system(path: Path) -> None:
    """Force all that was written to a path's file system to the disk, as `sync`."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        with _never_heals(path):
            if _libc.syncfs(descriptor) != 0:
                number = ctypes.get_errno()
                raise OSError(number, os.strerror(number))
    finally:
        os.close(descriptor)


def fsync(descriptor: int, path: Path) -> None:
    """Force an open file to the disk; `path` is named if it fails, with StoreError."""
    with _never_heals(path):
        os.fsync(descriptor)


@contextmanager
def _never_heals(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(f"{path}: can't be synced to the disk: {error.strerror}") from error
