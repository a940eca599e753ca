"""Marked-up text to passages: an element tree's paragraphs, headings, captions, in order.

Works on what lxml makes of HTML and of the XML formats that borrow its elements (XHTML, NITF).
`judge` lets a format say more of an element than its tag does.
"""

# ruff: noqa: SIM905  # a list of words reads as words

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from tidende.model.article import Role
from tidende.reading.formats.document import Passage

SKIP = "skip"
CREDIT = "credit"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
Judgement: TypeAlias = Role | str | None
Judge: TypeAlias = Callable[[Any], Judgement]

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "hl1", "hl2"))
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dir div dl dt fieldset "
    "figcaption figure footer form header hr html li main media media-caption media-producer nav "
    "ol p pre section summary table tbody td tfoot th thead tr ul block body.content body.head "
    "body.end bq nitf-table note tagline list".split()
)
_CELLS = frozenset(("td", "th"))
_DROPPED = frozenset(
    "script style template noscript iframe svg math object embed applet form button input select "
    "option textarea canvas audio video map head title meta link base dialog".split()
)
_CAPTIONS = frozenset(("figcaption", "media-caption", "caption"))
_FIGURES = frozenset(("figure", "media"))
_CREDITS = frozenset(("media-producer",))
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_AROUND_BREAK = re.compile(r" *\n *")
_PARAGRAPH = re.compile(r"\n{2,}")
_LINK_SHARE = 0.9
_LONGEST_NOTICE = 220
_DEEPEST = 400


def local_name(element: Any) -> str:
    """Return an element's tag without its namespace, in lower case; empty for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def text_of(element: Any | None) -> str:
    """Return an element's whole text on one line."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def no_judge(_element: Any) -> Judgement:
    """Leave every element to its tag."""
    return None


def passages(root: Any, judge: Judge = no_judge) -> list[Passage]:
    """Return the passages of an element and all below it."""
    walk = _Walk(judge=judge)
    walk.visit(root, "paragraph", 0)
    walk.flush("paragraph")
    return walk.found


@dataclass(slots=True)
class _Walk:
    """One walk through a tree: what was found, and the text that still gathers."""

    judge: Judge
    found: list[Passage] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    credit: list[str] = field(default_factory=list)
    linked: int = 0

    def visit(self, element: Any, role: Role, depth: int, *, inside: str = "") -> None:
        """Take an element's own text and its children's; its tail is its parent's to take."""
        name = local_name(element)
        judged = self.judge(element) if name else SKIP
        if judged == SKIP or (judged is None and name in _DROPPED) or depth > _DEEPEST:
            return
        if name == "br":
            self.text.append("\n")
        elif name == "pre" and judged is None:
            self._preformatted(element, role)
        elif judged == CREDIT or name in _CREDITS:
            self._credited(element, role)
        elif judged is not None or name in _BLOCKS or name in _HEADINGS:
            self._block(element, name, _role(name, judged, role), depth, outer=role)
        else:
            self._inline(element, role, depth, inside="a" if name == "a" else inside)

    def _preformatted(self, element: Any, role: Role) -> None:
        self.flush(role)
        self.found.append(Passage(role=None, text="".join(element.itertext())))

    def _credited(self, element: Any, role: Role) -> None:
        """Keep a caption's credit beside it, and in its text."""
        words = text_of(element)
        if role == "caption":
            self.text.append(" " + words)
            self.credit.append(words)
        elif words:
            self.flush(role)
            self.found.append(Passage(role="caption", text=words, credit=words))

    def _block(self, element: Any, name: str, role: Role, depth: int, *, outer: Role) -> None:
        if name in _CELLS:
            self.text.append(" ")
            self._inline(element, role, depth)
            self.text.append(" ")
            return
        if outer == "caption" and role == "caption":
            self.text.append(" ")
            self._inline(element, role, depth)
            self.text.append(" ")
            return
        self.flush(outer)
        before = len(self.found)
        self._inline(element, role, depth)
        self.flush(role)
        if name in _FIGURES:
            self.found[before:] = _with_credit(self.found[before:])

    def _inline(self, element: Any, role: Role, depth: int, *, inside: str = "") -> None:
        self._take(element.text, inside)
        for child in element:
            self.visit(child, role, depth + 1, inside=inside)
            self._take(child.tail, inside)

    def _take(self, text: str | None, inside: str) -> None:
        if text:
            folded = _SPACE.sub(" ", text)
            self.text.append(folded)
            if inside:
                self.linked += len(folded.strip())

    def flush(self, role: Role) -> None:
        """End the passage that gathers."""
        text = _AROUND_BREAK.sub("\n", _SPACE_RUN.sub(" ", "".join(self.text))).strip()
        credit = " ".join(self.credit) or None
        linked, self.linked = self.linked, 0
        self.text.clear()
        self.credit.clear()
        if not text:
            return
        if (
            role == "paragraph"
            and linked >= len(text) * _LINK_SHARE
            and len(text) < _LONGEST_NOTICE
        ):
            role = "notice"
        for part in _PARAGRAPH.split(text):
            if part.strip():
                self.found.append(Passage(role=role, text=part, credit=credit))


_SPACE_RUN = re.compile(r" {2,}")


def _with_credit(figure: list[Passage]) -> list[Passage]:
    """Join a figure's caption and its credit, where each stands in an element of its own."""
    alone = [each for each in figure if each.role == "caption" and each.text == each.credit]
    worded = [each for each in figure if each.role == "caption" and each.credit is None]
    if len(alone) != 1 or len(worded) != 1:
        return figure
    text = f"{worded[0].text}\n{alone[0].text}"
    joined = Passage(role="caption", text=text, credit=alone[0].credit)
    return [joined if each is worded[0] else each for each in figure if each is not alone[0]]


def _role(name: str, judged: Judgement, outer: Role) -> Role:
    if judged is not None:
        return judged  # type: ignore[return-value]  # SKIP and CREDIT were dealt with
    if name in _CAPTIONS:
        return "caption"
    if name in _HEADINGS and outer == "paragraph":
        return "subheading"
    return outer


def iterate(root: Any, *names: str) -> Iterator[Any]:
    """Yield the elements below `root` with one of these local names, whatever their namespace."""
    for element in root.iter():
        if local_name(element) in names:
            yield element


def first(root: Any, *names: str) -> Any | None:
    """Return the first element below `root` with one of these names, or None."""
    return next(iterate(root, *names), None)
