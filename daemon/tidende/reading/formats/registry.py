"""The one list of formats, in the order in which they are tried.

What is packed shows in the first bytes; what is text is decoded once and told by how it begins.
Names only decide where content doesn't.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tidende.errors import SeedError
from tidende.reading.decode import Decoded, decode
from tidende.reading.formats import (
    archives,
    compressed,
    html,
    json_text,
    mail,
    markdown,
    plain,
    table,
    xml,
)
from tidende.reading.formats.budget import Budget
from tidende.reading.formats.document import Found, Source

_HEAD = 4096
_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a RIFF file"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Office document"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
)
_DECLARED = re.compile(
    rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"'](?P<xml>[\w.:-]{1,40})|"
    rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*(?P<html>[\w.:-]{1,40})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedFormat:
    """A format told by, and read from, bytes; its reader counts what it unpacks."""

    name: str
    looks_like: Callable[[bytes, str], bool]
    read: Callable[[Source, Budget], Iterator[Found]]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFormat:
    """A format told by how its text begins, and read from the whole of it."""

    name: str
    looks_like: Callable[[str, str], bool]
    read: Callable[[Decoded, Source], Iterator[Found]]


PACKED = (
    PackedFormat(name="compressed", looks_like=compressed.looks_like, read=compressed.read),
    PackedFormat(name="zip", looks_like=archives.looks_like_zip, read=archives.read_zip),
    PackedFormat(name="tar", looks_like=archives.looks_like_tar, read=archives.read_tar),
    PackedFormat(name=mail.NAME, looks_like=mail.looks_like, read=mail.read),
)
TEXT = (
    TextFormat(name=xml.NAME, looks_like=xml.looks_like, read=xml.read),
    TextFormat(name=html.NAME, looks_like=html.looks_like, read=html.read),
    TextFormat(name=json_text.NAME, looks_like=json_text.looks_like, read=json_text.read),
    TextFormat(name=table.NAME, looks_like=table.looks_like, read=table.read),
    TextFormat(name=markdown.NAME, looks_like=markdown.looks_like, read=markdown.read),
)


def read(source: Source, budget: Budget) -> Iterator[Found]:
    """Yield what a source holds, read by the first format that knows it, as plain text otherwise.

    Raises SeedError for content that no format reads.
    """
    head = source.content[:_HEAD]
    for packed in PACKED:
        if packed.looks_like(head, source.name):
            yield from packed.read(source, budget)
            return
    for magic, what in _MAGIC:
        if head.startswith(magic):
            raise SeedError("not-text", f"it is {what}")
    decoded = decode(source.content, source.charset or _declared(head))
    lead = decoded.text[:_HEAD]
    for text in TEXT:
        if text.looks_like(lead, source.name):
            yield from text.read(decoded, source)
            return
    yield from plain.read(decoded, source)


def _declared(head: bytes) -> str | None:
    """Return the character set that XML or HTML declares."""
    if b"<" not in head:
        return None
    hit = _DECLARED.search(head)
    return (hit["xml"] or hit["html"]).decode("ascii") if hit else None
