"""Plain text: all that no other format claims; its structure is told by its words alone."""

from collections.abc import Iterator

from tidende.reading.decode import Decoded
from tidende.reading.formats.document import Document, Found, Source, rejected
from tidende.reading.metadata import NOTHING_KNOWN

NAME = "text"


def read(decoded: Decoded, source: Source) -> Iterator[Found]:
    """Yield the text as one document, as it stands."""
    if not decoded.text.strip():
        yield rejected("no-text", "it holds no text")
        return
    yield Document(
        text=decoded.text,
        encoding=decoded.encoding,
        evidence=decoded.evidence,
        repairs=decoded.repairs,
        format=NAME,
        metadata=NOTHING_KNOWN,
        name=source.name,
    )
