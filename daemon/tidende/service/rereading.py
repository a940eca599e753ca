"""Reads an article back from its event: what was found out then, as the stages of today take it."""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from tidende.dedup.sketch import sketch
from tidende.dedup.stories.clues import pack
from tidende.dedup.stories.evidence import gather, keys
from tidende.model.article import Article, Extraction
from tidende.store.signatures import SignatureRow

if TYPE_CHECKING:
    from pydantic import TypeAdapter


def reread(data: Mapping[str, Any]) -> Article:
    """Return the article of an event's `data`; what an older version didn't say is left out."""
    origin = data["provenance"]
    return Article(
        ordinal=0,
        text=data["text"],
        extraction=_reader().validate_python(data["extraction"]),
        encoding=origin["encoding"],
        format=origin["format"],
    )


def signature(sequence: int, data: Mapping[str, Any]) -> SignatureRow:
    """Return what an article is found and compared by, made anew from its event's `data`."""
    article = reread(data)
    begins = data["dedup"]["of"] is None
    clues = gather(article)
    return SignatureRow(
        sequence=sequence,
        sketch=sketch(article),
        keys=keys(clues) if begins else (),
        clues=pack(clues) if begins else b"",
    )


@cache
def _reader() -> "TypeAdapter[Extraction]":
    from pydantic import TypeAdapter  # noqa: PLC0415  # 200 ms, for who rereads

    return TypeAdapter(Extraction)
