"""Who appears where in an article: the mentions and references of people and organisations."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tidende.model.article import Organisation, Person

_GENITIVE_SIGNS = "'’:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """One mention or reference; a genitive one ("Stoltenbergs") names no subject."""

    start: int
    end: int
    name: str
    person: bool
    reference: bool
    genitive: bool


class Cast:
    """All appearances of a text in order."""

    def __init__(
        self, text: str, people: Iterable[Person], organisations: Iterable[Organisation]
    ) -> None:
        found = [each for person in people for each in _person(text, person)]
        found += [each for house in organisations for each in _organisation(text, house)]
        self._all = sorted(found, key=lambda each: (each.start, -each.end))
        self._starts = [each.start for each in self._all]
        self.names = {
            word: person.name
            for person in people
            for word in (person.name, *person.name.split()[-1:])
        }

    def within(self, start: int, end: int) -> list[Appearance]:
        """Return what begins between two positions."""
        return self._all[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def before(self, at: int, since: int) -> Iterator[Appearance]:
        """Go back over what begins before a position, no farther than `since`."""
        index = bisect_left(self._starts, at) - 1
        while index >= 0 and self._starts[index] >= since:
            yield self._all[index]
            index -= 1

    def all(self) -> Iterable[Appearance]:
        """Return every appearance in order."""
        return self._all


def _person(text: str, person: Person) -> Iterator[Appearance]:
    own = frozenset(person.name.split())
    yield from _appearances(text, person, own, person=True)


def _organisation(text: str, house: Organisation) -> Iterator[Appearance]:
    own = frozenset(word for name in (house.name, *house.aliases) for word in name.split())
    yield from _appearances(text, house, own, person=False)


def _appearances(
    text: str, entity: Person | Organisation, own: frozenset[str], *, person: bool
) -> Iterator[Appearance]:
    for reference, spans in ((False, entity.mentions), (True, entity.references)):
        for start, end in spans:
            yield Appearance(
                start=start,
                end=end,
                name=entity.name,
                person=person,
                reference=reference,
                genitive=not reference and is_genitive(text[start:end], own),
            )


def is_genitive(surface: str, own: frozenset[str]) -> bool:
    """Say whether a surface ends in a genitive's -s, given the words of the bare name."""
    last = surface.rsplit(maxsplit=1)[-1] if surface else ""
    if last in own or not last.endswith(("s", *_GENITIVE_SIGNS)):
        return False
    return last.rstrip("s").rstrip(_GENITIVE_SIGNS) in own or last[:-1] in own
