"""HTML: the article of a page, without what stands around it; or a fragment, taken whole.

Where the page marks its article (an `article` element, schema.org, a class like "article-body"),
that is taken; else trafilatura says which paragraphs are the article's.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tidende.model.article import Published
from tidende.reading.decode import Decoded
from tidende.reading.formats.document import (
    Fields,
    Found,
    Passage,
    Source,
    document,
    fold,
    rejected,
)
from tidende.reading.formats.markup import passages, text_of
from tidende.reading.formats.page_body import page_passages
from tidende.reading.formats.page_metadata import PageMetadata, page_metadata, without_site
from tidende.reading.formats.tree import parse_html
from tidende.reading.published import read_said

NAME = "html"
_NAMES = (".html", ".htm", ".xhtml", ".shtml")
_MARKED = re.compile(
    r"\s*(?:<!--.*?-->\s*|<\?xml[^>]*\?>\s*)*"
    r"<(?:!doctype\s+html|html|head|body|article|main|section|div|h[1-6]|p|meta|title)\b",
    re.IGNORECASE | re.DOTALL,
)
_LEAST_PROSE = 40
_SURE_PROSE = 1000
_BODY = ("paragraph", "standfirst", None)


def looks_like(head: str, name: str) -> bool:
    """Tell HTML by its first element; a name alone is believed where there is any element."""
    if _MARKED.match(head):
        return True
    return name.lower().endswith(_NAMES) and "<" in head


def read(decoded: Decoded, source: Source) -> Iterator[Found]:
    """Yield the page's article, or the refusal that there is none."""
    root = parse_html(decoded.text)
    if root is None:
        yield rejected("no-article", "the page holds no element")
        return
    known = page_metadata(root)
    found = page_passages(root)
    if not is_article(found) and known.body:
        found = [Passage(role=None, text=known.body)]
    if not is_article(found):
        yield rejected("no-article", "the page holds no article: hardly any text outside of links")
        return
    yield document(_fields(root, known, found), decoded=decoded, form=NAME, name=source.name)


def fragment(markup: str) -> list[Passage]:
    """Return the passages of HTML within another format: an article's body, without a page."""
    if "<" not in markup and "&" not in markup:
        return [Passage(role=None, text=markup)]
    root = parse_html(markup)
    return [] if root is None else passages(root)


def is_article(found: list[Passage]) -> bool:
    """Tell an article from a list of links: it has some prose, more than links if it is short."""
    prose = sum(len(each.text) for each in found if each.role in _BODY)
    linked = sum(len(each.text) for each in found if each.role == "notice")
    return prose >= _LEAST_PROSE and (prose >= linked or prose >= _SURE_PROSE)


def _fields(root: Any, known: PageMetadata, found: list[Passage]) -> Fields:
    headline = _headline(root, known, found)
    standfirst = next((each.text for each in found if each.role == "standfirst"), None)
    described = known.description
    if standfirst is None and described and any(_is(each, described) for each in found[:4]):
        standfirst = described
    found = [_as_standfirst(each, described) for each in found]
    return Fields(
        passages=tuple(_one_headline(found, headline)),
        headline=headline,
        standfirst=" ".join(standfirst.split()) if standfirst else None,
        byline=known.credit.byline,
        agencies=known.credit.agencies,
        published=known.published or _said(found),
        language=known.language,
    )


def _is(passage: Passage, words: str | None) -> bool:
    return bool(words) and fold(passage.text) == fold(words or "")


def _as_standfirst(passage: Passage, description: str | None) -> Passage:
    if passage.role in ("paragraph", "subheading") and _is(passage, description):
        return replace(passage, role="standfirst")
    return passage


def _headline(root: Any, known: PageMetadata, found: list[Passage]) -> str | None:
    """Prefer the heading that the page's own statements confirm, then what the reader sees."""
    stated = [words for words in (known.headline, known.title) if words]
    headings = [each.text for each in found if each.role in ("headline", "subheading")]
    confirmed = (text for text in headings for words in stated if fold(text) == fold(words))
    seen = next((each.text for each in found if each.role == "headline"), None)
    if seen is None and len(alone := root.xpath("//h1")) == 1:
        seen = text_of(alone[0])
    cut = without_site(known.title, None) if known.title else None
    chosen = next(confirmed, None) or seen or known.headline or cut
    return " ".join(chosen.split()) if chosen else None


def _one_headline(found: list[Passage], headline: str | None) -> Iterator[Passage]:
    """Keep the headline's mark for the headline; a further one is a subheading."""
    marked = False
    for passage in found:
        if passage.role not in ("headline", "subheading"):
            yield passage
        elif not marked and headline and fold(passage.text) == fold(headline):
            marked = True
            yield replace(passage, role="headline")
        else:
            yield replace(passage, role="subheading")


def _said(found: list[Passage]) -> Published | None:
    """Read "Publisert 12. mars 2021" where the page shows it."""
    for passage in found:
        if passage.role == "other" and (said := read_said(passage.text)):
            return said.published
    return None
