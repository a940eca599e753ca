"""What one seed may cost; the settings fill it in, the worker and the readers hold to it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """A seed beyond one of these is refused whole, but for `nesting`, which refuses the part.

    `seed_bytes` is the file's own size; `seconds` and `memory_bytes` are what a worker process may
    take for it.
    `unpacked_bytes` counts all that is unpacked, at every level; `ratio` is unpacked to packed
    and matters once more than `ratio_from_bytes` have come out of one member; `members` are the
    files in archives and mails, `nesting` how deep they may lie in one another, `articles` how
    many one seed may hold.
    """

    seed_bytes: int = 64 * 1024 * 1024
    seconds: float = 30.0
    memory_bytes: int = 2 * 1024 * 1024 * 1024
    unpacked_bytes: int = 256 * 1024 * 1024
    ratio: int = 200
    ratio_from_bytes: int = 1024 * 1024
    members: int = 10_000
    nesting: int = 4
    articles: int = 10_000
