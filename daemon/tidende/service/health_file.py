"""health.json: how the daemon is, as it writes it down and as others read it.

Kept light: `tidende health` runs every few seconds in some places, and imports little else.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

import orjson

from tidende.errors import TidendeError

STALE_SECONDS = 60
"""A daemon that hasn't written for so long hangs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What is to be said of a part of the daemon."""

    part: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Vitals:
    """How the daemon is: `problems` make it unhealthy, `notes` don't.

    `started` and `beat`, when this was written, are RFC 3339.
    """

    pid: int
    started: str
    beat: str
    healthy: bool
    problems: tuple[Remark, ...] = ()
    notes: tuple[Remark, ...] = ()
    counters: Mapping[str, int]


def write(file: Path, vitals: Vitals) -> None:
    """Put the vitals into place in one step; raises OSError.

    Not synced: after a power cut there is no daemon that they could tell of.
    """
    draft = file.with_name(f".{file.name}.tmp")
    try:
        draft.write_bytes(orjson.dumps(asdict(vitals), option=orjson.OPT_APPEND_NEWLINE))
        draft.replace(file)
    except OSError:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise


def read(file: Path) -> Vitals | None:
    """Return what the daemon wrote last, None when it wrote nothing.

    Raises TidendeError for a file that can't be read.
    """
    try:
        said = orjson.loads(file.read_bytes())
        remarks = {key: tuple(Remark(**one) for one in said[key]) for key in ("problems", "notes")}
        return Vitals(**{**said, **remarks})
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise TidendeError(f"{file}: can't be read: {why}") from error


def judge(vitals: Vitals | None, *, holder: int | None, now: datetime) -> list[Remark]:
    """Return what is wrong; nothing is when a daemon holds the data directory and is well.

    `holder` is the process id of who holds it.
    """
    if holder is None:
        return [Remark(part="daemon", message="no daemon runs here")]
    if vitals is None or vitals.pid != holder:
        return [Remark(part="daemon", message=f"process {holder} is no daemon, or just starts")]
    if now - datetime.fromisoformat(vitals.beat) > timedelta(seconds=STALE_SECONDS):
        silent = f"process {holder} hasn't been heard of since {vitals.beat}"
        return [Remark(part="daemon", message=silent), *vitals.problems]
    return list(vitals.problems)
