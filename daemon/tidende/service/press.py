"""Makes editions: draws one up, renders it, has it recorded with its mail, and writes its files.

An edition is recorded before its files are written, and they can always be written again from the
ledger: `restore` mends what a crash in between left out.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from tidende.clock import Clock, milliseconds_since, monotonic, rfc3339
from tidende.digest.mail import message_id
from tidende.digest.render import render
from tidende.digest.window import window_of
from tidende.errors import ConfigError, TidendeError
from tidende.logs import get_logger
from tidende.model.edition import Edition, Window
from tidende.service import edition_files
from tidende.service.committer import Committer
from tidende.service.composing import draw_up
from tidende.service.edition_files import describe
from tidende.settings import DigestSettings
from tidende.store import editions, events
from tidende.store.editions import EditionKind, EditionRow
from tidende.store.ledger import Ledger
from tidende.store.mails import MailRow


class Press:
    """Makes editions of the configured digests; who calls sees to it that it is one at a time."""

    def __init__(  # noqa: PLR0913
        self,
        *,
        ledger: Ledger,
        committer: Committer,
        directory: Path,
        digests: Mapping[str, DigestSettings],
        sender: str,
        now: Clock,
    ) -> None:
        self._ledger = ledger
        self._committer = committer
        self._directory = directory
        self._digests = digests
        self._sender = sender
        self._now = now

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
            if subject not in waiting or edition_files.is_whole(self._directory, row):
                continue
            try:
                self._restore(row)
            except TidendeError as error:
                get_logger().error("edition_not_restored", digest=row.digest, message=str(error))
                missing.add(subject)
        return missing

    def make(  # noqa: PLR0913
        self,
        name: str,
        window: Window,
        follows: EditionRow | None,
        *,
        kind: EditionKind,
        is_correction: bool = False,
        may_be_quiet: bool = False,
    ) -> EditionRow | None:
        """Make the edition of a window, drawn up after `follows`.

        Returns None when it would tell nothing and isn't to say so, or when another process has
        recorded one meanwhile. A correction says so in any case.
        """
        start = monotonic()
        speaks = may_be_quiet or is_correction
        if window.through == window.after and not speaks:
            return None
        with self._ledger.read() as connection:
            version = editions.next_version(connection, name, window.end.timestamp())
            edition = self._draw(connection, name, window, version)
        if not edition.stories and not speaks:
            return None
        # Before it is recorded: a template may be at fault.
        renderings = render(edition, templates=self._digests[name].templates)
        row = _row(edition, kind, tuple(renderings), self._now())
        data = describe(row, self._directory)
        if not self._committer.record_edition(
            row,
            data,
            subject=edition.urn,
            follows=follows,
            # Who asks for a past window wants to read it, and hasn't asked for the others.
            mail=self._mails(row) if kind == "regular" else (),
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
            file=data.files[0],
            took_ms=milliseconds_since(start),
        )
        return row

    def skip(self, name: str, window: Window, follows: EditionRow | None) -> None:
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
            edition = self._draw(connection, row.digest, window_of(row), row.version)
        templates = self._digests[row.digest].templates
        self._put(edition, render(edition, row.forms, templates))

    def _draw(self, connection: Connection, name: str, window: Window, version: int) -> Edition:
        chosen = self._digests[name]
        return draw_up(connection, window, digest=name, chosen=chosen, version=version)

    def _put(self, edition: Edition, renderings: Mapping[str, str | bytes]) -> None:
        edition_files.put(
            edition,
            renderings,
            directory=self._directory,
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
                message_id=message_id(subject, recipient, self._sender),
                recorded=now,
                due=now,
            )
            for recipient in self._digests[row.digest].recipients
        ]


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
