"""Keeps one inbox in sight: watched by inotify or polled, scanned when it is due.

Nothing that befalls an inbox ends the daemon or blinds it without a word: what is gone is reported
until it is back, what can't be watched is polled, a watch that died is made anew.
"""

from itertools import islice
from threading import Lock

from tidende.clock import monotonic
from tidende.errors import StoreError, TransientError
from tidende.file_system import Identity, Mount, identify, is_mounted, mount_of
from tidende.intake.inbox import Inbox
from tidende.intake.marks import Marks
from tidende.intake.watcher import LIMITS, Watch
from tidende.logs import get_logger
from tidende.model.seed import Candidate
from tidende.service.health import Health
from tidende.service.scan import InboxScan
from tidende.settings import IntakeSettings

CRASHES = 3
"""How often a watch may crash soon after it was made until we say that it can't be had."""
LONG_SECONDS = 60.0
"""A watch that lived as long crashed by chance; a file system that is silent as long hangs."""

LIMITED = (
    "not all of it can be watched, so it is polled: "
    "raise fs.inotify.max_user_watches or fs.inotify.max_user_instances"
)
SHOWN = 5
"""Unreadable folders that a note names."""


class Lookout:
    """One inbox's watch and its scans.

    `tend` runs in a thread of the timer, the other methods in the main loop.
    """

    def __init__(
        self,
        inbox: Inbox,
        *,
        intake: IntakeSettings,
        scan: InboxScan,
        marks: Marks,
        health: Health,
    ) -> None:
        self.inbox = inbox
        self._intake = intake
        self._scan = scan
        self._marks = marks
        self._health = health
        self._part = f"inbox {inbox.name}"
        self._tending = Lock()
        self._polled = inbox.polled
        self._watch: Watch | None = None
        self._watched_since = 0.0
        self._crashes = 0
        self._limited = False
        self._next_try = 0.0
        self._identity: Identity | None = None
        self._mount: Mount | None = None
        self._missing: str | None = None
        self._next_scan = 0.0
        self._asked: float | None = None

    def start(self) -> None:
        """Begin to watch; what comes between this and the first scan is seen twice, not missed."""
        with self._tending:
            try:
                self._take_up(identify(self.inbox.path))
            except OSError as error:
                self._lose(error)

    def stop(self) -> None:
        """End watching."""
        with self._tending:
            self._give_up()

    def hurry(self) -> None:
        """Have the inbox scanned at once."""
        self._next_scan = 0.0

    def note_overflow(self) -> None:
        """Count that events were lost, and have the inbox scanned for what they told of."""
        count = self._health.count("overflows")
        get_logger().warning("watch_overflowed", inbox=self.inbox.name, count=count)
        self.hurry()

    def check(self) -> None:
        """Find out whether the watch has died, or the file system hangs."""
        watch, asked = self._watch, self._asked
        if watch is not None and (not watch.is_alive() or (watch.limited and not self._limited)):
            self.hurry()
        if asked is not None and monotonic() - asked > LONG_SECONDS:
            self._health.report(self._part, f"{self.inbox.path}: its file system doesn't answer")

    def tend(self) -> list[Candidate]:
        """Scan the inbox if that is due; return what the ledger doesn't know.

        Raises StoreError when it can't be kept in sight, TransientError to be tried again.
        """
        with self._tending:
            try:
                return self._look() if self._is_due() else []
            except OSError as error:
                self._lose(error)
                return []
            except TransientError:
                self._next_scan = monotonic() + self._intake.poll_seconds
                raise
            finally:
                self._asked = None

    def _is_due(self) -> bool:
        if monotonic() >= self._next_scan:
            return True
        # Cheap enough for every second, where it doesn't go over a network.
        return self._watch is not None and self._identify() != self._identity

    def _look(self) -> list[Candidate]:
        identity = self._identify()
        if identity != self._identity or self._wants_another_watch():
            self._take_up(identity)
        # Before the scan: who asks for another one meanwhile gets it.
        self._next_scan = monotonic() + self._interval()
        found = self._scan.one(self.inbox)
        self._tell()
        return found

    def _identify(self) -> Identity:
        self._asked = monotonic()
        identity = identify(self.inbox.path)
        self._asked = None
        return identity

    def _interval(self) -> float:
        watched = self._watch is not None and not self._is_limited()
        return self._intake.rescan_seconds if watched else self._intake.poll_seconds

    def _wants_another_watch(self) -> bool:
        if self._watch is not None and not self._watch.is_alive():
            self._note_crash(self._watch)
            return True
        return self._is_limited() and monotonic() >= self._next_try

    def _note_crash(self, watch: Watch) -> None:
        if not watch.has_crashed():
            return  # it ended by itself, for the inbox was removed
        recent = monotonic() - self._watched_since < LONG_SECONDS
        self._crashes = self._crashes + 1 if recent else 1
        get_logger().error("watch_died", inbox=self.inbox.name, count=self._crashes)
        if self._crashes > CRASHES:
            raise StoreError(f"the watch of {self._part} has died {self._crashes} times in a row")

    def _take_up(self, identity: Identity) -> None:
        """Watch the directory that stands there now, or find that it must be polled."""
        self._give_up()
        mount = mount_of(self.inbox.path)
        self._missing = self._find_missing(mount)
        self._polled = self.inbox.polled or not mount.tells_changes
        if not self._polled:
            try:
                self._watch = Watch(self.inbox, self._marks)
            except OSError as error:
                if error.errno not in LIMITS:
                    raise
            self._watched_since = monotonic()
            self._next_try = monotonic() + self._intake.rescan_seconds
        self._identity = identity
        self._next_scan = 0.0
        get_logger().info(
            "inbox_watched",
            inbox=self.inbox.name,
            by="inotify" if self._watch else "polling",
            file_system=mount.type,
        )

    def _give_up(self) -> None:
        watch, self._watch, self._identity = self._watch, None, None
        if watch is not None:
            watch.stop()

    def _lose(self, error: OSError) -> None:
        """Report that the inbox can't be read, and look for it until it can."""
        self._give_up()
        self._next_scan = monotonic() + (self._intake.poll_seconds if self._polled else 0.0)
        message = f"{self.inbox.path}: {error.strerror}"
        self._health.report(self._part, message)

    def _is_limited(self) -> bool:
        """Say whether the kernel lets us watch less than all of the inbox."""
        if self._polled or self._identity is None:
            return False
        return self._watch is None or self._watch.limited

    def _find_missing(self, mount: Mount) -> str | None:
        """Return where the file system was mounted that the inbox lay on and lies on no more."""
        before = self._mount
        if before is None or mount.point == before.point or is_mounted(before.point):
            self._mount = mount
            return None
        return before.point

    def _tell(self) -> None:
        """Report how the inbox is, now that it has been scanned."""
        gone = f"what was mounted at {self._missing} isn't any more: {self.inbox.path}"
        self._health.report(self._part, gone if self._missing else None)
        self._tell_limit()
        self._tell_folders()

    def _tell_limit(self) -> None:
        limited = self._is_limited()
        if limited and not self._limited:
            get_logger().warning(
                "watch_limited", inbox=self.inbox.name, poll_seconds=self._intake.poll_seconds
            )
        self._limited = limited
        self._health.note(f"{self._part} watch", LIMITED if limited else None)

    def _tell_folders(self) -> None:
        unreadable = self._scan.unreadable(self.inbox)
        first = [f"{folder}: {why}" for folder, why in islice(unreadable.items(), SHOWN)]
        if len(unreadable) > SHOWN:
            first.append(f"and {len(unreadable) - SHOWN} more")
        message = f"can't be read: {'; '.join(first)}" if first else None
        self._health.note(f"{self._part} folders", message)
