"""The quarantine: refused seeds as files a person can open, each with its reason beside it.

`<key>-<name>` is a copy of the seed, `<key>-<name>.reason.json` says why it was refused. Both are
named by the seed's identity, so that doing it again after a crash changes nothing.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from tidende.durable import copy_durably, make_folder, sync, write_durably
from tidende.errors import StoreError

NAME_BYTES = 120
"""Of a seed's name: with key and ending it stays under the 255 bytes a file name may have."""
REASON = ".reason.json"


class Quarantine:
    """The quarantine below one directory."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def put(self, key: str, seed: Path | None, name: str, reason: Mapping[str, Any]) -> None:
        """Keep a refused seed's reason, durably, and a copy of the file `seed` if it is there.

        Raises StoreError when the directory can't take it.
        """
        target = self.path / f"{key}-{_short(name)}"
        try:
            make_folder(self.path)
            if seed and seed.is_file() and not seed.is_symlink() and seed != target:
                copy_durably(seed, target)
            text = orjson.dumps(reason, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
            write_durably(target.with_name(target.name + REASON), text)
            sync(self.path)
        except OSError as error:
            raise StoreError(f"{target}: {error.strerror}") from error

    def find(self, key: str) -> Path | None:
        """Return the kept copy of a refused seed, None when there is none."""
        found = {path.name: path for path in self.path.glob(f"{key}-*")}
        # Not by its ending: a seed may be called "x.reason.json" itself.
        return next((path for name, path in found.items() if name + REASON in found), None)

    def remove(self, key: str) -> None:
        """Let go of a seed that was read after all."""
        for path in self.path.glob(f"{key}-*"):
            path.unlink()


def _short(name: str) -> str:
    return name.encode()[:NAME_BYTES].decode(errors="ignore").replace(os.sep, "_")
