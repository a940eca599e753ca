"""An edition's files on disk: whole or not there, under names that sort as the windows do."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from tidende.durable import make_folder, sync, write_durably
from tidende.errors import TransientError
from tidende.model.edition import Edition

INDEX = "index.html"
"""The page in a digest's folder that lists its editions."""

LATEST = "latest"
"""The stem of the links to a digest's newest edition."""


def write_edition(
    directory: Path, edition: Edition, renderings: Mapping[str, str | bytes]
) -> tuple[Path, ...]:
    """Write an edition's `renderings`, keyed by extension, and return their paths, all durable.

    They stand at `<directory>/<digest>/<window end>[.v<version>].<extension>`. Doing it again
    leaves the same files, so a run that was cut short is simply repeated. Only the holder of
    the data directory's lock may call this. Raises TransientError when the disk refuses.
    """
    folder = directory / edition.digest
    return _write(folder, {f"{edition.stem}.{form}": said for form, said in renderings.items()})


def write_index(folder: Path, page: str) -> None:
    """Write the page that lists a digest's editions into its folder; else as `write_edition`."""
    _write(folder, {INDEX: page})


def link_latest(folder: Path, stem: str, forms: Iterable[str]) -> None:
    """Have `latest.<form>` be the newest edition's files, whose stem this is; else as the others.

    A feed reader and a bookmark need an address that stays. They are links: who removes an
    edition's files has removed them all.
    """
    try:
        for form in forms:
            link = folder / f"{LATEST}.{form}"
            draft = link.with_name(f".{link.name}.tmp")
            draft.unlink(missing_ok=True)
            draft.symlink_to(f"{stem}.{form}")
            draft.replace(link)
        sync(folder)
    except OSError as error:
        raise TransientError(f"the edition can't be linked in {folder}: {error}") from error


def _write(folder: Path, contents: Mapping[str, str | bytes]) -> tuple[Path, ...]:
    try:
        make_folder(folder)
        for name, content in contents.items():
            write_durably(folder / name, content.encode() if isinstance(content, str) else content)
        sync(folder)
    except OSError as error:
        raise TransientError(f"the edition can't be written in {folder}: {error}") from error
    return tuple(folder / name for name in contents)
