"""Opens the ledger: an SQLite file, created, migrated or refused as need be.

One process writes (the one that holds the data directory); any number read beside it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, insert, inspect, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from tidende.errors import StoreError, TidendeError, TransientError
from tidende.store.soundness import damaged, read_only, tells_of_damage
from tidende.store.tables import REVISION, alembic_version, metadata

BUSY_TIMEOUT_SECONDS = 5.0
"""Longer and the daemon's loop, which waits here, would seem to hang; it tries again anyway."""

_HEALS = (
    *("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_FULL", "SQLITE_CANTOPEN", "SQLITE_NOMEM"),
    *("SQLITE_PERM", "SQLITE_PROTOCOL", "SQLITE_IOERR_NOMEM"),
    *("SQLITE_IOERR_SHMOPEN", "SQLITE_IOERR_SHMSIZE", "SQLITE_IOERR_SHMMAP"),
)
"""Beginnings of SQLite's names for what passes: locked, full, out of descriptors or memory."""


class Ledger:
    """The ledger behind one file; `write` and `read` give a connection in a transaction."""

    def __init__(self, file: Path, *, only_reads: bool = False) -> None:
        self.file = file
        self._engine = _engine(file, only_reads=only_reads)

    @classmethod
    def create_or_open(cls, file: Path, *, expected: bool = False) -> "Ledger":
        """Return the ledger, made or migrated if it isn't there or is older than this program.

        Raises StoreError when the file is no ledger or comes from a newer program, or when there
        is none though it is `expected`: a new one would have everything published twice.
        """
        if expected and not file.is_file():
            raise damaged(file, "it is missing")
        ledger = cls(file)
        with ledger._explained():
            if expected and _revision(ledger._engine) is None:
                raise damaged(file, "it is empty")
            _bring_up_to_date(ledger._engine)
        return ledger

    @classmethod
    def open_existing(cls, file: Path, *, only_reads: bool = False) -> "Ledger":
        """Return a ledger that another process keeps, and that is of this program's revision.

        Raises TidendeError if there is none, StoreError when the file is another, or no ledger.
        """
        found = existing_revision(file)
        if found > REVISION:
            raise StoreError(f"{file}: made by a newer version of Tidende (revision {found})")
        if found < REVISION:
            raise StoreError(
                f"{file}: made by an older version of Tidende; "
                "'tidende run' or 'tidende ingest' brings it up to date"
            )
        return cls(file, only_reads=only_reads)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Give a connection that holds the write lock; commits at the end, or undoes everything."""
        with self._transaction(immediate=True) as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the ledger throughout."""
        with self._transaction(immediate=False) as connection:
            yield connection

    def revision(self) -> str:
        """Return the revision of the ledger's tables; raises StoreError for a file without them."""
        with self._explained():
            if (found := _revision(self._engine)) is not None:
                return found
            with self._engine.connect() as connection:
                if inspect(connection).get_table_names():
                    raise _foreign(self.file)
        raise damaged(self.file, "it is empty")

    def checkpoint(self) -> None:
        """Move all that was committed into the file itself, and leave nothing in its -wal.

        Raises TransientError at once while somebody reads an older state or writes.
        """
        with self._explained(), self._engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            # It holds the write lock while it waits for readers: so it must not wait.
            (patience,) = driver.execute("PRAGMA busy_timeout").fetchone()
            driver.execute("PRAGMA busy_timeout = 0")
            try:
                (busy, *_) = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                driver.execute(f"PRAGMA busy_timeout = {patience}")
        if busy:
            raise TransientError(f"{self.file}: somebody reads it; its -wal can't be emptied yet")

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    @contextmanager
    def _transaction(self, *, immediate: bool) -> Iterator[Connection]:
        with (
            self._explained(),
            self._engine.connect().execution_options(immediate=immediate) as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            name = getattr(error.orig, "sqlite_errorname", "")
            said = f"{self.file}: {error.orig}"
            if name.startswith("SQLITE_CANTOPEN"):
                said += " (may this user read and write it, and the folder that it is in?)"
            if name.startswith(_HEALS):
                raise TransientError(said) from error
            if tells_of_damage(error.orig):
                raise damaged(self.file, str(error.orig)) from error
            raise StoreError(said) from error


def existing_revision(file: Path) -> str:
    """Return the revision of a ledger that must be there already.

    Raises TidendeError when there is no file, StoreError when it is none of Tidende's.
    """
    # A start that has only begun, or was killed then, leaves an empty file.
    if not file.is_file() or not file.stat().st_size:
        raise TidendeError(
            f"{file}: no ledger yet: nothing was ever taken in; --data names another place"
        )
    ledger = Ledger(file, only_reads=True)
    try:
        return ledger.revision()
    finally:
        ledger.close()


def _engine(file: Path, *, only_reads: bool) -> Engine:
    # A path may hold "?", which would end one in a string.
    url = URL.create("sqlite", database=str(file))
    if only_reads:
        engine = create_engine(
            url, poolclass=QueuePool, creator=lambda: read_only(file, BUSY_TIMEOUT_SECONDS)
        )
    else:
        engine = create_engine(
            url,
            poolclass=QueuePool,
            pool_size=4,
            connect_args={"timeout": BUSY_TIMEOUT_SECONDS, "check_same_thread": False},
        )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        # We say BEGIN ourselves: the driver would begin late, after a write's reads.
        connection.isolation_level = None
        if not only_reads:
            connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        # What is emptied is overwritten: a text that was taken down leaves nothing in free pages.
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA temp_store = MEMORY")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        immediate = connection.get_execution_options().get("immediate", True)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(select(alembic_version.c.version_num)).scalar()


def _foreign(file: Path | str | None) -> StoreError:
    return StoreError(f"{file}: a database, but not one of Tidende's")


def _bring_up_to_date(engine: Engine) -> None:
    found = _revision(engine)
    if found == REVISION:
        return
    if found is None:
        with engine.begin() as connection:
            if inspect(connection).get_table_names():
                raise _foreign(engine.url.database)
            metadata.create_all(connection)
            connection.execute(insert(alembic_version).values(version_num=REVISION))
        return
    from tidende.store.migrate import upgrade  # noqa: PLC0415  # Alembic costs 400 ms to import

    upgrade(engine, found)
