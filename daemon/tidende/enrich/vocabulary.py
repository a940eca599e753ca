"""The names' part of a lexicon as lookups and patterns, made once for each language.

`of(tag)` is what `candidates`, `features`, `roles` and the rest look words up in; without a tag it
is all languages' together.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tidende import lexicon
from tidende.lexicon import Words, gazetteer
from tidende.lexicon.gazetteer import PLACE, Gazetteer
from tidende.lexicon.tables import Names

_LATIN = range(0x250)
UPPER = "".join(chr(code) for code in _LATIN if chr(code).isupper())
LOWER = "".join(chr(code) for code in _LATIN if chr(code).islower())
_SHORTEST_ENDING = 2
_LONG_TAIL = 5  # letters: with so many, compounds that end in it are tails too
_MOST_FREQUENT = 150  # of a language's words: pronouns, prepositions, conjunctions, auxiliaries
_GLUED = "’'´"
_EVERYWHERE = "en"  # whose names stand in texts of every language
_DOMAINS = "no|se|dk|de|com|org|net|uk|fi|is"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Vocabulary:
    """One language's words for names.

    `run` finds capital words that stand together, `word` parts them; `wholes` are names with
    lower-case words inside by their first word; `becoming` are the first words of `becomes`;
    `common` holds `function` too, the words that are part of every text; `common_nouns` are those
    with a capital that name no place, where nouns have one.
    """

    tag: str | None
    gazetteer: Gazetteer
    common: frozenset[str]
    common_nouns: frozenset[str]
    nouns: bool
    clitic: bool
    articles: frozenset[str]
    titles: frozenset[str]
    roles: frozenset[str]
    agents: frozenset[str]
    agents_like_verbs: frozenset[str]
    not_roles: frozenset[str]
    role_exceptions: frozenset[str]
    speech: frozenset[str]
    determiners: frozenset[str]
    who_is: tuple[str, ...]
    becomes: re.Pattern[str]
    becoming: frozenset[str]
    is_named: re.Pattern[str]
    passives: tuple[str, ...]
    common_gender: frozenset[str]
    institutions: frozenset[str]
    municipalities: frozenset[str]
    sites: frozenset[str]
    named_bodies: frozenset[str]
    against: frozenset[str]
    contests: frozenset[str]
    club_nouns: frozenset[str]
    club_marks: frozenset[str]
    adjectives: frozenset[str]
    organisations: frozenset[str]
    known: frozenset[str]
    others: frozenset[str]
    calendar: frozenset[str]
    places: frozenset[str]
    heads: frozenset[str]
    tails: frozenset[str]
    long_tails: frozenset[str]
    wholes: Mapping[str, tuple[str, ...]]
    particles: frozenset[str]
    doubtful_particles: frozenset[str]
    parties: frozenset[str]
    role_verbs: frozenset[str]
    definite: tuple[str, ...]
    chiefs: frozenset[str]
    tops: frozenset[str]
    role_links: frozenset[str]
    links_and_articles: frozenset[str]
    also_called: frozenset[str]
    prefixes: tuple[str, ...]
    links: frozenset[str]
    subjects: frozenset[str]
    conjunctions: frozenset[str]
    joints: frozenset[str]
    function: frozenset[str]
    run: re.Pattern[str]
    word: re.Pattern[str]
    genitive: tuple[str, ...]
    names_in_s: tuple[str, ...]


@cache
def of(tag: str | None) -> Vocabulary:
    """Return the vocabulary of a language; of all of them where it has no lexicon."""
    tags = [each for each in lexicon.tags() if each == tag] or lexicon.tags()
    lists = [lexicon.of(each).names for each in tags]
    particles = _gather(lists, lambda names: names.particles)
    frequent = frozenset(each for one in tags for each in _common(one)[:_MOST_FREQUENT])
    function = frequent - _gather(lists, lambda names: names.role_adjectives)
    prefixes = _longest_first(_gather(lists, lambda names: names.prefixes))
    clitic = all(names.clitic for names in lists)
    nouns = all(lexicon.of(each).language.nouns_capital for each in tags)
    common = function.union(*(_common(each) for each in tags))
    known = frozenset(lexicon.union(lambda each: each.names.known))
    word = _word_pattern(lists, clitic=clitic)
    return Vocabulary(
        tag=tag if len(tags) == 1 else None,
        gazetteer=gazetteer.load(),
        common=common,
        common_nouns=_nouns(common - known) if nouns else frozenset(),
        function=function,
        nouns=nouns,
        clitic=clitic,
        articles=_gather(lists, lambda names: names.articles),
        titles=_gather(lists, lambda names: names.titles),
        roles=_gather(lists, lambda names: names.roles),
        agents=_gather(lists, lambda names: names.roles + names.agents),
        agents_like_verbs=_gather(lists, lambda names: names.agents_like_verbs),
        not_roles=_gather(lists, lambda names: names.not_roles),
        role_exceptions=frozenset(
            word[1:] for names in lists for word in names.not_roles if word.startswith("-")
        ),
        speech=frozenset(word for each in tags for word in lexicon.of(each).speech.verbs),
        determiners=_gather(lists, lambda names: names.determiners),
        who_is=_longest_first(_gather(lists, lambda names: names.who_is)),
        becomes=re.compile(rf" (?:{_either(_gather(lists, lambda names: names.becomes))}) "),
        becoming=_gather(lists, lambda names: tuple(each.split()[0] for each in names.becomes)),
        is_named=re.compile(rf" (?:{_either(_gather(lists, lambda names: names.is_named))}) $"),
        common_gender=_gather(lists, lambda names: names.common_gender),
        passives=_longest_first(_gather(lists, lambda names: names.passives)),
        institutions=_gather(lists, lambda names: names.institutions),
        municipalities=_gather(lists, lambda names: names.municipalities),
        sites=_gather(lists, lambda names: names.sites),
        named_bodies=_gather(lists, lambda names: names.named_bodies),
        against=_gather(lists, lambda names: names.against),
        contests=_gather(lists, lambda names: names.contests),
        club_nouns=_gather(lists, lambda names: names.club_nouns),
        club_marks=frozenset(lexicon.union(lambda each: each.names.club_marks)),
        adjectives=_gather(lists, lambda names: names.role_adjectives),
        organisations=_gather(
            (*lists, lexicon.of(_EVERYWHERE).names), lambda names: names.organisations + names.heads
        ),
        known=known,
        others=_gather(lists, lambda names: names.others),
        calendar=frozenset(
            word
            for each in tags
            for names in (*lexicon.of(each).calendar.months, *lexicon.of(each).calendar.weekdays)
            for word in names
        ),
        places=_gather(lists, lambda names: names.places),
        heads=_gather(lists, lambda names: names.heads),
        tails=_gather(lists, lambda names: names.tails),
        long_tails=frozenset(
            tail for names in lists for tail in names.tails if len(tail) >= _LONG_TAIL
        ),
        wholes=_by_first_word(_gather(lists, lambda names: names.wholes)),
        particles=particles,
        doubtful_particles=_gather(lists, lambda names: names.doubtful_particles),
        parties=_gather(lists, lambda names: names.parties),
        role_verbs=_gather(lists, lambda names: names.role_verbs),
        definite=_longest_first(_gather(lists, lambda names: names.definite)),
        chiefs=_gather(lists, lambda names: names.chiefs),
        tops=_gather(lists, lambda names: names.tops),
        role_links=_gather(lists, lambda names: names.role_links),
        links_and_articles=_gather(lists, lambda names: names.role_links + names.articles),
        also_called=_gather(lists, lambda names: names.also_called),
        prefixes=prefixes,
        links=_gather(lists, lambda names: names.links),
        subjects=_gather(lists, lambda names: names.subjects),
        conjunctions=_gather(lists, lambda names: names.conjunctions),
        joints=_gather(lists, lambda names: names.conjunctions) | {""},
        run=re.compile(_run_pattern(word, particles, prefixes)),
        word=re.compile(word),
        genitive=_longest_first(_gather(lists, lambda names: names.genitive)),
        names_in_s=_longest_first(_gather(lists, lambda names: names.names_in_s)),
    )


def ending(word: str, endings: frozenset[str]) -> str:
    """Return the longest of `endings` that closes the lower-case `word`, or nothing."""
    for each in _by_close(endings).get(word[-_SHORTEST_ENDING:], ()):
        if word.endswith(each):
            return each
    return ""


@cache
def _by_close(endings: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Arrange endings by their last letters, the longest first: most words close with no such."""
    found = defaultdict[str, list[str]](list)
    for each in _longest_first(endings):
        if len(each) >= _SHORTEST_ENDING:
            found[each[-_SHORTEST_ENDING:]].append(each)
    return {close: tuple(choice) for close, choice in found.items()}


