"""RSS 2.0 and 1.0, and Atom: each entry that has some text is an article."""

from collections.abc import Iterator
from typing import Any

from tidende.model.article import Caption, Published
from tidende.reading.decode import Decoded
from tidende.reading.formats.authors import credit
from tidende.reading.formats.document import Fields, Found, Passage, Source, document, rejected
from tidende.reading.formats.html import fragment
from tidende.reading.formats.markup import XML_LANG, local_name, passages, text_of
from tidende.reading.formats.moment import published

_ENTRIES = ("item", "entry")
_DATES = ("pubdate", "published", "date", "issued", "created", "updated", "modified")
_BODIES = ("encoded", "content")
_SUMMARIES = ("description", "summary", "subtitle")


def read(root: Any, decoded: Decoded, source: Source) -> Iterator[Found]:
    """Yield an article an entry; an entry without text is refused alone."""
    form = "atom" if local_name(root) in {"feed", "entry"} else "rss"
    language = _language(root)
    count = 0
    for entry in root.iter():
        if local_name(entry) in _ENTRIES:
            count += 1
            fields = _fields(entry, language)
            if any(passage.text.strip() for passage in fields.passages):
                yield document(fields, decoded=decoded, form=form, name=source.name)
            else:
                yield rejected("no-article", "this entry holds no text")
    if not count:
        yield rejected("no-article", "this feed holds no entries")


def _language(root: Any) -> str | None:
    """Return the channel's language, which stands before its items."""
    for element in root.iter():
        if local_name(element) in _ENTRIES:
            break
        if local_name(element) == "language":
            return text_of(element) or None
    stated = root.get(XML_LANG)
    return str(stated) if stated else None


def _fields(entry: Any, language: str | None) -> Fields:
    body = _longest(entry, _BODIES)
    summary = _longest(entry, _SUMMARIES)
    named = credit(_authors(entry))
    headline = _title(entry)
    standfirst = " ".join(" ".join(each.text for each in summary).split()) or None
    return Fields(
        passages=tuple(body or summary),
        headline=headline,
        standfirst=standfirst if body and standfirst and not _repeats(body, standfirst) else None,
        byline=named.byline,
        agencies=named.agencies,
        published=_published(entry),
        language=entry.get(XML_LANG) or language,
        captions=tuple(_captions(entry)),
    )


def _repeats(body: list[Passage], summary: str) -> bool:
    """Tell a summary that is cut from the body's beginning, or is all of it."""
    start = "".join(" ".join(each.text for each in body).split()).casefold()
    wanted = "".join(summary.split()).casefold().rstrip(".…[]")
    return start.startswith(wanted)


def _children(entry: Any, names: tuple[str, ...]) -> Iterator[Any]:
    for child in entry:
        if local_name(child) in names and "search.yahoo.com/mrss" not in str(child.tag):
            yield child


def _longest(entry: Any, names: tuple[str, ...]) -> list[Passage]:
    found = [_content(child) for child in _children(entry, names)]
    return max(found, key=lambda each: sum(len(part.text) for part in each), default=[])


def _content(element: Any) -> list[Passage]:
    """Read an element's content: XHTML children, or HTML or text as characters."""
    if len(element):
        return passages(element)
    text = element.text or ""
    if (element.get("type") or "html") == "text":
        return [Passage(role=None, text=text)] if text.strip() else []
    return [each for each in fragment(text) if each.text.strip()]


def _title(entry: Any) -> str | None:
    for child in _children(entry, ("title",)):
        words = " ".join(" ".join(each.text for each in _content(child)).split())
        if words:
            return words
    return None


def _authors(entry: Any) -> list[str]:
    found: list[str] = []
    for child in _children(entry, ("creator", "author")):
        names = [text_of(each) for each in child if local_name(each) == "name"]
        found.extend(names or [text_of(child)])
    return found


def _published(entry: Any) -> Published | None:
    by_name = {local_name(child): text_of(child) for child in reversed(entry)}
    stated = (by_name[name] for name in _DATES if name in by_name)
    return next((found for value in stated if (found := published(value))), None)


def _captions(entry: Any) -> Iterator[Caption]:
    """Read Media RSS: the description and credit of each picture."""
    for media in entry.iter():
        if local_name(media) != "content" or "search.yahoo.com/mrss" not in str(media.tag):
            continue
        said = {local_name(each): text_of(each) for each in media}
        text, by = said.get("description") or said.get("text"), said.get("credit")
        if text or by:
            yield Caption(text=text or None, credit=by or None)
