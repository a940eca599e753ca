"""The quarantine: refused seeds as files a person can open, with the reasons beside them.

`<key>-<name>` is a copy of the seed, `<key>-<name>.reason.json` says why it was refused. Keys are
made of what the seed is, so that doing it again after a crash changes nothing. An article of a
seed that is refused alone has a key and a reason of its own; the copy is of the seed.
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson

from tidende.durable import (
    explained,
    make_folder,
    sync,
    write_durably,
    write_pieces_durably,
)
from tidende.intake.scanner import look
from tidende.logs import get_logger
from tidende.model.seed import Candidate

NAME_BYTES = 120
"""Of a seed's name: with key and ending it stays under the 255 bytes a file name may have."""
PIECE_BYTES = 1024 * 1024
REASON = ".reason.json"


class Quarantine:
    """The quarantine below one directory."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def keep(self, key: str, candidate: Candidate) -> None:
        """Keep a copy of a refused seed, durably, if its file is still the one that was refused.

        One that can't be read any more has no copy. Raises TransientError or StoreError when the
        directory can't take it.
        """
        target = self.place(key, candidate.name)
        if look(candidate.file) != candidate.stamp or Path(candidate.file) == target:
            return
        try:
            with explained(target):
                make_folder(self.path)
                write_pieces_durably(target, _pieces(Path(candidate.file)))
                if look(candidate.file) != candidate.stamp:
                    target.unlink()  # it was written to meanwhile: this may be anything
        except _UnreadableError as error:
            get_logger().warning("seed_not_copied", path=candidate.path, message=str(error))

    def explain(self, key: str, name: str, reason: Mapping[str, Any]) -> None:
        """Write down why a seed, or an article of it, was refused; raises as `keep`."""
        target = self._reason(key, name)
        with explained(target):
            make_folder(self.path)
            option = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
            write_durably(target, orjson.dumps(reason, option=option))
            sync(self.path)

    def find(self, key: str, name: str) -> Path | None:
        """Return the kept copy of a refused seed, None when there is none."""
        place = self.place(key, name)
        return place if place.is_file() else None

    def place(self, key: str, name: str) -> Path:
        """Return where the copy of the seed `name` stands."""
        short = name.encode()[:NAME_BYTES].decode(errors="ignore")
        return self.path / f"{key}-{short.replace(os.sep, '_')}"

    def remove(self, key: str, name: str) -> None:
        """Let go of what stands under a key: the seed was read after all."""
        self.place(key, name).unlink(missing_ok=True)
        self._reason(key, name).unlink(missing_ok=True)

    def _reason(self, key: str, name: str) -> Path:
        copy = self.place(key, name)
        return copy.with_name(copy.name + REASON)


class _UnreadableError(Exception):
    """The seed's own file can't be read: no fault of the quarantine's."""


def _pieces(file: Path) -> Iterator[bytes]:
    try:
        with file.open("rb") as opened:
            while piece := opened.read(PIECE_BYTES):
                yield piece
    except OSError as error:
        raise _UnreadableError(error.strerror) from error
