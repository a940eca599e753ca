"""What a revision changed, so that a person can read it: passages, figures, quotes, names, dates.

A change from one value to another is one entry; `before` None is an addition, `after` None what
was taken out. Figures and dates are told where a sentence was told anew; what stands in an added
or removed paragraph is told by the paragraph.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any, TypeAlias

from tidende.dedup.compare import Comparison, Pair
from tidende.dedup.content import fold_words, words
from tidende.dedup.sentences import Sentence
from tidende.dedup.telling import Telling
from tidende.model.verdict import Change

_Entry: TypeAlias = Mapping[str, Any]

_MOSTLY = 0.5  # of words


def changes(new: Telling, known: Telling, compared: Comparison) -> tuple[Change, ...]:
    """Return what the new article changed of the known one, in the order of kinds below."""
    told_anew = [pair for pair in compared.pairs if pair.gained or pair.lost]
    found = [
        *_headline(new, known),
        *(each for pair in told_anew for each in _replaced("figure", "figures", new, known, pair)),
        *(each for pair in told_anew for each in _replaced("date", "dates", new, known, pair)),
        *(each for pair in told_anew for each in _wording(new, known, pair)),
        *_people(new, known),
        *_quotes(new, known),
        *(Change(kind="paragraph", before=None, after=p) for p in passages(new, compared.added)),
        *(
            Change(kind="paragraph", before=p, after=None)
            for p in passages(known, compared.removed)
        ),
    ]
    return tuple(dict.fromkeys(found))


def passages(telling: Telling, sentences: Sequence[Sentence]) -> list[str]:
    """Return the paragraphs that consist mostly of the given sentences."""
    theirs = _lengths(sentences)
    if not theirs:
        return []
    sizes = _lengths(telling.sentences)
    return [
        " ".join(telling.text[slice(*telling.blocks[block][1:])].split())
        for block, size in theirs.items()
        if size > _MOSTLY * sizes[block]
    ]


def _lengths(sentences: Sequence[Sentence]) -> dict[int, int]:
    sizes: dict[int, int] = {}
    for each in sentences:
        sizes[each.block] = sizes.get(each.block, 0) + each.end - each.start
    return sizes


def _headline(new: Telling, known: Telling) -> Iterator[Change]:
    before, after = known.extraction.get("headline"), new.extraction.get("headline")
    if before and after and _said(before) != _said(after):
        yield Change(kind="headline", before=before, after=after)


def _replaced(
    kind: str, entries: str, new: Telling, known: Telling, pair: Pair
) -> Iterator[Change]:
    """Tell of the entries in two matched sentences whose facts only one article has."""
    come = _stating(new, entries, pair.new, pair.gained)
    gone = _stating(known, entries, pair.known, pair.lost)
    for after in list(come):
        before = next((each for each in gone if _unit(each) == _unit(after)), None)
        if before is not None:
            come.remove(after)
            gone.remove(before)
            yield Change(kind=kind, before=before["surface"], after=after["surface"])
    for before, after in zip_longest(gone, come):
        yield Change(
            kind=kind,
            before=before["surface"] if before else None,
            after=after["surface"] if after else None,
        )


def _wording(new: Telling, known: Telling, pair: Pair) -> Iterator[Change]:
    """Tell of facts in another's place that are in no figure, date or name: of the words there."""
    stated = [
        each
        for entries in ("figures", "dates", "people", "organisations", "places")
        for each in _stating(new, entries, pair.new, pair.gained)
    ]
    if pair.changed and not stated:
        before, after = _stretch(known, pair.known, pair.lost), _stretch(new, pair.new, pair.gained)
        yield Change(kind="wording", before=before, after=after)


def _stretch(telling: Telling, sentence: Sentence, facts: frozenset[str]) -> str:
    """Return the facts' words with the one before and the one behind them, folded."""
    said = telling.words[sentence.start : sentence.end]
    places = [place for place, word in enumerate(said) if word in facts]
    return " ".join(said[max(0, places[0] - 1) : places[-1] + 2])


def _stating(
    telling: Telling, entries: str, sentence: Sentence, facts: frozenset[str]
) -> list[_Entry]:
    """Return the sentence's figures or dates that state one of the facts."""
    if not facts:
        return []
    here = frozenset(telling.words[sentence.start : sentence.end])
    found = (
        (each, frozenset(_said(each.get("surface") or each["name"])))
        for each in _entries(telling, entries)
    )
    return [each for each, said in found if said <= here and said & facts]


def _people(new: Telling, known: Telling) -> Iterator[Change]:
    """Tell of people of whose names the other article has not every word."""
    for each in _entries(new, "people"):
        if not known.vocabulary.issuperset(_said(each["name"])):
            yield Change(kind="person", before=None, after=each["name"])
    for each in _entries(known, "people"):
        if not new.vocabulary.issuperset(_said(each["name"])):
            yield Change(kind="person", before=each["name"], after=None)


def _quotes(new: Telling, known: Telling) -> Iterator[Change]:
    """Tell of quotes that were added, withdrawn, or given in other words."""
    then = {_said(quote["text"]): quote["text"] for quote in _entries(known, "quotes")}
    now = {_said(quote["text"]): quote["text"] for quote in _entries(new, "quotes")}
    gone = {said: text for said, text in then.items() if said not in now}
    for said, text in now.items():
        if said in then:
            continue
        before = next((other for other in gone if _alike(said, other)), None)
        yield Change(kind="quote", before=gone.pop(before) if before else None, after=text)
    for text in gone.values():
        yield Change(kind="quote", before=text, after=None)


def _alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Say whether two quotes have most of their words in common."""
    return len(set(one) & set(other)) > _MOSTLY * len({*one, *other})


def _entries(telling: Telling, name: str) -> Sequence[_Entry]:
    return telling.extraction.get(name) or ()


def _unit(entry: _Entry) -> tuple[str, ...]:
    return _said(entry.get("unit"))


def _said(text: str | None) -> tuple[str, ...]:
    return tuple(words(fold_words(text or "")))
