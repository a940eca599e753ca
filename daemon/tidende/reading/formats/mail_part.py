"""One part of a mail: its bytes, its name and its fields, as far as damage leaves them readable.

The library raises what it likes at a garbled field; here such a field is absent.
"""

from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.message import Message  # noqa: TC003  # a type alias is made of it
from email.policy import Compat32
from typing import TypeAlias, cast

from tidende.errors import SeedError
from tidende.reading.decode import decode
from tidende.reading.formats.document import printable

Part: TypeAlias = "Message[str, str]"
GARBLED = (ValueError, LookupError, TypeError, AttributeError, AssertionError, MessageError)
_LONGEST_HEADER = 8192
_LONGEST_WORDS = 2000


class BoundedHeaders(Compat32):
    """The library's parsers of single fields take time squared in their length: cut them."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Return a field's name and value."""
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_LONGEST_HEADER]


def children(part: Part) -> list[Part]:
    """Return the parts within a part that has some."""
    return cast("list[Part]", part.get_payload())


def payload(part: Part) -> bytes:
    """Return a part's bytes; what its transfer encoding garbled is taken as far as it goes."""
    try:
        content = part.get_payload(decode=True)
    except GARBLED:
        return b""
    return content if isinstance(content, bytes) else b""


def file_name(part: Part) -> str | None:
    """Return the name of the file that a part is, if it has one."""
    try:
        name = part.get_filename()
    except GARBLED:
        return None
    return _words(name) if name else None


def disposition(part: Part) -> str | None:
    """Return `inline`, `attachment`, or what else a part says of its place."""
    try:
        return part.get_content_disposition()
    except GARBLED:
        return None


def parameter(part: Part, name: str) -> str | None:
    """Return a parameter of a part's type: its charset, say."""
    try:
        value = part.get_param(name)
    except GARBLED:
        return None
    return value if isinstance(value, str) else None


def header(message: Part, name: str) -> str | None:
    """Return a field's text as it is meant; raw bytes in it are decoded as any others."""
    stated = next((value for key, value in message.raw_items() if key.lower() == name), None)
    return _words(str(stated)) or None if stated is not None else None


def _words(stated: str) -> str:
    """Decode a field's encoded words (RFC 2047), and the bytes that are no ASCII."""
    plain = stated[:_LONGEST_WORDS]
    if "=?" not in plain:
        return _folded(decode(plain.encode("utf-8", "surrogateescape")).text)
    try:
        parts = decode_header(decode(plain.encode("utf-8", "surrogateescape")).text)
    except HeaderParseError:
        return _folded(printable(plain))
    return _folded("".join(_word(part, charset) for part, charset in parts))


def _word(part: bytes | str, charset: str | None) -> str:
    if isinstance(part, str):
        return part
    if charset is None:  # what stands between encoded words: the library's own escape
        return part.decode("raw-unicode-escape", "replace")
    try:
        return decode(part, charset).text
    except SeedError:
        return part.decode("ascii", "replace")


def _folded(text: str) -> str:
    return " ".join(text.split())
