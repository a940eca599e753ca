"""What an update says otherwise than earlier articles of its story: figures that moved.

A revision says itself what it changed of its text. Another newspaper's article doesn't, so its
figures are held against what was known: the same unit, counted once in either article, in much the
same words, and another value. All else stays untold: a wrong change is worse than none.
"""

from collections.abc import Iterator, Sequence

from tidende.digest.figures import Found
from tidende.digest.salience import content_words, overlap
from tidende.digest.telling import Telling
from tidende.model.edition import DigestChange

_ALIKE = 0.4  # of the words around one figure, around the other too


def moved_figures(earlier: Sequence[Telling], come: Sequence[Telling]) -> Iterator[DigestChange]:
    """Yield what the articles that came changed of `earlier` ones, which stand newest first."""
    seen: set[tuple[str, str]] = set()
    for article in come:
        if article.article.revises:
            continue
        for unit, now in _counted_once(article).items():
            then = _latest(unit, article, earlier)
            if then is None or then.value == now.value or not _alike(then, now):
                continue
            if (unit, now.number) not in seen:
                seen.add((unit, now.number))
                yield DigestChange(
                    kind="figure",
                    before=then.number,
                    after=now.number,
                    unit=unit,
                    language=now.language,
                )


def _latest(unit: str, article: Telling, earlier: Sequence[Telling]) -> Found | None:
    same_language = (e for e in earlier if e.article.language == article.article.language)
    stated = (_counted_once(one).get(unit) for one in same_language)
    return next(filter(None, stated), None)


def _counted_once(telling: Telling) -> dict[str, Found]:
    """Return the figures whose unit has one value only in an article, by their unit."""
    by_unit: dict[str, list[Found]] = {}
    for figure in telling.figures:
        if figure.unit is not None:
            by_unit.setdefault(figure.unit, []).append(figure)
    return {
        unit: some[0] for unit, some in by_unit.items() if len({one.value for one in some}) == 1
    }


def _alike(then: Found, now: Found) -> bool:
    one, other = (content_words(f"{each.before} {each.after}") for each in (then, now))
    return overlap(one, other) >= _ALIKE or overlap(other, one) >= _ALIKE
