"""Sends editions by e-mail: what the ledger's outbox says is due, until the server has taken it.

A mail is noted as sent after the server took it: a crash in between sends it twice, with the same
Message-ID. Its words are read from the edition's files, so what somebody removes isn't sent.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from threading import Lock

from tidende.clock import DAY_SECONDS, Clock, rfc3339_of
from tidende.digest.mail import Letter, write_message
from tidende.digest.phrasebook import load_phrasebook
from tidende.digest.smtp import MailServer, send
from tidende.digest.window import moment
from tidende.errors import ConfigError, TransientError
from tidende.logs import get_logger
from tidende.service.backoff import pause
from tidende.service.edition_files import edition_file
from tidende.service.password import read_password
from tidende.settings import DigestSettings, MailSettings
from tidende.store import editions, mails
from tidende.store.editions import EditionRow
from tidende.store.ledger import Ledger
from tidende.store.mails import MailRow

FIRST_RETRY_SECONDS = 60.0
LONGEST_RETRY_SECONDS = 3600.0
AT_ONCE = 50
"""So many go over one connection; a stop waits for no more."""
TEXTS = ("txt", "md")
"""The forms that a mail's text may be, the best first."""


class Mailing:
    """Delivers mail for the holder of the data directory."""

    def __init__(
        self,
        *,
        ledger: Ledger,
        directory: Path,
        digests: Mapping[str, DigestSettings],
        settings: MailSettings,
        now: Clock,
    ) -> None:
        self._ledger = ledger
        self._directory = directory
        self._digests = digests
        self._settings = settings
        self._now = now
        self._lock = Lock()

    def deliver(self) -> None:
        """Send what is due; raises TransientError as long as one waits that couldn't be sent."""
        with self._lock:
            with self._ledger.read() as connection:
                due = mails.due(connection, self._now().timestamp(), limit=AT_ONCE)
            if due:
                self._send(due)
            with self._ledger.read() as connection:
                waiting = mails.in_trouble(connection)
        if waiting is not None:
            count, trouble = waiting
            raise TransientError(
                f"{count} {'mail waits' if count == 1 else 'mails wait'}: {trouble}"
            )

    def _send(self, due: Sequence[MailRow]) -> None:
        """Send these over one connection, and note of each what became of it."""
        ready = self._written(due)
        # Before they are sent: with a ledger that can't be written they would go out every second.
        with self._ledger.write() as connection:
            for row, _ in ready:
                mails.note(connection, self._tried(row))
        left = [row for row, _ in ready]
        for trouble in self._answers([message for _, message in ready]):
            row = left.pop(0)
            if trouble is None:
                self._note_sent(row)
            else:
                self._put_off(row, trouble)
        for row in left:  # the server has hung up over another: they go at once
            self._note(row)

    def _written(self, due: Sequence[MailRow]) -> list[tuple[MailRow, EmailMessage]]:
        """Return the messages of those that can be sent; the others are put off or given up."""
        ready: list[tuple[MailRow, EmailMessage]] = []
        for row in due:
            try:
                if (message := self._message(row)) is not None:
                    ready.append((row, message))
            except TransientError as error:
                self._put_off(row, str(error))
        return ready

    def _answers(self, messages: Sequence[EmailMessage]) -> Iterator[str | None]:
        """Yield what the server says of each message, and why it can't be had of all the others."""
        told = 0
        try:
            for answer in send(self._server(), messages) if messages else ():
                told += 1
                yield answer
        except TransientError as error:
            for _ in messages[told:]:
                yield str(error)

    def _message(self, row: MailRow) -> EmailMessage | None:
        """Return what is to be sent, None when it isn't wanted any more.

        Raises TransientError while the edition's files aren't there.
        """
        chosen = self._digests.get(row.digest)
        if chosen is None or row.recipient not in chosen.recipients:
            self._give_up(row, "the settings name no such recipient any more")
            return None
        with self._ledger.read() as connection:
            edition = editions.exactly(connection, row.digest, row.window_end, row.version)
            before = mails.of_edition(connection, row.digest, row.window_end, row.version - 1)
        if edition is None:
            self._give_up(row, "the ledger has no such edition any more")
            return None
        return write_message(self._letter(row, edition, chosen, before))

    def _letter(
        self,
        row: MailRow,
        edition: EditionRow,
        chosen: DigestSettings,
        before: Sequence[MailRow],
    ) -> Letter:
        words = load_phrasebook(chosen.language, chosen.timezone)
        title = chosen.title.strip() or words.word("title")
        end = moment(row.window_end)
        subject = f"{title}: {words.day(end)}"
        corrected = [mail.message_id for mail in before if mail.recipient == row.recipient]
        return Letter(
            digest=row.digest,
            subject=f"{subject} (v{row.version})" if row.version > 1 else subject,
            sender=self._settings.sender,
            recipient=row.recipient,
            message_id=row.message_id,
            corrects=corrected[0] if corrected else None,
            date=moment(edition.made),
            text=self._read(edition, TEXTS),
            html=self._read(edition, ("html",)) if "html" in edition.forms else None,
        )

    def _read(self, edition: EditionRow, forms: Sequence[str]) -> str:
        form = next((form for form in forms if form in edition.forms), edition.forms[0])
        file = edition_file(self._directory, edition, form)
        try:
            return file.read_text(encoding="utf-8")
        except OSError as error:
            raise TransientError(f"{file}: {error.strerror}") from error

    def _server(self) -> MailServer:
        """Return the server that the settings name; raises TransientError if it can't be used."""
        chosen = self._settings
        if not chosen.host:
            raise TransientError("mail.host isn't set")
        password = chosen.password.get_secret_value()
        if chosen.user and chosen.password_file is not None:
            try:
                password = read_password(chosen.password_file)
            except ConfigError as error:
                named = f"mail.password_file = {str(chosen.password_file)!r}"
                raise TransientError(f"{named}: {error}") from error
        return MailServer(
            host=chosen.host,
            port=chosen.port,
            security=chosen.security,
            user=chosen.user,
            password=password,
            timeout_seconds=chosen.timeout_seconds,
        )

    def _tried(self, row: MailRow) -> MailRow:
        """Return a mail after one more attempt: due again after a growing pause."""
        attempts = row.attempts + 1
        wait = pause(attempts, first=FIRST_RETRY_SECONDS, longest=LONGEST_RETRY_SECONDS)
        return replace(row, attempts=attempts, due=self._now().timestamp() + wait)

    def _put_off(self, row: MailRow, trouble: str) -> None:
        """Note that an attempt failed, or give the mail up."""
        tried, days = self._tried(row), self._settings.give_up_days
        if days and self._now().timestamp() - row.recorded >= days * DAY_SECONDS:
            self._give_up(tried, trouble)
            return
        self._note(replace(tried, trouble=trouble))
        get_logger().warning(
            "mail_postponed", **_named(row), attempts=tried.attempts, message=trouble
        )

    def _give_up(self, row: MailRow, trouble: str) -> None:
        self._note(replace(row, due=None, trouble=trouble))
        get_logger().error("mail_given_up", **_named(row), message=trouble)

    def _note_sent(self, row: MailRow) -> None:
        sent = self._now().timestamp()
        self._note(replace(self._tried(row), due=None, sent=sent, trouble=None))
        get_logger().info("mail_sent", **_named(row), message_id=row.message_id)

    def _note(self, row: MailRow) -> None:
        with self._ledger.write() as connection:
            mails.note(connection, row)


def _named(row: MailRow) -> dict[str, str]:
    return {
        "digest": row.digest,
        "window_end": rfc3339_of(row.window_end),
        "recipient": row.recipient,
    }
