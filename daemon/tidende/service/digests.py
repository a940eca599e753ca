"""Makes editions: chooses the window, renders it, has it recorded, and writes its files.

The editions table is the truth about which windows are covered. An edition is recorded before its
files are written, and they can always be written again from the ledger: `restore` mends what a
crash in between left out.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Lock

from tidende.clock import Clock, milliseconds_since, monotonic, rfc3339
from tidende.digest.compose import compose
from tidende.digest.deliver import write_edition
from tidende.digest.due import edition_due
from tidende.digest.recall import recall
from tidende.digest.render import FORMS, render
from tidende.digest.select import next_window, select
from tidende.digest.summarise import summarise
from tidende.digest.threads import read_threads
from tidende.errors import ConfigError, TidendeError
from tidende.logs import get_logger
from tidende.model.edition import Edition, Window
from tidende.model.payload import DigestData
from tidende.service.committer import Committer
from tidende.settings import DigestSettings
from tidende.store import editions, events
from tidende.store.editions import EditionRow
from tidende.store.ledger import Ledger


class Digests:
    """The configured digests; one edition is made at a time, whoever asks for it."""

    def __init__(
        self,
        *,
        ledger: Ledger,
        committer: Committer,
        directory: Path,
        digests: Mapping[str, DigestSettings],
        now: Clock,
    ) -> None:
        self._ledger = ledger
        self._committer = committer
        self.directory = directory
        self._digests = digests
        self._now = now
        self._lock = Lock()

    def make_due(self, *, first: bool = True) -> list[EditionRow]:
        """Make the editions that are due now, a digest's very first one only if `first`.

        The first is due as soon as there is an article; who asks knows if more are on their way.
        """
        made = []
        for name in self._digests:
            with self._lock:
                end = self._due(name, first=first)
                row = self._make(name, end, recorded_by=self._now()) if end else None
            if row:
                made.append(row)
        return made

    def make(self, name: str, end: datetime | None = None) -> EditionRow | None:
        """Make an edition of what was recorded by `end` (now when None), due or not.

        Returns None when nothing was recorded in the window; raises ConfigError for a name that
        isn't configured, or a window that ends before the last edition's or in the future.
        """
        now = self._now()
        if name not in self._digests:
            raise ConfigError(f"digests.{name}: no such digest; known: {', '.join(self._digests)}")
        if end is not None and end > now:
            raise ConfigError(f"digest {name}: {rfc3339(end)} is yet to come; it is {rfc3339(now)}")
        with self._lock:
            return self._make(name, end or self._next_end(name, now), recorded_by=end or now)

    def restore(self) -> set[str]:
        """Write the files of each digest's last edition again if a crash left some out.

        Only of one whose event isn't known to be out: what is removed later was removed by
        somebody. Returns the urns of editions whose files can't be written even now: they aren't
        to be announced yet.
        """
        missing = set()
        for name in self._digests:
            with self._ledger.read() as connection:
                rows = editions.newest_first(connection, name)[:2]
                waiting = {event.subject for event in events.unpublished(connection)}
            if not rows or all(path.exists() for path in self.files(rows[0])):
                continue
            if _urn(rows[0]) not in waiting:
                continue
            since = _moment(rows[1].window_end) if rows[1:] else None
            edition = self._compose(name, _window(rows[0], since), rows[0].version)
            try:
                write_edition(self.directory, edition, render(edition))
            except TidendeError as error:
                get_logger().error("edition_not_restored", digest=name, message=str(error))
                missing.add(edition.urn)
        return missing

    def files(self, row: EditionRow) -> tuple[Path, ...]:
        """Return where an edition's files are."""
        return edition_files(self.directory, row)

    def _next_end(self, name: str, now: datetime) -> datetime:
        """Return the end of a window that ends now: a whole second, and after the last one's."""
        end = now.replace(microsecond=0)
        with self._ledger.read() as connection:
            last = editions.last(connection, name)
        return max(end, _moment(last.window_end) + timedelta(seconds=1)) if last else end

    def _due(self, name: str, *, first: bool) -> datetime | None:
        with self._ledger.read() as connection:
            last = editions.last(connection, name)
            if last is None and not first:
                return None
            waiting = events.has_articles_after(connection, last.through if last else 0)
        return edition_due(
            cron=self._digests[name].schedule,
            timezone=self._digests[name].timezone,
            last_end=_moment(last.window_end) if last else None,
            has_articles=waiting,
            now=self._now(),
        )

    def _make(self, name: str, end: datetime, *, recorded_by: datetime) -> EditionRow | None:
        start = monotonic()
        with self._ledger.read() as connection:
            window = next_window(connection, name, end, recorded_by=recorded_by)
        _check_order(name, window)
        if window.through == window.after:
            return None
        edition = self._compose(name, window, version=1)
        row = _row(edition, self._now())
        renderings = render(edition)  # before it is recorded: a template may be at fault
        if not self._committer.record_edition(
            row,
            describe(row, self.directory),
            subject=edition.urn,
            deliver=lambda: write_edition(self.directory, edition, renderings),
        ):
            return None
        get_logger().info(
            "edition_made",
            digest=name,
            window_end=rfc3339(end),
            stories=row.stories,
            articles=row.articles,
            file=str(self.files(row)[0]),
            took_ms=milliseconds_since(start),
        )
        return row

    def _compose(self, name: str, window: Window, version: int) -> Edition:
        chosen = self._digests[name]
        with self._ledger.read() as connection:
            stories = summarise(
                select(connection, window),
                chosen.language,
                chosen.stories,
                partial(recall, connection, window),
            )
            threads = read_threads(connection, window, stories[: chosen.stories])
        return compose(
            stories,
            window,
            digest=name,
            title=chosen.title,
            language=chosen.language,
            timezone=chosen.timezone,
            size=chosen.stories,
            version=version,
            threads=threads,
        )


def describe(row: EditionRow, directory: Path) -> DigestData:
    """Return what is said of an edition, in its event and on the command line."""
    return DigestData(
        digest=row.digest,
        window_end=rfc3339(_moment(row.window_end)),
        version=row.version,
        after=row.after,
        through=row.through,
        stories=row.stories,
        articles=row.articles,
        files=tuple(str(path) for path in edition_files(directory, row)),
    )


def edition_files(directory: Path, row: EditionRow) -> tuple[Path, ...]:
    """Return where an edition's files are, Markdown first."""
    stem = Edition.stem_of(_moment(row.window_end), row.version)
    return tuple(directory / row.digest / f"{stem}.{form}" for form in FORMS)


def _urn(row: EditionRow) -> str:
    return Edition.urn_of(row.digest, _moment(row.window_end), row.version)


def _row(edition: Edition, made: datetime) -> EditionRow:
    return EditionRow(
        digest=edition.digest,
        window_end=edition.window.end.timestamp(),
        version=edition.version,
        after=edition.window.after,
        through=edition.window.through,
        stories=edition.counts.stories,
        articles=edition.counts.articles,
        made=made.timestamp(),
    )


def _check_order(name: str, window: Window) -> None:
    if window.since is not None and window.end <= window.since:
        raise ConfigError(
            f"digest {name}: there is an edition up to {rfc3339(window.since)} already; "
            f"none can end at {rfc3339(window.end)}"
        )


def _window(row: EditionRow, since: datetime | None) -> Window:
    return Window(after=row.after, through=row.through, end=_moment(row.window_end), since=since)


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, tz=UTC)
