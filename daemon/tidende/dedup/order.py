"""Which of two tellings of one report is the original, whichever arrived first."""

from tidende.dedup.telling import Telling

OLDER = "this one is the older"
NEWER = "this one is the newer"
FULLER = "this one is the fuller"
SHORTER = "this one is the shorter"

_CLEARLY = 1.2  # times as many words


def order(new: Telling, known: Telling) -> str | None:
    """Say what dates, or else completeness, tell of the new article; None where they don't.

    Only dates that both articles give themselves count, as far as both are known: a month
    conflicts with a day only when the day lies outside it.
    """
    if new.dated and known.dated and new.published and known.published:
        shared = min(len(new.published), len(known.published))
        one, other = new.published[:shared], known.published[:shared]
        if one != other:
            return OLDER if one < other else NEWER
    if len(new.words) > _CLEARLY * len(known.words):
        return FULLER
    if len(known.words) > _CLEARLY * len(new.words):
        return SHORTER
    return None
