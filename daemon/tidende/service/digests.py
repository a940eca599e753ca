"""Makes editions: chooses the window, renders it, has it recorded, and writes its files.

The editions table is the truth about which windows are covered. An edition is recorded before its
files are written, and they can always be written again from the ledger: `restore` mends what a
crash in between left out.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock

from tidende.clock import Clock, milliseconds_since, monotonic, rfc3339
from tidende.digest.due import edition_due, passing_over
from tidende.digest.mail import message_id
from tidende.digest.render import render
from tidende.digest.timetable import Timetable
from tidende.digest.window import moment, next_window, past_window, window_of
from tidende.errors import ConfigError, TidendeError
from tidende.logs import get_logger
from tidende.model.edition import Edition, Window
from tidende.service import edition_files
from tidende.service.committer import Committer
from tidende.service.composing import draw_up
from tidende.service.edition_files import describe
from tidende.settings import DigestSettings, MailSettings
from tidende.store import editions, events
from tidende.store.editions import EditionKind, EditionRow
from tidende.store.ledger import Ledger
from tidende.store.mails import MailRow

NO_MAIL = MailSettings()
AT_ONCE = 20
"""So many editions of a digest are made in a row; whoever waits for a stop waits no longer."""


class Digests:
    """The configured digests; one edition is made at a time, whoever asks for it."""

    def __init__(  # noqa: PLR0913
        self,
        *,
        ledger: Ledger,
        committer: Committer,
        directory: Path,
        digests: Mapping[str, DigestSettings],
        mail: MailSettings = NO_MAIL,
        now: Clock,
    ) -> None:
        self._ledger = ledger
        self._committer = committer
        self.directory = directory
        self._digests = digests
        self._mail = mail
        self._timetables = {name: timetable(chosen) for name, chosen in digests.items()}
        self._now = now
        self._lock = Lock()

    def make_due(self, *, first: bool = True) -> list[EditionRow]:
        """Make the editions that are due now, a digest's very first one only if `first`.

        The first is due as soon as there is an article; who asks knows if more are on their way.
        After a long pause there may be more to be made than one call makes.
        """
        return [row for name in self._digests for row in self._make_due(name, first=first)]

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
            row = self._make(name, end or self._next_end(name, now), recorded_by=end or now)
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
                window = past_window(connection, since, until.replace(microsecond=0))
            return self._draw_up(name, window, follows, kind="extra")

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
            made = self._draw_up(name, window_of(row), follows, kind=row.kind, corrects=row)
        if made is None:
            raise TidendeError(f"digest {name}: another process made the version; try again")
        return made

    def restore(self) -> set[str]:
        """Write the files of editions whose event isn't known to be out, if a crash left some out.

        What is missing of others was removed by somebody. Returns the urns of editions whose
        files can't be written even now: they aren't to be announced yet.
        """
        with self._ledger.read() as connection:
            waiting = events.unpublished_subjects(connection, "tidende.digest.")
            rows = editions.newest_first(connection) if waiting else []
        missing = set()
        for row in rows:
            subject = edition_files.urn(row)
            if subject not in waiting or edition_files.is_whole(self.directory, row):
                continue
            try:
                self._restore(row)
            except TidendeError as error:
                get_logger().error("edition_not_restored", digest=row.digest, message=str(error))
                missing.add(subject)
        return missing

    def files(self, row: EditionRow) -> tuple[Path, ...]:
        """Return where an edition's files are."""
        return edition_files.edition_files(self.directory, row)

    def _check(self, name: str, end: datetime | None) -> None:
        now = self._now()
        if name not in self._digests:
            raise ConfigError(f"digests.{name}: no such digest; known: {', '.join(self._digests)}")
        if end is not None and end > now:
            raise ConfigError(f"digest {name}: {rfc3339(end)} is yet to come; it is {rfc3339(now)}")

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
        made = self._draw_up(
            name,
            window,
            follows,
            kind="regular",
            may_be_quiet=scheduled and self._digests[name].quiet == "send",
        )
        if made is None and scheduled:
            self._skip(name, window, follows)
        return made

    def _draw_up(  # noqa: PLR0913
        self,
        name: str,
        window: Window,
        follows: EditionRow | None,
        *,
        kind: EditionKind,
        corrects: EditionRow | None = None,
        may_be_quiet: bool = False,
    ) -> EditionRow | None:
        """Make the edition of a window; None when it would tell nothing and isn't to say so."""
        start = monotonic()
        speaks = may_be_quiet or corrects is not None
        if window.through == window.after and not speaks:
            return None
        with self._ledger.read() as connection:
            version = editions.next_version(connection, name, window.end.timestamp())
            edition = draw_up(
                connection, window, digest=name, chosen=self._digests[name], version=version
            )
        if not edition.stories and not speaks:
            return None
        renderings = render(edition)  # before it is recorded: a template may be at fault
        row = _row(edition, kind, tuple(renderings), self._now())
        if not self._committer.record_edition(
            row,
            describe(row, self.directory),
            subject=edition.urn,
            follows=follows,
            mail=self._mails(row),
            deliver=lambda: self._put(edition, renderings),
        ):
            return None
        get_logger().info(
            "edition_made",
            digest=name,
            window_end=rfc3339(window.end),
            version=version,
            stories=row.stories,
            articles=row.articles,
            file=str(self.files(row)[0]),
            took_ms=milliseconds_since(start),
        )
        return row

    def _skip(self, name: str, window: Window, follows: EditionRow | None) -> None:
        """Record that a window had nothing new, so that it isn't asked for again."""
        row = EditionRow(
            digest=name,
            window_end=window.end.timestamp(),
            version=0,  # an extra edition may have its end
            after=window.after,
            through=window.through,
            stories=0,
            articles=0,
            made=self._now().timestamp(),
            kind="skipped",
        )
        with self._ledger.write() as connection:
            if editions.last(connection, name) == follows:
                editions.skip(connection, row)

    def _restore(self, row: EditionRow) -> None:
        if row.digest not in self._digests:
            raise ConfigError(f"digests.{row.digest}: no such digest any more")
        with self._ledger.read() as connection:
            edition = draw_up(
                connection,
                window_of(row),
                digest=row.digest,
                chosen=self._digests[row.digest],
                version=row.version,
            )
        self._put(edition, render(edition, row.forms))

    def _put(self, edition: Edition, renderings: Mapping[str, str | bytes]) -> None:
        edition_files.put(
            edition,
            renderings,
            directory=self.directory,
            ledger=self._ledger,
            chosen=self._digests[edition.digest],
        )

    def _mails(self, row: EditionRow) -> list[MailRow]:
        now, subject = self._now().timestamp(), edition_files.urn(row)
        return [
            MailRow(
                digest=row.digest,
                window_end=row.window_end,
                version=row.version,
                recipient=recipient,
                message_id=message_id(subject, recipient, self._mail.sender),
                recorded=now,
                due=now,
            )
            for recipient in self._digests[row.digest].recipients
        ]


def timetable(chosen: DigestSettings) -> Timetable:
    """Return the timetable that a digest's settings say; raises ConfigError for a bad cron."""
    return Timetable.read(
        cron=chosen.schedule,
        interval_minutes=chosen.interval_minutes,
        timezone=chosen.timezone,
        weekdays=chosen.weekdays,
        quiet_hours=chosen.quiet_hours,
    )


def _row(edition: Edition, kind: EditionKind, forms: tuple[str, ...], made: datetime) -> EditionRow:
    since = edition.window.since
    return EditionRow(
        digest=edition.digest,
        window_end=edition.window.end.timestamp(),
        version=edition.version,
        after=edition.window.after,
        through=edition.window.through,
        stories=edition.counts.stories,
        articles=edition.counts.articles,
        made=made.timestamp(),
        kind=kind,
        since=since.timestamp() if since else None,
        forms=forms,
    )


def _check_order(name: str, end: datetime, follows: EditionRow | None) -> None:
    if follows is not None and end.timestamp() <= follows.window_end:
        raise ConfigError(
            f"digest {name}: there is an edition up to {rfc3339(moment(follows.window_end))} "
            f"already; none can end at {rfc3339(end)}"
        )
