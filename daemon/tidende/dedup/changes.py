"""What a revision changed, so that a person can read it: passages, figures, quotes, names, dates.

A change from one value to another is one entry; `before` None is an addition, `after` None what
was taken out.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tidende.dedup.compare import Comparison
from tidende.dedup.content import fold_words, words
from tidende.dedup.sentences import Sentence
from tidende.dedup.telling import Telling
from tidende.model.verdict import Change

_MOSTLY = 0.5  # of a paragraph's words, in sentences that the other article doesn't hold


def changes(new: Telling, known: Telling, comparison: Comparison) -> tuple[Change, ...]:
    """Return what the new article changed of the known one, in the order of kinds below."""
    return (
        *_headline(new, known),
        *_figures(new, known),
        *_listed("date", "dates", "surface", new, known),
        *_listed("person", "people", "name", new, known),
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
        " ".join(telling.text[slice(*telling.blocks[block][1:])].split())
        for block, size in theirs.items()
        if size > _MOSTLY * sizes[block]
    ]


def _headline(new: Telling, known: Telling) -> Iterator[Change]:
    before, after = known.extraction.get("headline"), new.extraction.get("headline")
    if _said(before) != _said(after):
        yield Change(kind="headline", before=before, after=after)


def _figures(new: Telling, known: Telling) -> Iterator[Change]:
    """Pair the figures that only one article has by what they count, in order."""
    gone = _only(known, new)
    for come in _only(new, known):
        was = next((each for each in gone if _unit(each) == _unit(come)), None)
        if was is not None:
            gone.remove(was)
        yield Change(kind="figure", before=was["surface"] if was else None, after=come["surface"])
    for each in gone:
        yield Change(kind="figure", before=each["surface"], after=None)


def _only(one: Telling, other: Telling) -> list[Mapping[str, Any]]:
    stated = {(each.get("value"), _unit(each)) for each in _entries(other, "figures")}
    return [
        each
        for each in _entries(one, "figures")
        if (each.get("value"), _unit(each)) not in stated and not _held(each["surface"], other)
    ]


def _listed(kind: str, entries: str, field: str, new: Telling, known: Telling) -> Iterator[Change]:
    """Tell of names or dates of which the other article has not every word."""
    for each in _entries(new, entries):
        if not _held(each[field], known):
            yield Change(kind=kind, before=None, after=each[field])
    for each in _entries(known, entries):
        if not _held(each[field], new):
            yield Change(kind=kind, before=each[field], after=None)


def _quotes(new: Telling, known: Telling) -> Iterator[Change]:
    then, now = ({_said(quote["text"]) for quote in _entries(t, "quotes")} for t in (known, new))
    for quote in _entries(new, "quotes"):
        if _said(quote["text"]) not in then:
            yield Change(kind="quote", before=None, after=quote["text"])
    for quote in _entries(known, "quotes"):
        if _said(quote["text"]) not in now:
            yield Change(kind="quote", before=quote["text"], after=None)


def _entries(telling: Telling, name: str) -> Sequence[Mapping[str, Any]]:
    return telling.extraction.get(name) or ()


def _unit(figure: Mapping[str, Any]) -> tuple[str, ...]:
    return _said(figure.get("unit"))


def _held(surface: str, other: Telling) -> bool:
    return other.vocabulary.issuperset(_said(surface))


def _said(text: str | None) -> tuple[str, ...]:
    return tuple(words(fold_words(text or "")))
