"""The news agencies that an article credits, and the sign-off that credits them.

A sign-off is a line of its own ("/ritzau/", "(©NTB)", "dpa") or the last words of a paragraph
("... siger han. /ritzau/"). An agency named in a sentence, or behind a photographer's name,
is a source and no credit.
"""

import re

from tidende import lexicon

_NAMES = lexicon.union(lambda known: known.agency.names)
_PRINTED = {name.lower(): name for name in _NAMES}
_SPELLED_OUT = lexicon.union(lambda known: known.agency.spelled_out)
_AMBIGUOUS = 2  # "(Ap)" and "(PA)" are also parties: two letters need more evidence

NAME = f"(?:{'|'.join(map(re.escape, _NAMES))})(?!\\w)"
CREDIT = rf"{NAME}(?:\s?[/,+&–-]\s?{NAME}){{0,4}}"
_SOURCE = "|".join(map(re.escape, lexicon.union(lambda known: known.agency.sources)))
_MARK = rf"(?:(?:©|\(c\)|(?:{_SOURCE})\s?:)\s?){{0,2}}"
_INITIALS = r"(?:[\s/]+[a-zæøåäö]{2,4}\d?){0,4}"

_NAME = re.compile(NAME, re.IGNORECASE)
_FIRST_WORDS = frozenset(
    re.split(r"[^\w]", word)[0].lower()
    for word in (*_NAMES, *lexicon.union(lambda known: known.agency.sources))
)
_LINE = re.compile(
    rf"[-–—*\s]{{0,4}}[/(\[]{{0,2}}\s?{_MARK}[/(]?(?P<credit>{CREDIT})(?:/[^/()\n]{{2,25}}(?=\)))?{_INITIALS}\s?[/)\]]{{0,2}}"
    r"(?:\s?(?:©|\d{4})){0,2}[.\s*–—-]{0,4}",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(rf"(?:©|\(c\)|(?:{_SOURCE})\s(?=©|\d{{4}}))", re.IGNORECASE)
_LONGEST = 80
_CLOSING = frozenset(".!?…\"”»“'’)")
_TAIL_SLASHED = re.compile(rf"(?<!\w)/\s?(?P<credit>{CREDIT})(?:\s?/)?$", re.IGNORECASE)
_TAIL_BRACKETED = re.compile(
    rf"[(\[]\s?(?P<mark>{_MARK})(?P<credit>{CREDIT})\s?[)\]]$", re.IGNORECASE
)
_TAIL_BARE = re.compile(rf"(?:©\s?)?(?P<credit>{CREDIT})$")


def agencies_in(credit: str) -> tuple[str, ...]:
    """Return the agencies named in a credit, each once, as they are printed."""
    names = (_PRINTED[hit[0].lower()] for hit in _NAME.finditer(credit))
    return tuple(dict.fromkeys(names))


def is_agency(name: str) -> bool:
    """Tell whether `name` is an agency and nothing more."""
    return name.lower() in _PRINTED


def is_credit(words: str) -> bool:
    """Tell whether words in brackets name an agency; "(Ap)" is a party where "(AP)" is none."""
    found = agencies_in(words)
    return any(len(name) > _AMBIGUOUS or name in words for name in found)


def explains_agency(before: str) -> bool:
    """Tell whether the text before "(NTB)" spells that agency out, as in a source that is cited."""
    return before.rstrip().lower().endswith(_SPELLED_OUT)


def sign_off_line(line: str) -> tuple[str, ...]:
    """Return the agencies of a line that is nothing but a sign-off; empty for any other."""
    if len(line) > _LONGEST or not _may_open(line):
        return ()
    if _COPYRIGHT.match(line):
        return agencies_in(line)
    hit = _LINE.fullmatch(line)
    return agencies_in(hit["credit"]) if hit else ()


def _may_open(line: str) -> bool:
    """Tell cheaply whether a line begins as a sign-off does: with a mark, or with its word."""
    if not line[0].isalpha():
        return True
    return re.split(r"[^\w]", line, maxsplit=1)[0].lower() in _FIRST_WORDS


def sign_off_tail(paragraph: str) -> int | None:
    """Return where the sign-off begins that ends `paragraph`, or None."""
    offset = max(0, len(paragraph) - _LONGEST)
    tail = paragraph[offset:]
    start = _bracketed(tail) if tail[-1] in "/)]" else _unbracketed(tail)
    return None if not start else offset + start


def _bracketed(tail: str) -> int | None:
    for form in (_TAIL_SLASHED, _TAIL_BRACKETED):
        if hit := form.search(tail):
            before = tail[: hit.start()].rstrip()
            if not before or (form is _TAIL_BRACKETED and not _credits(before, hit)):
                return None
            return hit.start()
    return None


def _credits(before: str, hit: re.Match[str]) -> bool:
    """Tell a sign-off in brackets from a politician's party or an explained abbreviation."""
    credit = hit["credit"]
    if hit["mark"] or before[-1] in _CLOSING:
        return True
    exact = agencies_in(credit)[0] in credit
    return exact and len(credit) > _AMBIGUOUS and not explains_agency(before)


def _unbracketed(tail: str) -> int | None:
    """Find "... sier han. NTB" and "... siger han /ritzau"; capitals must be as printed."""
    if tail[-1] in _CLOSING or tail[-1] in ",;:":
        return None
    if (hit := _TAIL_SLASHED.search(tail)) and tail[: hit.start()].endswith(" "):
        return hit.start()
    hit = _TAIL_BARE.search(tail)
    if not hit or not hit.start():
        return None
    before = tail[: hit.start()]
    return hit.start() if before[-1].isspace() and before.rstrip()[-1:] in _CLOSING else None
