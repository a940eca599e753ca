"""Files that survive a power cut: written aside, synced, renamed, and their folder synced."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO


def write_durably(path: Path, content: bytes) -> None:
    """Put `content` at `path` in one step, whatever a crash left there; raises OSError.

    The folder isn't synced: whoever writes several files syncs it once, with `sync`.
    """
    with _drafted(path) as file:
        file.write(content)


def copy_durably(source: Path, path: Path) -> None:
    """Put a copy of `source`, of any size, at `path` in one step; else as `write_durably`."""
    with source.open("rb") as original, _drafted(path) as file:
        shutil.copyfileobj(original, file)


@contextmanager
def _drafted(path: Path) -> Iterator[BinaryIO]:
    """Give a file that becomes `path` when the block ends, and is gone if it raises OSError."""
    draft = path.with_name(f".{path.name}.tmp")
    # A draft whose fsync failed may claim to be clean: it is never synced again, always new.
    draft.unlink(missing_ok=True)
    try:
        with draft.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError:
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
    """Force a file's content, or a folder's names, to the disk."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
