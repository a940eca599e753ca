"""Gathers an article's clues: all of it that linking needs. Pure; it runs in the workers."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, reduce
from itertools import chain
from math import log
from operator import or_

from tidende import lexicon
from tidende.dedup.stories import rarity, terms
from tidende.dedup.stories.clues import HEAVIEST, Clues, Family
from tidende.dedup.stories.names import is_alias
from tidende.dedup.stories.offices import holders
from tidende.dedup.stories.periods import period_of
from tidende.dedup.stories.terms import Memory, Term, term
from tidende.lexicon import gazetteer
from tidende.model.article import Article, Extraction

_PROSE = frozenset({"headline", "standfirst", "subheading", "paragraph"})
_LEAD = 400  # characters
_WORD = re.compile(r"\w{3,}")
# Within a sentence: what opens one may be any word. The capital comes first: few letters are one.
_CAPITAL = re.compile(r"[A-ZÆØÅÄÖÜÉÓÁÍÇŠŽŁ](?<=[^.!?:\n–-][ «\"“-].)\w+")
_PART = re.compile(r"[A-ZÆØÅÄÖÜÉÓÁÍÇŠŽŁ]\w+")
_RESULT = re.compile(r"([0-9]{1,2})[-–]([0-9]{1,2})")

_SCALE = 4  # a rarest term that occurs once weighs 60
_MOST_TIMES = 32
_WEIGHTS = [
    [0]
    + [
        min(HEAVIEST, round(_SCALE * rank * (1 + log(times))))
        for times in range(1, _MOST_TIMES + 1)
    ]
    for rank in range(rarity.RAREST + 1)
]
_MOST_WORDS, _MOST_IN_LEAD, _MOST_NAMES, _MOST_NUMBERS, _MOST_PLACES = 160, 60, 60, 40, 24
_MOST_PEOPLE, _MOST_RESULTS = 16, 8

_DIGIT_RANKS = (0, 3, 8, 12, 14)  # by significant digits: "100" says little, "184" and "4.75" much
_MONTH_RANK = 5
_LARGE = 11  # a place's rank in the gazetteer, for 300,000 people

_MOST_KEYS, _NAME_KEYS, _NUMBER_KEYS = 12, 6, 2
_TELLING = 30  # a weight from which a clue may find other articles


def gather(article: Article) -> Clues:
    """Return the clues of an enriched article."""
    said = article.extraction
    tag = said.language.tag if said.language else None
    text = "\n".join(
        article.text[each.start : each.end] for each in said.blocks if each.role in _PROSE
    )
    lead = _WORD.findall(text[:_LEAD].lower())
    known, parts = terms.words(tag), terms.grams(tag)
    words = Counter(map(known.__getitem__, _WORD.findall(text.lower())))
    opening = Counter(map(known.__getitem__, lead))
    grams = Counter(chain.from_iterable(map(parts.__getitem__, lead)))
    return Clues(
        language=tag,
        published=period_of(said.published),
        weekdays=reduce(or_, map(terms.weekdays().__getitem__, lead), 0),
        words=_family(words, _MOST_WORDS),
        lead=_family(opening, _MOST_IN_LEAD),
        names=_family(_names(text, said, tag), _MOST_NAMES),
        numbers=_family(_numbers(said, lead, tag), _MOST_NUMBERS),
        places=_family(_places(said, tag), _MOST_PLACES),
        grams=_family(grams, _MOST_WORDS),
        holders=holders(article, tag),
        people=tuple(each.name for each in said.people if " " in each.name)[:_MOST_PEOPLE],
        results=tuple(sorted(set(_results(said))))[:_MOST_RESULTS],
    )


def keys(clues: Clues) -> tuple[int, ...]:
    """Return the 32-bit hashes by which an index finds candidates, up to 12.

    The same in every language; names and numbers first, the rarest before others, then words.
    """
    rare = (*_rarest(clues.names, _NAME_KEYS), *_rarest(clues.numbers, _NUMBER_KEYS))
    return tuple(dict.fromkeys((*rare, *_rarest(clues.words, _MOST_KEYS))))[:_MOST_KEYS]


def _rarest(family: Family, most: int) -> list[int]:
    heavy = sorted((-weight, key) for key, weight in family.items() if weight >= _TELLING)
    return [key for _, key in heavy[:most]]


def _family(counted: dict[Term, int], most: int) -> Family:
    """Weigh terms by how often they occur and how rare they are; keep the heaviest."""
    counted.pop(terms.NOTHING, None)
    weights = {
        one >> 4: _WEIGHTS[one & 15][-1 if times > _MOST_TIMES else times]  # a term, taken apart
        for one, times in counted.items()
    }
    if len(weights) > most:
        heavy = sorted(zip(weights.values(), weights, strict=True), reverse=True)
        weights = {key: weight for weight, key in heavy[:most]}
    return Family.of(weights)


def _names(text: str, said: Extraction, tag: str | None) -> dict[Term, int]:
    """Count the names that were found and words with a capital, those of the lead twice."""
    capital, known = terms.capitals(tag), terms.names(tag)
    found = Counter(_CAPITAL.findall(text))
    found.update(_CAPITAL.findall(text[:_LEAD]))
    counted = {known[part]: found.pop(part, 1) for part in _parts(said, tag)}
    for word, times in found.items():
        one = capital[word]
        counted[one] = counted.get(one, 0) + times
    return counted


def _parts(said: Extraction, tag: str | None) -> Iterator[str]:
    """Yield the parts of all names, and whole those that stand for another: "Islamisk Stat"."""
    named = chain(
        (each.name for each in said.people),
        (each.name for each in said.organisations),
        (each.name for each in said.places),
    )
    for name in named:
        if " " not in name or is_alias(name, tag):
            yield name
        else:
            yield from _PART.findall(name)


def _numbers(said: Extraction, lead: list[str], tag: str | None) -> Counter[Term]:
    """Count figures, those of the lead twice, and the lead's months."""
    counted = Counter[Term]()
    digits = _digits()
    opening = said.blocks[0].start + _LEAD if said.blocks else 0
    for figure in said.figures:
        counted[digits[f"{figure.value:g}"]] += 2 if figure.start < opening else 1
    months = _months(tag)
    for word in months.keys() & lead:
        counted[months[word]] += 1
    return counted


