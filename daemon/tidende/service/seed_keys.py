"""The keys by which a recorded seed, and each article in it, are known outside the ledger."""

from tidende.emit.identity import ArticleKey, quarantine_key
from tidende.model.seed import Stamp
from tidende.store.seeds import SeedRow

_UNREAD = "unread:"


def seed_key(seed: SeedRow) -> str:
    """Return the key under which a seed itself stands in quarantine."""
    return quarantine_key(article_key(seed, None))


def article_key(seed: SeedRow, ordinal: int | None) -> ArticleKey:
    """Return an article's key; the seed's own where `ordinal` is None."""
    return ArticleKey(
        inbox=seed.inbox,
        path=seed.path,
        sha256=seed.sha256,
        occurrence=seed.occurrence,
        ordinal=ordinal,
    )


def unread(stamp: Stamp | None) -> str:
    """Stand in for the hash of content that was never read: the file as it looked, if it did."""
    return f"{_UNREAD}{stamp.size}:{stamp.mtime_ns}:{stamp.inode}" if stamp else _UNREAD


def was_read(sha256: str) -> bool:
    """Tell a hash of content from what stands in for one."""
    return not sha256.startswith(_UNREAD)
