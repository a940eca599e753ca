"""What becomes of the seeds' own files: copies of refused ones, and where decided ones go."""

from collections.abc import Mapping, Sequence
from typing import Any

from tidende import __version__
from tidende.clock import Clock, rfc3339
from tidende.intake.disposal import Disposal
from tidende.intake.quarantine import Quarantine
from tidende.logs import get_logger
from tidende.service.recorded import Recorded
from tidende.service.recording import origin


class SeedFiles:
    """The files of one batch after another."""

    def __init__(self, *, quarantine: Quarantine, disposal: Disposal, now: Clock) -> None:
        self._quarantine = quarantine
        self._disposal = disposal
        self._now = now

    def enter_quarantine(self, recorded: Sequence[Recorded]) -> None:
        """Copy refused seeds there, and say why; raises TransientError when it can't be done."""
        for seed in recorded:
            candidate = seed.processed.candidate
            # What is too large to be read is too large to be copied: it stays where it is.
            if any(refusal.reason != "too-large" for _, refusal in seed.refusals):
                self._quarantine.keep(seed.copy_key, candidate)
            for key, refusal in seed.refusals:
                reason: Mapping[str, Any] = {
                    "reason": refusal.reason,
                    "message": refusal.message,
                    "stage": refusal.stage,
                    "ordinal": refusal.ordinal,
                    "attempts": seed.attempt,
                    "when": rfc3339(self._now()),
                    "version": __version__,
                    "provenance": origin(seed.processed),
                }
                self._quarantine.explain(key, candidate.name, reason)

    def dispose(self, recorded: Sequence[Recorded]) -> None:
        """Let decided files go where their inboxes say, but never a refused seed's only copy."""
        for seed in recorded:
            candidate, sha256 = seed.processed.candidate, seed.processed.sha256
            if candidate.again is not None and (seed.refusals or seed.decision == "known"):
                continue  # the file may be the copy in quarantine
            copy = self._quarantine.find(seed.copy_key, candidate.name) if seed.refusals else None
            try:
                self._disposal.dispose(candidate, sha256, kept_elsewhere=copy is not None)
            except OSError as error:
                get_logger().warning(
                    "seed_not_removed", path=candidate.path, message=error.strerror
                )

    def leave_quarantine(self, recorded: Sequence[Recorded]) -> None:
        """Remove what stood there of seeds that were decided otherwise this time."""
        for seed in recorded:
            name = seed.processed.candidate.name
            for key in set(seed.settled) - {refused for refused, _ in seed.refusals}:
                self._quarantine.remove(key, name)
            if seed.settled and not seed.refusals:
                self._quarantine.remove(seed.copy_key, name)
