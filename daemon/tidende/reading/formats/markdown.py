"""Markdown with front matter, or named so: its marks become roles, its words stay.

Links keep their words and lose their addresses; emphasis, code and quotation marks are taken off.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from tidende.reading.decode import Decoded
from tidende.reading.formats.authors import credit
from tidende.reading.formats.document import Fields, Found, Passage, Source, document, rejected
from tidende.reading.formats.field_names import (
    AUTHORS,
    DATES,
    HEADLINES,
    LANGUAGES,
    STANDFIRSTS,
    first,
    known,
)
from tidende.reading.formats.front_matter import FrontMatter, read_front_matter
from tidende.reading.formats.moment import published

NAME = "markdown"
_NAMES = (".md", ".markdown", ".mdown", ".mkd")

_HEADING = re.compile(r" {0,3}(?P<level>#{1,6})\s+(?P<words>.*)")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)\s*$")
_RULE = re.compile(r" {0,3}(?:[-*_]\s*){3,}$")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_BULLET = re.compile(r"\s{0,8}(?:[-*+]|\d{1,4}[.)])\s+")
_QUOTE = re.compile(r" {0,3}(?:>\s?)+")
_IMAGE = re.compile(
    r"!\[(?P<words>[^\[\]]{0,500})\]\((?:[^()\s]{0,2000})(?:\s+\"(?P<title>[^\"]{0,500})\")?\)"
)
_LINK = re.compile(
    r"\[(?P<words>[^\[\]]{1,500})\](?:\([^()\s]{0,2000}(?:\s+\"[^\"]{0,500}\")?\)|\[[^\[\]]{0,100}\])"
)
_REFERENCE = re.compile(r" {0,3}\[[^\[\]]{1,100}\]:\s+\S+.*$")
_AUTOLINK = re.compile(r"<(https?://[^<>\s]{1,2000}|[\w.+-]{1,64}@[\w.-]{1,128})>")
_STRONG = re.compile(
    r"(?<![\w*_\\])(?P<mark>\*{1,3}|_{1,3})(?=\S)(?P<words>[^*_\n]{1,1000}?)(?<=\S)(?P=mark)(?![\w*_])"
)
_CODE = re.compile(r"`([^`\n]{1,500})`")
_STRUCK = re.compile(r"~~([^~\n]{1,500})~~")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!>~|-])")
_TAG = re.compile(
    r"</?(?:br|p|div|span|b|i|em|strong|u|sub|sup|a)(?:\s[^<>]{0,500})?/?>", re.IGNORECASE
)

_SHORTEST_RULE = 3


def looks_like(head: str, name: str) -> bool:
    """Tell Markdown by its name, or by front matter that gives a title or a date."""
    if name.lower().endswith(_NAMES):
        return True
    if head[:3] not in ("---", "+++"):
        return False
    front = read_front_matter(head)
    return front is not None and not {*map(known, front.fields)}.isdisjoint(
        (*HEADLINES, *DATES, *AUTHORS)
    )


def read(decoded: Decoded, source: Source) -> Iterator[Found]:
    """Yield the text without its marks, with what the front matter says."""
    front = read_front_matter(decoded.text) or FrontMatter(fields={}, end=0)
    passages = list(_passages(_uncommented(decoded.text[front.end :])))
    if not any(passage.text.strip() for passage in passages):
        yield rejected("no-text", "it holds no text")
        return
    yield document(_fields(front, passages), decoded=decoded, form=NAME, name=source.name)


def _uncommented(text: str) -> str:
    """Leave out comments that are closed; a pattern would search anew from each that isn't."""
    kept, place = [], 0
    while (start := text.find("<!--", place)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept.append(text[place:start])
        place = end + len("-->")
    return "".join((*kept, text[place:]))


def _fields(front: FrontMatter, passages: Sequence[Passage]) -> Fields:
    said = {known(name) or name: value for name, value in front.fields.items()}
    authors = first(said, AUTHORS)
    named = credit(map(str, authors) if isinstance(authors, list) else [str(authors or "")])
    headline = _text(first(said, HEADLINES))
    language = _text(first(said, LANGUAGES))
    return Fields(
        passages=tuple(_one_headline(passages, headline)),
        headline=headline
        or next((each.text for each in passages if each.role == "headline"), None),
        standfirst=_text(first(said, STANDFIRSTS)),
        byline=named.byline,
        agencies=named.agencies,
        published=published(_dated(first(said, DATES))),
        language=language,
    )


def _text(value: Any) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _dated(value: Any) -> Any:
    """TOML gives dates as such."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def _one_headline(passages: Sequence[Passage], headline: str | None) -> Iterator[Passage]:
    """Let one first-level heading, above the prose, be the headline; others are subheadings."""
    free = True
    for passage in passages:
        if passage.role == "headline":
            taken = headline is not None and passage.text.casefold() != headline.casefold()
            if taken or not free:
                yield Passage(role="subheading", text=passage.text)
                continue
        free = free and passage.role in ("headline", "caption")
        yield passage


def _passages(text: str) -> Iterator[Passage]:
    """Yield headings, pictures' captions, and between them plain text for `structure`."""
    plain: list[str] = []
    fenced = False
    lines = text.splitlines()
    for at, line in enumerate(lines):
        if _FENCE.match(line):
            fenced = not fenced
        elif (
            marked := None
            if fenced
            else _marked(line, lines[at + 1] if at + 1 < len(lines) else "")
        ):
            yield from _plain(plain)
            yield marked
        elif fenced or not _is_mark(line):
            plain.append(line if fenced else _words(line))
    yield from _plain(plain)


def _plain(lines: list[str]) -> Iterator[Passage]:
    text = "\n".join(lines)
    lines.clear()
    if text.strip():
        yield Passage(role=None, text=text)


def _marked(line: str, following: str) -> Passage | None:
    if hit := _HEADING.match(line):
        role = "headline" if len(hit["level"]) == 1 else "subheading"
        words = hit["words"].rstrip().rstrip("#").rstrip()
        return Passage(role=role, text=_words(words)) if words else None  # type: ignore[arg-type]
    if (
        line.strip()
        and _UNDERLINE.match(following)
        and not _BULLET.match(line)
        and len(following.strip()) >= _SHORTEST_RULE
    ):
        role = "headline" if following.strip()[0] == "=" else "subheading"
        return Passage(role=role, text=_words(line).strip())  # type: ignore[arg-type]
    if (hit := _IMAGE.fullmatch(line.strip())) and (words := hit["title"] or hit["words"]):
        return Passage(role="caption", text=words)
    return None


def _is_mark(line: str) -> bool:
    """Tell a line that is nothing but a mark: a rule, an underline, a link's address."""
    if _RULE.match(line) or _REFERENCE.match(line):
        return True
    return len(line.strip()) >= _SHORTEST_RULE and _UNDERLINE.match(line) is not None


def _words(line: str) -> str:
    """Return a line without its marks."""
    words = _LINK.sub(r"\g<words>", _IMAGE.sub(r"\g<words>", _QUOTE.sub("", line)))
    words = _AUTOLINK.sub(r"\1", _TAG.sub("", words))
    for _ in range(2):
        words = _STRONG.sub(r"\g<words>", words)
    words = _STRUCK.sub(r"\1", _CODE.sub(r"\1", words))
    return _ESCAPED.sub(r"\1", words).removesuffix("\\")
