"""Bylines: "Av Kari Nordmann, NTB", "By Jane Doe in London", "Text och foto: Anna Svensson".

A unit is a byline only when all of it can be read as one: an opener, names, and what may stand
beside them. So "Av Norges fem millioner innbyggere ..." and "Von Merkel bis Scholz" are none.
"""

import re
from dataclasses import dataclass

from tidende import lexicon
from tidende.reading.agencies import agencies_in, is_agency


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """`names` as printed and without titles, None where only an agency is named."""

    names: str | None
    agencies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """What a byline was taken apart into; `asides` counts titles."""

    names: list[str]
    agencies: list[str]
    asides: int
    reach: bool


_OPENERS = lexicon.union(lambda known: known.byline.openers)
_OPENING = re.compile(rf"(?:{lexicon.either(_OPENERS)})(?P<colon>\s?:\s*|\s+)(?=\S)", re.IGNORECASE)
_FIRST_WORDS = frozenset(re.split(r"[\s/]", word)[0] for word in _OPENERS)
_JOINERS = frozenset(lexicon.union(lambda known: known.byline.joiners))
_PLACES = frozenset(lexicon.union(lambda known: known.byline.places))
_PARTICLES = frozenset(lexicon.union(lambda known: known.byline.particles))
_TITLES = frozenset(lexicon.union(lambda known: known.byline.titles))
_CREDIT = re.compile(
    rf"[\s,(]+(?:{lexicon.either(lexicon.union(lambda known: known.caption.credits))})"
    r"\s?(?::[^:]*|\))$",
    re.IGNORECASE,
)
_WORDS = re.compile(r"\w+")
_EVIDENCE = _TITLES | frozenset(
    word
    for name in lexicon.union(lambda known: known.agency.names)
    for word in _WORDS.findall(name.lower())
)
_REACH = re.compile(  # addresses, handles and telephone numbers
    r"[<(\[]?(?:mailto:)?\b[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,32}){1,4}[>)\]]?"
    r"|(?<!\w)@\w{2,30}|(?<!\w)\+?\d(?:[ -]?\d){6,13}(?!\w)"
)
_CONTACT_WORDS = re.compile(r"\W|\b(?:e-?mail|e-?post|mail|tlf|tel|x|twitter)\b", re.IGNORECASE)
_BRACKETS = re.compile(r"[()\[\]]")
_SPLIT = re.compile(r"\s*(?:[,/|·•;\n]|\s[–—-]\s)\s*")
_LONGEST = 180
_MOST_WORDS = 5
_LONGEST_ASIDE = 10
_FEWEST_DIGITS = 6


def opens_byline(first_word: str) -> bool:
    """Tell cheaply whether a unit with this first word may be a byline."""
    return first_word.lower().lstrip("(").partition(":")[0].partition("/")[0] in _FIRST_WORDS


def read_byline(unit: str) -> Byline | None:
    """Read a unit that begins with a byline's opener; None when it is anything else."""
    if len(unit) > _LONGEST:
        return None
    bare = unit[1:-1] if unit[0] == "(" and unit[-1] == ")" else unit
    hit = _OPENING.match(bare)
    if not hit:
        return None
    parts = _take_apart(bare[hit.end() :], lone=":" in hit["colon"])
    return None if parts is None else _byline(parts)


def read_bare_byline(unit: str, *, strict: bool = False) -> Byline | None:
    """Read "Kari Nordmann, NTB" and "Kari Nordmann kari@avis.no": a name and one thing more.

    A name alone could as well be a heading; an agency alone is a byline. `strict` wants an agency
    or an address beside the name, and takes no title for enough.
    """
    if len(unit) > _LONGEST or not _has_evidence(unit):
        return None
    parts = _take_apart(unit, lone=False)
    if parts is None:
        return None
    enough = parts.agencies or parts.reach or (parts.asides and not strict)
    return _byline(parts) if enough else None


def read_name(unit: str) -> Byline | None:
    """Read a line that is a name and nothing more; only its neighbour can say that it signs."""
    words = unit.split(maxsplit=_MOST_WORDS)
    return Byline(names=" ".join(words)) if _is_name(words, lone=False) else None


def _has_evidence(unit: str) -> bool:
    """Tell cheaply whether an agency, a title or an address may stand in the line."""
    words = _WORDS.findall(unit.lower())
    return not _EVIDENCE.isdisjoint(words) or "@" in unit or _is_phone(words)


