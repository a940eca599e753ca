"""What a window's revisions changed, taken together: a fact that moved twice is told once."""

from collections.abc import Iterable

from tidende.model.edition import DigestChange

# Facts before passages: a reader asks first how many, who and when.
_ORDER = ("figure", "headline", "date", "person", "quote", "sentence", "paragraph")


def combine(changes: Iterable[DigestChange]) -> tuple[DigestChange, ...]:
    """Return the changes of revisions, oldest first, as one: from the first state to the last.

    What went from 3 to 5 and then to 7 went from 3 to 7; what was added and taken out again isn't
    told at all.
    """
    combined: list[DigestChange] = []
    for change in changes:
        earlier = next((one for one in combined if _continues(one, change)), None)
        if earlier is None:
            combined.append(change)
            continue
        place = combined.index(earlier)
        combined[place : place + 1] = _joined(earlier, change)
    return tuple(sorted(combined, key=lambda one: _rank(one.kind)))


def _continues(earlier: DigestChange, later: DigestChange) -> bool:
    same = (earlier.kind, earlier.unit) == (later.kind, later.unit)
    return same and later.before is not None and earlier.after == later.before


def _joined(earlier: DigestChange, later: DigestChange) -> list[DigestChange]:
    if earlier.before == later.after:
        return []
    return [
        DigestChange(
            kind=later.kind,
            before=earlier.before,
            after=later.after,
            unit=later.unit,
            language=later.language,
        )
    ]


def _rank(kind: str) -> int:
    return _ORDER.index(kind) if kind in _ORDER else len(_ORDER)
