"""What linking needs to know of an article, in a kilobyte or two that can be kept.

A `Family` is a bag of 32-bit hashes, each with a weight that grows with how often it occurs in the
article and how rare it is in news. What is hashed is folded first (`folding`), so that cognates of
two languages meet.
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import sqrt
from operator import mul

from tidende.dedup.stories.periods import Period

VERSION = 1
"""First byte of what `pack` makes; a changed recipe of any family takes the next."""

HEAVIEST = 255
"""The largest weight."""

_HEAD = struct.Struct("<B2sBII6H")
_NO_LANGUAGE = b"--"
_RESULT = "="


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Hashes with weights from 1 to 255, and the vector's Euclidean length."""

    weights: Mapping[int, int]
    length: float = field(init=False, compare=False)

    def __post_init__(self) -> None:
        weights = self.weights.values()
        total = sqrt(sum(map(mul, weights, weights)))
        object.__setattr__(self, "length", total)


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


_NONE = Family(weights={})
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


def pack(clues: Clues) -> bytes:
    """Return the clues as bytes that `unpack` takes back."""
    families = _families(clues)
    published = clues.published or Period(first=0, last=0)
    head = _HEAD.pack(
        VERSION,
        clues.language.encode()[:2] if clues.language else _NO_LANGUAGE,
        clues.weekdays,
        published.first,
        published.last,
        *(len(family.weights) for family in families),
    )
    offices = (f"{each.country}\t{each.office}\t{each.person}" for each in clues.holders)
    results = (_RESULT + each for each in clues.results)
    told = "\n".join((*offices, *results, *clues.people)).encode()
    return b"".join((head, *map(_packed, families), told))


def unpack(content: bytes) -> Clues:
    """Return the clues that `pack` made bytes of; ValueError if they are of another version."""
    if content[:1] != bytes((VERSION,)):
        raise ValueError(f"clues of version {content[:1].hex()}, not {VERSION:02x}")
    _, tag, weekdays, first, last, *sizes = _HEAD.unpack_from(content)
    families, at = list[Family](), _HEAD.size
    for size in sizes:
        hashes = struct.unpack_from(f"<{size}I", content, at)
        weights = content[at + 4 * size : at + 5 * size]
        families.append(Family(weights=dict(zip(hashes, weights, strict=True))))
        at += 5 * size
    words, lead, names, numbers, places, grams = families
    told = content[at:].decode().split("\n") if at < len(content) else []
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
        holders=tuple(_holders(told)),
        people=tuple(line for line in told if "\t" not in line and line[0] != _RESULT),
        results=tuple(line[1:] for line in told if line[0] == _RESULT),
    )


def _families(clues: Clues) -> tuple[Family, ...]:
    return (clues.words, clues.lead, clues.names, clues.numbers, clues.places, clues.grams)


def _packed(family: Family) -> bytes:
    hashes, weights = tuple(family.weights), family.weights.values()
    return struct.pack(f"<{len(hashes)}I", *hashes) + bytes(weights)


def _holders(lines: list[str]) -> Iterator[Holder]:
    for line in lines:
        if "\t" in line:
            country, office, person = line.split("\t")
            yield Holder(country=country, office=office, person=person)
