"""Finds attributed words: the quotes of an article in order, each with its speaker and verb.

The article is read block by block. A block's dashes and marks propose stretches; each is a quote
when a speech tag beside it says so, or when it goes on from one.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from tidende.enrich.quotes.dashed import read_dashes
from tidende.enrich.quotes.grammar import grammar
from tidende.enrich.quotes.marked import read_marks
from tidende.enrich.quotes.marks import Opening, Stretch, dashes, stretches
from tidende.enrich.quotes.page import Page
from tidende.enrich.quotes.record import Record
from tidende.enrich.quotes.sentences import Sentences
from tidende.enrich.quotes.speakers import Speakers
from tidende.model.article import Block, Organisation, Person, Quote

_RUNNING = frozenset({"headline", "standfirst", "paragraph", "subheading", "caption"})
_SIGNS = re.compile(r"[\"“”„«»'‘’‚‹›–—―]|-(?<!\S.)")  # without one there is no quote


def quotes(
    text: str,
    blocks: Sequence[Block],
    tag: str | None,
    people: Sequence[Person],
    organisations: Iterable[Organisation],
) -> tuple[Quote, ...]:
    """Return the attributed words of a text in order.

    `tag` is the language's BCP 47 tag, None where it isn't known. `start` and `end` enclose the
    words alone; a quote that its speech tag breaks is two, one of many paragraphs as many.
    """
    running = [block for block in blocks if block.role in _RUNNING]
    if _SIGNS.search(text) is None:
        return ()
    known = grammar(tag)
    sentences = Sentences(text, running, known)
    page = Page(text=text, blocks=running, grammar=known, sentences=sentences)
    record = Record(page, Speakers(page, people, organisations))
    grouped = _grouped(running, stretches(text, running))
    openings = dashes(text, running) if known.dash else [()] * len(running)
    for number, block in enumerate(running):
        if openings[number] or grouped[number]:
            following = running[number + 1] if number + 1 < len(running) else None
            _read(record, block, following, openings[number], grouped[number])
    return record.quotes()


def _read(
    record: Record,
    block: Block,
    following: Block | None,
    openings: Sequence[Opening],
    groups: Sequence[Sequence[Stretch]],
) -> None:
    """Add the quotes that begin in one block."""
    outside = _outside(openings, [parts[0] for parts in groups])
    if outside:
        read_dashes(record, block, following, outside)
    for parts in groups:
        if not record.covers(parts[0].opens):
            read_marks(record, block, following, parts)


def _outside(openings: Sequence[Opening], marks: Sequence[Stretch]) -> list[Opening]:
    """Return the dashes that lie in no stretch in marks; both are in order."""
    opens = [mark.opens for mark in marks]
    return [
        opening
        for opening in openings
        if not (before := bisect_left(opens, opening[0])) or marks[before - 1].closes <= opening[0]
    ]


def _grouped(
    blocks: Sequence[Block], everywhere: Iterable[Sequence[Stretch]]
) -> list[list[list[Stretch]]]:
    """Gather the parts of each quote under the block where it begins: it may go on in the next."""
    grouped: list[list[list[Stretch]]] = []
    carried: list[Stretch] | None = None
    for block, own in zip(blocks, everywhere, strict=True):
        grouped.append([])
        for stretch in own:
            if carried is not None and stretch.opens == block.start:
                carried.append(stretch)
            else:
                carried = [stretch]
                grouped[-1].append(carried)
            if stretch.closed:
                carried = None
        if not own:
            carried = None
    return grouped
