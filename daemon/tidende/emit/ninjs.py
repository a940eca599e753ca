"""An article as an IPTC ninjs 3.1 item, which any news system reads.

ninjs allows no property of one's own and only full date-times: what it can't say stays in the
event's `extraction`. Specification: iptc.org/std/ninjs/ninjs-schema_3.1.json.
"""

import re
from datetime import datetime
from typing import Any

from tidende.model.article import Article, Caption, Extraction

_FULL_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)")
_WITHOUT_SECONDS = re.compile(r"(T\d\d:\d\d)(Z|[+-])")


def item(article: Article, *, sha256: str) -> dict[str, Any]:
    """Return the article's item but for its `uri`; what isn't known is left out."""
    said = article.extraction
    fields: dict[str, Any] = {
        "type": "text",
        "representationType": "full",
        "language": said.language.tag if said.language else None,
        "versionCreated": _version_created(said),
        "embargoedUntil": article.embargoed_until,
        "pubStatus": article.status,
        "headlines": _texts("main", said.headline),
        "descriptions": _texts("summary", said.standfirst),
        "bodies": _texts("main", body(article)),
        "by": said.byline,
        "located": said.dateline.place if said.dateline else None,
        "people": [{"name": person.name} for person in said.people],
        "organisations": [{"name": organisation.name} for organisation in said.organisations],
        "places": [{"name": place.name} for place in said.places],
        "infoSources": [{"name": agency, "role": "agency"} for agency in said.agencies],
        "associations": [
            _picture(f"{sha256[:32]}:{article.ordinal}:{number}", number, caption)
            for number, caption in enumerate(said.captions, 1)
        ],
        "altIds": [{"role": "sha256", "value": sha256}],
    }
    return {name: value for name, value in fields.items() if value}


def body(article: Article) -> str:
    """Return the running text: standfirst and paragraphs, an empty line between."""
    return "\n\n".join(
        article.text[block.start : block.end]
        for block in article.extraction.blocks
        if block.role in ("standfirst", "paragraph")
    )


def _texts(role: str, value: str | None) -> list[dict[str, str]]:
    return [{"role": role, "contentType": "text/plain", "value": value}] if value else []


def _version_created(said: Extraction) -> str | None:
    """Ninjs wants the seconds and the zone too; a date that lacks its zone isn't guessed."""
    value = said.published.value if said.published else ""
    if not _FULL_TIME.fullmatch(value):
        return None
    try:
        datetime.fromisoformat(value)
    except ValueError:  # "+99:00", as it was printed
        return None
    return _WITHOUT_SECONDS.sub(r"\1:00\2", value)


def _picture(key: str, number: int, caption: Caption) -> dict[str, Any]:
    picture: dict[str, Any] = {
        "name": f"picture-{number}",
        "uri": f"urn:tidende:picture:{key}",
        "type": "picture",
    }
    if caption.text:
        picture["descriptions"] = [{"role": "caption", "value": caption.text}]
    if caption.credit:
        picture["by"] = caption.credit
    return picture
