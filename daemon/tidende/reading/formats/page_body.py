"""A page's article among all that stands around it: which element holds it, which parts count."""

import copy
import logging
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from tidende.reading.formats.class_words import (
    ARTICLE,
    BODY,
    BOILERPLATE,
    BYLINE,
    CAPTION,
    CREDIT,
    DATE,
    STANDFIRST,
    words_of,
)
from tidende.reading.formats.document import Passage
from tidende.reading.formats.markup import CREDIT as AS_CREDIT
from tidende.reading.formats.markup import SKIP, Judge, Judgement, local_name, passages, text_of

_SKIPPED_TAGS = frozenset(("nav", "footer", "menu"))
_NEVER_SKIPPED = frozenset(("html", "body", "main", "article"))
_LANDMARKS = frozenset(("navigation", "complementary", "contentinfo", "banner", "search", "dialog"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MOST = 0.5
_FEW_LINKS = 3
_NEARLY_ALL = 0.9
_DENSE = 0.7
_LEAST_PROSE = 40
_LONGEST_BYLINE = 200
_LONGEST_DATE = 120
_LONGEST_STANDFIRST = 700
_PROSE = "paragraph"


def page_passages(root: Any) -> list[Passage]:
    """Return the passages of the page's article, its headline among them; none if there is none."""
    body = root.find("body")
    page = root if body is None else body
    weights = _Weights(page)
    marked = _marked_holder(page, weights)
    holder = marked if marked is not None else _densest(page, weights)
    found = passages(holder, _judge(weights, weights.of(holder)))
    if marked is None and _has_surroundings(root):
        found = _trimmed_by_trafilatura(root, found)
    return _from_headline(found)


class _Weights:
    """How much prose stands below each element, links left out, counted once a page."""

    def __init__(self, page: Any) -> None:
        self._prose: dict[Any, int] = {}
        for paragraph in page.iter("p", "div", "td", "li", "blockquote"):
            weight = _own_prose(paragraph)
            if not weight:
                continue
            element = paragraph
            while element is not None:
                self._prose[element] = self._prose.get(element, 0) + weight
                element = element.getparent()
        self.total = self._prose.get(page, 0)

    def of(self, element: Any) -> int:
        return self._prose.get(element, 0)


def _own_prose(element: Any) -> int:
    """Count an element's text outside of links and of blocks within it."""
    size = len((element.text or "").strip())
    for child in element:
        name = local_name(child)
        if name not in ("a", "script", "style", "p", "div", "ul", "ol", "table", "figure", "nav"):
            size += len("".join(child.itertext()).strip()) if name in _INLINE else 0
        size += len((child.tail or "").strip())
    return size


_INLINE = frozenset(("b", "i", "em", "strong", "span", "q", "cite", "abbr", "time", "u", "mark"))


def _marked_holder(page: Any, weights: _Weights) -> Any | None:
    """Return the element that the page marks as its article: it has the heading, or most prose."""
    marked = [
        *page.xpath(".//*[contains(@itemprop, 'articleBody')]"),
        *page.xpath(".//article"),
        *page.xpath(".//main | .//*[@role='main'] | .//*[@role='article']"),
        *(
            each
            for each in page.xpath(".//div[@class or @id] | .//section")
            if _names_article(each)
        ),
    ]
    judge = _judge(weights, weights.total)
    outside = [
        each
        for each in marked
        if weights.of(each) >= _LEAST_PROSE and not _within_boilerplate(each, page, judge)
    ]
    headed = [each for each in outside if each.xpath(".//h1")]
    best = max(headed or outside, key=lambda each: (weights.of(each), -_depth(each)), default=None)
    if best is None or (not headed and weights.of(best) < weights.total * _MOST):
        return None
    inside = [each for each in outside if best is each or best in each.iterancestors()]
    tightest = min(
        (each for each in inside if weights.of(each) >= weights.of(best) * _NEARLY_ALL),
        key=lambda each: (weights.of(each), -_depth(each)),
    )
    return _widened(tightest, page, weights)


def _densest(page: Any, weights: _Weights) -> Any:
    """Go down from the page as long as one child holds nearly all the prose."""
    holder = page
    judge = _judge(weights, weights.total)
    while True:
        children = (each for each in holder if judge(each) != SKIP)
        child = max(children, key=weights.of, default=None)
        if (
            child is None
            or weights.of(child) < weights.of(holder) * _DENSE
            or not weights.of(child)
        ):
            return _widened(holder, page, weights)
        if local_name(child) in {"p", "li", "blockquote"}:
            return _widened(holder, page, weights)
        holder = child


def _names_article(element: Any) -> bool:
    words = words_of(element)
    return not words.isdisjoint(BODY) and not words.isdisjoint(ARTICLE)


def _depth(element: Any) -> int:
    return sum(1 for _ in element.iterancestors())


def _within_boilerplate(element: Any, page: Any, judge: Judge) -> bool:
    for each in (element, *element.iterancestors()):
        if each is page:
            return False
        if judge(each) == SKIP:
            return True
    return False


def _widened(holder: Any, page: Any, weights: _Weights) -> Any:
    """Take the heading, the standfirst and the byline in, which stand above many a body."""
    if holder.xpath(".//h1"):
        return holder
    for above in holder.iterancestors():
        if above.xpath(".//h1"):
            excess = weights.of(above) - weights.of(holder)
            small = excess <= max(1000, weights.of(holder) * 0.3)
            return above if small else holder
        if above is page:
            break
    return holder


def _judge(weights: _Weights, total: int) -> Judge:
    """Return what tells an element's part by its names; what has most of `total` is no frame."""

    def judge(element: Any) -> Judgement:
        name = local_name(element)
        if name in _NEVER_SKIPPED:
            return None
        if _is_hidden(element):
            return SKIP
        words = words_of(element)
        if _is_frame(element, name, words):
            return SKIP
        if weights.of(element) < total * _MOST and _is_boilerplate(element, name, words):
            return SKIP
        return _part(element, name, words)

    return judge


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
    inside_figure = any(local_name(each) == "figure" for each in element.iterancestors())
    return not inside_figure and name not in ("h1", "figure", "figcaption", "header", "p", "time")


def _part(element: Any, name: str, words: frozenset[str]) -> Judgement:
    if name == "h1":
        return "headline"
    if name == "time":
        return None if _in_sentence(element) else "other"
    in_figure = name != "figure" and any(
        local_name(each) == "figure" for each in element.iterancestors()
    )
    if in_figure or not words.isdisjoint(CAPTION):
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
    size = len(text_of(element))
    if size <= _LONGEST_BYLINE and (not words.isdisjoint(BYLINE) or "author" in marked):
        return None if _in_sentence(element) else "byline"
    if size <= _LONGEST_DATE and (not words.isdisjoint(DATE) or "date" in marked):
        return None if _in_sentence(element) else "other"
    if size <= _LONGEST_STANDFIRST and not words.isdisjoint(STANDFIRST):
        return "standfirst" if _stands_before_body(element) else None
    return None


def _in_sentence(element: Any) -> bool:
    """Tell whether an element stands within a paragraph's running text."""
    above = element.getparent()
    return (
        above is not None
        and local_name(above) == "p"
        and len(text_of(above)) > 2 * len(text_of(element)) + 40
    )


def _stands_before_body(element: Any) -> bool:
    before = sum(1 for each in element.itersiblings("p", preceding=True) if len(text_of(each)) > 1)
    return before <= 1 and not element.xpath(".//figure")


def _has_surroundings(root: Any) -> bool:
    """Tell a page from a bare text in HTML, which has no links or divisions to speak of."""
    return len(root.xpath("//a")) > _FEW_LINKS or bool(root.xpath("//nav | //footer | //aside"))


def _trimmed_by_trafilatura(root: Any, found: list[Passage]) -> list[Passage]:
    """Leave out what stands before and behind all that trafilatura takes for the article's.

    What stands in between stays: trafilatura drops the odd short paragraph of an article.
    """
    kept_words = _trafilatura_text(root)
    inside = [
        at
        for at, each in enumerate(found)
        if each.role == _PROSE and (squeezed := _squeeze(each.text)) and squeezed in kept_words
    ]
    if not inside:
        return found
    head = next((at for at, each in enumerate(found) if each.role == "headline"), inside[0])
    return found[min(head, inside[0]) : inside[-1] + 1]


def _trafilatura_text(root: Any) -> str:
    from trafilatura import extract  # noqa: PLC0415  # 150 ms that only unmarked pages need

    # It warns of each page that it can't make sense of, which is ours to judge.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    text = extract(copy.deepcopy(root), include_comments=False, include_tables=True)
    return _squeeze(text or "")


def _squeeze(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _from_headline(found: Iterable[Passage]) -> list[Passage]:
    """Leave out what stands above the headline, but for who wrote it and when."""
    kept = list(found)
    at = next((number for number, each in enumerate(kept) if each.role == "headline"), 0)
    prose = sum(len(each.text) for each in kept[:at] if each.role == _PROSE)
    if prose > sum(len(each.text) for each in kept[at:] if each.role == _PROSE):
        return [
            replace(each, role="subheading") if each.role == "headline" else each for each in kept
        ]
    before = [each for each in kept[:at] if each.role in ("byline", "caption", "standfirst")]
    return [*before, *kept[at:]]
