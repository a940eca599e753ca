"""Finds the figures of an article: numbers with what they count or their unit.

Runs behind `dates`, which claims its numbers first. The patterns are in `quantity.grammar`; what
stands around a number is read in `quantity.reading` and judged in `quantity.judging`.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tidende.enrich.matching import PROSE
from tidende.enrich.numerals import numerals
from tidende.enrich.quantity.counted import counting
from tidende.enrich.quantity.grammar import grammar
from tidende.enrich.quantity.judging import is_figure
from tidende.enrich.quantity.reading import Number, Passage, read_number, rises
from tidende.enrich.starts import Starts, starts
from tidende.model.article import Block, DateMention, Figure, Span

_DECIMALS = 6  # kept where a scale multiplies: 1.1 million is 1100000
_LEAST = 100  # a number word worth less tells nothing without what it counts


def figures(
    text: str,
    blocks: Sequence[Block],
    tag: str | None,
    claimed: Sequence[DateMention] = (),
    found: Starts | None = None,
) -> tuple[Figure, ...]:
    """Return the figures in running text, in order; `claimed` are the dates, also in order.

    `found` is the text's `starts`, where a caller has them already. In "15 of the 29 countries"
    the first figure's span holds the second's.
    """
    found = found or starts(text, tag)
    low, spans = found.low, [(date.start, date.end) for date in claimed]
    known, numbers, things = grammar(tag), numerals(tag), counting(tag)
    return tuple(
        figure
        for block in blocks
        if block.role in PROSE and (places := found.within(block))
        for figure in _figures(
            Passage(
                text=text,
                low=low,
                start=block.start,
                end=block.end,
                grammar=known,
                numbers=numbers,
                things=things,
            ),
            places,
            spans,
        )
    )


def _figures(passage: Passage, places: Sequence[int], claimed: Sequence[Span]) -> list[Figure]:
    """Find a block's figures, and give each what the one behind it counts for both."""
    numbers = list(_walk(passage, places, claimed))
    found = [_figure(passage, number) for number in numbers]
    for place in range(len(found) - 2, -1, -1):
        found[place] = _shared(passage, found[place], found[place + 1], numbers[place + 1])
    return [figure for figure in found if _tells(figure)]


def _walk(passage: Passage, places: Sequence[int], claimed: Sequence[Span]) -> Iterator[Number]:
    """Read one number after the other, leaving out those within a date."""
    position = passage.start
    for start in places:
        if start <= position and start != passage.start:
            continue
        head = passage.grammar.number.match(passage.low, start, passage.end)
        if head is None:  # a word for a time, or "one" without a scale
            continue
        place = bisect_right(claimed, (head.start(), len(passage.text)))
        if place and claimed[place - 1][1] > head.start():
            position = max(head.end(), claimed[place - 1][1])
            continue
        limit = claimed[place][0] if place < len(claimed) else passage.end
        number = read_number(passage, head, min(limit, passage.end))
        if is_figure(passage, number):
            yield number
        position = max(head.end(), number.end)


def _figure(passage: Passage, number: Number) -> Figure:
    """Write a number as a figure; two that don't rise, or measure nothing, are a score."""
    numbers, tail = passage.numbers, number.tail
    factor = numbers.factor(tail["scale"]) if tail["scale"] else 1
    own = numbers.factor(tail["lower_scale"]) if tail["lower_scale"] else factor
    sign = -1 if number.negative else 1
    score = tail["upper"] is not None and (
        number.unit is None or not rises(numbers, number.head, tail)
    )
    upper = None if score or tail["upper"] is None else numbers.value(tail["upper"]) * factor
    unit = None if score else number.unit
    end = max(number.end, unit[1]) if unit else number.end
    return Figure(
        surface=passage.text[number.start : end],
        value=_neat(sign * numbers.value(number.head[0]) * own),
        unit=passage.text[unit[0] : unit[1]] if unit else None,
        start=number.start,
        end=end,
        approximate=number.context == "approximate",
        upper=None if upper is None else _neat(upper),
    )


def _shared(passage: Passage, figure: Figure, after: Figure, number: Number) -> Figure:
    """Let "15 of the 29 countries" count countries, and "3 and 5 million" count millions."""
    if figure.unit is not None:
        return figure
    grammar, low = passage.grammar, passage.low
    if after.unit and grammar.share.fullmatch(low, figure.end, after.start):
        surface = passage.text[figure.start : after.end]
        return replace(figure, surface=surface, unit=after.unit, end=after.end)
    if not grammar.joint.fullmatch(low, figure.end, after.start):
        return figure
    if figure.surface[-1:].isdigit() and number.tail["scale"]:
        value = _neat(figure.value * passage.numbers.factor(number.tail["scale"]))
        return replace(figure, value=value, unit=after.unit)
    return replace(figure, unit=after.unit)


def _tells(figure: Figure) -> bool:
    """Say that a figure has what it counts, or is more than a small number in words."""
    if figure.unit is not None or figure.value >= _LEAST:
        return True
    return any(char.isdigit() for char in figure.surface)


def _neat(value: float) -> float:
    """Round off what multiplying added; a whole number is written without a point."""
    value = round(float(value), _DECIMALS)
    return int(value) if value.is_integer() else value
