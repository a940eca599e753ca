"""Notices when the system's clock jumps: what waits for a time of day must look at it anew."""

import time
from dataclasses import dataclass, field

from tidende.clock import monotonic
from tidende.logs import get_logger

JUMP_SECONDS = 5.0
"""Far more than a clock is ever slewed between two looks, a second apart."""


def _offset() -> float:
    return time.time() - monotonic()


@dataclass(slots=True)
class Drift:
    """How far the clock is from one that never jumps."""

    _offset: float = field(default_factory=_offset)

    def has_jumped(self) -> bool:
        """Say whether the clock was set since the last time this was asked."""
        before, self._offset = self._offset, _offset()
        jump = self._offset - before
        if abs(jump) < JUMP_SECONDS:
            return False
        get_logger().warning("clock_jumped", seconds=round(jump, 3))
        return True
