"""Which of two tellings of one report is the original, whichever arrived first."""

from typing import Literal, TypeAlias

from tidende.dedup.rules import Kind
from tidende.dedup.telling import Telling

Order: TypeAlias = Literal[
    "this one is the older",
    "this one is the newer",
    "this one is the fuller, so likely the newer",
    "this one is the shorter, so likely the older",
    "this one is the fuller, so the other was likely cut",
    "this one is the shorter, so likely cut",
]

_CLEARLY = 1.1  # times as many words


def order(new: Telling, known: Telling, kind: Kind) -> Order | None:
    """Say what dates, or else completeness, tell of the new article; None where they don't.

    Only dates that both articles give themselves count, as far as both are known: a month
    conflicts with a day only when the day lies outside it. Without them, updates grow and copies
    are cut.
    """
    if new.dated and known.dated and new.published and known.published:
        shared = min(len(new.published), len(known.published))
        one, other = new.published[:shared], known.published[:shared]
        if one != other:
            return "this one is the older" if one < other else "this one is the newer"
    if len(new.words) > _CLEARLY * len(known.words):
        if kind == "revision":
            return "this one is the fuller, so likely the newer"
        return "this one is the fuller, so the other was likely cut"
    if len(known.words) > _CLEARLY * len(new.words):
        if kind == "revision":
            return "this one is the shorter, so likely the older"
        return "this one is the shorter, so likely cut"
    return None
