"""What becomes of a seed's file once it is decided: it stays, goes to the archive, or goes away.

Only a committed decision lets a file leave its inbox, and only the very file that was decided: one
that changed meanwhile is a new seed.
"""

import errno
import os
from pathlib import Path
from typing import Literal, TypeAlias

from tidende.durable import copy_durably, make_folder, sync
from tidende.intake.scanner import look
from tidende.model.seed import Candidate

NAME_BYTES = 200
"""Of a seed's name when its hash is put behind it; a file name may have 255."""

OnDone: TypeAlias = Literal["keep", "archive", "delete"]


class Disposal:
    """Follows each inbox's `on_done`; `archive` is the directory that archived seeds go below."""

    def __init__(self, archive: Path, on_done: dict[str, OnDone]) -> None:
        self._archive = archive
        self._on_done = on_done

    def removes(self, inbox: str) -> bool:
        """Say whether decided files leave this inbox."""
        return self._on_done.get(inbox, "keep") != "keep"

    def dispose(self, candidate: Candidate, sha256: str | None, *, kept_elsewhere: bool) -> None:
        """Let a decided seed's file go where its inbox says.

        `kept_elsewhere` says that quarantine has a copy: then it needs no archive. A seed whose
        content was never seen (`sha256` None) and has no copy stays. Raises OSError.
        """
        if not self.removes(candidate.inbox) or (sha256 is None and not kept_elsewhere):
            return
        if look(candidate.file) != candidate.stamp:
            return  # it isn't the file that was decided any more
        if self._on_done[candidate.inbox] == "archive" and not kept_elsewhere:
            _move(Path(candidate.file), self._place(candidate, sha256 or ""))
        else:
            Path(candidate.file).unlink(missing_ok=True)

    def _place(self, candidate: Candidate, sha256: str) -> Path:
        """Return where a seed goes: under its own name, or with its hash if that is taken."""
        place = self._archive / candidate.inbox / candidate.path
        if not os.path.lexists(place):
            return place
        name = place.name.encode()[:NAME_BYTES].decode(errors="ignore")
        return place.with_name(f"{name}.{sha256[:16]}")


def _move(source: Path, target: Path) -> None:
    make_folder(target.parent)
    try:
        source.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        copy_durably(source, target)
        sync(target.parent)
        source.unlink()
    else:
        sync(target.parent)
