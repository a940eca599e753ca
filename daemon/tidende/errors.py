"""Every error that Tidende raises on purpose; what each means for the one who catches it."""


class TidendeError(Exception):
    """The root: something that is said to the user in one sentence, without a traceback."""


class ConfigError(TidendeError):
    """A setting can't be used; the message names the file, the key and the value."""


class SeedError(TidendeError):
    """A seed can't be used and goes to quarantine; `reason` is its constant class."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class TransientError(TidendeError):
    """It may work later: try again, nothing is wrong with the seed."""


class StoreError(TidendeError):
    """The ledger or the queue can't be trusted or used; nobody may go on writing to it."""


class HeldError(TidendeError):
    """Another process holds the data directory."""