def _results(said: Extraction) -> Iterator[str]:
    """Yield results of matches, the winner's goals first; "10-15 people" is a range and none."""
    for figure in said.figures:
        match = _RESULT.fullmatch(figure.surface) if figure.upper is None else None
        if match:
            first, second = sorted((int(match[1]), int(match[2])), reverse=True)
            yield f"{first}-{second}"


@cache
def _digits() -> Memory[Term]:
    """Return the terms of numbers by their digits."""

    def work(value: str) -> Term:
        digits = len(value.partition("e")[0].replace(".", "").rstrip("0"))
        return term("#" + value, _DIGIT_RANKS[min(digits, len(_DIGIT_RANKS) - 1)])

    return Memory(work)


@cache
def _months(tag: str | None) -> dict[str, Term]:
    tags = (tag,) if tag is not None and tag in lexicon.tags() else lexicon.tags()
    return {
        forms[0]: term(f"month {at}", _MONTH_RANK)
        for each in tags
        for at, forms in enumerate(lexicon.of(each).calendar.months)
    }


def _places(said: Extraction, tag: str | None) -> Counter[Term]:
    """Count countries, and cities by their country and size: Bruxelles and Brussel are alike."""
    counted = Counter[Term]()
    known, ranks = gazetteer.load(), rarity.places()
    for place in said.places:
        if place.country is None:
            continue
        times = len(place.mentions) + len(place.references)
        counted[term(place.country, ranks.get(place.country, rarity.RAREST))] += times
        fact = known.place(place.name, tag)
        if fact and fact.kind == "city" and fact.rank >= _LARGE:
            counted[term(f"{fact.country}{fact.rank}", rarity.RAREST)] += times
    return counted
