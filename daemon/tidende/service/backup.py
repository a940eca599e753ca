"""Backs a data directory up, beside a daemon: the ledger whole and at one moment, then the files.

The queue isn't part of it: its events are in the ledger, and can be replayed from there.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from tidende.durable import copy_durably, explained, make_folder, sync, usable, write_durably
from tidende.errors import ConfigError, TidendeError
from tidende.service.layout import DataDirectory
from tidende.service.progress import Progress
from tidende.store.ledger import existing_revision
from tidende.store.soundness import damaged, read_only, tells_of_damage

MARK = "BACKUP"
"""The file that tells a backup from a directory that must not be written over."""
PAGES = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class BackedUp:
    """A backup: the copy of the ledger, its bytes, and how many files beside it were copied."""

    ledger: str
    ledger_bytes: int
    files: int


def back_up(data: DataDirectory, target: Path, progress: Progress) -> BackedUp:
    """Write a backup to the directory `target`, or bring the one that is there up to date.

    Raises ConfigError for a directory that can't be used or holds something else, TidendeError
    when there is no ledger, StoreError when it is damaged or a file can't be read; what an earlier
    backup there has is kept then.
    """
    existing_revision(data.ledger)  # of any: it is a backup's use before a new program comes
    copy = target / data.ledger.name
    with usable(str(target)):
        _prepare(data, target)
    with explained(target):
        _copy_ledger(data.ledger, copy, progress)
        # After the ledger: what it says to be refused was put into quarantine before.
        copied = sum(
            _mirror(folder, target / folder.name) for folder in (data.quarantine, data.editions)
        )
        sync(target)
    return BackedUp(ledger=str(copy), ledger_bytes=copy.stat().st_size, files=copied)


def _prepare(data: DataDirectory, target: Path) -> None:
    resolved = target.resolve()
    if resolved.is_relative_to(data.root.resolve()):
        raise ConfigError(f"{target}: lies in the data directory that it is to back up")
    if target.exists() and not target.is_dir():
        raise ConfigError(f"{target}: is no directory")
    make_folder(resolved)
    if not (target / MARK).exists():
        if any(target.iterdir()):
            raise ConfigError(f"{target}: isn't empty and no backup; it is left as it is")
        write_durably(target / MARK, b"1\n")
        sync(target)


def _copy_ledger(ledger: Path, copy: Path, progress: Progress) -> None:
    """Copy the ledger as it is at one moment; the copy has its place only if it is whole."""
    draft = copy.with_name(f".{copy.name}.tmp")
    draft.unlink(missing_ok=True)
    done = 0

    def hear(_status: int, remaining: int, total: int) -> None:
        nonlocal done
        progress(total - remaining - done, total)
        done = total - remaining

    try:
        with closing(read_only(ledger)) as source, closing(sqlite3.connect(draft)) as target:
            # One reading transaction throughout: else each commit of the daemon begins it anew.
            source.execute("BEGIN")
            source.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            source.backup(target, pages=PAGES, progress=hear)
            target.execute("PRAGMA journal_mode = DELETE")  # one file, without -wal and -shm
            (said,) = target.execute("PRAGMA quick_check(1)").fetchone()
        if said != "ok":
            raise damaged(ledger, said)
        sync(draft)
        draft.replace(copy)
    except sqlite3.Error as error:
        if tells_of_damage(error):
            raise damaged(ledger, str(error)) from error
        raise TidendeError(f"{copy}: {error}") from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _mirror(source: Path, target: Path) -> int:
    """Make `target` hold what `source` does; return how many files were copied."""
    with explained(source):
        wanted = dict(_files(source))
    copied = 0
    for path, status in wanted.items():
        place = target / path
        with suppress(FileNotFoundError):  # it left the quarantine meanwhile
            if not _is_same(place, status):
                make_folder(place.parent)
                copy_durably(source / path, place)
                shutil.copystat(source / path, place)
                copied += 1
    for path, _ in list(_files(target)):
        if path not in wanted:
            (target / path).unlink()
    for folder, _, _ in os.walk(target):
        sync(Path(folder))
    return copied


def _files(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """Yield the files below a folder; raises OSError for what can't be listed: it isn't empty."""
    for above, _, names in os.walk(folder, onerror=_raise_unless_gone):
        for name in names:
            with suppress(FileNotFoundError):
                path = Path(above, name)
                yield path.relative_to(folder), path.stat()


def _raise_unless_gone(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise error


def _is_same(place: Path, status: os.stat_result) -> bool:
    try:
        found = place.stat()
    except FileNotFoundError:
        return False
    return (found.st_size, found.st_mtime_ns) == (status.st_size, status.st_mtime_ns)
