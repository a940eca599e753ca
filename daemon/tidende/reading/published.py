"""When the article says it was published, and which of several such words counts.

Its own words are a line that begins "Publisert 12. mars 2021 kl. 10.15", a line that is only a
date, or a closing "This article was first published on 5 March 2021".
"""

import re
from dataclasses import dataclass

from tidende import lexicon
from tidende.model.article import Origin, Published
from tidende.reading.moments import Moment, find_moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A date in the article's own words; `updated` where it says only when it was changed."""

    published: Published
    updated: bool


_PUBLISHED = lexicon.union(lambda known: known.publication.published)
_UPDATED = lexicon.union(lambda known: known.publication.updated)
_INLINE = lexicon.union(lambda known: known.publication.inline)
_SAID = re.compile(
    rf"(?<!\w)(?:(?P<updated>{lexicon.either(_UPDATED)})|(?P<published>{lexicon.either(_PUBLISHED)}))(?!\w)",
    re.IGNORECASE,
)
_INSIDE = re.compile(rf"(?<!\w)(?:{lexicon.either(_INLINE)})(?!\w)", re.IGNORECASE)
_INLINE_ENDS = frozenset(entry.rpartition(" ")[2] for entry in _INLINE)
_FIRST_WORDS = frozenset(entry.split()[0] for entry in (*_PUBLISHED, *_UPDATED))
_WEEKDAYS = frozenset(
    word for tag in lexicon.tags() for words in lexicon.of(tag).calendar.weekdays for word in words
)
_SMALL = _WEEKDAYS | frozenset(
    lexicon.union(lambda known: (*known.calendar.day_prefixes, *known.calendar.clock))
)
_DIGIT = re.compile(r"\d")
_LONGEST = 200
_WITHIN = 70
_FURTHEST = 40
_LONGEST_DATE = 60
_FEW_WORDS = 3
_CLOCK_END = re.compile(r"(?<!\d)\d{1,2}[:.]\d\d$")
_PRECISE = {"year": 0, "month": 1, "day": 2, "minute": 3}


def say(moment: Moment | None, origin: Origin) -> Published | None:
    """Say of a moment where it was read."""
    if moment is None:
        return None
    return Published(value=moment.value, precision=moment.precision, origin=origin)


def read_said(unit: str, *, alone: bool = True) -> Said | None:
    """Return the date that a line gives as the article's own, or None for any other line.

    `alone` accepts a line that is a date and says nothing of it, as below a headline.
    """
    if len(unit) > _LONGEST or not _DIGIT.search(unit):
        return None
    if unit.split(maxsplit=1)[0].strip("(:|–-*_").lower() in _FIRST_WORDS:
        return _labelled(unit)
    if any(map(unit.lower().__contains__, _INLINE_ENDS)) and (hit := _INSIDE.search(unit)):
        published = say(find_moment(unit[hit.end() : hit.end() + _WITHIN]), "text")
        return Said(published=published, updated=False) if published else None
    return _date_alone(unit) if alone else None


def is_stamp(unit: str) -> bool:
    """Tell whether a line is a time stamp that can't be resolved: "Oppdatert i dag 01:39"."""
    if len(unit) > _LONGEST_DATE or not _CLOCK_END.search(unit):
        return False
    words = unit.lower().split()
    return words[0].strip(":") in _FIRST_WORDS or len(words) <= _FEW_WORDS


def find_said(line: str) -> Said | None:
    """Return the date behind "Publisert" anywhere in a short line, such as a byline's."""
    return _labelled(line) if _DIGIT.search(line) else None


def _labelled(unit: str) -> Said | None:
    """Prefer what was published over what was updated; the date stands right behind the word."""
    found: list[Said] = []
    for hit in _SAID.finditer(unit):
        moment = find_moment(unit[hit.end() : hit.end() + _WITHIN])
        published = say(moment, "text")
        if moment and published and moment.start <= _FURTHEST:
            found.append(Said(published=published, updated=bool(hit["updated"])))
    return min(found, key=lambda said: said.updated, default=None)


def _date_alone(unit: str) -> Said | None:
    """Read a line that is a date and nothing more: "Fredag 12. mars 2021 kl. 10.15"."""
    if len(unit) > _LONGEST_DATE:
        return None
    moment = find_moment(unit)
    published = say(moment, "text")
    if moment is None or published is None:
        return None
    rest = unit[: moment.start] + " " + unit[moment.end :]
    words = re.findall(r"\w+", rest.lower())
    return Said(published=published, updated=False) if _SMALL.issuperset(words) else None


def settle(
    header: Published | None,
    metadata: Published | None,
    dateline: Published | None,
    said: list[Said],
) -> Published | None:
    """Choose among what was read: the first in this order, made precise by one that agrees.

    A crawl stamp is never earlier than the article, so the article's own earlier date beats it.
    """
    own = next((each.published for each in sorted(said, key=lambda each: each.updated)), None)
    ordered = [each for each in (header, metadata, dateline, own) if each]
    if not ordered:
        return None
    first = ordered[0]
    rivals = [each for each in ordered[1:] if _agrees(first, each)]
    if header and own and own.value < header.value and not _agrees(header, own):
        return own
    return max((first, *rivals), key=lambda each: _PRECISE[each.precision])


def _agrees(one: Published, two: Published) -> bool:
    return two.value.startswith(one.value)
