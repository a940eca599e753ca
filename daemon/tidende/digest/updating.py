"""What an update says otherwise than earlier articles of its story: figures that moved.

A revision says itself what it changed of its text. Another newspaper's article doesn't, so its
figures are held against what was known: the same unit, counted once in either article, in much the
same words, and another value. Where a unit is counted more than once ("3 people died ... 12 people
were moved out"), the two sentences must be the same but for the number, and neither value stand in
the other article. All else stays untold: a wrong change is worse than none.
"""

from collections.abc import Iterator, Sequence

from tidende.digest.figures import Found
from tidende.digest.salience import content_words, overlap
from tidende.digest.sentences import split_sentences
from tidende.digest.telling import Telling
from tidende.model.edition import DigestChange

_ALIKE = 0.4  # of the words around one figure, around the other too
_SAME = 0.8  # of the words of either figure's sentence, in the other's too
_FEWEST = 2  # words that a sentence is known by


def moved_figures(earlier: Sequence[Telling], come: Sequence[Telling]) -> Iterator[DigestChange]:
    """Yield what the articles that came changed of `earlier` ones, which stand newest first."""
    seen: set[tuple[str, str]] = set()
    for article in come:
        if article.article.revises:
            continue
        for unit, figures in _by_unit(article).items():
            for then, now in _moved(_latest(unit, article, earlier), figures):
                if (unit, now.number) not in seen:
                    seen.add((unit, now.number))
                    yield DigestChange(
                        kind="figure",
                        before=then.number,
                        after=now.number,
                        unit=unit,
                        language=now.language,
                    )


def _latest(unit: str, article: Telling, earlier: Sequence[Telling]) -> Sequence[Found]:
    same_language = (e for e in earlier if e.article.language == article.article.language)
    stated = (_by_unit(one).get(unit) for one in same_language)
    return next(filter(None, stated), ())


def _by_unit(telling: Telling) -> dict[str, list[Found]]:
    by_unit: dict[str, list[Found]] = {}
    for figure in telling.figures:
        if figure.unit is not None:
            by_unit.setdefault(figure.unit, []).append(figure)
    return by_unit


def _moved(earlier: Sequence[Found], come: Sequence[Found]) -> Iterator[tuple[Found, Found]]:
    """Yield the figures of one unit, then and now, that count the same and differ."""
    values_then, values_now = ({one.value for one in each} for each in (earlier, come))
    is_once = len(values_then) == len(values_now) == 1
    for now in come:
        for then in earlier:
            if now.value in values_then or then.value in values_now:
                continue
            if _alike(then, now) if is_once else _is_same_sentence(then, now):
                yield then, now
                break


def _alike(then: Found, now: Found) -> bool:
    one, other = (content_words(f"{each.before} {each.after}") for each in (then, now))
    return overlap(one, other) >= _ALIKE or overlap(other, one) >= _ALIKE


def _is_same_sentence(then: Found, now: Found) -> bool:
    one, other = (content_words(_sentence(each)) for each in (then, now))
    return (
        min(len(one), len(other)) >= _FEWEST
        and min(overlap(one, other), overlap(other, one)) >= _SAME
    )


def _sentence(figure: Found) -> str:
    """Return the sentence that a figure stands in, without the figure."""
    before = split_sentences(figure.before, figure.language)
    begun = before[-1] if before and not before[-1].endswith((".", "!", "?")) else ""
    return " ".join((begun, *split_sentences(figure.after, figure.language)[:1]))
