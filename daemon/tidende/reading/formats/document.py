"""What readers take and give: a source's bytes, and the document that was found in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from tidende.model.article import Block, Caption, PublicationStatus, Published, Role
from tidende.model.seed import Rejected
from tidende.reading.credits import read_caption
from tidende.reading.decode import Decoded
from tidende.reading.metadata import Metadata

STAGE = "parse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Bytes to be read: a seed, or what lies within one.

    `name` is a file's name or its path in an archive and never opens anything; `charset` is what
    the surrounding format says of it.
    """

    content: bytes
    name: str
    charset: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An article's text and what its format knows of it, before `structure`."""

    text: str
    encoding: str
    evidence: str
    repairs: tuple[str, ...] = ()
    format: str
    metadata: Metadata
    name: str


Found: TypeAlias = Document | Source | Rejected


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of an article as a format marks it.

    `role` None is plain text, which `structure` splits; `credit` is a caption's, where it is
    marked as such.
    """

    role: Role | None
    text: str
    credit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """What formats with fields of their own say of an article, in one vocabulary.

    `passages` are its text in order; headline and standfirst are put before them where they
    aren't among them.
    """

    passages: tuple[Passage, ...]
    headline: str | None = None
    standfirst: str | None = None
    byline: str | None = None
    agencies: tuple[str, ...] = ()
    published: Published | None = None
    language: str | None = None
    captions: tuple[Caption, ...] = ()
    embargoed_until: str | None = None
    status: PublicationStatus | None = None


def rejected(reason: str, message: str) -> Rejected:
    """Return a reader's refusal of one article or part."""
    return Rejected(stage=STAGE, reason=reason, message=printable(message))


def printable(text: str) -> str:
    """Return text that UTF-8 can write: a name's undecodable bytes are escaped."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def document(fields: Fields, *, decoded: Decoded, form: str, name: str) -> Document:
    """Compose the text of an article that came in fields, with the places of what is marked."""
    passages = _completed(fields)
    text, blocks = _composed(passages)
    captions = _captions(passages) or fields.captions
    return Document(
        text=text,
        encoding=decoded.encoding,
        evidence=decoded.evidence,
        repairs=decoded.repairs,
        format=form,
        metadata=Metadata(
            headline=fields.headline,
            standfirst=fields.standfirst,
            byline=fields.byline,
            agencies=fields.agencies,
            published=fields.published,
            language=fields.language,
            captions=captions,
            blocks=blocks,
            embargoed_until=fields.embargoed_until,
            status=fields.status,
        ),
        name=name,
    )


def fold(text: str) -> str:
    """Fold white space and case, to tell whether two formats' words are the same."""
    return " ".join(text.split()).casefold()


_LEAD = 6


def _completed(fields: Fields) -> list[Passage]:
    """Put headline and standfirst first, unless the text has them."""
    passages = [passage for passage in fields.passages if passage.text.strip()]
    if fields.headline:
        passages = _with_lead(passages, fields.headline, "headline", 0)
    if fields.standfirst:
        at = next((n for n, each in enumerate(passages) if each.role == "headline"), -1) + 1
        passages = _with_lead(passages, fields.standfirst, "standfirst", at)
    return passages


def _with_lead(passages: list[Passage], words: str, role: Role, at: int) -> list[Passage]:
    wanted = fold(words)
    for number, passage in enumerate(passages[:_LEAD]):
        if passage.role == role or passage.role not in (
            None,
            "paragraph",
            "subheading",
            "headline",
        ):
            if passage.role == role:
                return passages
            continue
        if passage.role is None:
            if parted := _parted(passage, wanted, role):
                return [*passages[:number], *parted, *passages[number + 1 :]]
        elif fold(passage.text) == wanted:
            marked = replace(passage, role=role)
            return [*passages[:number], marked, *passages[number + 1 :]]
    return [*passages[:at], Passage(role=role, text=words), *passages[at:]]


def _parted(passage: Passage, wanted: str, role: Role) -> list[Passage] | None:
    """Part a plain text whose first lines are the words looked for."""
    lines = passage.text.split("\n")
    first = 0
    while first < len(lines) and not lines[first].strip():
        first += 1
    taken: list[str] = []
    for at in range(first, min(first + 4, len(lines))):
        taken.append(lines[at])
        if fold(" ".join(taken)) == wanted:
            rest = "\n".join(lines[at + 1 :])
            return [
                Passage(role=role, text=" ".join(" ".join(taken).split())),
                Passage(role=None, text=rest),
            ]
    return None


def _composed(passages: Sequence[Passage]) -> tuple[str, tuple[Block, ...]]:
    parts: list[str] = []
    blocks: list[Block] = []
    at = 0
    for passage in passages:
        words = passage.text.strip() if passage.role else passage.text.strip("\r\n")
        if not words:
            continue
        if parts:
            parts.append("\n\n")
            at += 2
        parts.append(words)
        if passage.role:
            blocks.append(Block(role=passage.role, start=at, end=at + len(words)))
        at += len(words)
    return "".join(parts), tuple(blocks)


def _captions(passages: Iterable[Passage]) -> tuple[Caption, ...]:
    """Give the captions themselves where the format marks at least one credit."""
    marked = [passage for passage in passages if passage.role == "caption"]
    if not any(passage.credit for passage in marked):
        return ()
    captions: list[Caption] = []
    for passage in marked:
        words = " ".join(passage.text.split())
        if passage.credit:
            captions.append(_credited(words, " ".join(passage.credit.split())))
        elif read := read_caption(words):
            captions.append(read.caption)
        else:
            captions.append(Caption(text=words, credit=None))
    return tuple(captions)


def _credited(words: str, credit: str) -> Caption:
    text = words[: words.rfind(credit)] if credit in words else words
    read = read_caption(credit)
    name = read.caption.credit if read and not read.caption.text else credit.strip("() ")
    return Caption(text=text.strip(" |–—-([") or None, credit=name)
