"""What a revision changed, so that a person can read it: passages, figures, quotes, names, dates.

A change from one value to another is one entry; `before` None is an addition, `after` None what
was taken out.
"""

from collections.abc import Iterator, Sequence

from tidende.dedup.compare import Comparison
from tidende.dedup.content import fold_words, words
from tidende.dedup.sentences import Sentence
from tidende.dedup.telling import Stated, Telling
from tidende.model.verdict import Change

_MOSTLY = 0.5  # of a paragraph's words, in sentences that the other article doesn't hold


def changes(new: Telling, known: Telling, comparison: Comparison) -> tuple[Change, ...]:
    """Return what the new article changed of the known one, in the order of kinds below."""
    return (
        *_headline(new, known),
        *_figures(new, known),
        *_listed("date", new, known, new.dates, known.dates),
        *_listed("person", new, known, new.people, known.people),
        *_quotes(new, known),
        *(Change(kind="paragraph", before=None, after=p) for p in passages(new, comparison.added)),
        *(
            Change(kind="paragraph", before=p, after=None)
            for p in passages(known, comparison.removed)
        ),
    )


def passages(telling: Telling, sentences: Sequence[Sentence]) -> list[str]:
    """Return the paragraphs that consist mostly of the given sentences."""
    theirs: dict[int, int] = {}
    for sentence in sentences:
        theirs[sentence.block] = theirs.get(sentence.block, 0) + sentence.end - sentence.start
    sizes: dict[int, int] = {}
    for sentence in telling.sentences:
        sizes[sentence.block] = sizes.get(sentence.block, 0) + sentence.end - sentence.start
    return [
        " ".join(telling.paragraphs[block].split())
        for block, size in theirs.items()
        if size > _MOSTLY * sizes[block]
    ]


def _headline(new: Telling, known: Telling) -> Iterator[Change]:
    if _said(new.headline) != _said(known.headline):
        yield Change(kind="headline", before=known.headline, after=new.headline)


def _figures(new: Telling, known: Telling) -> Iterator[Change]:
    """Pair the figures that only one article has by what they count, in order."""
    gone = _only(known.figures, new.figures)
    for come in _only(new.figures, known.figures):
        was = next((each for each in gone if _said(each.unit) == _said(come.unit)), None)
        if was is not None:
            gone.remove(was)
        yield Change(kind="figure", before=was.surface if was else None, after=come.surface)
    for each in gone:
        yield Change(kind="figure", before=each.surface, after=None)


def _only(some: Sequence[Stated], others: Sequence[Stated]) -> list[Stated]:
    stated = {(each.value, _said(each.unit)) for each in others}
    return [each for each in some if (each.value, _said(each.unit)) not in stated]


def _listed(
    kind: str, new: Telling, known: Telling, come: Sequence[str], gone: Sequence[str]
) -> Iterator[Change]:
    """Tell of names or dates of which the other article has not a word."""
    for surface in come:
        if not set(_said(surface)) <= known.vocabulary:
            yield Change(kind=kind, before=None, after=surface)
    for surface in gone:
        if not set(_said(surface)) <= new.vocabulary:
            yield Change(kind=kind, before=surface, after=None)


def _quotes(new: Telling, known: Telling) -> Iterator[Change]:
    then, now = ({_said(quote.text) for quote in each.quotes} for each in (known, new))
    for quote in new.quotes:
        if _said(quote.text) not in then:
            yield Change(kind="quote", before=None, after=quote.text)
    for quote in known.quotes:
        if _said(quote.text) not in now:
            yield Change(kind="quote", before=quote.text, after=None)


def _said(text: str | None) -> tuple[str, ...]:
    return tuple(words(fold_words(text or "")))
