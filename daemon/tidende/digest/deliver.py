"""An edition's files on disk: whole or not there, under names that sort as the windows do."""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from tidende.errors import TransientError
from tidende.model.edition import Edition


def write_edition(
    directory: Path, edition: Edition, renderings: Mapping[str, str | bytes]
) -> tuple[Path, ...]:
    """Write an edition's `renderings`, keyed by extension, and return their paths, all durable.

    They stand at `<directory>/<digest>/<window end>[.v<version>].<extension>`. Doing it again
    leaves the same files, so a run that was cut short is simply repeated. Only the holder of
    the data directory's lock may call this. Raises TransientError when the disk refuses.
    """
    folder = directory / edition.digest
    try:
        _make_folder(folder)
        paths = []
        for extension, content in renderings.items():
            path = folder / f"{edition.stem}.{extension}"
            _write(path, content.encode() if isinstance(content, str) else content)
            paths.append(path)
        _sync(folder)
    except OSError as error:
        raise TransientError(f"the edition can't be written in {folder}: {error}") from error
    return tuple(paths)


def _make_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    _sync(folder.parent)


def _write(path: Path, content: bytes) -> None:
    """Put `content` at `path` in one step; what a crash leaves behind, the next run replaces."""
    draft = path.with_name(f".{path.name}.tmp")
    # A draft whose fsync failed may claim to be clean: it is never synced again, always new.
    draft.unlink(missing_ok=True)
    try:
        with draft.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
