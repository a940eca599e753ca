"""CloudEvents: what they carry is read as if it lay there itself.

Our own article events come back whole, with their blocks.
"""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, get_args

from tidende.model.article import Block, Dateline, Published, Role
from tidende.reading.decode import Decoded
from tidende.reading.formats.document import Document, Found, Source, rejected
from tidende.reading.metadata import Metadata

NAME = "cloudevent"
_ROLES = frozenset(get_args(Role))


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What an event carries: something found, or else a value that is still to be read."""

    found: Found | None = None
    data: Any = None


def read_event(content: Mapping[str, Any], decoded: Decoded, source: Source) -> Carried | None:
    """Return what an event carries, None for an object that is no event."""
    if not isinstance(content.get("specversion"), str) or "type" not in content:
        return None
    if isinstance(packed := content.get("data_base64"), str):
        return Carried(found=_packed(packed, source))
    data = content.get("data")
    if isinstance(data, dict) and _is_ours(data):
        return Carried(found=_ours(data, decoded, source))
    if isinstance(data, str):
        return Carried(found=_inner(data.encode("utf-8"), source))
    return Carried(data=data)


def _is_ours(data: Mapping[str, Any]) -> bool:
    return isinstance(data.get("text"), str) and isinstance(data.get("extraction"), dict)


def _packed(packed: str, source: Source) -> Found:
    try:
        return _inner(base64.b64decode(packed, validate=True), source)
    except (binascii.Error, ValueError) as error:
        return rejected("broken-json", f"the event's data_base64 can't be read: {error}")


def _inner(data: bytes, source: Source) -> Source:
    return Source(content=data, name=f"{source.name}/data")


def _ours(data: Mapping[str, Any], decoded: Decoded, source: Source) -> Document:
    """Take over text and blocks of an article event of our own."""
    text, said = data["text"], data["extraction"]
    published = said.get("published")
    dateline = said.get("dateline")
    return Document(
        text=text,
        encoding=decoded.encoding,
        evidence=decoded.evidence,
        repairs=decoded.repairs,
        format=NAME,
        metadata=Metadata(
            headline=_text(said.get("headline")),
            standfirst=_text(said.get("standfirst")),
            byline=_text(said.get("byline")),
            agencies=tuple(filter(None, map(_text, said.get("agencies") or ()))),
            published=Published(**published) if _has(published, Published) else None,
            dateline=Dateline(**dateline) if _has(dateline, Dateline) else None,
            language=_text((said.get("language") or {}).get("tag")),
            blocks=_blocks(text, said.get("blocks")),
        ),
        name=source.name,
    )


def _text(value: Any) -> str | None:
    return value or None if isinstance(value, str) else None


def _has(value: Any, kind: type) -> bool:
    """Tell whether a value has exactly a kind's fields, strings or null."""
    return (
        isinstance(value, dict)
        and value.keys() == {field.name for field in fields(kind)}
        and all(isinstance(entry, str | None) for entry in value.values())
    )


def _blocks(text: str, stated: Any) -> tuple[Block, ...]:
    """Take the blocks that hold: known roles, in order, inside the text; all or none."""
    blocks: list[Block] = []
    at = 0
    for entry in stated if isinstance(stated, list) else ():
        if not isinstance(entry, dict) or entry.get("role") not in _ROLES:
            return ()
        start, end = entry.get("start"), entry.get("end")
        if (
            not isinstance(start, int)
            or not isinstance(end, int)
            or not at <= start < end <= len(text)
        ):
            return ()
        blocks.append(Block(role=entry["role"], start=start, end=end))
        at = end
    return tuple(blocks)
