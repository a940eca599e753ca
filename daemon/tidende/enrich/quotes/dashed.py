"""Reads quotes that a dash opens: "– Det haster, sier Kari Nordmann. – Vi må handle nå."."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tidende.enrich.quotes.grammar import WORD
from tidende.enrich.quotes.record import HEADINGS, STOPS, Attribution, Record
from tidende.enrich.quotes.tags import Tag, first_tag, tag_after
from tidende.model.article import Block

_RESUMED = re.compile(r",?\s[-–—―]\s(?=\w)")
_DASH = re.compile(r"[-–—―]\s")
_PARENTHESIS = re.compile(r"\s[-–—]\s(?=[a-zæøåäöüß])")
_ENDED = STOPS + ':»”"'
_MOST_DASHES = 6  # in one paragraph; more say that paragraphs have run together
_LONGEST_PARAGRAPH = 1500
_FARTHEST_RESUMPTION = 80  # from the end of a tag


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """What one dash may open: from the dash at `dash` and the words' `start` to `limit`.

    `whole` says that its paragraph begins with a dash and looks like one paragraph, so that words
    without a tag reach to its end; `last` that no dash follows in the block.
    """

    dash: int
    start: int
    limit: int
    block: Block
    whole: bool
    last: bool


def read_dashes(
    record: Record, block: Block, following: Block | None, openings: Sequence[tuple[int, int]]
) -> None:
    """Add the quotes that a block's dashes open; `following` is the block after it."""
    whole = (
        bool(openings)
        and openings[0][0] == block.start
        and len(openings) <= _MOST_DASHES
        and block.end - block.start <= _LONGEST_PARAGRAPH
    )
    for number, (dash, start) in enumerate(openings):
        last = number + 1 == len(openings)
        limit = block.end if last else openings[number + 1][0]
        if not record.covers(start):
            _read(
                record,
                _Stretch(dash=dash, start=start, limit=limit, block=block, whole=whole, last=last),
                following,
            )


def pointed(record: Record, block: Block) -> Tag | None:
    """Return the tag of "Det sier Kari Nordmann." at the beginning of a block."""
    word = WORD.match(record.text, block.start)
    if word is None or word[0].lower() not in record.grammar.pointers:
        return None
    limit = record.sentences.end(block.start)
    return tag_after(record.text, word.end() + 1, limit, record.grammar)


def _read(record: Record, stretch: _Stretch, following: Block | None) -> None:
    found = first_tag(record.text, stretch.start, stretch.limit, record.grammar)
    if found is not None:
        if not _parenthesis(record, stretch, found[0]):
            _tagged(record, stretch, *found)
    elif stretch.whole and stretch.block.role not in HEADINGS:
        _untagged(record, stretch, following)


def _parenthesis(record: Record, stretch: _Stretch, end: int) -> bool:
    """Say whether the dash opens a parenthesis inside a sentence that another dash closes."""
    if stretch.dash == stretch.block.start:
        return False
    before = record.text[max(stretch.block.start, stretch.dash - 3) : stretch.dash].rstrip()
    ended = before[-1:] in _ENDED
    return not ended and _PARENTHESIS.search(record.text, stretch.start, end) is not None


def _tagged(record: Record, stretch: _Stretch, point: int, tag: Tag) -> None:
    """Add words with their tag, and what another dash resumes in the same sentence."""
    text = record.text
    by = Attribution(speaker=record.name(tag.subject, stretch.start), tag=tag)
    record.add(stretch.start, point + (text[point] in STOPS), by)
    farthest = min(stretch.limit, tag.end + _FARTHEST_RESUMPTION, record.sentences.end(tag.start))
    resumed = _RESUMED.search(text, tag.subject.head, farthest)
    if resumed is None:
        return
    more = first_tag(text, resumed.end(), stretch.limit, record.grammar)
    sentence_end = min(stretch.limit, record.sentences.end(resumed.end()))
    end = more[0] if more else (stretch.limit if stretch.whole else sentence_end)
    record.add(resumed.end(), end, by)


def _untagged(record: Record, stretch: _Stretch, following: Block | None) -> None:
    """Add words without a tag: they go on, or the next paragraph says whose they are."""
    end = record.trimmed(stretch.start, stretch.limit)
    if not record.finished(end):
        return
    previous = record.last
    if previous is not None and previous.quote.start >= stretch.block.start:
        record.add(
            stretch.start, end, Attribution(speaker=previous.quote.speaker, tag=previous.tag)
        )
    elif stretch.last:
        tag = pointed(record, following) if following else None
        if tag:
            speaker = record.name(tag.subject, stretch.start)
        elif following and _asks(record, end, following):
            speaker = None
        else:
            speaker = record.speakers.discourse.salient(stretch.dash)
        record.add(stretch.start, end, Attribution(speaker=speaker, tag=tag))


def _asks(record: Record, end: int, following: Block) -> bool:
    """Tell a reporter's question: it is answered in the next paragraph."""
    return record.text[end - 1] == "?" and _DASH.match(record.text, following.start) is not None
