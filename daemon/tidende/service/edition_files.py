"""Where editions stand on the disk, and the page that lists a digest's editions."""

from collections.abc import Mapping
from pathlib import Path

from tidende.clock import rfc3339
from tidende.digest.deliver import INDEX, LATEST, link_latest, write_edition, write_index
from tidende.digest.index import Listed, render_index
from tidende.digest.window import moment
from tidende.model.edition import Edition
from tidende.model.payload import DigestData
from tidende.settings import DigestSettings
from tidende.store import editions
from tidende.store.editions import EditionRow
from tidende.store.ledger import Ledger


def put(
    edition: Edition,
    renderings: Mapping[str, str | bytes],
    *,
    directory: Path,
    ledger: Ledger,
    chosen: DigestSettings,
) -> None:
    """Write a recorded edition's files, and its digest's index and links to the newest edition.

    Done again, it leaves the same.

    Raises TransientError when the disk refuses.
    """
    write_edition(directory, edition, renderings)
    with ledger.read() as connection:
        rows = editions.newest_first(connection, edition.digest)
        newest = editions.last_told(connection, edition.digest)
    folder = directory / edition.digest
    if newest is not None:
        link_latest(folder, _stem(newest), newest.forms)
    page = render_index(
        [_listed(directory, row) for row in rows],
        title=chosen.title,
        language=chosen.language,
        timezone=chosen.timezone,
        feed=f"{LATEST}.atom" if newest is not None and "atom" in newest.forms else None,
    )
    write_index(folder, page)


def describe(row: EditionRow, directory: Path) -> DigestData:
    """Return what is said of an edition, in its event and on the command line."""
    return DigestData(
        digest=row.digest,
        window_end=rfc3339(moment(row.window_end)),
        version=row.version,
        after=row.after,
        through=row.through,
        stories=row.stories,
        articles=row.articles,
        files=tuple(str(path) for path in edition_files(directory, row)),
    )


def edition_files(directory: Path, row: EditionRow) -> tuple[Path, ...]:
    """Return where an edition's files are, the main one first."""
    return tuple(edition_file(directory, row, form) for form in row.forms)


def edition_file(directory: Path, row: EditionRow, form: str) -> Path:
    """Return where an edition's file of one form is, or would be."""
    return directory / row.digest / f"{_stem(row)}.{form}"


def is_whole(directory: Path, row: EditionRow) -> bool:
    """Say whether all files of an edition are there, and an index beside them."""
    wanted = (*edition_files(directory, row), directory / row.digest / INDEX)
    return all(path.exists() for path in wanted)


def urn(row: EditionRow) -> str:
    """Return an edition's subject."""
    return Edition.urn_of(row.digest, moment(row.window_end), row.version)


def _listed(directory: Path, row: EditionRow) -> Listed:
    """Return an edition for the index, with those of its files that are there still."""
    files = {path.suffix[1:]: path.name for path in edition_files(directory, row) if path.exists()}
    return Listed(
        end=moment(row.window_end),
        version=row.version,
        stories=row.stories,
        articles=row.articles,
        files=files,
    )


def _stem(row: EditionRow) -> str:
    return Edition.stem_of(moment(row.window_end), row.version)
