"""Pictures' captions: units, or parts of one, that a photo credit betrays.

A unit is a caption when it ends in a credit ("... i Brussel. Foto: Virginia Mayo / AP"), begins
with a label ("Bildetekst: ..."), or is nothing but a credit. A unit may hold several, or a
caption and the first paragraph: then the caption ends with its credit's last name. A credit
that comes first is followed by its caption's text.
"""

import re
from dataclasses import dataclass

from tidende import lexicon
from tidende.model.article import Caption
from tidende.reading.credit_names import (
    BY,
    BY_WORDS,
    HOUSE,
    NAMES,
    PICTURES,
    WORD_ENDS,
    WORDS,
    credit_length,
    credit_words,
    is_mostly_names,
    is_only_names,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Captioned:
    """A caption, and where in the unit it ends; what follows is the article's again."""

    caption: Caption
    end: int


_BARE = lexicon.union(lambda known: known.caption.bare)
_BARE_WORDS = frozenset(_BARE)
_BARE_ENDS = frozenset(word.rpartition(" ")[2] for word in _BARE)
_TAIL_WORDS = frozenset(
    opening + word + closing
    for word in (WORD_ENDS - BY_WORDS) | _BARE_ENDS
    for opening in ("", "(", "[")
    for closing in ("", ")", "]", ".", ").", "].")
)
_LABELS = lexicon.either(lexicon.union(lambda known: known.caption.labels))
_WIRES = lexicon.either(lexicon.union(lambda known: known.caption.wires))

_LABEL = re.compile(rf"(?:(?:{_LABELS})\s?:\s*){{1,2}}", re.IGNORECASE)
_NAMED = re.compile(
    rf"(?P<open>[(\[])?(?<!\w)(?:{WORDS})(?P<by>\s(?:{BY}))?\s(?=(?-i:[A-ZÆØÅÄÖÜÉ]))",
    re.IGNORECASE,
)
_BARE_TAIL = re.compile(
    rf"[(\[]?(?<!\w)(?P<credit>{lexicon.either(_BARE)})[)\].]{{0,2}}$", re.IGNORECASE
)
_WIRE_TAIL = re.compile(
    rf"[(\[]?(?P<credit>(?:{_WIRES})\s?/\s?[^()\n]{{2,80}}?)[)\].]{{0,2}}$", re.IGNORECASE
)
_SLASHED_TAIL = re.compile(
    r"(?:^|(?<=[.!?»”\"]\s))(?P<credit>[^\W\d_a-zæøå][\w.'’-]*(?:\s[^\W\d_a-zæøå][\w.'’-]*){0,3}"
    r"(?:\s/\s[\w.'’-]+(?:\s[\w.'’-]+){0,2}){1,3})$"
)

_LONGEST = 900
_LONGEST_HEAD = 600
_LONGEST_TEXT = 400
_LONGEST_CREDIT = 140
_TAIL = 120
_CLOSING = '.!?…"”»“'


def read_caption(unit: str) -> Captioned | None:
    """Return the caption with which `unit` begins, or which it is, or None."""
    if ":" in unit:
        if label := _LABEL.match(unit):
            return _labelled(unit, label.end())
        if found := _by_colon(unit):
            return found
    return _by_tail(unit) if len(unit) <= _LONGEST else None


def _labelled(unit: str, start: int) -> Captioned | None:
    """Read "Bildetekst: ...", with or without a credit at its end."""
    if len(unit) > _LONGEST:
        return None
    inner = _by_colon(unit[start:]) or _by_tail(unit[start:])
    if inner:
        return Captioned(caption=inner.caption, end=start + inner.end)
    return Captioned(caption=_caption(unit[start:], None), end=len(unit))


def _by_colon(unit: str) -> Captioned | None:
    """Try each credit word in turn."""
    hits = list(credit_words(unit[:_LONGEST]))
    for number, hit in enumerate(hits):
        following = hits[number + 1].start() if number + 1 < len(hits) else len(unit)
        if found := _credited(unit, hit, following):
            return found
    return None


def _credited(unit: str, hit: re.Match[str], following: int) -> Captioned | None:
    """Read one credit; `following` is where the next one's word stands."""
    head, tail = unit[: hit.start()], unit[hit.end() : following].rstrip()
    if hit["open"]:
        return _in_brackets(unit, head, hit.end())
    if not head.strip() and hit["word"].lower() in _BARE_WORDS and not is_mostly_names(tail):
        return _text_first(unit, following)
    if following == len(unit) and len(tail) <= _LONGEST_CREDIT and is_only_names(tail):
        return Captioned(caption=_caption(head, tail), end=len(unit)) if tail else None
    return _joined(unit, head, tail, hit.end())


def _joined(unit: str, head: str, tail: str, start: int) -> Captioned | None:
    """Read a credit that something is joined to on the same line."""
    length = credit_length(tail[:_LONGEST_CREDIT])
    if not length or len(head) > _LONGEST_HEAD or not _ended(head):
        return None
    if not head.strip() and tail[length:].strip(" ."):
        return _credit_first(unit, tail[:length], start + length)
    return Captioned(caption=_caption(head, tail[:length]), end=start + length)


def _credit_first(unit: str, credit: str, start: int) -> Captioned:
    """Read "FOTO: AP / NTB scanpix Paven holdt messe.": the text follows, or a second credit."""
    rest = unit[start : start + _LONGEST]
    begun = next(credit_words(rest), None)
    if begun and rest[: begun.start()].strip() and (inner := _by_colon(rest)):
        return Captioned(caption=inner.caption, end=start + inner.end)
    if len(rest) > _LONGEST_TEXT or begun:
        return Captioned(caption=_caption("", credit), end=start)
    return Captioned(caption=_caption(rest.strip(" ."), credit), end=len(unit))


def _text_first(unit: str, following: int) -> Captioned | None:
    """Read "FILE PHOTO: A man walks past. REUTERS/Jane Doe": the word opens a text here."""
    if following < len(unit) or len(unit) > _LONGEST:
        return None
    return _by_tail(unit) or Captioned(caption=_caption(unit, None), end=len(unit))


def _in_brackets(unit: str, head: str, start: int) -> Captioned | None:
    """Read "(Foto: NTB)": the end of a caption, or inside a sentence and none."""
    close = min((at for mark in ")]" if (at := unit.find(mark, start)) >= 0), default=-1)
    if close < 0 or close - start > _LONGEST_CREDIT:
        return None
    rest = unit[close + 1 :].lstrip(" .")
    if rest and (rest[0].islower() or rest[0] in ",;:-–" or len(head) > _LONGEST_HEAD):
        return None
    return Captioned(
        caption=_caption(head, unit[start:close]), end=len(unit[: len(unit) - len(rest)].rstrip())
    )


def _ended(head: str) -> bool:
    return not head.strip() or head.rstrip(" (–-|")[-1:] in _CLOSING


def _by_tail(unit: str) -> Captioned | None:
    """Look at the unit's last words for a credit without a colon."""
    offset = max(0, len(unit) - _TAIL)
    tail = unit[offset:]
    if not offset and _is_credit(tail) and PICTURES.search(tail):
        return Captioned(caption=_caption("", tail), end=len(unit))
    if "/" in tail and (hit := _slashed(tail, whole=not offset)):
        return _if_ended(unit, offset + hit.start(), hit)
    words = tail.lower().split()
    if _TAIL_WORDS.isdisjoint(words):
        return None
    if words[-1].strip("()[].") in _BARE_ENDS and (hit := _BARE_TAIL.search(tail)):
        return _if_ended(unit, offset + hit.start(), hit)
    return _named(unit, offset, tail)


def _is_credit(unit: str) -> bool:
    """Tell "Terje Bendiksby, NTB scanpix" on a line of its own: names and nothing else."""
    names = NAMES.match(unit)
    return names is not None and names.end() == len(unit)


def _slashed(tail: str, *, whole: bool) -> re.Match[str] | None:
    """Find "REUTERS/Jane Doe" and "Marco Tacca / TT Nyhetsbyrån" at the end."""
    if hit := _WIRE_TAIL.search(tail):
        return hit
    hit = _SLASHED_TAIL.search(tail) if " / " in tail else None
    if hit and HOUSE.search(hit["credit"]) and (whole or hit.start()):
        return hit
    return None


def _if_ended(unit: str, start: int, hit: re.Match[str]) -> Captioned | None:
    head = unit[:start]
    if not _ended(head) and hit[0][0] not in "([" and not hit["credit"][0].isupper():
        return None
    return Captioned(caption=_caption(head, hit["credit"]), end=len(unit))


def _named(unit: str, offset: int, tail: str) -> Captioned | None:
    """Read "Foto Kari Nordmann / NTB" and "(Photo by Jane Doe/Getty Images)" at the end."""
    for hit in _NAMED.finditer(tail):
        head, credit = unit[: offset + hit.start()], tail[hit.end() :]
        names = NAMES.match(credit)
        whole = names and not credit[names.end() :].strip(" .)]")
        if whole and (hit["open"] or (_ended(head) and (hit["by"] or head.strip()))):
            return Captioned(caption=_caption(head, credit), end=len(unit))
    return None


def _caption(head: str, credit: str | None) -> Caption:
    """Fold white space, and take off the marks that only join text and credit."""
    text = " ".join(head.split()).rstrip(" |/–—-([")
    named = " ".join((credit or "").split()).strip(" .,;|–—-")
    for opening, closing in ("()", "[]"):
        if named.count(closing) > named.count(opening):
            named = named.rstrip(closing).rstrip()
    return Caption(text=text or None, credit=named or None)
