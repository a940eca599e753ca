"""Reads a settled file's bytes, and makes sure that they are one moment's."""

import hashlib
import os
import stat

from tidende.clock import Clock
from tidende.errors import SeedError, TransientError
from tidende.intake.inbox import stamp_of
from tidende.model.seed import Candidate, RawSeed


class GoneError(TransientError):
    """The file isn't there any more; there is nothing to decide."""


class UnsettledError(TransientError):
    """The file changed while it was read; it goes back to the settle gate."""


def read(candidate: Candidate, *, limit: int, now: Clock) -> RawSeed:
    """Return the seed's bytes.

    `limit` is in bytes. Raises GoneError, UnsettledError, TransientError for what may heal, and
    SeedError for what is no regular file or larger than the limit.
    """
    descriptor = _open(candidate)
    try:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            raise SeedError("not-a-file", "this is no regular file")
        if before.st_size > limit:
            raise SeedError("too-large", f"{before.st_size} bytes, over the limit of {limit}")
        content = os.read(descriptor, before.st_size + 1)
        after = os.fstat(descriptor)
    except OSError as error:
        raise TransientError(f"{candidate.path}: can't be read: {error.strerror}") from error
    finally:
        os.close(descriptor)
    if (
        stamp_of(before) != candidate.stamp
        or stamp_of(after) != stamp_of(before)
        or len(content) != before.st_size
    ):
        raise UnsettledError(f"{candidate.path}: changed while it was read")
    return RawSeed(
        candidate=candidate,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        received=now(),
    )


def _open(candidate: Candidate) -> int:
    if not candidate.regular:
        raise SeedError("not-a-file", "a link, pipe, socket or device: none is ever opened")
    try:
        return os.open(candidate.file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError as error:
        raise GoneError(f"{candidate.path}: gone before it was read") from error
    except OSError as error:
        raise TransientError(f"{candidate.path}: can't be opened: {error.strerror}") from error
