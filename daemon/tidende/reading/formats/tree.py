"""Bytes of markup to element trees, with lxml hardened: no entities, no network, no DTD.

libxml2 itself refuses trees deeper than 256 elements and texts over 10 MB (`huge_tree` is off).
"""

import html
import re
from typing import Any

from tidende.errors import SeedError

_DOCTYPE = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*)?<!DOCTYPE[^>\[]{0,2000}>", re.DOTALL | re.IGNORECASE
)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,31});")
_BARE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,12}|#x[0-9a-fA-F]{1,12});)")
_REFERENCE = re.compile(r"&#(?:x(?P<hex>[0-9a-fA-F]{1,12})|(?P<decimal>[0-9]{1,12}));?")
_SURROGATES = range(0xD800, 0xE000)
_LAST = 0x10FFFF
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_CUT_OFF = ("Premature end", "EndTag: '</' not found")
_PRESENTATION = re.compile(
    r"</?(?:font|b|i|u|em|strong|small|big|span|center|tt)\b[^<>]{0,2000}>", re.IGNORECASE
)
_LEAD = 1 << 16
_ENTITY = "<!ENTITY"

_NO_ENTITIES = "it declares XML entities, which are not expanded"
BROKEN_MARKUP = "broken-markup"


def parse_xml(text: str) -> tuple[Any, tuple[str, ...]]:
    """Return the root of an XML document, and what had to be repaired to read it.

    Raises SeedError "entities" for a document that declares entities, "broken-xml" for one that
    can't be read, or that ends in the middle.
    """
    from lxml import etree  # noqa: PLC0415  # costly, and few seeds need it

    if _ENTITY in text[:_LEAD]:
        raise SeedError("entities", _NO_ENTITIES)
    plain = _CONTROL.sub("", _DECLARATION.sub("", text, count=1))
    # A DTD that isn't loaded would have named these; libxml2 leaves them out without a word.
    plain = _NAMED.sub(_character, plain) if "&" in plain else plain
    try:
        return _parsed(plain, recover=False), ()
    except etree.XMLSyntaxError as error:
        if any(sign in str(error) for sign in _CUT_OFF):
            raise SeedError("broken-xml", f"it ends in the middle: {error}") from error
    mended = _BARE.sub("&amp;", _whole(_without_doctype(plain)))
    try:
        return _parsed(mended, recover=False), (BROKEN_MARKUP,)
    except etree.XMLSyntaxError as error:
        return _recovered(mended, error), (BROKEN_MARKUP,)


def _recovered(text: str, problem: Exception) -> Any:
    """Read what libxml2 can make of text that is not well-formed."""
    from lxml import etree  # noqa: PLC0415  # costly, and few seeds need it

    try:
        root = _parsed(text, recover=True)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        raise SeedError("broken-xml", f"it can't be read: {problem}") from problem
    return root


def parse_html(text: str) -> Any | None:
    """Return the root of an HTML page or fragment, None where there is no element at all.

    Raises SeedError "too-deep" for a page that can't be read whole.
    """
    plain = _whole(_CONTROL.sub("", _DECLARATION.sub("", text, count=1)))
    root, whole = _page(plain)
    if not whole:
        # Old pages leave fonts open, one in another; without them the page is flat.
        root, whole = _page(_PRESENTATION.sub("", plain))
    if not whole:
        raise SeedError("too-deep", "its elements lie too deep in one another to be read whole")
    return root


def _page(plain: str) -> tuple[Any | None, bool]:
    """Return a page's root, and whether nothing was left out for lying too deep."""
    from lxml import etree  # noqa: PLC0415  # costly, and few seeds need it

    parser = etree.HTMLParser(
        encoding="utf-8", recover=True, no_network=True, huge_tree=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(plain.encode("utf-8"), parser)
    except etree.XMLSyntaxError:
        return None, True
    return root, not any("depth" in problem.message for problem in parser.error_log)


def _parsed(text: str, *, recover: bool) -> Any:
    from lxml import etree  # noqa: PLC0415  # costly, and few seeds need it

    # A parser remembers the errors of its document: one each.
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False,
        dtd_validation=False, huge_tree=False, remove_comments=True, remove_pis=True,
        recover=recover,
    )  # fmt: skip
    root = etree.fromstring(text.encode("utf-8"), parser)
    subset = None if root is None else root.getroottree().docinfo.internalDTD
    if subset is not None and any(True for _ in subset.iterentities()):
        raise SeedError("entities", _NO_ENTITIES)
    if root is not None:
        etree.strip_tags(root, etree.Entity)  # they would count as children without text
    return root


def _without_doctype(text: str) -> str:
    hit = _DOCTYPE.match(text)
    return text[hit.end() :] if hit else text


def _whole(text: str) -> str:
    """Replace references to no character, which libxml2 would put into the tree as they are."""
    return _REFERENCE.sub(_existing, text) if "&#" in text else text


def _existing(hit: re.Match[str]) -> str:
    number = int(hit["hex"], 16) if hit["hex"] else int(hit["decimal"])
    if not number or number in _SURROGATES or number > _LAST:
        return "\N{REPLACEMENT CHARACTER}"
    return hit[0]


def _character(hit: re.Match[str]) -> str:
    """Return the character of an HTML entity that XML doesn't know; what is none loses its `&`."""
    found = html.unescape(hit[0])
    return f"&amp;{hit[1]};" if found == hit[0] else found
