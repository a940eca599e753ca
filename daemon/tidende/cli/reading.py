"""Looking into a data directory that another process may hold."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tidende.cli.options import load_settings

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tidende.service.layout import DataDirectory


def data_directory(config: Path | None, data: Path | None) -> "DataDirectory":
    """Return the data directory that the command line names."""
    from tidende.service.layout import DataDirectory

    loaded = load_settings(config, None, data=data)
    return DataDirectory(loaded.settings.data.absolute())


@contextmanager
def open_ledger(directory: "DataDirectory") -> Iterator["Connection"]:
    """Give a connection that reads the ledger; raises StoreError when there is none."""
    from tidende.store.ledger import Ledger

    ledger = Ledger.open_existing(directory.ledger, only_reads=True)
    try:
        with ledger.read() as connection:
            yield connection
    finally:
        ledger.close()
