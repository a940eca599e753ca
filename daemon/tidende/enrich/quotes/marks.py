"""Finds stretches between quotation marks, whatever their style, and dashes that open a quote.

Which of two marks opens is told by where it stands rather than by its form, since nations use the
same signs the other way round: »so«, «slik», „so“, ”så”, "this".
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from tidende.enrich.quotes.grammar import UPPER
from tidende.model.article import Block, Span

_FAMILY = {
    **dict.fromkeys('"“”„‟', '"'),
    **dict.fromkeys("«»", "«"),
    **dict.fromkeys("'‘’‚‛‹›", "'"),
}
_MARK = re.compile(r"[\"“”„‟«»'‘’‚‛‹›]")
_DASHES = "-–—―"
_OPENS_BEFORE = frozenset(" \t\n\r\u00a0([{-–—/:")
_SINGLE = "'"
_SINGLE_SIGNS = frozenset(sign for sign, family in _FAMILY.items() if family == _SINGLE)
_MOST_BLOCKS = 8  # that one quote may reach over without a mark
_BEFORE_CLOSING = frozenset(",.!?…")
_LONGEST_SINGLE = 1500
_MOST_SIGNS = 200  # looked at for the closing one; keeps a text of opening marks linear

_OPENING_DASH = re.compile(rf"[-–—―](?<!\S.)\s*+(?=[\"“”„«»…]?[{UPPER}0-9])")


Opening: TypeAlias = Span  # where a dash stands and where the words behind it begin


# A tuple, since an article has many: a frozen dataclass takes several times as long to make.
class Stretch(NamedTuple):
    """Words between marks: `start` and `end` are theirs, `opens` and `closes` the marks' outside.

    An unclosed stretch reaches to the end of its block, and the next one may carry it on; one that
    `follows` has no opening mark, since an earlier block has it.
    """

    start: int
    end: int
    opens: int
    closes: int
    closed: bool = True
    follows: bool = False


def stretches(text: str, blocks: Sequence[Block]) -> tuple[tuple[Stretch, ...], ...]:
    """Return the outermost stretches in marks of each block, in order.

    A quote of many paragraphs has its mark opened in each of them, or in the first alone; each
    paragraph's part is a stretch of its own.
    """
    found: list[tuple[Stretch, ...]] = []
    everywhere = _places(text, _FAMILY)
    if not everywhere:
        return ((),) * len(blocks)
    open_until = -1  # the number of the block that closes what an earlier one opened
    for number, block in enumerate(blocks):
        first = bisect_left(everywhere, block.start)
        signs = everywhere[first : bisect_left(everywhere, block.end, first)]
        if not signs and number > open_until:
            found.append(())
            continue
        if number <= open_until:
            found.append(_carried(text, block, signs, closes=number == open_until))
            continue
        own = tuple(_stretches(text, block, signs, 0))
        if own and not own[-1].closed:
            open_until = _closing_block(text, blocks, number, text[own[-1].opens])
            if open_until < 0 and own[-1].opens > block.start:
                own = own[:-1]
        found.append(own)
    return tuple(found)


def _places(text: str, signs: Iterable[str]) -> list[int]:
    """Return where any of the signs stands, in order.

    `str.find` runs over a text ten times as fast as a pattern does, and most signs are absent.
    """
    places: list[int] = []
    for sign in signs:
        at = text.find(sign)
        while at >= 0:
            places.append(at)
            at = text.find(sign, at + 1)
    return sorted(places)


def _closing_block(text: str, blocks: Sequence[Block], number: int, opened: str) -> int:
    """Return which of the next blocks closes a mark without having opened one, -1 for none."""
    for following in range(number + 1, min(number + 1 + _MOST_BLOCKS, len(blocks))):
        block = blocks[following]
        for sign in _MARK.finditer(text, block.start, block.end):
            if _FAMILY[text[sign.start()]] != _FAMILY[opened]:
                continue
            if _closes(text, sign.start(), block) and not _opens(text, sign.start(), block):
                return following
            return -1
    return -1


def _carried(text: str, block: Block, signs: list[int], *, closes: bool) -> tuple[Stretch, ...]:
    """Return what a block holds whose beginning lies inside a quote: up to its mark, or all."""
    if not closes:
        return (_unclosed(block, block.start, follows=True),)
    closing = next(
        number
        for number, at in enumerate(signs)
        if _closes(text, at, block) and _FAMILY[text[at]] != _SINGLE
    )
    first = Stretch(
        start=block.start,
        end=signs[closing],
        opens=block.start,
        closes=signs[closing] + 1,
        follows=True,
    )
    return (first, *_stretches(text, block, signs, closing + 1))


def _unclosed(block: Block, opens: int, *, follows: bool = False) -> Stretch:
    start = opens if follows else opens + 1
    return Stretch(
        start=start, end=block.end, opens=opens, closes=block.end, closed=False, follows=follows
    )


def _stretches(text: str, block: Block, signs: list[int], index: int) -> Iterator[Stretch]:
    while index < len(signs):
        at = signs[index]
        index += 1
        if not _opens(text, at, block):
            continue
        closing = _closing(text, signs, index, block)
        if closing is not None:
            yield _stretch(text, at, signs[closing])
            index = closing + 1
        elif text[at] not in _SINGLE_SIGNS and _begins_words(text, at, block):
            yield _unclosed(block, at)
            return


def _begins_words(text: str, at: int, block: Block) -> bool:
    """Say whether an opening mark begins its block, or words that a colon announces."""
    return at == block.start or text[max(block.start, at - 2) : at].rstrip().endswith(":")


def _stretch(text: str, opening: int, closing: int) -> Stretch:
    start, end = opening + 1, closing
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Stretch(start=start, end=end, opens=opening, closes=closing + 1)


def _opens(text: str, at: int, block: Block) -> bool:
    """Say whether a mark stands like an opening one: before a word, and not after one."""
    if at + 1 >= block.end:
        return False
    before = text[at - 1] if at > block.start else " "
    if before not in _OPENS_BEFORE and before not in _FAMILY:
        return False
    return not text[at + 1].isspace() or (text[at] in "«„“" and not text[at + 1 : at + 3].isspace())


def _closing(text: str, signs: list[int], index: int, block: Block) -> int | None:
    """Return which of the signs closes what was opened before `index`."""
    opened = signs[index - 1]
    family = _FAMILY[text[opened]]
    own = (
        number
        for number in range(index, min(len(signs), index + _MOST_SIGNS))
        if _FAMILY[text[signs[number]]] == family
    )
    if family == _SINGLE:
        return _closing_single(text, signs, own, opened, block)
    return _closing_double(text, signs, own, opened, block)


def _closing_double(
    text: str, signs: list[int], own: Iterable[int], opened: int, block: Block
) -> int | None:
    """Return the sign that closes; "«" and "„" may lie inside one another."""
    depth = 0
    for number in own:
        at = signs[number]
        if not _closes(text, at, block):
            if text[at] == text[opened] and text[at] in "«„":
                depth += 1
            elif text[at - 1].isspace():
                return None
        elif at > opened + 1:
            if not depth:
                return number
            depth -= 1
    return None


def _closing_single(
    text: str, signs: list[int], own: Iterable[int], opened: int, block: Block
) -> int | None:
    """Return the first sign after a stop or comma, else the first that is no apostrophe inside."""
    fallback = None
    for number in own:
        at = signs[number]
        if at - opened > _LONGEST_SINGLE or not _closes(text, at, block):
            if at - opened > _LONGEST_SINGLE or _opens(text, at, block):
                return fallback
        elif text[at - 1] in _BEFORE_CLOSING:
            return number
        elif fallback is None:
            fallback = number
    return fallback


def _closes(text: str, at: int, block: Block) -> bool:
    """Say whether a mark stands like a closing one: after a word or a stop, not before a word."""
    if at + 1 >= block.end:
        return True
    after = text[at + 1]
    return not after.isalnum() or (_FAMILY[text[at]] != _SINGLE and not text[at - 1].isspace())


def dashes(text: str, blocks: Sequence[Block]) -> tuple[tuple[Opening, ...], ...]:
    """Return the dashes of each block that may open a quote.

    A dash stands at the beginning or after white space, before a capital or a digit; between two
    numbers it means a range.
    """
    everywhere = [
        dash.span() for at in _places(text, _DASHES) if (dash := _OPENING_DASH.match(text, at))
    ]
    found = []
    for block in blocks:
        first = bisect_left(everywhere, (block.start,))
        own = everywhere[first : bisect_left(everywhere, (block.end,), first)]
        found.append(tuple(opening for opening in own if _may_open(text, opening, block)))
    return tuple(found)


def _may_open(text: str, opening: Opening, block: Block) -> bool:
    """Say whether a dash inside a block is neither glued to its word nor joins two numbers."""
    dash, words = opening
    if dash == block.start:
        return words < block.end
    before = text[max(block.start, dash - 2) : dash].rstrip()
    glued = words == dash + 1
    return not glued and not (text[words].isdigit() and before[-1:].isdigit())
