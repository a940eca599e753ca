"""The daemon's first minutes: what lay in the inboxes comes first, and digests wait for it."""

from collections.abc import Callable, Iterable

from tidende.intake.marks import News, Scanned

FIRST_SCAN_SECONDS = 60.0
"""So long nothing is taken in before all inboxes have been scanned together. Behind a file system
that hangs the other inboxes needn't wait longer."""
BACKLOG_SECONDS = 600.0
"""No digest waits longer after a start for what lay in the inboxes: more may come all the time."""


class Beginning:
    """How far a start has come; `monotonic` gives seconds."""

    def __init__(self, *, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._begun = monotonic()
        self._early: list[News] = []
        self._is_over = False
        self.scanned = False
        """Whether all inboxes have been scanned, or waited for long enough."""

    def admit(self, told: Iterable[News]) -> list[News]:
        """Return what may be taken in now: nothing before the first scan, then all that came."""
        self._early += told
        self.scanned |= self._took(FIRST_SCAN_SECONDS) or any(
            isinstance(each, Scanned) for each in self._early
        )
        if not self.scanned:
            return []
        admitted, self._early = self._early, []
        return admitted

    def is_over(self, *, idle: bool) -> bool:
        """Return whether all was decided once (`idle`), or waited for long enough."""
        self._is_over |= idle or self._took(BACKLOG_SECONDS)
        return self._is_over

    def _took(self, seconds: float) -> bool:
        return self._monotonic() >= self._begun + seconds
