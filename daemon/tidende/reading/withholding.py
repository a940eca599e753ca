"""Embargoes and withdrawals: what forbids an article's publication, until a moment or for good.

Both stand at the head of a telegram, on a line of their own or before the headline:
"SPERRET til 12. mars 2021 kl. 06.00", "KILL: ...", "Annulleres".
"""

import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from tidende import lexicon
from tidende.model.article import PublicationStatus
from tidende.reading.moments import Moment, find_moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """What a line withholds; `timezone` is its language's, `end` where the line's rest begins."""

    status: PublicationStatus
    until: Moment | None
    timezone: str
    end: int


def _zones(select: str) -> dict[str, str]:
    """Map each phrase to the time zone of the language that it is of."""
    return {
        phrase: lexicon.of(tag).timezone
        for tag in reversed(lexicon.tags())
        for phrase in getattr(lexicon.of(tag).withholding, select)
    }


def _pattern(phrases: dict[str, str]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    words = "|".join(re.escape(phrase).replace(r"\ ", r"\s{1,3}") for phrase in longest_first)
    return re.compile(rf"[\W_]{{0,6}}(?P<phrase>{words})(?!\w)", re.IGNORECASE)


_EMBARGO_ZONES = _zones("embargo")
_KILL_ZONES = _zones("kill")
_EMBARGO = _pattern(_EMBARGO_ZONES)
_KILL = _pattern(_KILL_ZONES)
_FIRST_WORDS = frozenset(phrase.split()[0] for phrase in (*_EMBARGO_ZONES, *_KILL_ZONES))
_LONGEST = 300
_LONGEST_MIXED = 60
_FRAME = "\"'«»“”*-–—!:([#= \t"


def read_withholding(unit: str) -> Withheld | None:
    """Return what a unit at an article's head withholds, or None."""
    first = unit[:40].lstrip(_FRAME).split(maxsplit=1)
    if not first or first[0].strip(_FRAME + ".,").lower() not in _FIRST_WORDS:
        return None
    lead = unit[:_LONGEST]
    return _embargo(lead, unit) or _kill(lead, unit)


def _embargo(lead: str, unit: str) -> Withheld | None:
    hit = _EMBARGO.match(lead)
    if not hit:
        return None
    rest = lead[hit.end() :]
    until = find_moment(rest)
    if not until and not _commands(hit, rest, unit):
        return None
    zone = _EMBARGO_ZONES[" ".join(hit["phrase"].lower().split())]
    return Withheld(status="withheld", until=until, timezone=zone, end=len(unit))


def _kill(lead: str, unit: str) -> Withheld | None:
    hit = _KILL.match(lead)
    if not hit or not _commands(hit, lead[hit.end() :], unit):
        return None
    zone = _KILL_ZONES[" ".join(hit["phrase"].lower().split())]
    return Withheld(status="canceled", until=None, timezone=zone, end=len(unit))


def _commands(hit: re.Match[str], rest: str, unit: str) -> bool:
    """Tell a command to the desk from a headline that begins with the same word.

    It is in capitals, or is followed by a mark, or is all that the line says.
    """
    phrase = hit["phrase"]
    mark = rest.lstrip()[:1]
    if not rest.strip(" .!:*-–—)]"):
        return True
    if phrase.isupper():
        return mark in tuple(":!.-–—*(/") or not unit.rstrip().endswith(".") or unit.isupper()
    return mark in tuple(":!.*") and len(phrase) <= _LONGEST_MIXED


def embargo_time(withheld: Withheld) -> str | None:
    """Return the embargo's end as RFC 3339, in its language's zone where it names none itself."""
    if withheld.until is None or withheld.until.precision not in ("day", "minute"):
        return None
    try:
        moment = datetime.fromisoformat(withheld.until.value)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(withheld.timezone))
    return moment.isoformat()
