"""Knows names by heart: people's first names and surnames, and the places of the world.

The lists stand in `gazetteer.zst` beside this file, which `training/gazetteer.py` makes; NOTICE
names their sources. One dictionary holds every name, of one word or several, with what the lists
say of it, so that a word costs one look-up. Names that mean the same share one value: 80,000 names
need 7 MB.

A list says what a name can be, never what it is in this text: "Jordan" is a country, a first name
and a surname. That is decided by who asks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import repeat
from typing import Literal, TypeAlias, cast

import zstandard

from tidende.lexicon.demonyms import country_of, demonyms
from tidende.lexicon.loader import of, tags

Kind: TypeAlias = Literal["country", "region", "city", "continent", "area"]

FIRST_NAME = 1
SURNAME = 2
CITY = 4
COUNTRY = 8
REGION = 16
CONTINENT = 32
AREA = 64
PLACE = CITY | COUNTRY | REGION | CONTINENT | AREA
PERSON = FIRST_NAME | SURNAME

DATA = "gazetteer.zst"
# A town at home is meant although one abroad is 10 times as large, but not 30 times: in Norway's
# news Lund is the one in Sweden. Ranks grow by 2 for 10.
_HOME = 2
_BITS: Mapping[str, int] = {
    "country": COUNTRY,
    "region": REGION,
    "city": CITY,
    "continent": CONTINENT,
    "area": AREA,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFact:
    """A place that a name can mean.

    `country` is ISO 3166-1 alpha-2, None for what no single country holds; `kind` "area" is a sea,
    a river, a mountain range, a part of the world. `rank` is twice the decimal logarithm of the
    population, 0 where it isn't known. `tags` are the languages in which it has the name; none
    means all.
    """

    country: str | None
    kind: Kind
    rank: int = 0
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """All that the lists say of a name; the likeliest place first."""

    flags: int
    places: tuple[PlaceFact, ...] = ()


_UNKNOWN = Entry(flags=0)
_ACRONYM = 3  # letters: what is longer may be a word in capitals


class Gazetteer:
    """The lists, with the demonyms of the lexicons."""

    __slots__ = ("_entries", "_home")

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self._entries = entries
        self._home = {tag: frozenset(of(tag).names.home) for tag in tags()}

    def __len__(self) -> int:
        return len(self._entries)

    def flags(self, word: str) -> int:
        """Return what a word, written as printed, can be: the bits of this module, 0 for none.

        Words in capitals throughout, as in headlines, count as written with one. A double name is
        what both halves are: "Mette-Marit", "Bakke-Jensen".
        """
        if found := self._entries.get(word):
            return found.flags
        found = self._entry(word) if word.isupper() else _UNKNOWN
        if found is _UNKNOWN and "-" in word:
            first, _, last = word.partition("-")
            return self._entry(first).flags & self._entry(last).flags & PERSON
        return found.flags

    def places(self, name: str, tag: str | None = None) -> tuple[PlaceFact, ...]:
        """Return all places that a whole name can mean, the likeliest first.

        `tag` is the text's language; without it, or without a lexicon for it, all names count.
        """
        found = self._entry(name).places
        if tag not in self._home or not found:
            return found
        known = tuple(fact for fact in found if not fact.tags or tag in fact.tags)
        return self._homeward(known, tag)

    def place(self, name: str, tag: str | None = None) -> PlaceFact | None:
        """Return the place that a whole name most likely means, None for a name unknown."""
        return next(iter(self.places(name, tag)), None)

    def demonym(self, word: str, tag: str | None) -> str | None:
        """Return the country, ISO 3166-1 alpha-2, of "irakiske", "irakernes", "Iraqi"; else None.

        Without a language all languages are tried.
        """
        for each in (tag,) if tag in self._home else self._home:
            if country := country_of(word, demonyms(each)):
                return country
        return None

    def _entry(self, name: str) -> Entry:
        found = self._entries.get(name)
        if found is None and name.isupper() and len(name) > _ACRONYM:
            found = self._entries.get(name.title())
        return found or _UNKNOWN

    def _homeward(self, known: tuple[PlaceFact, ...], tag: str) -> tuple[PlaceFact, ...]:
        """Put first what lies where the language is spoken, unless it is a hamlet beside a city."""
        home = self._home.get(tag, frozenset())
        if len(known) < 2 or known[0].country in home or known[0].kind == "country":  # noqa: PLR2004
            return known
        at_home = [
            fact for fact in known if fact.country in home and fact.rank + _HOME >= known[0].rank
        ]
        return (*at_home, *(fact for fact in known if fact not in at_home)) if at_home else known


@cache
def load() -> Gazetteer:
    """Return the gazetteer, read once a process."""
    packed = files(__package__).joinpath(DATA).read_bytes()
    return Gazetteer(read(zstandard.decompress(packed).decode()))


def read(text: str) -> dict[str, Entry]:
    """Read the lists: a line for each distinct entry, its names after it, split by tabs.

    An entry is written as the flags for people, then its places: "3;country GE 0 nb,en;...".
    """
    entries = dict[str, Entry]()
    for line in text.splitlines():
        said, *names = line.split("\t")
        entries.update(zip(names, repeat(entry_of(said))))
    return entries


def entry_of(said: str) -> Entry:
    """Read one entry as `read` describes it."""
    person, *places = said.split(";")
    facts = tuple(_fact(*place.split(" ")) for place in places)
    flags = int(person)
    for fact in facts:
        flags |= _BITS[fact.kind]
    return Entry(flags=flags, places=facts)


@cache
def _fact(kind: str, country: str, rank: str, spoken: str) -> PlaceFact:
    return PlaceFact(
        country=None if country == "-" else country,
        kind=cast("Kind", kind),
        rank=int(rank),
        tags=frozenset(spoken.split(",")) if spoken else frozenset(),
    )
