"""What the data directory stands on: room, file system, the clock, the quarantine."""

import shutil
from datetime import datetime

from sqlalchemy import func, select

from tidende.clock import DAY_SECONDS, rfc3339_of
from tidende.errors import TidendeError
from tidende.file_system import mount_of
from tidende.intake.quarantine import REASON, Quarantine
from tidende.service.doctor.findings import Finding, listed
from tidende.service.layout import DataDirectory
from tidende.service.seed_keys import seed_key, was_read
from tidende.settings import Settings
from tidende.store import rejections, seeds
from tidende.store.ledger import Ledger
from tidende.store.tables import events

CLOCK_SECONDS = 60.0


def expect_something(data: DataDirectory) -> None:
    """Raise TidendeError when neither ledger nor queue has ever stood here."""
    if not data.ledger.exists() and not (data.queue / "VERSION").exists():
        raise TidendeError(f"{data.root}: nothing here yet: nothing was ever taken in")


def check_place(data: DataDirectory, settings: Settings) -> list[Finding]:
    """Return what is to be said of the file system and its room."""
    free, reserve = shutil.disk_usage(data.root).free, settings.queue.reserve_bytes
    enough: Finding = Finding(
        severity="ok" if free >= reserve else "problem",
        about="disk",
        message=f"{free} bytes are free; queue.reserve_bytes = {reserve}",
    )
    found = [enough]
    if (mount := mount_of(data.root)).is_network:
        message = f"{data.root} is on a network file system ({mount.type}); it must be a local one"
        found.append(Finding(severity="problem", about="disk", message=message))
    return found


def check_clock(ledger: Ledger, now: datetime) -> list[Finding]:
    """Return a note when the newest event was recorded later than it is."""
    with ledger.read() as connection:
        newest = connection.execute(select(func.max(events.c.recorded))).scalar() or 0.0
    if newest <= now.timestamp() + CLOCK_SECONDS:
        return []
    message = f"an event was recorded at {rfc3339_of(newest)}, which is yet to come"
    return [Finding(severity="note", about="clock", message=message)]


def check_quarantine(
    ledger: Ledger, data: DataDirectory, *, keep_days: float, now: datetime
) -> list[Finding]:
    """Return what is missing of the seeds that stand in quarantine, but for the old ones."""
    before = now.timestamp() - keep_days * DAY_SECONDS if keep_days else 0.0
    with ledger.read() as connection:
        refused = [row for row in rejections.still_open(connection) if row.rejected >= before]
        rows = seeds.by_ids(connection, (row.seed for row in refused))
    quarantine = Quarantine(data.quarantine)
    without_reason, without_copy = [], []
    for row in refused:
        seed = rows[row.seed]
        reason = quarantine.place(row.key, seed.name)
        if not reason.with_name(reason.name + REASON).is_file():
            without_reason.append(row.key)
        # What was refused unread, and what was too large, has no copy in any case.
        if was_read(seed.sha256) and not quarantine.find(seed_key(seed), seed.name):
            without_copy.append(row.key)
    found = [
        *listed("quarantine", "refused seeds have no reason file", without_reason),
        *listed(
            "quarantine", "refused seeds have no copy; they may be in their inbox", without_copy
        ),
    ]
    if not found:
        message = f"{len(refused)} refused seeds have their files"
        found.append(Finding(severity="ok", about="quarantine", message=message))
    return found
