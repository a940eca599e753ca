"""Time as evidence between articles: their dates, who holds which office, who else is in the news.

Dates conflict only when both are known, and many articles have none. Then who holds which office
tells: two holders of one office are of two times. And an undated article takes the time of the
dated ones that it is like and that name the same people, as long as these lie close together:
someone who is in the news for years dates nothing.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from tidende.dedup.stories.clues import Clues, Holder
from tidende.dedup.stories.folding import name_key
from tidende.dedup.stories.periods import Period, conflict, gap, hull, widened

Key: TypeAlias = tuple[str, ...]
"""What is compared: country, office and folded surname of a holder, or a folded name alone."""

_LONGEST = 400  # days in which somebody may be in the news and still date an article
_MARGIN = 180  # days by which an inherited time may be wrong
_BY_OFFICE = (0.7, -2.5)  # log odds of a time inherited by an office, if it agrees or differs
_BY_NAME = (0.3, -1.0)  # the same for one inherited by a name: many are in the news for long
_NEAR = 0.7  # log odds of two reports on one day or the next
_SAME_MONTH = 0.2
_A_DAY = -0.5  # of each day between two reports, after the first


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What time says of two articles: how much for one event, in log odds, and why in words.

    `veto` rules one event out, whatever else they share.
    """

    weight: float = 0.0
    veto: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inherited:
    """The time that an undated article takes from dated ones, and whom they share."""

    period: Period
    shared: Holder | str


_SILENT = Judgement()


def inherit(
    members: Mapping[str, Clues], alike: Mapping[str, Collection[str]]
) -> dict[str, Inherited]:
    """Return what undated members inherit; `alike` has those that each is linked with."""
    found = dict[str, Inherited]()
    for subject, clues in members.items():
        if clues.published is None:
            near = [members[each] for each in alike.get(subject, ())]
            dated = [(each.published, named(each)) for each in near if each.published]
            if got := _inherited(clues, dated):
                found[subject] = got
    return found


def named(clues: Clues) -> dict[Key, Holder | str]:
    """Return the holders of offices and the people of an article, by what is compared."""
    found: dict[Key, Holder | str] = {
        (each.country, each.office, name_key(each.person)): each for each in clues.holders
    }
    return found | {(name_key(name),): name for name in clues.people}


def judge(
    one: Clues,
    other: Clues,
    one_inherits: Inherited | None = None,
    other_inherits: Inherited | None = None,
) -> Judgement:
    """Return what time says of two articles; the same for both orders."""
    if against := _two_holders(one, other):
        return Judgement(veto=True, words=against)
    if one.published and other.published:
        return _dated(one.published, other.published)
    for dated, inherited in ((one, other_inherits), (other, one_inherits)):
        if dated.published and inherited:
            return _against_inherited(dated.published, inherited)
    return _SILENT


def _dated(one: Period, other: Period) -> Judgement:
    first, second = sorted((one, other))
    if conflict(first, second):
        return Judgement(veto=True, words=f"published {first} and {second}")
    exact = first.first == first.last and second.first == second.last
    weight = _NEAR + _A_DAY * max(0, gap(first, second) - 1) if exact else _SAME_MONTH
    return Judgement(weight=weight, words=f"published {first} and {second}")


def _against_inherited(dated: Period, inherited: Inherited) -> Judgement:
    meets = not gap(dated, inherited.period)
    agrees, differs = _BY_OFFICE if isinstance(inherited.shared, Holder) else _BY_NAME
    how = "as" if meets else "unlike"
    words = f"published {dated}, {how} others with {_said(inherited.shared)}"
    return Judgement(weight=agrees if meets else differs, words=words)


def _two_holders(one: Clues, other: Clues) -> str:
    """Say which office has different holders in two articles, "" where none has."""
    if not one.holders or not other.holders:
        return ""
    first, second = _by_office(one), _by_office(other)
    for office in sorted(first.keys() & second.keys()):
        if first[office].keys().isdisjoint(second[office]):
            names = sorted((min(first[office].values()), min(second[office].values())))
            return f"{' '.join(office)} is {' and '.join(names)}"
    return ""


def _by_office(clues: Clues) -> dict[tuple[str, str], dict[str, str]]:
    """Return who holds each office, by what is compared of their names."""
    found = defaultdict[tuple[str, str], dict[str, str]](dict)
    for holder in clues.holders:
        found[holder.country, holder.office][name_key(holder.person)] = holder.person
    return found


def _inherited(
    clues: Clues, dated: Collection[tuple[Period, Mapping[Key, Holder | str]]]
) -> Inherited | None:
    """Return the narrowest time that an office's holder gives, or else somebody; None for none."""
    given = list[tuple[bool, int, Period, Key]]()
    ours = named(clues)
    for key in ours:
        periods = [period for period, theirs in dated if key in theirs]
        if periods and (whole := hull(periods)).last - whole.first <= _LONGEST:
            given.append((len(key) == 1, whole.last - whole.first, whole, key))
    if not given:
        return None
    *_, period, key = min(given)
    return Inherited(period=widened(period, _MARGIN), shared=ours[key])


def _said(shared: Holder | str) -> str:
    if isinstance(shared, str):
        return shared
    return f"{shared.person} as {shared.office} ({shared.country})"