def _is_phone(words: list[str]) -> bool:
    return sum(len(word) for word in words if word.isdecimal()) >= _FEWEST_DIGITS


def is_contact(unit: str) -> bool:
    """Tell whether a unit is nothing but an address or a number to reach the writer."""
    if len(unit) > _LONGEST or not ("@" in unit or unit[-1].isdecimal()):
        return False
    rest = _REACH.sub("", unit)
    return rest != unit and not _CONTACT_WORDS.sub("", rest)


def _byline(parts: _Parts) -> Byline | None:
    if not parts.names and not parts.agencies:
        return None
    names = ", ".join(parts.names)
    return Byline(names=names or None, agencies=tuple(dict.fromkeys(parts.agencies)))


def _take_apart(line: str, *, lone: bool) -> _Parts | None:
    """Sort all of a line into names, agencies and asides; None if something is left over.

    `lone` allows a name of one word.
    """
    plain = _REACH.sub(",", _CREDIT.sub(",", line))
    names: list[str] = []
    agencies: list[str] = []
    asides = 0
    for piece in filter(str.strip, _SPLIT.split(_BRACKETS.sub(",", plain).strip(" .,"))):
        if found := _agencies(piece):
            agencies.extend(found)
            continue
        name, aside = _names(piece.split(), lone=lone)
        if name:
            names.append(name)
        elif not _is_aside(piece, after_name=bool(names)):
            return None
        asides += aside or (not name and _has_title(piece))
    return _Parts(names=names, agencies=agencies, asides=asides, reach=plain != line)


def _agencies(piece: str) -> tuple[str, ...]:
    whole = all(is_agency(name) for name in re.split(r"[-–\s]+", piece)) or is_agency(piece)
    return agencies_in(piece) if whole else ()


def _names(words: list[str], *, lone: bool) -> tuple[str | None, bool]:
    """Return the names in a piece, joiners kept, and whether a title stood beside them."""
    chunks: list[list[str]] = [[]]
    joiners: list[str] = []
    for word in words:
        if word.lower() in _JOINERS and chunks[-1]:
            joiners.append(word)
            chunks.append([])
        else:
            chunks[-1].append(word)
    placed = [_without_place(chunk) for chunk in chunks]
    names = [_without_titles(chunk) for chunk in placed]
    if not all(_is_name(name, lone=lone) for name in names):
        return None, False
    text = " ".join(names[0])
    for joiner, name in zip(joiners, names[1:], strict=True):
        text += f" {joiner} {' '.join(name)}"
    return text, names != placed


def _without_place(words: list[str]) -> list[str]:
    """Take "in London" off the end."""
    for at in range(len(words) - 1, 1, -1):
        if words[at] in _PLACES and at < len(words) - 1:
            capitals = all(word[0].isupper() for word in words[at + 1 :])
            return words[:at] if capitals else words
    return words


def _without_titles(words: list[str]) -> list[str]:
    """Take titles off both ends; lower-case words before a title go with it."""
    start, end = 0, len(words)
    while end > 1 and words[end - 1].lower() in _TITLES:
        end -= 1
    titles = [at for at in range(end) if words[at].lower().rstrip(":") in _TITLES]
    if titles and all(word.islower() for word in words[: titles[0]]):
        start = titles[0]
        while start < end and words[start].lower().rstrip(":") in _TITLES:
            start += 1
    return words[start:end]


def _is_name(words: list[str], *, lone: bool) -> bool:
    if not words or len(words) > _MOST_WORDS or (len(words) == 1 and not lone):
        return False
    if not (_is_name_word(words[0]) or words[0] in _PARTICLES) or not _is_name_word(words[-1]):
        return False
    return all(_is_name_word(word) or word in _PARTICLES for word in words)


def _is_name_word(word: str) -> bool:
    return word[0].isupper() and all(letter.isalpha() or letter in "'’.-" for letter in word)


def _has_title(piece: str) -> bool:
    return any(word.lower() in _TITLES for word in piece.split())


def _is_aside(piece: str, *, after_name: bool) -> bool:
    """Accept a title, or behind a name a place or paper: at most three capitalised words."""
    words = piece.split()
    if _OPENING.match(piece) or piece.lower() in _FIRST_WORDS:
        return len(words) <= _LONGEST_ASIDE
    if _has_title(piece):
        return len(words) <= _MOST_WORDS
    if words[0] in _PLACES:
        words = words[1:]
    return after_name and 0 < len(words) <= 3 and all(map(_is_name_word, words))  # noqa: PLR2004
