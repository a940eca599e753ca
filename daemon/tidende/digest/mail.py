"""An edition as an e-mail: text and HTML in one message, in its digest's thread.

Pure. Made again, a message is the same to the byte, with the same Message-ID.
"""

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from hashlib import sha256

_CALM = {
    # RFC 3834: nobody answers that they are on holiday.
    "Auto-Submitted": "auto-generated",
    "Precedence": "bulk",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """An edition for one recipient; `corrects` is the Message-ID of the version before, if any."""

    digest: str
    subject: str
    sender: str
    recipient: str
    message_id: str
    corrects: str | None
    date: datetime
    text: str
    html: str | None


def message_id(urn: str, recipient: str, sender: str) -> str:
    """Return the Message-ID of an edition's mail to a recipient (RFC 5322, 3.6.4)."""
    return _id(urn.removeprefix("urn:tidende:").replace(":", "."), f"{urn} {recipient}", sender)


def thread_id(digest: str, recipient: str, sender: str) -> str:
    """Return the id that all mails of a digest refer to, so that they are shown as one thread.

    No message has it: readers group by a reference that is missing, too.
    """
    return _id(f"digest.{digest}", f"digest {digest} {recipient}", sender)


def write_message(letter: Letter) -> EmailMessage:
    """Return the message; its lines are short and its bytes ASCII, so that any server takes it."""
    message = EmailMessage(policy=SMTP)
    message["From"] = _mailbox(letter.sender)
    message["To"] = _mailbox(letter.recipient)
    message["Subject"] = _one_line(letter.subject)
    message["Date"] = format_datetime(letter.date)
    message["Message-ID"] = letter.message_id
    thread = thread_id(letter.digest, letter.recipient, letter.sender)
    message["In-Reply-To"] = letter.corrects or thread
    message["References"] = " ".join(filter(None, (thread, letter.corrects)))
    # RFC 2919: what readers sort by.
    message["List-Id"] = f"<{letter.digest}.tidende.{_domain(letter.sender)}>"
    for name, value in _CALM.items():
        message[name] = value
    message.set_content(letter.text, cte="quoted-printable")
    if letter.html is not None:
        message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
        # Else it is random. "=_" can't stand in quoted-printable text (RFC 2045, 6.7).
        message.set_boundary(f"=_{sha256(letter.message_id.encode()).hexdigest()[:32]}")
    return message


def _mailbox(text: str) -> Address:
    name, address = parseaddr(text)
    return Address(display_name=name, addr_spec=address)


def _domain(sender: str) -> str:
    return parseaddr(sender)[1].rpartition("@")[2] or "localhost"


def _id(readable: str, distinct: str, sender: str) -> str:
    digest = sha256(distinct.encode()).hexdigest()[:16]
    return f"<{readable}.{digest}@{_domain(sender)}>"


def _one_line(text: str) -> str:
    return " ".join(text.split())
