"""Who appears where in an article: the mentions and references of people and organisations."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from tidende.model.article import Organisation, Person

_GENITIVE_SIGNS = "'’:"
_MENTION, _REFERENCE = 0, 1
_APOSTROPHES = ("' ", "’ ")  # outside a mention: "Lübbers' Verteidiger"
_GENITIVE_ENDS = ("s", *_GENITIVE_SIGNS)


# A tuple, since an article has many: a frozen dataclass takes several times as long to make.
class Appearance(NamedTuple):
    """One mention or reference; a genitive one ("Stoltenbergs") names no subject."""

    start: int
    end: int
    name: str
    person: bool
    reference: bool
    genitive: bool


class Cast:
    """All appearances of a text in order; each is looked at when it is first asked for."""

    def __init__(
        self, text: str, people: Sequence[Person], organisations: Iterable[Organisation]
    ) -> None:
        self._text = text
        self._people = people
        self._entities: tuple[Person | Organisation, ...] = (*people, *organisations)
        # Plain tuples sort by themselves, and fast: the longer of two that begin together first.
        self._places = sorted(
            (start, -end, number, kind)
            for number, entity in enumerate(self._entities)
            for kind, spans in ((_MENTION, entity.mentions), (_REFERENCE, entity.references))
            for start, end in spans
        )
        self._starts = [place[0] for place in self._places]
        self._seen: dict[int, Appearance] = {}

    @cached_property
    def names(self) -> dict[str, str]:
        """The people's names, by the name and by its last word."""
        return {
            word: person.name
            for person in self._people
            for word in (person.name, *person.name.split()[-1:])
        }

    def within(self, start: int, end: int) -> list[Appearance]:
        """Return what begins between two positions."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [self._appearance(index) for index in range(first, last)]

    def before(self, at: int, since: int) -> Iterator[Appearance]:
        """Go back over what begins before a position, no farther than `since`."""
        index = bisect_left(self._starts, at) - 1
        while index >= 0 and self._starts[index] >= since:
            yield self._appearance(index)
            index -= 1

    def all(self) -> Iterator[Appearance]:
        """Return every appearance in order."""
        return map(self._appearance, range(len(self._places)))

    def _appearance(self, index: int) -> Appearance:
        known = self._seen.get(index)
        if known is None:
            known = self._seen[index] = self._look(*self._places[index])
        return known

    def _look(self, start: int, negative_end: int, number: int, kind: int) -> Appearance:
        entity, end = self._entities[number], -negative_end
        surface = self._text[start:end]
        return Appearance(
            start=start,
            end=end,
            name=entity.name,
            person=number < len(self._people),
            reference=kind == _REFERENCE,
            genitive=kind == _MENTION
            and surface.endswith(_GENITIVE_ENDS)  # few are, and the own words cost
            and (
                self._text.startswith(_APOSTROPHES, end) or is_genitive(surface, _own_words(entity))
            ),
        )


def _own_words(entity: Person | Organisation) -> frozenset[str]:
    names = (entity.name, *entity.aliases) if isinstance(entity, Organisation) else (entity.name,)
    return frozenset(word for name in names for word in name.split())


def is_genitive(surface: str, own: frozenset[str]) -> bool:
    """Say whether a surface ends in a genitive's -s, given the words of the bare name."""
    last = surface.rsplit(maxsplit=1)[-1] if surface else ""
    if last in own or not last.endswith(_GENITIVE_ENDS):
        return False
    return last.rstrip("s").rstrip(_GENITIVE_SIGNS) in own or last[:-1] in own
