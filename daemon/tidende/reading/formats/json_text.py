"""JSON and JSON Lines: articles wherever they lie in arrays, envelopes and containers."""

from collections.abc import Iterator
from typing import Any

import orjson

from tidende.reading.decode import Decoded
from tidende.reading.formats.document import Found, Source, rejected
from tidende.reading.formats.json_article import has_body, read_article
from tidende.reading.formats.json_event import read_event

NAME = "json"
_NAMES = (".json", ".jsonl", ".ndjson", ".jsonlines", ".ninjs", ".jsonld")
_CONTAINERS = (
    "items",
    "articles",
    "article",
    "data",
    "results",
    "docs",
    "documents",
    "hits",
    "entries",
    "stories",
    "news",
    "posts",
    "feed",
    "records",
    "content",
    "response",
    "item",
    "_source",
    "itemListElement",
    "nodes",
    "node",
)
_DEEPEST = 8
_LEAST_LINES = 2
_FIRST_LINES = 5


def looks_like(head: str, name: str) -> bool:
    """Tell JSON by its first character and what follows it."""
    lead = head.lstrip()
    if lead.startswith("{"):
        return lead[1:].lstrip()[:1] in ('"', "}") or name.lower().endswith(_NAMES)
    if lead.startswith("["):
        return lead[1:].lstrip()[:1] in ("{", "]") or name.lower().endswith(_NAMES)
    return False


def read(decoded: Decoded, source: Source) -> Iterator[Found]:
    """Yield each article in the order of the text; what is no article is refused alone."""
    try:
        content = orjson.loads(decoded.text)
    except orjson.JSONDecodeError as error:
        yield from _lines(decoded, source, error)
        return
    yield from _found(content, decoded, source)


def _lines(decoded: Decoded, source: Source, error: orjson.JSONDecodeError) -> Iterator[Found]:
    """Read a value a line, if one of the first lines is one; else the whole is broken."""
    lines = [line for line in decoded.text.split("\n") if line.strip()]
    if len(lines) < _LEAST_LINES or not any(map(_is_value, lines[:_FIRST_LINES])):
        yield rejected("broken-json", f"it can't be read as JSON: {error}")
        return
    for number, line in enumerate(lines, 1):
        try:
            content = orjson.loads(line)
        except orjson.JSONDecodeError as problem:
            yield rejected("broken-json", f"line {number} can't be read as JSON: {problem}")
            continue
        yield from _found(content, decoded, source)


def _is_value(line: str) -> bool:
    try:
        orjson.loads(line)
    except orjson.JSONDecodeError:
        return False
    return True


def _found(content: Any, decoded: Decoded, source: Source) -> Iterator[Found]:
    """Yield what a value holds; a value with neither article nor container is refused."""
    held = _walk(content, decoded, source, 0)
    if held:
        yield from held
    else:
        yield rejected("no-article", "this JSON holds no article: no text under a known name")


def _walk(content: Any, decoded: Decoded, source: Source, depth: int) -> list[Found]:
    if depth > _DEEPEST:
        return []
    if isinstance(content, list):
        return _array(content, decoded, source, depth)
    return _object(content, decoded, source, depth) if isinstance(content, dict) else []


def _array(content: list[Any], decoded: Decoded, source: Source, depth: int) -> list[Found]:
    """Read each entry; beside articles, an entry that is none is refused alone."""
    held = [_walk(entry, decoded, source, depth + 1) for entry in content]
    if not any(held):
        return []
    refusal = rejected("no-article", "an entry of this array is no article")
    return [found for each in held for found in (each or [refusal])]


def _object(content: dict[str, Any], decoded: Decoded, source: Source, depth: int) -> list[Found]:
    if (event := read_event(content, decoded, source)) is not None:
        return [event.found] if event.found else _walk(event.data, decoded, source, depth + 1)
    # A feed has a title and a description too: it is its entries that are articles.
    if not has_body(content) and (held := _contained(content, decoded, source, depth)):
        return held
    if article := read_article(content, decoded, source):
        return [article]
    if isinstance(graph := content.get("@graph"), list):
        # A graph also tells of the page, the site, the publisher: only its articles count.
        return [found for entry in graph for found in _walk(entry, decoded, source, depth + 1)]
    return _contained(content, decoded, source, depth)


def _contained(
    content: dict[str, Any], decoded: Decoded, source: Source, depth: int
) -> list[Found]:
    """Read what lies under all the names that hold articles."""
    inside = (content.get(key) for key in _CONTAINERS)
    return [
        found
        for held in inside
        if isinstance(held, dict | list)
        for found in _walk(held, decoded, source, depth + 1)
    ]
