"""An edition's files on disk: whole or not there, under names that sort as the windows do."""

from collections.abc import Mapping
from pathlib import Path

from tidende.durable import make_folder, sync, write_durably
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
        make_folder(folder)
        paths = []
        for extension, content in renderings.items():
            path = folder / f"{edition.stem}.{extension}"
            write_durably(path, content.encode() if isinstance(content, str) else content)
            paths.append(path)
        sync(folder)
    except OSError as error:
        raise TransientError(f"the edition can't be written in {folder}: {error}") from error
    return tuple(paths)
