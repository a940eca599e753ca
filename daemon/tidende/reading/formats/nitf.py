"""NITF, the News Industry Text Format 3.x: one article with its head, media and body."""

from typing import Any

from tidende.model.article import Published
from tidende.reading.decode import Decoded
from tidende.reading.formats.authors import Credit, credit
from tidende.reading.formats.document import (
    Fields,
    Found,
    Passage,
    Source,
    document,
    rejected,
)
from tidende.reading.formats.markup import (
    SKIP,
    XML_LANG,
    Judgement,
    first,
    iterate,
    local_name,
    passages,
    text_of,
)
from tidende.reading.formats.moment import full_time, published

NAME = "nitf"
_ROLES: dict[str, Judgement] = {
    "hl1": "headline", "hl2": "standfirst", "byline": "byline", "abstract": "standfirst",
    "dateline": "dateline", "tagline": "signoff", "media-caption": "caption", "note": "notice",
    "distributor": "other", "rights": "other", "media-reference": SKIP, "media-metadata": SKIP,
    "media-object": SKIP, "series": SKIP, "copyrite": SKIP, "slugline": SKIP,
}  # fmt: skip


def read(root: Any, decoded: Decoded, source: Source) -> Found:
    """Return the article of an `nitf` element."""
    fields = nitf_fields(root)
    if not any(passage.text.strip() for passage in fields.passages):
        return rejected("no-article", "this NITF document holds no text")
    return document(fields, decoded=decoded, form=NAME, name=source.name)


def nitf_fields(root: Any) -> Fields:
    """Return what an `nitf` element says, for the formats that carry one."""
    body = first(root, "body")
    head = first(root, "body.head")
    found = _without_repetition(passages(body if body is not None else root, _judge))
    headline = _headline(root, head)
    named = _credit(root, head)
    release = first(root, "date.release")
    issued = _published(root)
    return Fields(
        passages=tuple(found),
        headline=headline,
        standfirst=next(
            (" ".join(each.text.split()) for each in found if each.role == "standfirst"), None
        ),
        byline=named.byline,
        agencies=named.agencies,
        published=issued,
        language=root.get(XML_LANG) or _language(root),
        embargoed_until=_embargo(release, issued),
    )


def _judge(element: Any) -> Judgement:
    name = local_name(element)
    if name == "hl2" and not _in_head(element):
        return "subheading"
    if name == "hl1" and not _in_head(element):
        return "subheading"
    if name == "dateline" and not _in_head(element):
        return "dateline"
    return _ROLES.get(name)


def _in_head(element: Any) -> bool:
    return any(local_name(above) in ("hedline", "body.head") for above in element.iterancestors())


def _without_repetition(found: list[Passage]) -> list[Passage]:
    """Leave out a second caption or headline in the same words (media carry alternatives)."""
    seen: set[tuple[str | None, str]] = set()
    kept: list[Passage] = []
    for each in found:
        key = (each.role, each.text)
        if each.role in ("caption", "headline") and key in seen:
            continue
        seen.add(key)
        kept.append(each)
    return kept


def _headline(root: Any, head: Any | None) -> str | None:
    for place, names in ((head, ("hl1",)), (root, ("hl1",)), (first(root, "head"), ("title",))):
        found = None if place is None else first(place, *names)
        if found is not None and (words := text_of(found)):
            return words
    return None


def _credit(root: Any, head: Any | None) -> Credit:
    lines = list(iterate(head if head is not None else root, "byline"))
    persons = [text_of(each) for line in lines for each in iterate(line, "person")]
    named = credit(persons or [text_of(line) for line in lines])
    distributors = credit(text_of(each) for each in iterate(root, "distributor"))
    beside = credit(text_of(line) for line in lines).agencies
    agencies = (*named.agencies, *beside, *distributors.agencies)
    return Credit(byline=named.byline, agencies=tuple(dict.fromkeys(agencies)))


def _published(root: Any) -> Published | None:
    stated = (
        value
        for name in ("date.issue", "pubdata", "story.date", "date.release")
        for each in iterate(root, name)
        for value in (each.get("norm"), each.get("date.publication"), text_of(each))
    )
    return next((found for value in stated if (found := published(value))), None)


def _embargo(release: Any | None, issued: Published | None) -> str | None:
    """Take a release after the issue for an embargo."""
    until = None if release is None else full_time(release.get("norm"))
    if until is None or issued is None or issued.precision != "minute":
        return None
    return until if full_time(issued.value) and until[:16] > issued.value[:16] else None


def _language(root: Any) -> str | None:
    body = first(root, "body")
    return None if body is None else body.get(XML_LANG) or body.get("lang")
