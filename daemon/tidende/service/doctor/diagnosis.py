"""The whole diagnosis; it reads only, and a daemon may run beside it."""

from datetime import datetime

from tidende.emit import lock
from tidende.errors import StoreError
from tidende.queue.layout import is_laid_out
from tidende.service.doctor.events_and_files import check_events, check_strangers
from tidende.service.doctor.findings import Finding
from tidende.service.doctor.ledger_file import check_ledger
from tidende.service.doctor.surroundings import (
    check_clock,
    check_place,
    check_quarantine,
    expect_something,
)
from tidende.service.layout import DataDirectory
from tidende.service.progress import Progress
from tidende.settings import Settings
from tidende.store.ledger import Ledger


def diagnose(
    data: DataDirectory, settings: Settings, *, now: datetime, progress: Progress
) -> list[Finding]:
    """Return what was found, the ledger first; raises TidendeError when there is nothing here."""
    expect_something(data)
    pid = lock.holder(data.queue)
    message = f"held by process {pid}" if pid else "held by nobody"
    found = [Finding(severity="ok", about="lock", message=message)]
    if data.salvaged.exists():
        message = f"{data.salvaged}: a repair was interrupted; --repair goes on with it"
        found.append(Finding(severity="problem", about="ledger", message=message))
    found += _check_version(data)
    condition = check_ledger(data)
    found += condition.findings
    if condition.can_be_read:
        ledger = Ledger.open_existing(data.ledger, only_reads=True)
        try:
            found += check_events(ledger, data, progress).findings()
            found += check_strangers(ledger, data, held=pid is not None)
            keep_days = settings.retention.quarantine_days
            found += check_quarantine(ledger, data, keep_days=keep_days, now=now)
            found += check_clock(ledger, now)
        finally:
            ledger.close()
    return found + check_place(data, settings)


def _check_version(data: DataDirectory) -> list[Finding]:
    """Return the problem that nobody works on a queue whose protocol this program doesn't know."""
    try:
        is_laid_out(data.queue)
    except StoreError as error:
        return [Finding(severity="problem", about="queue", message=str(error))]
    return []
