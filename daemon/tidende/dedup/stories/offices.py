"""Who holds which office, by the roles that people have in an article.

"USAs forsvarsminister Jim Mattis", "den danske forsvarsminister", "forsvarsminister i USA", "Natos
generalsekretær": the genitive, adjective or link says whose office it is. A bare "forsvarsminister"
is the source's own country's. Since one person holds such an office at a time, two articles that
name different holders are of different times.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from tidende import lexicon
from tidende.dedup.stories.clues import Holder
from tidende.dedup.stories.names import canonical
from tidende.lexicon import Lexicon, gazetteer
from tidende.model.article import Article, Extraction, Person

_MOST = 12
_OWNER = re.compile(r"[^\W\d_a-zæøåäöüß][\w'’.:-]*(?: [^\W\d_a-zæøåäöüß][\w'’.:-]*)*")
_LONGEST_WORD = 30
_STOPS = tuple(".,;:!?…")
_ABBREVIATED = re.compile(r"(?:[A-Z]\.)+")
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Words:
    """One language's words for offices, as a pattern that finds them in a role."""

    offices: re.Pattern[str]
    lexicon: Lexicon
    not_now: frozenset[str]
    home: frozenset[str]


def holders(article: Article, tag: str | None) -> tuple[Holder, ...]:
    """Return the holders of offices among an article's people; `tag` is its language's."""
    said = article.extraction
    if tag is None or tag not in lexicon.tags():
        return ()
    words = _words(tag)
    read = [(each, _offices(each, article, words)) for each in said.people if each.roles]
    abroad = [owner for _, offices in read for _, owner in offices if owner]
    found = dict.fromkeys(
        Holder(country=owner, office=office, person=person.name.rpartition(" ")[2])
        for person, offices in read
        for office, owner in _owned(person, offices, said, abroad, words)
    )
    return tuple(found)[:_MOST]


def _offices(person: Person, article: Article, words: _Words) -> list[tuple[str, str]]:
    """Return the offices in a person's roles, with the word before each: "USA:s", "norwegische"."""
    roles = (f"{_before(role, person, article.text)} {role}" for role in person.roles)
    read = (_read(role, article.extraction, words) for role in roles)
    return [each for each in read if each]


def _before(role: str, person: Person, text: str) -> str:
    """Return the word before a role that stands before a name, "" where another phrase ends."""
    for start, _ in person.mentions:
        at = text.rfind(role, max(0, start - len(role) - 2), start)
        word = text[max(0, at - _LONGEST_WORD) : at].rpartition(" ")
        if at > 0 and not word[2]:
            last = word[0].rpartition(" ")[2]
            return "" if last.endswith(_STOPS) and not _ABBREVIATED.fullmatch(last) else last
    return ""


def _owned(
    person: Person,
    offices: Sequence[tuple[str, str]],
    said: Extraction,
    abroad: Sequence[str],
    words: _Words,
) -> Iterator[tuple[str, str]]:
    """Yield a person's offices and whose; one said with its country outdoes a bare one."""
    bare = words.home.difference(office for office, owner in offices if owner)
    for office, owner in offices:
        if owner:
            yield office, owner
        elif office in bare and (home := _home(person, said, abroad, words)):
            yield office, home


def _read(role: str, said: Extraction, words: _Words) -> tuple[str, str] | None:
    """Return the office in a role, and whose it is, "" where the role doesn't say."""
    lower = role.lower()
    match = words.offices.search(lower)
    if not match:
        return None
    rest = f"{role[: match.start()]} {role[match.end() :]}"
    if not words.not_now.isdisjoint(_WORD.findall(rest.lower())):
        return None
    return words.lexicon.offices.names[match[1]], _owner(rest, said, words.lexicon)


def _owner(rest: str, said: Extraction, words: Lexicon) -> str:
    """Return whose an office is, by the words around it: a country's code, or a name folded.

    What is neither a country nor an organisation of the article owns no office: in German, any
    noun has a capital.
    """
    known = gazetteer.load()
    for word in _WORD.findall(rest):
        if country := known.demonym(word, words.tag):
            return country
    bodies = {canonical(each.name, words.tag) for each in said.organisations}
    for name in _OWNER.findall(rest):
        for bare in _bare(name, words.names.genitive):
            fact = known.place(bare, words.tag)
            if fact and fact.kind == "country" and fact.country:
                return fact.country
            if (body := canonical(bare, words.tag)) in bodies:
                return body
    return ""


def _bare(name: str, genitives: Sequence[str]) -> Iterator[str]:
    yield name
    for ending in genitives:
        if name.endswith(ending):
            yield name.removesuffix(ending).rstrip(":")


def _home(person: Person, said: Extraction, abroad: Sequence[str], words: _Words) -> str:
    """Return the country where the article was written, "" where another one may be meant.

    Foreign ministers stand bare in news from abroad, too. A party in brackets shows that the
    source's own is meant, or that no country is named more often than its own.
    """
    home = words.lexicon.names.home
    if person.party:
        return home[0]
    times = Counter(abroad)
    for place in said.places:
        if place.country:
            times[place.country] += len(place.mentions) + len(place.references)
    first = max(home, key=lambda country: times[country])
    return first if times[first] >= max(times.values(), default=0) else ""


@cache
def _words(tag: str) -> _Words:
    known = lexicon.of(tag)
    names = sorted(known.offices.names, key=len, reverse=True)
    endings = sorted({*known.names.definite, *known.names.genitive}, key=len, reverse=True)
    pattern = (
        rf"(?<![\w-])({lexicon.either(tuple(names))})(?:{lexicon.either(tuple(endings))})?(?![\w-])"
    )
    return _Words(
        offices=re.compile(pattern),
        lexicon=known,
        not_now=frozenset(known.offices.not_now),
        home=frozenset(known.offices.home),
    )
