"""Hands messages to a mail server, one after the other over one connection."""

import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Literal, TypeAlias

from tidende.errors import TransientError

Security: TypeAlias = Literal["starttls", "tls", "none"]

_Refused = smtplib.SMTPRecipientsRefused
_PORTS: dict[Security, int] = {"starttls": 587, "tls": 465, "none": 25}


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """A server that takes mail; `port` 0 is the one that goes with `security` (RFC 8314)."""

    host: str
    port: int = 0
    security: Security = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    timeout_seconds: float = 10.0


def send(server: MailServer, messages: Sequence[EmailMessage]) -> Iterator[str | None]:
    """Send messages; yield for each, as soon as it is known, None or why it wasn't taken.

    Ends early when the server lets go of us over a message; the others are for the next time.
    Raises TransientError when the server can't be had at all.
    """
    with _explained(server), _session(server) as session:
        for message in messages:
            try:
                session.send_message(message)
            except (OSError, smtplib.SMTPException) as error:
                yield f"{server.host}: {_said(error)}"
                if not isinstance(error, smtplib.SMTPResponseException | _Refused):
                    return
            else:
                yield None


@contextmanager
def _session(server: MailServer) -> Iterator[smtplib.SMTP]:
    port = server.port or _PORTS[server.security]
    context = ssl.create_default_context()
    session: smtplib.SMTP
    if server.security == "tls":
        session = smtplib.SMTP_SSL(
            server.host, port, timeout=server.timeout_seconds, context=context
        )
    else:
        session = smtplib.SMTP(server.host, port, timeout=server.timeout_seconds)
    with session:
        if server.security == "starttls":
            session.starttls(context=context)
        if server.user:
            _log_in(session, server)
        yield session


def _log_in(session: smtplib.SMTP, server: MailServer) -> None:
    try:
        session.login(server.user, server.password)
    except UnicodeEncodeError:  # it holds the password, so it isn't chained
        raise TransientError(
            f"{server.host}: user or password holds a character that isn't ASCII; none can be sent"
        ) from None


@contextmanager
def _explained(server: MailServer) -> Iterator[None]:
    try:
        yield
    except (OSError, smtplib.SMTPException) as error:  # ssl's errors are OSErrors
        raise TransientError(f"{server.host}: {_said(error)}") from error


def _said(error: Exception) -> str:
    """Return in a line what went wrong, in the server's own words where it said any."""
    if isinstance(error, _Refused):
        code, words = next(iter(error.recipients.values()))
        return _answer(code, words)
    if isinstance(error, smtplib.SMTPResponseException):
        return _answer(error.smtp_code, error.smtp_error)
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return " ".join(str(error).split()) or type(error).__name__


def _answer(code: int, words: bytes | str) -> str:
    text = words.decode(errors="replace") if isinstance(words, bytes) else words
    return f"{code} {' '.join(text.split())}"
