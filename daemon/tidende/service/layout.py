"""What stands where below the data directory."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class DataDirectory:
    """The data directory; everything that Tidende keeps stands below its `root`."""

    root: Path

    @property
    def ledger(self) -> Path:
        """The ledger's file."""
        return self.root / "ledger.sqlite"

    @property
    def salvaged(self) -> Path:
        """A mended ledger that is to take the damaged one's place."""
        return self.root / "ledger.sqlite.salvaged"

    @property
    def queue(self) -> Path:
        """The queue directory, with the LOCK of who holds it all."""
        return self.root / "queue"

    @property
    def health(self) -> Path:
        """How the daemon is, while one runs."""
        return self.root / "health.json"

    @property
    def quarantine(self) -> Path:
        """Refused seeds and their reasons."""
        return self.root / "quarantine"

    @property
    def archive(self) -> Path:
        """Decided seeds of inboxes with `on_done = "archive"`."""
        return self.root / "archive"

    @property
    def editions(self) -> Path:
        """The digests' editions."""
        return self.root / "editions"
