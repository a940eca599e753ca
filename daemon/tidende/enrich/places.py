"""Makes places of the mentions that the tagger held to be places, each with its country.

The last step of `names`. All spellings, genitives and capitals of a name are one place, and so are
all names of one country. What only points at a country, "den irakiske", "Irak-oppdraget", is a
reference of the place where the article names it too; it makes no place by itself.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tidende.enrich.place_countries import Named, country_of, is_at_home, next_place
from tidende.enrich.place_names import read_name
from tidende.enrich.place_references import Demonyms, Running, compounds
from tidende.lexicon import Words, of, tags
from tidende.lexicon.gazetteer import Gazetteer, PlaceFact, load
from tidende.model.article import Block, Place, Span

_FEW = 30  # places; the demonyms of so many are looked for one country at a time
_ACRONYM = 3  # letters: in longer names capitals are a headline's


@dataclass(slots=True)
class _Group:
    """One place while its mentions are gathered; `names` in the order of the text."""

    facts: tuple[PlaceFact, ...]
    names: dict[str, int] = field(default_factory=dict)
    mentions: list[Span] = field(default_factory=list)


def places(  # noqa: PLR0913 - `genitive` and `nouns` are the caller's, of the same lexicon
    text: str,
    blocks: Sequence[Block],
    tag: str | None,
    mentions: Iterable[Span],
    genitive: Words = (),
    *,
    nouns: bool = False,
) -> tuple[Place, ...]:
    """Return the places of an article in the order of their first mentions.

    `mentions` are the spans that name places, genitives and all; `genitive` is what the language
    adds to a name, the longest first; `nouns` tells that all its nouns have a capital.
    """
    known, tag = load(), tag if tag in tags() else None
    groups = _grouped(text, tag, sorted(set(mentions)), genitive, known)
    if not groups:
        return ()
    running = Running(blocks)
    demonyms = Demonyms(text, running, tag, many=len(groups) > _FEW)
    named = Named.of([group.facts for group in groups], demonyms)
    countries = [country_of(group.facts, named) for group in groups]
    _complete(text, tag, groups, countries, named)
    pointers = _at_countries(groups, countries, demonyms)
    pointers += compounds(text, running, _by_name(groups), known, nouns=nouns)
    references = _references(groups, pointers)
    return tuple(
        Place(
            name=_name(group.names),
            country=country,
            mentions=tuple(group.mentions),
            references=references[at],
        )
        for at, (group, country) in enumerate(zip(groups, countries, strict=True))
    )


def _grouped(
    text: str, tag: str | None, spans: Sequence[Span], genitive: Words, known: Gazetteer
) -> list[_Group]:
    """Put the mentions of one place together."""
    surfaces = {text[start:end] for start, end in spans}
    read = {each: read_name(each, tag, surfaces, genitive, known) for each in surfaces}
    groups: dict[str, _Group] = {}
    for start, end in spans:
        name, facts = read[text[start:end]]
        country = facts[0].country if facts and facts[0].kind == "country" else None
        single = country if len({fact.country for fact in facts}) == 1 else None
        key = single or name.casefold().replace("-", " ")
        group = groups.get(key)
        if group is None:
            group = groups[key] = _Group(facts=facts)
        group.names[name] = group.names.get(name, 0) + 1
        group.mentions.append((start, end))
    return list(groups.values())


def _complete(
    text: str, tag: str | None, groups: list[_Group], countries: list[str | None], named: Named
) -> None:
    """Give the places that no list knows the country that the article tells or that speaks in them.

    A village is where the next place is ("Brenna i Hallingdal"); a name with an ending of the
    language's own is at home, if the article names its country or something in it.
    """
    unknown = [at for at, group in enumerate(groups) if not group.facts]
    if not unknown or tag is None:
        return
    starts = {start: at for at, group in enumerate(groups) for start, _ in group.mentions}
    for at in unknown:
        beside = (next_place(text, end, starts, tag) for _, end in groups[at].mentions)
        countries[at] = next((countries[each] for each in beside if each is not None), None)
    for at in unknown:
        if countries[at] is None and any(is_at_home(name, tag, named) for name in groups[at].names):
            countries[at] = of(tag).names.home[0]


def _at_countries(
    groups: list[_Group], countries: list[str | None], demonyms: Demonyms
) -> list[tuple[int, Span]]:
    """Give each demonym to the place that is its country, if the article names it."""
    at_country = {
        country: at
        for at, (group, country) in enumerate(zip(groups, countries, strict=True))
        if country and any(f.kind == "country" and f.country == country for f in group.facts)
    }
    return [(at, span) for country, at in at_country.items() for span in demonyms.mentions(country)]


def _references(
    groups: list[_Group], pointers: Iterable[tuple[int, Span]]
) -> list[tuple[Span, ...]]:
    """Collect each place's references, in order; none is part of a mention."""
    mentions = sorted(span for group in groups for span in group.mentions)
    found: list[list[Span]] = [[] for _ in groups]
    for at, (start, end) in pointers:
        last = bisect_left(mentions, (end,)) - 1
        if last < 0 or mentions[last][1] <= start:
            found[at].append((start, end))
    return [tuple(sorted(each)) for each in found]


def _by_name(groups: list[_Group]) -> dict[str, int]:
    """Return each name's place, by its number."""
    return {name: at for at, group in enumerate(groups) for name in group.names}


def _name(names: Mapping[str, int]) -> str:
    """Choose the spelling used most, one in capitals only when there is no other."""
    return max(names, key=lambda name: (not name.isupper() or len(name) <= _ACRONYM, names[name]))
