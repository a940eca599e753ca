"""The names under which formats with named fields keep an article's parts, the surest first.

Those that formats define are listed here; those that a language's newspapers made up come from
its lexicon.
"""

import re
from collections.abc import Mapping
from typing import Any

from tidende.lexicon import union
from tidende.model.article import PublicationStatus

BODIES = (
    "body_xhtml",
    "body_html",
    "bodyHtml",
    "content_html",
    "contentHtml",
    "html",
    "articleBody",
    "body_text",
    "bodyText",
    "content_text",
    "contentText",
    "text",
    "body",
    "content",
    "maintext",
    "main_text",
    "fulltext",
    "fullText",
    "full_text",
    "story",
    "article",
    *union(lambda known: known.formats.texts),
    "description_text",
    "description_html",
)
HEADLINES = (
    "headline",
    "title",
    "name_headline",
    *union(lambda known: known.formats.headlines),
    "heading",
    "name",
)
STANDFIRSTS = (
    "standfirst",
    *union(lambda known: known.formats.standfirsts),
    "lead",
    "lede",
    "summary",
    "description",
    "abstract",
    "excerpt",
    "subtitle",
    "subheadline",
    "deck",
    "preamble",
    "description_text",
)
AUTHORS = (
    "byline", "by", "author", "authors", "creator", "dc:creator",
    *union(lambda known: known.formats.bylines), "writer",
)  # fmt: skip
DATES = (
    "datePublished",
    "date_published",
    "firstcreated",
    "firstCreated",
    "versioncreated",
    "versionCreated",
    "published",
    "published_at",
    "publishedAt",
    "publication_date",
    "publicationDate",
    "publish_date",
    "publishDate",
    "published_date",
    "publishedDate",
    "pub_date",
    "pubDate",
    "pubdate",
    "date",
    "datetime",
    "timestamp",
    "created",
    "created_at",
    "createdAt",
    "contentcreated",
    "contentCreated",
    "dateCreated",
    *union(lambda known: known.formats.dates),
)
LANGUAGES = (
    "language", "inLanguage", "lang", "languageCode", "locale",
    *union(lambda known: known.formats.languages),
)  # fmt: skip
AGENCIES = (
    "infosources",
    "infoSources",
    "agency",
    "agencies",
    "copyrightholder",
    "copyrightHolder",
)
EMBARGOES = ("embargoed", "embargoedUntil", "embargo", "embargoed_until")
STATUSES = ("pubstatus", "pubStatus")

_STATUS: Mapping[str, PublicationStatus] = {
    "usable": "usable", "withheld": "withheld", "canceled": "canceled", "cancelled": "canceled",
}  # fmt: skip
_BETWEEN = re.compile(r"[\W_]+")
_KINDS = (
    BODIES,
    HEADLINES,
    STANDFIRSTS,
    AUTHORS,
    DATES,
    LANGUAGES,
    AGENCIES,
    EMBARGOES,
    STATUSES,
)


def first(fields: Mapping[str, Any], names: tuple[str, ...]) -> Any:
    """Return the first field that isn't empty, in the order of the names; None for none."""
    return next((fields[name] for name in names if fields.get(name)), None)


def publication_status(code: object) -> PublicationStatus | None:
    """Return the status that a code of NewsML-G2 means, which ninjs has taken over."""
    return _STATUS.get(str(code or "").lower())


def known(name: str) -> str | None:
    """Return the name above that one is but for case and what stands between words, if any."""
    return _KNOWN.get(_folded(name))


def _folded(name: str) -> str:
    return _BETWEEN.sub("", name).casefold()


_KNOWN = {_folded(name): name for kind in reversed(_KINDS) for name in reversed(kind)}