def _common(tag: str) -> tuple[str, ...]:
    """Return a language's common words; where none were counted, those that its lexicon has."""
    return _common_words().get(tag) or lexicon.of(tag).language.function_words


@cache
def _common_words() -> dict[str, tuple[str, ...]]:
    """Read the shipped list: a language a line, its tag first, the most frequent words first."""
    content = files("tidende.lexicon").joinpath("common.words").read_text(encoding="utf-8")
    lines = (line.split() for line in content.splitlines())
    return {tag: tuple(words) for tag, *words in lines}


def _nouns(common: frozenset[str]) -> frozenset[str]:
    known = gazetteer.load()
    return frozenset(word for word in common if word[0].isupper() and not known.flags(word) & PLACE)


def _gather(lists: Iterable[Names], select: Callable[[Names], Words]) -> frozenset[str]:
    return frozenset(entry for names in lists for entry in select(names))


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def _either(words: Iterable[str]) -> str:
    return lexicon.either(_longest_first(words))


def _word_pattern(lists: Iterable[Names], *, clitic: bool) -> str:
    """Match one word of a name: "Bakke-Jensen", "J.K.", "A/S", "Natos", "TV 2", "Dagbladet.no".

    A language whose genitive is a word of its own leaves "'s" outside. The capital comes first and
    what is before it is looked at afterwards: so the search skips all other letters at once.
    """
    lists = list(lists)
    apostrophe = f"(?![{_GLUED}]s\\b)" if clitic else ""
    joint = rf"(?:{apostrophe}[-‑{_GLUED}&+][^\W_]\w*+|:s\b|\.(?:{_DOMAINS})s?\b)"
    conjunctions = _either(_gather(lists, lambda names: names.conjunctions))
    choices = (
        *_abbreviation_patterns(_gather(lists, lambda names: names.abbreviations)),
        rf"\.(?:-?[{UPPER}]\.)*+(?=\s?[{UPPER}])|/[{UPPER}]\w*+",
        rf"\w*+(?:-\s(?:{conjunctions})\s\w[\w-]*+|(?<=[{UPPER}]{{2}})\s\d(?!\w|[.,:]\d|\s?%)|{joint}*+)",
    )
    return rf"[{UPPER}](?<!\w\w)(?:{'|'.join(choices)})"


def _abbreviation_patterns(abbreviations: Iterable[str]) -> Iterator[str]:
    """Yield what matches abbreviations behind their first letter, for each such letter."""
    by_initial = defaultdict[str, list[str]](list)
    for word in _longest_first(abbreviations):
        by_initial[word[0]].append(word[1:])
    for initial, rests in sorted(by_initial.items()):
        yield rf"(?<={initial})(?:{lexicon.either(tuple(rests))})(?:s\b|(?!\w))"


def _run_pattern(word: str, particles: Iterable[str], prefixes: Iterable[str]) -> str:
    between = (
        rf"[ \u00a0](?:(?:{_either(particles)})[ \u00a0]){{0,2}}(?:{_either(prefixes)})?"
        r"|(?<=\.)|[ ]&[ ]"
    )
    return rf"{word}(?:(?:{between}){word})*"


def _by_first_word(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Arrange names of more than one word by the first; the longest come first."""
    found: dict[str, tuple[str, ...]] = {}
    for name in sorted(names, key=lambda name: (len(name), name)):
        first = name.split()[0]
        found[first] = (name, *found.get(first, ()))
    return found
