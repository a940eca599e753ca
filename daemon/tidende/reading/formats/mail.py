"""Mail (RFC 5322): the subject is the headline, its date the article's, its text the article.

Attachments are read as seeds of their own. Inline pictures, signatures and visiting cards belong
to the letter and are left out, as are the other forms of a text that comes in several.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from email.parser import BytesParser

from tidende.errors import SeedError
from tidende.lexicon import either, union
from tidende.model.article import Published
from tidende.reading.decode import Decoded, decode
from tidende.reading.formats.budget import Budget
from tidende.reading.formats.document import (
    Fields,
    Found,
    Passage,
    Source,
    document,
    printable,
    rejected,
)
from tidende.reading.formats.html import fragment
from tidende.reading.formats.mail_part import (
    GARBLED,
    BoundedHeaders,
    Part,
    children,
    disposition,
    file_name,
    header,
    parameter,
    payload,
)
from tidende.reading.formats.moment import published

NAME = "mail"
_NAMES = (".eml", ".mime", ".mht", ".mhtml")
_FIELD = re.compile(rb"(?P<name>[A-Za-z][A-Za-z0-9-]{1,60}):")
_KNOWN = frozenset(
    b"received return-path message-id mime-version delivered-to content-type cc sender "
    b"content-transfer-encoding dkim-signature x-mailer reply-to from to date subject".split()
)
_LEAST_FIELDS = 3
_MOST_LINES = 60
_PREFIX = re.compile(
    rf"\s*(?:(?:{either(union(lambda known: known.formats.answers))})\s{{0,2}}:\s*)+", re.IGNORECASE
)
_LETTERS_OWN = frozenset(
    ("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature",
     "text/vcard", "text/x-vcard", "text/calendar", "application/ms-tnef",
     "message/delivery-status")
)  # fmt: skip
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)


@dataclass(slots=True)
class _Sorted:
    """The parts of a mail that are its letter, and those that are files."""

    texts: list[Part] = field(default_factory=list)
    files: list[Part] = field(default_factory=list)


def looks_like(head: bytes, name: str) -> bool:
    """Tell a mail by the fields it begins with: three that mails have, in an unbroken head."""
    if head.startswith(b"From "):
        head = head.partition(b"\n")[2]
    names: set[bytes] = set()
    # The last line may be cut in the middle of a field's name.
    for line in head.rpartition(b"\n")[0].split(b"\n")[:_MOST_LINES]:
        if not line.strip():
            break
        if line[:1] in b" \t":
            continue
        hit = _FIELD.match(line)
        if not hit:
            return False
        names.add(hit["name"].lower())
    known = len(names & _KNOWN)
    return known >= _LEAST_FIELDS or (known > 0 and name.lower().endswith(_NAMES))


def read(source: Source, budget: Budget) -> Iterator[Found]:
    """Yield the letter, then its attachments; a letter without words is none."""
    try:
        message = BytesParser(policy=BoundedHeaders()).parsebytes(source.content)
        parts = _Sorted()
        _sort(message, parts)
    except RecursionError as error:
        raise SeedError(
            "nested-too-deep", "the mail's parts lie too deep in one another"
        ) from error
    letter = _letter(message, parts.texts, source)
    if letter is not None:
        yield letter
    for number, part in enumerate(parts.files, 1):
        budget.member()
        yield _attachment(part, source, number)
    if letter is None and not parts.files:
        yield rejected("no-text", "the mail holds no text")


def _sort(part: Part, into: _Sorted) -> None:
    """Sort a part and all within it; of alternatives the plain text is the letter."""
    kind = part.get_content_type()
    if kind in _LETTERS_OWN:
        return
    if kind == "message/rfc822":
        into.files.append(part)
    elif not part.is_multipart():
        _sort_leaf(part, into)
    elif kind == "multipart/alternative":
        _sort_alternatives(children(part), into)
    else:
        for child in children(part):
            _sort(child, into)


def _sort_alternatives(parts: Sequence[Part], into: _Sorted) -> None:
    """Take the text of the first form that has any, plain before marked up; files of all."""
    forms = []
    for part in parts:
        form = _Sorted()
        _sort(part, form)
        into.files.extend(form.files)
        forms.append(form.texts)
    plain_first = sorted(forms, key=lambda texts: not any(_is_plain(text) for text in texts))
    filled = [texts for texts in plain_first if any(payload(text).strip() for text in texts)]
    into.texts.extend(filled[0] if filled else ())


def _sort_leaf(part: Part, into: _Sorted) -> None:
    stands = disposition(part)
    main = part.get_content_maintype()
    if main in {"image", "audio", "video"} and (stands == "inline" or "content-id" in part):
        return
    named = stands == "attachment" or file_name(part) is not None
    (into.files if named or main != "text" else into.texts).append(part)


def _is_plain(part: Part) -> bool:
    return part.get_content_subtype() == "plain"


def _letter(message: Part, texts: Sequence[Part], source: Source) -> Found | None:
    passages: list[Passage] = []
    decoded: Decoded | None = None
    for part in texts:
        try:
            inner = decode(payload(part), parameter(part, "charset"))
        except SeedError as error:
            return rejected(error.reason, f"the mail's text: {error}")
        marked = part.get_content_subtype() == "html"
        passages.extend(fragment(inner.text) if marked else _plain(part, inner))
        decoded = decoded or inner
    if decoded is None or not any(passage.text.strip() for passage in passages):
        return None
    fields = Fields(
        passages=tuple(passages),
        headline=_subject(message),
        published=_date(message),
        language=header(message, "content-language"),
    )
    return document(fields, decoded=decoded, form=NAME, name=source.name)


def _plain(part: Part, decoded: Decoded) -> list[Passage]:
    """Part the text from the signature below "-- ", and join flowed lines (RFC 3676)."""
    text = decoded.text.replace("\r\n", "\n")
    cut = None
    for hit in _SIGNATURE.finditer(text):
        cut = hit.start()
    letter = text[:cut]
    if (parameter(part, "format") or "").lower() == "flowed":
        letter = _joined(letter, delete=(parameter(part, "delsp") or "").lower() == "yes")
    found = [Passage(role=None, text=letter)]
    if cut is not None:
        found.append(Passage(role="other", text=text[cut:]))
    return found


def _joined(text: str, *, delete: bool) -> str:
    """Join the lines that end in a space to the next; `delete` takes that space away."""
    joined: list[list[str]] = []
    runs_on = False
    for line in text.split("\n"):
        plain = line.removeprefix(" ")
        if runs_on:
            joined[-1].append(plain)
        else:
            joined.append([plain])
        runs_on = plain.endswith(" ")
        if runs_on and delete:
            joined[-1][-1] = plain[:-1]
    return "\n".join("".join(parts) for parts in joined)


def _attachment(part: Part, source: Source, number: int) -> Found:
    name = f"{source.name}/{printable(file_name(part) or f'part-{number}')}"
    try:
        content = _enclosed(part) if part.get_content_type() == "message/rfc822" else payload(part)
    except (*GARBLED, RecursionError) as error:
        return rejected("broken-mail", f"{name}: {type(error).__name__}")
    return Source(content=content, name=name, charset=parameter(part, "charset"))


def _enclosed(part: Part) -> bytes:
    """Return the bytes of a mail within a mail."""
    inner = part.get_payload()
    return b"".join(each.as_bytes() for each in inner) if isinstance(inner, list) else b""  # type: ignore[union-attr]


def _subject(message: Part) -> str | None:
    subject = header(message, "subject")
    return _PREFIX.sub("", subject, count=1).strip() or None if subject else None


def _date(message: Part) -> Published | None:
    return published(header(message, "date"))
