"""Asks the holder of the data directory for something, or does it when there is none."""

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tidende.errors import HeldError, TidendeError

if TYPE_CHECKING:
    from tidende.settings import Loaded
    from tidende.store.requests import RequestKind

PATIENCE_SECONDS = 300.0
POLL_SECONDS = 0.1
TRY_TO_HOLD_SECONDS = 2.0


def ask(loaded: "Loaded", kind: "RequestKind", argument: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the answer to a request.

    It goes into the ledger; a daemon that runs finds it there, and without one we are the holder
    ourselves. Raises TidendeError with what the holder said was wrong.
    """
    from tidende.clock import monotonic, now
    from tidende.service.layout import DataDirectory
    from tidende.store import requests
    from tidende.store.ledger import Ledger

    ledger = Ledger.open_existing(DataDirectory(loaded.settings.data.absolute()).ledger)
    try:
        with ledger.write() as connection:
            number = requests.ask(connection, kind, argument, now())
        deadline = monotonic() + PATIENCE_SECONDS
        next_try = monotonic()
        while monotonic() < deadline:
            if monotonic() >= next_try:
                _act_if_free(loaded)
                next_try = monotonic() + TRY_TO_HOLD_SECONDS
            with ledger.read() as connection:
                answer = requests.find(connection, number).answer
            if answer is not None:
                if "error" in answer:
                    raise TidendeError(answer["error"])
                return answer
            time.sleep(POLL_SECONDS)
    finally:
        ledger.close()
    raise TidendeError("the process that holds the data directory didn't answer; it may later")


def _act_if_free(loaded: "Loaded") -> None:
    from tidende import logs
    from tidende.service.ingest import act_on_requests
    from tidende.service.wiring import hold

    # What came of it is the answer; only what goes wrong on the way is said beside it.
    logs.configure(level="error", form=loaded.settings.log.format)
    try:
        with hold(loaded, takes_in=False) as parts:
            act_on_requests(parts)
    except HeldError:
        return
