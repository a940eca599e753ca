"""One JSON object as an article: ninjs 1.x to 3.x, schema.org, and plain fields by their names."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tidende.model.article import Caption
from tidende.reading.decode import Decoded
from tidende.reading.formats.authors import credit
from tidende.reading.formats.document import Document, Fields, Passage, Source, document
from tidende.reading.formats.field_names import (
    AGENCIES,
    AUTHORS,
    BODIES,
    DATES,
    EMBARGOES,
    HEADLINES,
    LANGUAGES,
    STANDFIRSTS,
    STATUSES,
    first,
    publication_status,
)
from tidende.reading.formats.html import fragment
from tidende.reading.formats.moment import full_time, published

_PICTURES = ("picture", "image", "graphic", "ImageObject")
_ELEMENT = re.compile(
    r"</?(?:p|br|div|h[1-6]|ul|ol|li|a|b|i|em|strong|span|figure|blockquote|article|section|img)"
    r"(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)
_LEAST_BODY = 1


def read_article(
    content: Mapping[str, Any], decoded: Decoded, source: Source, *, form: str | None = None
) -> Document | None:
    """Return the article that an object is, None for one that has no text under a known name.

    `form` is the format where the object stands for something that isn't JSON.
    """
    passages = list(_body(content))
    if not passages:
        return None
    captions = tuple(_captions(content))
    passages.extend(
        Passage(role="caption", text=caption.text or caption.credit or "") for caption in captions
    )
    named = credit(_names(first(content, AUTHORS)))
    agencies = credit(_names(first(content, AGENCIES))).agencies
    headline = _headline(content)
    standfirst = _standfirst(content)
    if standfirst and passages[0].text.strip() == standfirst:
        standfirst = None  # a description that is all the text there is
    fields = Fields(
        passages=tuple(passages),
        headline=headline,
        standfirst=standfirst,
        byline=named.byline,
        agencies=tuple(dict.fromkeys((*named.agencies, *agencies))),
        published=next((found for name in DATES if (found := published(content.get(name)))), None),
        language=_plain(first(content, LANGUAGES)),
        captions=captions,
        embargoed_until=next(
            (t for name in EMBARGOES if (t := full_time(content.get(name)))), None
        ),
        status=publication_status(first(content, STATUSES)),
    )
    return document(fields, decoded=decoded, form=form or _format(content), name=source.name)


def _format(content: Mapping[str, Any]) -> str:
    if "@type" in content or "@context" in content:
        return "schema.org"
    ninjs = (
        "versioncreated",
        "versionCreated",
        "body_text",
        "body_html",
        "body_xhtml",
        "bodies",
        "headlines",
    )
    return "ninjs" if any(name in content for name in ninjs) else "json"


def _plain(value: Any) -> str | None:
    """Return a value's words on one line; an object's are its name or value."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("value") or value.get("name") or value.get("code") or value.get("text")
    if not isinstance(value, str):
        return None
    if "<" in value or "&" in value:
        value = " ".join(passage.text for passage in fragment(value))
    return " ".join(value.split()) or None


def has_body(content: Mapping[str, Any]) -> bool:
    """Say whether there is anything under a name that holds an article's text."""
    return any(content.get(name) for name in ("bodies", *BODIES))


def _body(content: Mapping[str, Any]) -> Iterator[Passage]:
    """Yield the text: ninjs 2 and 3 `bodies`, else the first known name that holds some."""
    if isinstance(bodies := content.get("bodies"), list) and (chosen := _chosen(bodies, "main")):
        yield from _passages(chosen)
        return
    for name in BODIES:
        found = list(_passages(content.get(name)))
        if sum(len(passage.text.strip()) for passage in found) >= _LEAST_BODY:
            yield from found
            return
    headlined = any(content.get(name) for name in HEADLINES)
    if headlined and (summary := _plain(first(content, STANDFIRSTS))):
        yield Passage(role="paragraph", text=summary)


def _passages(value: Any) -> Iterator[Passage]:
    """Yield a body's passages: a string, an object with a value, or a list of paragraphs."""
    if isinstance(value, str):
        yield from fragment(value) if _is_markup(value) else [Passage(role=None, text=value)]
    elif isinstance(value, dict):
        yield from _passages(value.get("value") or value.get("text") or value.get("content"))
    elif isinstance(value, list):
        for entry in value:
            if isinstance(entry, str) and not _is_markup(entry):
                yield Passage(role="paragraph", text=entry)
            elif isinstance(entry, dict) and isinstance(entry.get("text", entry.get("value")), str):
                yield from _passages(entry)


def _is_markup(value: str) -> bool:
    """Tell HTML from text that merely has a bracket in it: it has one of HTML's elements."""
    return "<" in value and _ELEMENT.search(value) is not None


def _chosen(entries: Any, role: str) -> Mapping[str, Any] | None:
    """Choose among ninjs' alternatives: the role wanted, plain text before markup."""
    usable = [
        each for each in entries if isinstance(each, dict) and isinstance(each.get("value"), str)
    ]
    return min(
        usable,
        key=lambda each: (
            each.get("role") not in (role, None),
            "html" in str(each.get("contentType") or each.get("contenttype")),
        ),
        default=None,
    )


def _headline(content: Mapping[str, Any]) -> str | None:
    if isinstance(headlines := content.get("headlines"), list) and (
        chosen := _chosen(headlines, "main")
    ):
        return _plain(chosen)
    return next((words for name in HEADLINES if (words := _plain(content.get(name)))), None)


def _standfirst(content: Mapping[str, Any]) -> str | None:
    if isinstance(said := content.get("descriptions"), list) and (
        chosen := _chosen(said, "summary")
    ):
        return _plain(chosen)
    return next((words for name in STANDFIRSTS if (words := _plain(content.get(name)))), None)


def _names(value: Any) -> Iterator[str]:
    for entry in value if isinstance(value, list) else [value]:
        named = entry.get("name") or entry.get("full_name") if isinstance(entry, dict) else entry
        if isinstance(named, str) and not named.startswith("http"):
            yield named


def _captions(content: Mapping[str, Any]) -> Iterator[Caption]:
    """Yield the captions of the pictures that go with an article."""
    associated = content.get("associations")
    entries = list(associated.values()) if isinstance(associated, dict) else associated or []
    if not entries:
        entries = content.get("images") or content.get("image") or content.get("media") or []
    for entry in entries if isinstance(entries, list) else [entries]:
        if isinstance(entry, dict) and (caption := _caption(entry)):
            yield caption


def _caption(picture: Mapping[str, Any]) -> Caption | None:
    if str(picture.get("type") or picture.get("@type") or "picture") not in _PICTURES:
        return None
    said = picture.get("descriptions")
    chosen = _chosen(said, "caption") if isinstance(said, list) else None
    names = ("caption", "description_text", "description", "body_text")
    text = (
        _plain(chosen)
        if chosen
        else next((t for n in names if (t := _plain(picture.get(n)))), None)
    )
    by = ("byline", "by", "credit", "creditText", "creditline", "photographer", "creator", "author")
    named = next((t for n in by if (t := _plain(picture.get(n)))), None)
    return Caption(text=text, credit=named) if text or named else None
