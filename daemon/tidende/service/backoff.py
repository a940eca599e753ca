"""How long to wait until something that failed is tried again."""

from dataclasses import dataclass

from tidende.clock import monotonic

FIRST_SECONDS = 0.1
LONGEST_SECONDS = 10.0
"""A disk that was made room on is used again so soon."""


@dataclass(slots=True)
class Backoff:
    """Doubles the wait with every failure in a row; none at all before the first."""

    _seconds: float = 0.0
    _until: float = 0.0

    def begin(self) -> float:
        """Note a failure; return for how many seconds to wait."""
        self._seconds = min(max(2 * self._seconds, FIRST_SECONDS), LONGEST_SECONDS)
        self._until = monotonic() + self._seconds
        return self._seconds

    def end(self) -> None:
        """Note that it worked."""
        self._seconds = self._until = 0.0

    def remaining(self) -> float | None:
        """Return for how many more seconds to wait, None when nothing has failed."""
        return max(0.0, self._until - monotonic()) if self._seconds else None

    def is_over(self) -> bool:
        """Say whether it may be tried."""
        return not self._until or monotonic() >= self._until
