"""How long to wait until something that failed is tried again: twice as long each time."""

from dataclasses import dataclass

from tidende.clock import monotonic

FIRST_SECONDS = 0.1
LONGEST_SECONDS = 10.0
"""A disk that was made room on is used again so soon."""

_DOUBLINGS = 60
"""Beyond, any pause is at its longest, and a float would overflow one day."""


def pause(failures: int, *, first: float, longest: float) -> float:
    """Return for how many seconds to wait after so many failures in a row, one at least."""
    return min(first * 2.0 ** min(failures - 1, _DOUBLINGS), longest)


@dataclass(slots=True)
class Backoff:
    """Failures in a row of what a loop does, and until when it waits after them."""

    _failures: int = 0
    _until: float = 0.0

    def begin(self) -> float:
        """Note a failure; return for how many seconds to wait."""
        self._failures += 1
        seconds = pause(self._failures, first=FIRST_SECONDS, longest=LONGEST_SECONDS)
        self._until = monotonic() + seconds
        return seconds

    def end(self) -> None:
        """Note that it worked."""
        self._failures = 0

    def remaining(self) -> float | None:
        """Return for how many more seconds to wait, None when nothing has failed."""
        return max(0.0, self._until - monotonic()) if self._failures else None

    def is_over(self) -> bool:
        """Say whether it may be tried."""
        return not self._failures or monotonic() >= self._until
