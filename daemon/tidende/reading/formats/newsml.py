"""NewsML-G2: news items, alone or several in a message, with their text inline."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tidende.model.article import PublicationStatus, Published
from tidende.reading.decode import Decoded
from tidende.reading.formats.authors import credit
from tidende.reading.formats.document import Fields, Found, Passage, Source, document, rejected
from tidende.reading.formats.field_names import publication_status
from tidende.reading.formats.html import fragment
from tidende.reading.formats.markup import XML_LANG, first, iterate, local_name, passages, text_of
from tidende.reading.formats.moment import full_time, published
from tidende.reading.formats.nitf import nitf_fields

NAME = "newsml-g2"
_SUMMARIES = ("summary", "abstract", "standfirst", "lead", "ingress")


def read(root: Any, decoded: Decoded, source: Source) -> Iterator[Found]:
    """Yield an article for each news item of text; pictures and packages are refused alone."""
    items = [root] if local_name(root) == "newsitem" else list(iterate(root, "newsitem"))
    for item in items:
        yield _item(item, decoded, source)
    if not items:
        yield rejected("no-article", "this NewsML document holds no news item")


def _item(item: Any, decoded: Decoded, source: Source) -> Found:
    fields = _content(item)
    if not any(passage.text.strip() for passage in fields.passages):
        return rejected("no-article", "this news item holds no text")
    return document(_with_metadata(item, fields), decoded=decoded, form=NAME, name=source.name)


def _content(item: Any) -> Fields:
    """Read the item's text: NITF or XHTML inline, or character data."""
    holder = first(item, "contentset")
    if holder is None:
        return Fields(passages=())
    if (inner := first(holder, "nitf")) is not None:
        return nitf_fields(inner)
    for name in ("html", "body", "inlinexml"):
        if (inner := first(holder, name)) is not None:
            body = first(inner, "body")
            return Fields(
                passages=tuple(passages(body if body is not None else inner, _judge_heading))
            )
    data = first(holder, "inlinedata")
    text = "" if data is None else "".join(data.itertext())
    kind = "" if data is None else data.get("contenttype") or ""
    return Fields(
        passages=tuple(fragment(text) if "html" in kind else [Passage(role=None, text=text)])
    )


def _judge_heading(element: Any) -> str | None:
    return "headline" if local_name(element) == "h1" else None


def _with_metadata(item: Any, inner: Fields) -> Fields:
    """Put the item's own statements before those of the text that it carries."""
    about, management = first(item, "contentmeta"), first(item, "itemmeta")
    named = credit(_words(about, "by") or _names(about, "creator"))
    lines = credit(
        (
            *_words(about, "creditline"),
            *_names(about, "infosource"),
            *_words(management, "provider"),
        )
    )
    headline = next(iter(_words(about, "headline")), None)
    summary = _summary(about)
    passages = list(inner.passages)
    if headline:
        passages = [_retitled(each, headline) for each in passages]
    return replace(
        inner,
        passages=tuple(passages),
        headline=headline
        or inner.headline
        or next((each.text for each in passages if each.role == "headline"), None),
        standfirst=summary or inner.standfirst,
        byline=named.byline or inner.byline,
        agencies=tuple(dict.fromkeys((*inner.agencies, *named.agencies, *lines.agencies))),
        published=_published(management, about) or inner.published,
        language=_language(item, about) or inner.language,
        embargoed_until=_embargo(management) or inner.embargoed_until,
        status=_status(management),
    )


def _retitled(passage: Passage, headline: str) -> Passage:
    """Keep one headline: what the text repeats in other words is a subheading."""
    if (
        passage.role == "headline"
        and " ".join(passage.text.split()).casefold() != headline.casefold()
    ):
        return replace(passage, role="subheading")
    return passage


def _words(place: Any | None, name: str) -> list[str]:
    if place is None:
        return []
    return [words for each in iterate(place, name) if (words := text_of(each))]


def _names(place: Any | None, name: str) -> list[str]:
    if place is None:
        return []
    named = [each for holder in iterate(place, name) for each in iterate(holder, "name")]
    return [words for each in named if (words := text_of(each))]


def _summary(about: Any | None) -> str | None:
    if about is None:
        return None
    for each in iterate(about, "description"):
        role = (each.get("role") or "").rpartition(":")[2].lower()
        if role in _SUMMARIES and (words := text_of(each)):
            return words
    return None


def _published(management: Any | None, about: Any | None) -> Published | None:
    places = (
        (management, "firstcreated"), (about, "contentcreated"), (management, "versioncreated"),
        (about, "contentmodified"),
    )  # fmt: skip
    stated = (words for place, name in places for words in _words(place, name))
    return next((found for value in stated if (found := published(value))), None)


def _language(item: Any, about: Any | None) -> str | None:
    for each in [] if about is None else iterate(about, "language"):
        if tag := each.get("tag"):
            return str(tag)
    stated = item.get(XML_LANG)
    return str(stated) if stated else None


def _embargo(management: Any | None) -> str | None:
    return next(
        (time for words in _words(management, "embargoed") if (time := full_time(words))), None
    )


def _status(management: Any | None) -> PublicationStatus | None:
    for each in [] if management is None else iterate(management, "pubstatus"):
        code = (each.get("qcode") or each.get("uri") or "").rpartition(":")[2].rpartition("/")[2]
        return publication_status(code)
    return None
