"""Brings a ledger of an older program up to date, with Alembic; forward only."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Engine

from tidende.errors import StoreError

_SCRIPTS = Path(__file__).with_name("migrations")


def upgrade(engine: Engine, found: str | None, *, to: str = "head") -> None:
    """Migrate from the revision `found` (None: an empty database) to the newest, or `to` another.

    Raises StoreError for a revision that this program doesn't know: a newer one made it.
    """
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    try:
        if found is not None:
            ScriptDirectory.from_config(config).get_revision(found)
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, to)
    except CommandError as error:
        raise StoreError(
            f"{engine.url.database}: made by a newer version of Tidende (revision {found})"
        ) from error
