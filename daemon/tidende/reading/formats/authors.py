"""Whoever a format names as its author: persons make the byline, agencies are credited."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tidende.reading.agencies import agencies_in, is_agency
from tidende.reading.bylines import read_bare_byline, read_byline

_ADDRESS = re.compile(r"\s*[<(\[]?[\w.+-]{1,64}@[\w.-]{1,128}[>)\]]?\s*|https?://\S+")
_IN_BRACKETS = re.compile(r"\(([^()]{2,60})\)")
_LONGEST = 160
_MOST_WORDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """An article's byline, names only, and the agencies named beside or instead of them."""

    byline: str | None
    agencies: tuple[str, ...]


def credit(authors: Iterable[str]) -> Credit:
    """Return the byline of what formats name as authors, each of which may be a whole byline."""
    names: list[str] = []
    agencies: list[str] = []
    for author in authors:
        found, credited = _read(" ".join(author.split()))
        names.extend(found)
        agencies.extend(credited)
    return Credit(
        byline=", ".join(dict.fromkeys(names)) or None, agencies=tuple(dict.fromkeys(agencies))
    )


def _read(author: str) -> tuple[list[str], tuple[str, ...]]:
    if not author or len(author) > _LONGEST:
        return [], ()
    if is_agency(author):
        return [], agencies_in(author)
    read = read_byline(author) or read_bare_byline(author)
    if read:
        return [read.names] if read.names else [], read.agencies
    bare = _ADDRESS.sub(" ", author)
    named = _IN_BRACKETS.search(bare)  # RSS: "kari@avis.no (Kari Nordmann)"
    if named and not bare.replace(named[0], "").strip(" ,;"):
        bare = named[1]
    bare = " ".join(bare.split()).strip(" ,;")
    return ([bare] if _is_name(bare) else []), ()


def _is_name(words: str) -> bool:
    """Tell a person from a paper: a name has two words at least, and no figures."""
    parts = words.split()
    return (
        1 < len(parts) <= _MOST_WORDS * 3
        and not any(letter.isdigit() for letter in words)
        and parts[0][0].isupper()
    )
