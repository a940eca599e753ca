"""Which part of a page an element is, told by its tag, its role and the words of its class."""

import re
from collections.abc import Callable
from itertools import islice
from typing import Any

from tidende.reading.formats.class_words import (
    BOILERPLATE,
    BYLINE,
    CAPTION,
    CREDIT,
    DATE,
    STANDFIRST,
    words_of,
)
from tidende.reading.formats.markup import CREDIT as AS_CREDIT
from tidende.reading.formats.markup import SKIP, Judge, Judgement, local_name

_SKIPPED_TAGS = frozenset(("nav", "footer", "menu"))
_NEVER_SKIPPED = frozenset(("html", "body", "main", "article"))
_LANDMARKS = frozenset(("navigation", "complementary", "contentinfo", "banner", "search", "dialog"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HOME = re.compile(r"/|(?:https?:)?//[^/]{1,100}/?|#|index\.html?", re.IGNORECASE)
_MOST = 0.5
_LONGEST_BYLINE = 200
_LONGEST_DATE = 120
_LONGEST_STANDFIRST = 700


def judge_by(weight: Callable[[Any], int], total: int) -> Judge:
    """Return what tells an element's part by its names.

    `weight` is how much prose an element holds; what holds most of `total` is no boilerplate,
    whatever its class says.
    """

    def judge(element: Any) -> Judgement:
        name = local_name(element)
        if name in _NEVER_SKIPPED:
            return None
        if is_skipped(element, weight, total):
            return SKIP
        return _part(element, name, words_of(element))

    return judge


def is_skipped(element: Any, weight: Callable[[Any], int], total: int) -> bool:
    """Tell an element that is hidden, frames the page or is boilerplate."""
    name = local_name(element)
    if name in _NEVER_SKIPPED:
        return False
    words = words_of(element)
    if _is_hidden(element) or _is_frame(element, name, words) or _is_logo(element, name, words):
        return True
    return weight(element) < total * _MOST and _is_boilerplate(element, name, words)


def _is_logo(element: Any, name: str, words: frozenset[str]) -> bool:
    """Tell the paper's own name in a heading, which old pages link to their front page."""
    if name != "h1":
        return False
    links = element.xpath(".//a[@href]")
    home = any(_HOME.fullmatch(link.get("href").strip()) for link in links[:1])
    return home or not words.isdisjoint(("logo", "brand", "sitename", "masthead"))


def _is_hidden(element: Any) -> bool:
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or bool(_HIDDEN.search(element.get("style") or ""))
    )


def _is_frame(element: Any, name: str, words: frozenset[str]) -> bool:
    """Tell what frames a page by its element or role; a box of facts is the article's."""
    if name == "aside":
        return words.isdisjoint(("fact", "facts", "factbox", "fakta", "faktaboks"))
    return name in _SKIPPED_TAGS or element.get("role") in _LANDMARKS


def _is_boilerplate(element: Any, name: str, words: frozenset[str]) -> bool:
    if words.isdisjoint(BOILERPLATE):
        return False
    # A caption's "copyright", a figure's "banner" and a paragraph's "lead ad" are the article's.
    return not _in_figure(element) and name not in (
        "h1",
        "figure",
        "figcaption",
        "header",
        "p",
        "time",
    )


def _in_figure(element: Any) -> bool:
    return next(element.iterancestors("figure"), None) is not None


def _part(element: Any, name: str, words: frozenset[str]) -> Judgement:
    if name == "h1":
        return "headline"
    if name == "time":
        return None if _in_sentence(element) else "other"
    if (name != "figure" and _in_figure(element)) or not words.isdisjoint(CAPTION):
        if not words.isdisjoint(CREDIT) or element.get("itemprop") in ("creditText", "author"):
            return AS_CREDIT
        if not words.isdisjoint(CAPTION) or element.get("itemprop") == "caption":
            return "caption"
        return None
    return _head_part(element, name, words)


def _head_part(element: Any, name: str, words: frozenset[str]) -> Judgement:
    """Tell byline, date and standfirst; long texts are none of them, whatever their class says."""
    marked = element.get("itemprop") or ""
    if name in ("header", "section", "ul", "ol") or (not words and not marked):
        return None
    if not words.isdisjoint(BYLINE) or "author" in marked:
        return "byline" if _is_short_line(element, _LONGEST_BYLINE) else None
    if not words.isdisjoint(DATE) or "date" in marked:
        return "other" if _is_short_line(element, _LONGEST_DATE) else None
    if not words.isdisjoint(STANDFIRST) and _length(element, _LONGEST_STANDFIRST) is not None:
        return "standfirst" if _stands_before_body(element) else None
    return None


def _is_short_line(element: Any, longest: int) -> bool:
    return _length(element, longest) is not None and not _in_sentence(element)


def _length(element: Any, longest: int) -> int | None:
    """Return the length of an element's text, None as soon as it is beyond `longest`."""
    length = 0
    for text in element.itertext():
        length += len(text.strip())
        if length > longest:
            return None
    return length


def _in_sentence(element: Any) -> bool:
    """Tell whether an element stands within a paragraph's running text."""
    above = element.getparent()
    if above is None or local_name(above) != "p":
        return False
    own = _length(element, _LONGEST_STANDFIRST)
    return own is None or _length(above, 2 * own + 40) is None


def _stands_before_body(element: Any) -> bool:
    before = list(islice(element.itersiblings("p", preceding=True), 3))
    return len(before) <= 1 and not element.xpath("boolean(.//figure)")
