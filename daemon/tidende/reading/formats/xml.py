"""XML: parsed once, hardened, and handed to the vocabulary that its elements are of."""

import re
from collections.abc import Iterator

from tidende.errors import SeedError
from tidende.reading.decode import Decoded
from tidende.reading.formats import feed, newsml, nitf
from tidende.reading.formats.document import Found, Source, rejected
from tidende.reading.formats.html import read as read_html
from tidende.reading.formats.markup import first, local_name
from tidende.reading.formats.tree import parse_xml

NAME = "xml"
_NAMES = (".xml", ".nitf", ".rss", ".atom", ".rdf", ".newsml", ".g2")
_NAME = re.compile(r"<(?:[\w.-]{1,40}:)?(?P<name>[\w.-]{1,60})")
_SUBSET = re.compile(r"<![^\[>]*\[")
_MOST_BEFORE_ROOT = 20
_DECLARED = re.compile(r"\s*<\?xml\b", re.IGNORECASE)
_KNOWN = frozenset(
    (
        "nitf",
        "newsitem",
        "packageitem",
        "newsmessage",
        "itemset",
        "newsml",
        "rss",
        "rdf",
        "feed",
        "entry",
    )
)
_NEWSML = frozenset(("newsitem", "packageitem", "newsmessage", "itemset", "newsml"))
_FEEDS = frozenset(("rss", "rdf", "feed", "entry", "channel"))


def looks_like(head: str, name: str) -> bool:
    """Tell XML by its declaration or the root elements that are known; XHTML pages are HTML."""
    declared = _DECLARED.match(head) is not None
    root = _root(head)
    if root is None:
        return declared
    if root in {"html", "body", "head"}:
        return False
    return root in _KNOWN or declared or name.lower().endswith(_NAMES)


def _root(head: str) -> str | None:
    """Return the first element's name, behind declarations and comments; None where none is seen.

    Step by step: one pattern for all of it takes exponential time on hostile text.
    """
    at = 0
    for _ in range(_MOST_BEFORE_ROOT):
        at += len(head[at:]) - len(head[at:].lstrip())
        if hit := _NAME.match(head, at):
            return hit["name"].lower()
        close = _close(head, at)
        if close is None or (end := head.find(close, at)) < 0:
            return None
        at = end + len(close)
    return None


def _close(head: str, at: int) -> str | None:
    """Return what ends the declaration that begins here."""
    if head.startswith("<?", at):
        return "?>"
    if head.startswith("<!--", at):
        return "-->"
    if head.startswith("<!", at):
        return "]>" if _SUBSET.match(head, at) else ">"
    return None


def read(decoded: Decoded, source: Source) -> Iterator[Found]:
    """Yield the articles of an XML document."""
    try:
        root, repairs = parse_xml(decoded.text)
    except SeedError as error:
        yield rejected(error.reason, str(error))
        return
    decoded = Decoded(
        text=decoded.text,
        encoding=decoded.encoding,
        evidence=decoded.evidence,
        repairs=(*decoded.repairs, *repairs),
    )
    kind = local_name(root)
    if kind == "nitf":
        yield nitf.read(root, decoded, source)
    elif kind in _NEWSML:
        yield from newsml.read(root, decoded, source)
    elif kind in _FEEDS:
        yield from feed.read(root, decoded, source)
    elif (inner := first(root, "nitf")) is not None:
        yield nitf.read(inner, decoded, source)
    elif first(root, "newsitem") is not None:
        yield from newsml.read(root, decoded, source)
    elif kind in {"html", "article", "body", "div"}:
        yield from read_html(decoded, source)
    else:
        yield rejected("no-article", f"this XML holds no article: its root is {kind[:60]!r}")
