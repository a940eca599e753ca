"""What a revision changed, so that a person can read it: passages, figures, quotes, names, dates.

A change from one value to another is one entry; `before` None is an addition, `after` None what
was taken out. Figures and dates are told where a sentence was told anew; what stands in an added
or removed paragraph is told by the paragraph.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, zip_longest
from typing import Any, TypeAlias

from tidende.dedup.compare import Comparison, Pair
from tidende.dedup.content import fold_words, words
from tidende.dedup.sentences import Sentence
from tidende.dedup.telling import Telling
from tidende.model.verdict import Change

_Entry: TypeAlias = Mapping[str, Any]

_MOSTLY = 0.5  # of words
_TRIED = 20  # quotes that may be another in other words; bounded for the sake of whole books


def changes(new: Telling, known: Telling, compared: Comparison) -> tuple[Change, ...]:
    """Return what the new article changed of the known one, in the order of kinds below."""
    told_anew = [pair for pair in compared.pairs if pair.gained or pair.lost]
    found = [*_headline(new, known)]
    for kind, entries in (("figure", "figures"), ("date", "dates")):
        come, gone = _Stated(new, entries), _Stated(known, entries)
        found += [each for pair in told_anew for each in _replaced(kind, come, gone, pair)]
    found += _people(new, known)
    found += _quotes(new, known)
    found += [
        Change(kind=kind, before=None, after=text) for kind, text in _told(new, compared.added)
    ]
    found += [
        Change(kind=kind, before=text, after=None) for kind, text in _told(known, compared.removed)
    ]
    return tuple(dict.fromkeys(found))


def whole(telling: Telling, sentences: Sequence[Sentence]) -> list[int]:
    """Return the blocks that consist mostly of the given sentences."""
    theirs = _lengths(sentences)
    if not theirs:
        return []
    sizes = _lengths(telling.sentences)
    return [block for block, size in theirs.items() if size > _MOSTLY * sizes[block]]


def _told(telling: Telling, sentences: Sequence[Sentence]) -> Iterator[tuple[str, str]]:
    """Yield sentences as they were printed, together where they are most of a paragraph."""
    blocks = whole(telling, sentences)
    for block in blocks:
        _, start, end = telling.blocks[block]
        yield "paragraph", " ".join(telling.text[start:end].split())
    for sentence in sentences:
        if sentence.block not in blocks:
            yield "sentence", _printed(telling, sentence)


def _printed(telling: Telling, sentence: Sentence) -> str:
    return " ".join(telling.text[slice(*sentence.place)].split())


def _lengths(sentences: Sequence[Sentence]) -> dict[int, int]:
    sizes: dict[int, int] = {}
    for each in sentences:
        sizes[each.block] = sizes.get(each.block, 0) + each.end - each.start
    return sizes


def _headline(new: Telling, known: Telling) -> Iterator[Change]:
    before, after = known.extraction.get("headline"), new.extraction.get("headline")
    if before and after and _said(before) != _said(after):
        yield Change(kind="headline", before=before, after=after)


class _Stated:
    """An article's figures or dates, to be found by the words that carry their facts."""

    def __init__(self, telling: Telling, entries: str) -> None:
        self._words = telling.words
        self._by_word: dict[str, list[tuple[_Entry, frozenset[str]]]] = {}
        for entry in _entries(telling, entries):
            said = frozenset(_said(entry["surface"]))
            for word in said:
                self._by_word.setdefault(word, []).append((entry, said))

    def among(self, sentence: Sentence, facts: frozenset[str]) -> list[_Entry]:
        """Return those in a sentence that state one of the facts, in their order."""
        here = frozenset(self._words[sentence.start : sentence.end]) if facts else facts
        found = {
            entry["start"]: entry
            for word in facts
            for entry, said in self._by_word.get(word, ())
            if said <= here
        }
        return [found[start] for start in sorted(found)]


def _replaced(kind: str, come: _Stated, gone: _Stated, pair: Pair) -> Iterator[Change]:
    """Tell of what two matched sentences state whose facts only one article has."""
    now, then = come.among(pair.new, pair.gained), gone.among(pair.known, pair.lost)
    for after in list(now):
        before = next((each for each in then if _unit(each) == _unit(after)), None)
        if before is not None:
            now.remove(after)
            then.remove(before)
            yield Change(kind=kind, before=before["surface"], after=after["surface"])
    for before, after in zip_longest(then, now):
        yield Change(
            kind=kind,
            before=before["surface"] if before else None,
            after=after["surface"] if after else None,
        )


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
        before = next((other for other in islice(gone, _TRIED) if _alike(said, other)), None)
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
