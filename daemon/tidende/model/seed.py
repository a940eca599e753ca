"""A seed file before it is an article: sighted, read, or refused."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What the file system says of a file; a file whose stamp is unchanged is not read again."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A file that may be a seed: sighted, and ready to be read once it has settled.

    `path` is its place below the inbox, escaped for print (see `intake.inbox`), and part of the
    seed's identity; `file` is where to open it, which differs for a quarantined seed's retry.
    `again` is the ledger's number of the seed that is tried again.
    `inbox` and `source` are empty for a file that is parsed outside any inbox. `regular` is False
    for a link, a pipe, a socket or a device, which is refused and never opened.
    """

    inbox: str
    path: str
    file: str
    source: str
    stamp: Stamp
    attempt: int = 1
    again: int | None = None
    regular: bool = True

    @property
    def name(self) -> str:
        """The file's own name, without its folders."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class RawSeed:
    """A seed's bytes as they were read at one moment.

    `sha256` is the hexadecimal hash of `content`; `size` is in bytes.
    """

    candidate: Candidate
    content: bytes
    sha256: str
    received: datetime

    @property
    def name(self) -> str:
        """The file's own name, without its folders."""
        return self.candidate.name

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.content)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A stage's refusal: why a seed, or one article of it, goes to quarantine.

    `reason` is a constant kebab-case class ("not-text", "too-large"), `message` says it to a
    person, `ordinal` is the article's place in its seed, or None when the whole seed is refused.
    """

    stage: str
    reason: str
    message: str
    ordinal: int | None = None
