"""Gathers an organisation's mentions under its fullest name: spellings, acronyms, second names.

The step of `names` behind the classifier.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tidende.enrich.consistency import is_acronym
from tidende.enrich.vocabulary import Vocabulary, ending
from tidende.model.article import Organisation, Span

_BETWEEN = 30
_OPEN = re.compile(r" ?[(\[]")
_CLEAN = " ,–—-(\"'«»“”"


@dataclass(slots=True, kw_only=True)
class _Known:
    """An organisation as far as the article has told; `names` in the order of their mention."""

    names: dict[str, int] = field(default_factory=dict)
    mentions: list[Span] = field(default_factory=list)
    references: list[Span] = field(default_factory=list)


def organisations(
    text: str,
    named: Sequence[tuple[Span, tuple[str, ...]]],
    compounds: Sequence[Span],
    words: Vocabulary,
) -> tuple[Organisation, ...]:
    """Return the article's organisations in the order of their first mention.

    `named` holds the mentions with the names' words, `compounds` words such as "Nato-landene".
    """
    named = [each for each in named if not _is_letter(text, *each[0], words)]
    merged = _merged(text, named, words)
    found: dict[str, _Known] = {}
    for span, name in named:
        root, printed = _root(merged, _key(name)), " ".join(name)
        known = found.get(root)
        if known is None:
            known = found[root] = _Known()
        known.names[printed] = known.names.get(printed, 0) + 1
        known.mentions.append(span)
    for span in compounds:
        owner = text[slice(*span)].rpartition("-")[0].casefold()
        if known_owner := found.get(_root(merged, owner)):
            known_owner.references.append(span)
    return tuple(
        _organisation(known) for known in sorted(found.values(), key=lambda known: known.mentions)
    )


def _is_letter(text: str, start: int, end: int, words: Vocabulary) -> bool:
    """Tell the "V" of "(V)" behind a politician, which names nobody by itself."""
    return end - start == 1 and text[start] in words.parties and text[start - 1 : start] == "("


def _organisation(known: _Known) -> Organisation:
    """Choose the fullest name; among spellings of one name the first."""
    names = list(known.names)
    fullest = max(names, key=lambda name: (not name.isupper(), len(name.split())))
    same = [name for name in names if name.casefold() == fullest.casefold()]
    return Organisation(
        name=same[0],
        aliases=tuple(name for name in names if name != same[0]),
        mentions=tuple(known.mentions),
        references=tuple(known.references),
    )


def _key(name: Sequence[str]) -> str:
    return " ".join(name).casefold()


def _root(merged: Mapping[str, str], key: str) -> str:
    while (above := merged.get(key, key)) != key:
        key = above
    return key


def _merged(
    text: str, named: Sequence[tuple[Span, tuple[str, ...]]], words: Vocabulary
) -> dict[str, str]:
    """Say which names mean the same: a key leads to the key that it belongs to.

    A word is short for the only name that begins or ends with it, unless it is a known name.
    """
    merged: dict[str, str] = {}
    keys = {_key(name) for _, name in named}
    for (before, first), (behind, second) in pairwise(named):
        gap = text[before[1] : behind[0]]
        if len(gap) < _BETWEEN and _means_same(gap, first, second, words):
            _join(merged, _key(second), _key(first))
    owners = defaultdict[str, set[str]](set)
    for _, name in named:
        for short in _short_forms(name, words):
            if short in keys:
                _join(merged, short, _key(name))
        for part in (name[0], name[-1]) if name[1:] else ():
            if part.casefold() in keys and part not in words.known:
                owners[part.casefold()].add(_key(name))
    for part, (owner, *others) in owners.items():
        if not others:
            _join(merged, part, owner)
    return merged


def _join(merged: dict[str, str], key: str, other: str) -> None:
    one, two = _root(merged, key), _root(merged, other)
    if one != two:
        merged[one] = two


def _means_same(gap: str, first: Sequence[str], second: Sequence[str], words: Vocabulary) -> bool:
    """Tell "Nasjonal kommunikasjonsmyndighet (Nkom)" and "Islamisk Stat - også kaldet Isil"."""
    if gap.strip(_CLEAN) in words.also_called:
        return True
    return bool(_OPEN.fullmatch(gap)) and (is_acronym(second, first) or is_acronym(first, second))


def _short_forms(name: Sequence[str], words: Vocabulary) -> list[str]:
    """Return the acronym of a name, and the name without "AS" or "ASA"."""
    if len(name) < 2:  # noqa: PLR2004
        return []
    initials = "".join(word[0] for word in name)
    content = "".join(word[0] for word in name if word[0].isupper())
    bare = [] if not ending(name[-1].lower(), words.organisations) else [_key(name[:-1])]
    acronyms = [each.casefold() for each in (initials, content) if len(each) > 1]
    return [*acronyms, *(bare if len(name[-1]) < 5 else [])]  # noqa: PLR2004
