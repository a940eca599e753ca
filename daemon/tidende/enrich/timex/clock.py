"""Times of day: "kl. 19.30", "klokken 12", "7 p.m.", "um 12 Uhr"."""

import re

from tidende.enrich.timex.prose import Hit, Prose

_NOON, _DAY_HOURS = 12, 24


def read_clock(prose: Prose, start: int) -> tuple[Hit, str] | None:
    """Read a time behind a word for it; return it with "19:30"."""
    hit = prose.match(prose.grammar.clock, start)
    if hit is None:
        return None
    words = prose.grammar.words
    unsure = bool(words.hour_words or words.hour_halves)  # "at 7" may be a place in a row
    if unsure and not (hit["minute"] or hit["half"] or hit["word"]):
        return None
    if hit["spoken"]:
        return Hit(hit.start(), hit.end(), None), ""
    return _time(hit)


def read_time_of_day(prose: Prose, start: int) -> tuple[Hit, str] | None:
    """Read a time that shows by its form: "19:30", "7 pm", "12 Uhr"."""
    hit = prose.match(prose.grammar.time_of_day, start)
    if hit is None:
        return None
    if hit["half"] or hit["word"]:
        return _time(hit)
    colon = hit["minute"] and ":" in hit[0] and not prose.match(prose.grammar.measure, hit.end())
    return _time(hit) if colon else None


def read_behind(prose: Prose, end: int) -> tuple[Hit, str] | None:
    """Read the time of day that follows a day, with or without a comma."""
    gap = prose.match(_GAP, end)
    if gap is None:
        return None
    if clock := read_clock(prose, gap.end()) or read_time_of_day(prose, gap.end()):
        return clock
    plain = prose.match(_PLAIN, gap.end())  # "torsdag 13.00"
    return _time(plain) if plain and not prose.match(prose.grammar.measure, plain.end()) else None


_GAP = re.compile(r",?\s{1,2}")
_PLAIN = re.compile(r"(?P<hour>[01]\d|2[0-3])\.(?P<minute>[0-5]\d)(?P<half>)(?![\d%]|[.,]\d)")


def _time(hit: re.Match[str]) -> tuple[Hit, str] | None:
    hour = int(hit["hour"])
    if half := hit["half"]:
        if not 1 <= hour <= _NOON:
            return None
        hour = hour % _NOON + (_NOON if half.startswith("p") else 0)
    if hour >= _DAY_HOURS:
        return Hit(hit.start(), hit.end(), None), ""
    return Hit(hit.start(), hit.end(), None), f"{hour:02}:{hit['minute'] or '00'}"
