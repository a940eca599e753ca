"""Decides which editions are made: what is due, what is asked for, and which window each covers.

The editions table is the truth about which windows are covered. The press makes the editions.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock

from tidende.clock import Clock, rfc3339
from tidende.digest.due import edition_due, passing_over
from tidende.digest.timetable import Timetable
from tidende.digest.window import moment, next_window, past_window, window_of
from tidende.errors import ConfigError, TidendeError, TransientError
from tidende.service import edition_files
from tidende.service.press import Press
from tidende.settings import DigestSettings
from tidende.store import editions, events
from tidende.store.editions import EditionRow
from tidende.store.ledger import Ledger

AT_ONCE = 20
"""So many editions of a digest are made in a row; whoever waits for a stop waits no longer."""

RETRY = timedelta(minutes=1)
"""After a template failed: an edition is drawn up for nothing each time."""


class Digests:
    """The configured digests; one edition is made at a time, whoever asks for it."""

    def __init__(
        self,
        *,
        ledger: Ledger,
        press: Press,
        directory: Path,
        digests: Mapping[str, DigestSettings],
        now: Clock,
    ) -> None:
        self._ledger = ledger
        self._press = press
        self.directory = directory
        self._digests = digests
        self._timetables = {name: timetable(chosen) for name, chosen in digests.items()}
        self._now = now
        self._lock = Lock()
        self._postponed: dict[str, tuple[datetime, str]] = {}

    def make_due(self, *, first: bool = True) -> list[EditionRow]:
        """Make the editions that are due now, a digest's very first one only if `first`.

        The first is due as soon as there is an article; who asks knows if more are on their way.
        After a long pause there may be more to be made than one call makes. A digest whose
        template can't be used is left for later, and nothing of it is lost: see `raise_postponed`.
        """
        made: list[EditionRow] = []
        for name in self._digests:
            if not self._waits(name):
                try:
                    made += self._make_due(name, first=first)
                    self._postponed.pop(name, None)
                except ConfigError as error:
                    self._postponed[name] = self._now(), f"digest {name}: {error}"
        return made

    def raise_postponed(self) -> None:
        """Raise TransientError as long as a digest waits for its template to be mended."""
        if self._postponed:
            raise TransientError("; ".join(trouble for _, trouble in self._postponed.values()))

    def make(self, name: str, end: datetime | None = None) -> list[EditionRow]:
        """Make the editions that are due; where none is, or with an `end`, one more.

        It tells what was recorded by `end`, or by now. Returns none when nothing is new; raises
        ConfigError for a name that isn't configured, or a window that ends before the last
        edition's or in the future.
        """
        self._check(name, end)
        now = self._now()
        if end is None and (made := list(self._make_due(name, first=True))):
            return made
        with self._lock:
            window_end = end.replace(microsecond=0) if end else self._next_end(name, now)
            row = self._make(name, window_end, recorded_by=end or now)
        return [row] if row else []

    def make_past(self, name: str, since: datetime, until: datetime) -> EditionRow | None:
        """Make an extra edition of what was recorded in between, whatever others have told.

        None follows on it. Returns None when there was nothing; raises ConfigError as `make`.
        """
        self._check(name, until)
        if until <= since:
            raise ConfigError(f"digest {name}: {rfc3339(until)} isn't after {rfc3339(since)}")
        with self._lock:
            with self._ledger.read() as connection:
                follows = editions.last(connection, name)
                window = past_window(connection, since, until)
                # A name of its own: it is no version of a regular edition that ends, or will yet
                # end, at the same moment.
                end = until.replace(microsecond=0) + timedelta(seconds=1)
                while editions.at(connection, name, end.timestamp()) is not None:
                    end += timedelta(seconds=1)
                window = replace(window, end=end)
            return self._press.make(name, window, follows, kind="extra")

    def make_again(self, name: str, end: datetime) -> EditionRow:
        """Make a new version of the edition whose window ended at `end`, of what is known now.

        Raises ConfigError when there is none.
        """
        self._check(name, None)
        with self._lock:
            with self._ledger.read() as connection:
                follows = editions.last(connection, name)
                row = editions.at(connection, name, end.timestamp())
            if row is None:
                raise ConfigError(f"digest {name}: no edition ended at {rfc3339(end)}")
            made = self._press.make(
                name, window_of(row), follows, kind=row.kind, is_correction=True
            )
        if made is None:
            raise TidendeError(f"digest {name}: another process made the version; try again")
        return made

    def restore(self) -> set[str]:
        """Mend what a crash left out; return the urns of editions that can't be announced yet."""
        return self._press.restore()

    def files(self, row: EditionRow) -> tuple[Path, ...]:
        """Return where an edition's files are."""
        return edition_files.edition_files(self.directory, row)

    def _check(self, name: str, end: datetime | None) -> None:
        now = self._now()
        if name not in self._digests:
            raise ConfigError(f"digests.{name}: no such digest; known: {', '.join(self._digests)}")
        if end is not None and end > now:
            raise ConfigError(f"--at {rfc3339(end)}: is yet to come; it is {rfc3339(now)}")

    def _waits(self, name: str) -> bool:
        """Say whether a digest that couldn't be made is to be left alone for a while."""
        if name not in self._postponed:
            return False
        failed, _ = self._postponed[name]
        return failed <= self._now() < failed + RETRY

    def _make_due(self, name: str, *, first: bool) -> Iterator[EditionRow]:
        for _ in range(AT_ONCE):
            with self._lock:
                now = self._now()
                end = self._due(name, now, first=first)
                if end is None:
                    return
                is_latest = self._timetables[name].first(end, now, since=end) is None
                # The latest covers what came until it is made: after a pause, what lay in the
                # inboxes is recorded only now.
                row = self._make(name, end, recorded_by=now if is_latest else end, scheduled=True)
            if row is not None:
                yield row

    def _next_end(self, name: str, now: datetime) -> datetime:
        """Return the end of a window that ends now: a whole second, and after the last one's."""
        end = now.replace(microsecond=0)
        with self._ledger.read() as connection:
            last = editions.last(connection, name)
        return max(end, moment(last.window_end) + timedelta(seconds=1)) if last else end

    def _due(self, name: str, now: datetime, *, first: bool) -> datetime | None:
        chosen, table = self._digests[name], self._timetables[name]
        with self._ledger.read() as connection:
            last = editions.last(connection, name)
            if last is None and not (first and events.first_article_after(connection, 0)):
                return None
            last_end = moment(last.window_end) if last else None
            each = chosen.catch_up == "each"
            due = edition_due(table, last_end=last_end, now=now, each=each)
            if due is None or last_end is None or not each or chosen.quiet == "send":
                return due
            news = events.first_article_after(connection, last.through if last else 0)
        return passing_over(table, due, last_end=last_end, news=news, now=now)

    def _make(
        self, name: str, end: datetime, *, recorded_by: datetime, scheduled: bool = False
    ) -> EditionRow | None:
        with self._ledger.read() as connection:
            follows = editions.last(connection, name)
            window = next_window(connection, name, end, recorded_by=recorded_by)
        _check_order(name, end, follows)
        made = self._press.make(
            name,
            window,
            follows,
            kind="regular",
            may_be_quiet=scheduled and self._digests[name].quiet == "send",
        )
        if made is None and scheduled:
            self._press.skip(name, window, follows)
        return made


def timetable(chosen: DigestSettings) -> Timetable:
    """Return the timetable that a digest's settings say; raises ConfigError for a bad cron."""
    return Timetable.read(
        cron=chosen.schedule,
        interval_minutes=chosen.interval_minutes,
        timezone=chosen.timezone,
        weekdays=chosen.weekdays,
        quiet_hours=chosen.quiet_hours,
    )


def _check_order(name: str, end: datetime, follows: EditionRow | None) -> None:
    if follows is not None and end.timestamp() <= follows.window_end:
        raise ConfigError(
            f"digest {name}: there is an edition up to {rfc3339(moment(follows.window_end))} "
            f"already; none can end at {rfc3339(end)}"
        )
