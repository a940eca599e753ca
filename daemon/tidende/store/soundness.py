"""Is the ledger's file whole? SQLite's own check, run beside whatever else is done with the file.

It finds damaged pages, not a flipped bit in a value: events' bodies have checksums of their own.
"""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from threading import Thread

from tidende.errors import StoreError

_INTERRUPT_EVERY_SECONDS = 0.05
_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB")


def damaged(file: Path | str | None, what: str) -> StoreError:
    """Return the error that the ledger in a file is damaged."""
    return StoreError(f"{file} is damaged: {what}; 'tidende doctor' tells what can be saved")


def tells_of_damage(error: BaseException | None) -> bool:
    """Say whether an error of SQLite's means damage; any other says nothing about the file."""
    return getattr(error, "sqlite_errorname", "").startswith(_DAMAGED)


def read_only(file: Path, timeout: float = 30.0) -> sqlite3.Connection:
    """Return a connection that only reads; any thread may use it."""
    return sqlite3.connect(
        f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=timeout, check_same_thread=False
    )


class SoundnessCheck:
    """Checks a ledger in a thread, with a connection of its own; begins at once."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._connection: sqlite3.Connection | None = None
        self._stopped = False
        self._found: str | None = None
        self._thread = Thread(target=self._run, name="soundness", daemon=True)
        self._thread.start()

    def verify(self, timeout_seconds: float | None = 0.0) -> bool:
        """Say whether the check has ended, after waiting for it; None waits to its end.

        Raises StoreError when it has found damage.
        """
        self._thread.join(timeout_seconds)
        if self._found is not None:
            raise damaged(self._file, self._found)
        return not self._thread.is_alive()

    def stop(self) -> None:
        """Give up what isn't checked yet."""
        self._stopped = True
        while self._thread.is_alive():
            if self._connection is not None:
                with suppress(sqlite3.ProgrammingError):  # it was closed just now
                    self._connection.interrupt()
            self._thread.join(_INTERRUPT_EVERY_SECONDS)

    def _run(self) -> None:
        try:
            with closing(read_only(self._file)) as connection:
                self._connection = connection
                if not self._stopped:
                    (said,) = connection.execute("PRAGMA quick_check(1)").fetchone()
                    self._found = None if said == "ok" else " ".join(said.split())
        except sqlite3.Error as error:
            if tells_of_damage(error):  # it isn't when it was stopped
                self._found = str(error)
