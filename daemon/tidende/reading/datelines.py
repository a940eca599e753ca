"""The dateline that opens a report: "OSLO (NTB):", "KØBENHAVN, tirsdag /ritzau/", "LONDON (AP) - ".

An agency in brackets or slashes behind a place is nearly proof; without one, the place must be in
capitals and be followed by a colon, a dash or a Swedish full stop.
"""

import re
from dataclasses import dataclass, replace

from tidende import lexicon
from tidende.model.article import Dateline, Published
from tidende.reading.agencies import (
    CREDIT,
    NAME,
    agencies_in,
    explains_agency,
    is_agency,
    is_credit,
)
from tidende.reading.moments import find_moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A dateline and all that stood in it; `end` is where the sentence begins."""

    dateline: Dateline | None
    agencies: tuple[str, ...]
    published: Published | None
    block_end: int
    end: int


_LEAD = 140
_AGENCY = re.compile(
    rf"(?:[(\[]\s?(?P<round>{CREDIT}(?:/[a-z]{{2,4}})?|[A-ZÆØÅ][\w. -]{{1,30}})\s?[)\]]"
    rf"|/\s?(?P<slash>{CREDIT})\s?/?|(?<=,\s)(?P<comma>{NAME}))"
    r"(?P<mark>\s{0,3}[:.–—_-]{0,2})(?=\s|$|[^\W\d_])",
    re.IGNORECASE,
)
_OPENING_AGENCY = re.compile(
    rf"(?:[(\[]\s?(?P<round>{CREDIT})\s?[)\]]|/\s?(?P<slash>{CREDIT})\s?/|(?P<bare>{NAME})(?=\s?[:–—-]\s))"
    r"\s{0,2}[:.–—-]{0,2}\s{0,3}",
    re.IGNORECASE,
)
_CAPITAL_PLACE = re.compile(
    r"(?P<place>[A-ZÆØÅÄÖÜÉ][A-ZÆØÅÄÖÜÉß.'’]+(?:[ /-][A-ZÆØÅÄÖÜÉ][A-ZÆØÅÄÖÜÉß.'’]+){0,3})"
    r"(?P<more>,\s[^:.–—\n]{1,40}\.?(?:\s[^:.–—\n]{1,20})?)?(?P<mark>\s?:|\s[–—-]|\.)\s+(?=\S)"
)
_PARTICLES = frozenset(lexicon.union(lambda known: known.dateline.particles))
_LABELS = frozenset(lexicon.union(lambda known: known.dateline.labels))
_DATE_WORDS = frozenset(
    word
    for tag in lexicon.tags()
    for words in (*lexicon.of(tag).calendar.months, *lexicon.of(tag).calendar.weekdays)
    for word in words
) | frozenset(lexicon.union(lambda known: known.calendar.day_prefixes))
_PLACES = frozenset(lexicon.union(lambda known: known.dateline.places))
_SHORTEST_ALONE = 4
_MOST_WORDS = 6


def read_dateline(unit: str, text: str) -> Dated | None:
    """Return the dateline with which `unit` begins, or None.

    `text` is the whole article: a place that is not in the lexicon is one if the article names it
    again within a sentence.
    """
    lead = unit[:_LEAD]
    if lead[0].isalpha() and lead[0].isupper():
        return _place_first(lead, text) or _place_alone(lead, text) or _agency_first(lead, text)
    return _agency_first(lead, text)


def _place_first(lead: str, text: str) -> Dated | None:
    hit = _AGENCY.search(lead)
    before = lead[: hit.start()].rstrip() if hit else ""
    if not hit or not before:
        return None
    place, comma, more = before.partition(",")
    if not _is_place(place) or explains_agency(before) or is_agency(place):
        return None
    if comma and not _is_date_or_region(more):
        return None
    if not _stands(hit, place, text):
        return None
    credit = hit["round"] or hit["slash"] or hit["comma"]
    agencies = agencies_in(credit)
    return Dated(
        dateline=Dateline(place=place.strip(), agency="-".join(agencies) or None),
        agencies=agencies,
        published=_published(more),
        block_end=len(lead[: hit.end()].rstrip()),
        end=len(lead) - len(lead[hit.end() :].lstrip()),
    )


def _stands(hit: re.Match[str], place: str, text: str) -> bool:
    """Tell a dateline from "Norsk Telegrambyrå (NTB) melder" and "Per Li (Ap): Vi må ...".

    A known agency needs capitals, slashes or a mark behind it; any other name in brackets, which
    could be a party or a paper, needs a mark and a place that is known.
    """
    mark = hit["mark"].strip()
    if hit["comma"]:
        return mark[:1] == ":" and place.isupper()
    if hit["slash"]:
        return True
    if is_credit(hit["round"]):
        return bool(mark) or place.isupper() or place.strip().lower() in _PLACES
    return bool(mark) and _is_known(place, text)


def _is_known(place: str, text: str) -> bool:
    """Look a place up, and then for its name in small letters behind a small word."""
    name = place.strip().lower()
    if name in _PLACES or any(part.strip() in _PLACES for part in name.split("/")):
        return True
    first, space, others = name.partition(" ")
    spelled = re.escape(first.capitalize()) + f"(?i:{re.escape(space + others)})"
    return re.search(rf"(?<=[a-zæøåäöüß]\s){spelled}(?!\w)", text) is not None


def _published(words: str) -> Published | None:
    moment = find_moment(words) if any(letter.isdecimal() for letter in words) else None
    if moment is None:
        return None
    return Published(value=moment.value, precision=moment.precision, origin="dateline")


def _is_place(words: str) -> bool:
    """Accept capitalised words with small ones between: "Frankfurt am Main", "Rom/Berlin"."""
    parts = re.split(r"[\s/]+", words.strip())
    if not 0 < len(parts) <= _MOST_WORDS or not parts[-1]:
        return False
    if words.strip().lower() in _LABELS:
        return False
    return all(
        part[:1].isupper() or part.lower() in _PARTICLES or part[:1] == "(" for part in parts
    )


def _is_date_or_region(words: str) -> bool:
    """Accept what may follow the place: a weekday, a date, a state ("Calif.", "D.C.")."""
    for word in re.split(r"[\s,]+", words.strip()):
        plain = word.strip(".").lower()
        if plain and not (plain[0].isdecimal() or plain in _DATE_WORDS or word[0].isupper()):
            return False
    return True


def _place_alone(lead: str, text: str) -> Dated | None:
    """Read "OSLO:", "LONDON - " and "STOCKHOLM.": capitals, and no label such as FAKTA."""
    hit = _CAPITAL_PLACE.match(lead)
    if not hit:
        return None
    place, more = hit["place"].rstrip("."), hit["more"] or ""
    if len(place) < _SHORTEST_ALONE or is_agency(place) or place.split()[0].lower() in _LABELS:
        return None
    if place.lower() in _LABELS or not _is_date_or_region(more):
        return None
    if not _is_known(place, text):
        return None
    block_end = len(hit[0].rstrip())
    return Dated(
        dateline=Dateline(place=place),
        agencies=(),
        published=_published(more),
        block_end=block_end,
        end=hit.end(),
    )


def _agency_first(lead: str, text: str) -> Dated | None:
    """Read "/ritzau/ ..." and "(NTB): ...", and a place in capitals behind them."""
    hit = _OPENING_AGENCY.match(lead)
    if not hit or hit.end() >= len(lead):
        return None
    agencies = agencies_in(hit["round"] or hit["slash"] or hit["bare"])
    then = _place_alone(lead[hit.end() :], text)
    if then is None or then.dateline is None:
        return Dated(
            dateline=None,
            agencies=agencies,
            published=None,
            block_end=len(hit[0].rstrip()),
            end=hit.end(),
        )
    return replace(
        then,
        dateline=Dateline(place=then.dateline.place, agency="-".join(agencies)),
        agencies=agencies,
        block_end=hit.end() + then.block_end,
        end=hit.end() + then.end,
    )
