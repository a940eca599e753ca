"""The bounds of one seed while it is unpacked: what was spent, and the refusal of more."""

from tidende.errors import SeedError
from tidende.model.limits import Limits


class ExceededError(SeedError):
    """A seed went beyond a bound of the whole: nothing of it is taken."""


class Budget:
    """Counts what a seed's unpacking has cost; one for a seed, passed to every reader in it."""

    __slots__ = ("_articles", "_bytes", "_members", "limits")

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._bytes = 0
        self._members = 0
        self._articles = 0

    def unpack(self, size: int, *, member: int, packed: int) -> None:
        """Account for `size` more bytes; `member` have come out of `packed` with them so far."""
        self._bytes += size
        if self._bytes > self.limits.unpacked_bytes:
            raise ExceededError(
                "too-large-unpacked",
                f"it unpacks to more than {self.limits.unpacked_bytes} bytes",
            )
        if member > self.limits.ratio_from_bytes and member > packed * self.limits.ratio:
            raise ExceededError(
                "suspicious-ratio",
                f"{packed} bytes unpack to {member} and more: over {self.limits.ratio} to 1",
            )

    def member(self, count: int = 1) -> None:
        """Account for one more file in an archive or a mail."""
        self._members += count
        if self._members > self.limits.members:
            raise ExceededError(
                "too-many-members", f"it holds more than {self.limits.members} files"
            )

    def descend(self, depth: int) -> None:
        """Refuse a part that lies too deep in others; what lies beside it is still taken."""
        if depth > self.limits.nesting:
            raise SeedError(
                "nested-too-deep", f"it lies more than {self.limits.nesting} levels deep"
            )

    def article(self) -> None:
        """Account for one more article, taken or refused."""
        self._articles += 1
        if self._articles > self.limits.articles:
            raise ExceededError(
                "too-many-articles", f"it holds more than {self.limits.articles} articles"
            )
