"""What a page says of its article outside the running text: JSON-LD, meta tags, the title."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from tidende.model.article import Published
from tidende.reading.formats.authors import Credit, credit
from tidende.reading.formats.markup import XML_LANG, text_of
from tidende.reading.formats.moment import published

_ARTICLE_TYPES = ("Article", "BlogPosting", "Report")
_DATES = (
    "article:published_time", "og:published_time", "datepublished", "date", "pubdate",
    "publishdate", "publish-date", "publish_date", "dc.date", "dc.date.issued", "dcterms.issued",
    "dcterms.created", "dcterms.date", "sailthru.date", "parsely-pub-date", "article.published",
    "originalpublicationdate", "cxenseparse:recs:publishtime", "published_at",
)  # fmt: skip
_AUTHORS = ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "byl")
_TITLES = ("og:title", "twitter:title", "dc.title", "headline")
_DESCRIPTIONS = ("og:description", "description", "twitter:description", "dc.description")
_TITLE_JOINTS = re.compile(r"\s+[|–—-]\s+|\s+[»«·:]\s+")
_MOST_LD = 50
_DEEPEST = 4  # deeper than anyone nests a graph


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMetadata:
    """What was found; `title` may carry the site's name, `headline` doesn't."""

    headline: str | None
    title: str | None
    description: str | None
    body: str | None
    credit: Credit
    published: Published | None
    language: str | None


def page_metadata(root: Any) -> PageMetadata:
    """Gather a page's statements; JSON-LD is believed before meta tags."""
    linked = _linked_data(root)
    meta = _meta(root)
    authors = tuple(_names(linked.get("author"))) or tuple(_meta_authors(root, meta))
    return PageMetadata(
        headline=_text(linked.get("headline")) or _text(linked.get("name")),
        title=_first(meta, _TITLES) or text_of(_title(root)) or None,
        description=_text(linked.get("description")) or _first(meta, _DESCRIPTIONS),
        body=_text(linked.get("articleBody")),
        credit=credit(authors),
        published=_published(root, linked, meta),
        language=_language(root, linked, meta),
    )


def without_site(title: str, headline: str | None) -> str:
    """Take the site's name off a page's title, where the page's heading shows where it begins."""
    if headline and title.casefold().startswith(headline.casefold()):
        return headline
    parts = _TITLE_JOINTS.split(title)
    return max(parts[:2], key=len).strip() if len(parts) > 1 else title


def _linked_data(root: Any) -> Mapping[str, Any]:
    """Return the page's schema.org article."""
    scripts = root.xpath("//script[@type='application/ld+json']")
    for script in scripts[:_MOST_LD]:
        try:
            content = orjson.loads((script.text or "").strip().rstrip(";"))
        except orjson.JSONDecodeError:
            continue
        for found in linked_articles(content):
            return found
    return {}


def linked_articles(content: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """Yield the schema.org articles in JSON-LD: alone, in a list, or in a graph."""
    if depth > _DEEPEST:  # deeper than anyone nests a graph
        return
    if isinstance(content, list):
        for entry in content[:_MOST_LD]:
            yield from linked_articles(entry, depth + 1)
    elif isinstance(content, dict):
        kinds = content.get("@type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        if any(isinstance(kind, str) and kind.endswith(_ARTICLE_TYPES) for kind in kinds):
            yield content
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from linked_articles(content.get(key), depth + 1)


def _meta(root: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for tag in root.xpath("//meta[@content]"):
        content = " ".join(tag.get("content").split())
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if content and (name := tag.get(attribute)):
                found.setdefault(name.lower(), []).append(content)
    return found


def _first(meta: Mapping[str, list[str]], names: tuple[str, ...]) -> str | None:
    return next((meta[name][0] for name in names if name in meta), None)


def _title(root: Any) -> Any | None:
    return next(iter(root.xpath("//head/title | //title")), None)


def _text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _names(value: Any) -> Iterator[str]:
    """Yield author names from a string, an object with a name, or a list of them."""
    for entry in value if isinstance(value, list) else [value]:
        named = entry.get("name") if isinstance(entry, dict) else entry
        if isinstance(named, list):
            named = ", ".join(map(str, named))
        if isinstance(named, str) and not named.startswith("http"):
            yield named


def _meta_authors(root: Any, meta: Mapping[str, list[str]]) -> list[str]:
    named = next((meta[name] for name in _AUTHORS if name in meta), [])
    named = [name for name in named if not name.startswith("http")]
    if named:
        return named
    marked = root.xpath("//*[@itemprop='author']//*[@itemprop='name'] | //a[@rel='author']")
    marked = marked or root.xpath("//*[@itemprop='author']")
    return list(dict.fromkeys(text_of(element) for element in marked))[:10]


def _published(
    root: Any, linked: Mapping[str, Any], meta: Mapping[str, list[str]]
) -> Published | None:
    """Take the first date of publication; when a page was changed is no such date."""
    stated = [linked.get("datePublished"), *(meta[name][0] for name in _DATES if name in meta)]
    marked = root.xpath("//*[@itemprop='datePublished']")
    stated.extend(each.get("datetime") or each.get("content") or text_of(each) for each in marked)
    stated.extend(each.get("datetime") for each in root.xpath("//time[@pubdate][@datetime]"))
    stated.extend(_times(root))
    stated.append(linked.get("dateCreated"))
    return next((found for value in stated if (found := published(value))), None)


def _times(root: Any) -> list[str]:
    """Return the times in an article's head; a page's other times are its teasers'."""
    inside = root.xpath(
        "//article//time[@datetime] | //main//time[@datetime] | //header//time[@datetime]"
    )
    if not inside and len(all_times := root.xpath("//time[@datetime]")) == 1:
        inside = all_times
    plain = [each for each in inside if not _says_updated(each)]
    return [each.get("datetime") for each in plain[:1]]


def _says_updated(element: Any) -> bool:
    said = f"{element.get('class') or ''} {element.get('itemprop') or ''}".lower()
    return any(word in said for word in ("updat", "modif", "oppdat", "opdat"))


def _language(root: Any, linked: Mapping[str, Any], meta: Mapping[str, list[str]]) -> str | None:
    stated = root.get("lang") or root.get(XML_LANG)
    return (
        _text(linked.get("inLanguage"))
        or stated
        or _first(meta, ("og:locale", "content-language", "dc.language"))
    )
