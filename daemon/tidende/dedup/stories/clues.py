"""What linking needs to know of an article, in a kilobyte or two that can be kept.

A `Family` is a bag of 32-bit hashes, each with a weight that grows with how often it occurs in the
article and how rare it is in news. What is hashed is folded first (`folding`), so that cognates of
two languages meet.
"""

import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Self

from tidende.dedup.stories.periods import Period

VERSION = 1
"""First byte of what `pack` makes; a changed recipe of any family takes the next."""

HEAVIEST = 255
"""The largest weight."""

_HEAD = struct.Struct("<B2sBII6H")
_NO_LANGUAGE = b"--"
_HASH = 4  # bytes
_RESULT = "="


@dataclass(frozen=True, slots=True)
class Family:
    """Hashes, four bytes each, little-endian, and their weights from 1 to 255, a byte each.

    They stay as they are stored: of all the articles that one is weighed against, nearly all have
    nothing to do with it, and to take a family apart costs more than to see that.
    """

    hashes: bytes = b""
    weights: bytes = b""

    @classmethod
    def of(cls, weights: Mapping[int, int]) -> Self:
        """Return the family of these hashes."""
        return cls(struct.pack(f"<{len(weights)}I", *weights), bytes(weights.values()))

    def items(self) -> Iterator[tuple[int, int]]:
        """Yield the hashes with their weights, in the order in which they were given."""
        return zip(struct.unpack(f"<{len(self.weights)}I", self.hashes), self.weights, strict=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who holds which office: "US", "defence-minister", "Mattis".

    `country` is ISO 3166-1 alpha-2, or an organisation's folded name in lower case; `person` the
    surname as printed.
    """

    country: str
    office: str
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clues:
    """All that linking knows of an article.

    `words` are of the whole text, `lead` of its opening; `grams` are parts of words, by which
    compounds meet; `numbers` are figures, years and months; `places` countries and large cities.
    `weekdays` are those of the opening, a bit each, Monday's the lowest. `people` are full names
    as printed, `results` those of matches ("2-1"), `published` the days on which it may have
    appeared.
    """

    language: str | None
    published: Period | None
    weekdays: int
    words: Family
    lead: Family
    names: Family
    numbers: Family
    places: Family
    grams: Family
    holders: tuple[Holder, ...] = ()
    people: tuple[str, ...] = ()
    results: tuple[str, ...] = ()


_NONE = Family()
NOTHING = Clues(
    language=None,
    published=None,
    weekdays=0,
    words=_NONE,
    lead=_NONE,
    names=_NONE,
    numbers=_NONE,
    places=_NONE,
    grams=_NONE,
)
"""What is known of an article whose clues are gone."""


def families(clues: Clues) -> tuple[Family, ...]:
    """Return all families, in the order in which they are stored."""
    return (clues.words, clues.lead, clues.names, clues.numbers, clues.places, clues.grams)


def pack(clues: Clues) -> bytes:
    """Return the clues as bytes that `unpack` takes back."""
    published = clues.published or Period(first=0, last=0)
    head = _HEAD.pack(
        VERSION,
        clues.language.encode()[:2] if clues.language else _NO_LANGUAGE,
        clues.weekdays,
        published.first,
        published.last,
        *(len(family.weights) for family in families(clues)),
    )
    offices = (f"{each.country}\t{each.office}\t{each.person}" for each in clues.holders)
    results = (_RESULT + each for each in clues.results)
    told = "\n".join((*offices, *results, *clues.people)).encode()
    bags = (part for each in families(clues) for part in (each.hashes, each.weights))
    return b"".join((head, *bags, told))


def unpack(content: bytes) -> Clues:
    """Return the clues that `pack` made bytes of; ValueError if they are of another version."""
    if content[:1] != bytes((VERSION,)):
        raise ValueError(f"clues of version {content[:1].hex()}, not {VERSION:02x}")
    _, tag, weekdays, first, last, *sizes = _HEAD.unpack_from(content)
    (words, lead, names, numbers, places, grams), end = _read_families(content, sizes)
    told = content[end:].decode().split("\n") if end < len(content) else []
    return Clues(
        language=None if tag == _NO_LANGUAGE else tag.decode(),
        published=Period(first=first, last=last) if first else None,
        weekdays=weekdays,
        words=words,
        lead=lead,
        names=names,
        numbers=numbers,
        places=places,
        grams=grams,
        holders=tuple(_holder(line) for line in told if "\t" in line),
        people=tuple(line for line in told if "\t" not in line and line[0] != _RESULT),
        results=tuple(line[1:] for line in told if line[0] == _RESULT),
    )


def _read_families(content: bytes, sizes: Iterable[int]) -> tuple[list[Family], int]:
    """Return the families behind the head, and where they end."""
    read, at = list[Family](), _HEAD.size
    for size in sizes:
        middle = at + _HASH * size
        read.append(Family(content[at:middle], content[middle : middle + size]))
        at = middle + size
    return read, at


def _holder(line: str) -> Holder:
    country, office, person = line.split("\t")
    return Holder(country=country, office=office, person=person)
