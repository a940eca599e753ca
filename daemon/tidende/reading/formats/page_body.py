"""A page's article among all that stands around it: which element holds it, which parts count."""

import copy
import logging
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from tidende.reading.formats.class_words import ARTICLE, BODY, words_of
from tidende.reading.formats.document import Passage
from tidende.reading.formats.markup import local_name, passages
from tidende.reading.formats.page_parts import is_skipped, judge_by

_MOST = 0.5
_FEW_LINKS = 3
_NEARLY_ALL = 0.9
_DENSE = 0.7
_LEAST_PROSE = 40
_PROSE = "paragraph"


def page_passages(root: Any) -> list[Passage]:
    """Return the passages of the page's article, its headline among them; none if there is none."""
    body = root.find("body")
    page = root if body is None else body
    weights = _Weights(page)
    marked = _marked_holder(page, weights)
    holder = marked if marked is not None else _densest(page, weights)
    found = passages(holder, judge_by(weights.of, weights.of(holder)))
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
    surroundings = _Surroundings(page, weights)
    outside = [
        each for each in marked if weights.of(each) >= _LEAST_PROSE and not surroundings.hold(each)
    ]
    headed = [each for each in outside if each.xpath("boolean(.//h1)")]
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
    while True:
        children = (each for each in holder if not is_skipped(each, weights.of, weights.total))
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


class _Surroundings:
    """Which elements lie in a page's frame; each is judged once, however many lie below it."""

    def __init__(self, page: Any, weights: _Weights) -> None:
        self._held = {page: False}
        self._weights = weights

    def hold(self, element: Any) -> bool:
        """Tell whether an element, or one above it, is no part of any article."""
        path = []
        while element is not None and element not in self._held:
            path.append(element)
            element = element.getparent()
        held = self._held.get(element, False)
        for each in reversed(path):
            held = held or is_skipped(each, self._weights.of, self._weights.total)
            self._held[each] = held
        return held


def _widened(holder: Any, page: Any, weights: _Weights) -> Any:
    """Take the heading, the standfirst and the byline in, which stand above many a body."""
    if holder.xpath("boolean(.//h1)"):
        return holder
    for above in holder.iterancestors():
        if above.xpath("boolean(.//h1)"):
            excess = weights.of(above) - weights.of(holder)
            small = excess <= max(1000, weights.of(holder) * 0.3)
            return above if small else holder
        if above is page:
            break
    return holder


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
