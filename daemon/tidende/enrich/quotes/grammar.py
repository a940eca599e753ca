"""The lexicon's words of speech, made ready for reading: sets, and patterns built once."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from tidende import lexicon
from tidende.lexicon.tables import Speech

# A word with what holds it together: "Nato-sjefen", "O'Brien", "USA's", "aftenposten.no".
WORD = re.compile(r"[^\W_]++(?:[-'’./:&][^\W_]++)*+")

UPPER = "A-Z" + "".join(sign for sign in map(chr, range(0xC0, 0x250)) if sign.isupper())

MASCULINE, FEMININE = "masculine", "feminine"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Grammar:
    """What tells who says something, in one language or in all of them at once.

    `verbs` gives for each form what must follow it ("legger": "til"), nothing where it stands
    alone; `spoken` are all verbs' forms, participles too. Patterns ignore case.
    """

    dash: bool
    subject_first: bool
    nouns_capital: bool
    verbs: Mapping[str, frozenset[str]]
    particles_of_verbs: frozenset[str]
    participles: frozenset[str]
    spoken: frozenset[str]
    endings: tuple[str, ...]
    pronouns: Mapping[str, str]
    plural: frozenset[str]
    nobody: frozenset[str]
    impersonal: frozenset[str]
    complementizers: frozenset[str]
    fillers: frozenset[str]
    stops: frozenset[str]
    prepositions: frozenset[str]
    articles: frozenset[str]
    joiners: frozenset[str]
    particles: frozenset[str]
    pointers: frozenset[str]
    definite: tuple[str, ...]
    spokespeople: frozenset[str]
    things: frozenset[str]
    abbreviations: frozenset[str]
    common: frozenset[str]
    source: re.Pattern[str]
    source_after: re.Pattern[str]
    opens_source: frozenset[str]
    run: re.Pattern[str]


@cache
def grammar(tag: str | None) -> Grammar:
    """Return the grammar of a language; of all together where `tag` is None or has no lexicon."""
    known = tag if tag in lexicon.tags() else None
    every = [lexicon.of(each) for each in ([known] if known else lexicon.tags())]
    speeches = [each.speech for each in every]

    def words(select: Callable[[Speech], Iterable[str]]) -> frozenset[str]:
        return frozenset(word for speech in speeches for word in select(speech))

    verbs = _verbs(words(lambda speech: speech.verbs), words(lambda speech: speech.phrasal))
    participles = words(lambda speech: speech.participles)
    sources_after = words(lambda speech: (*speech.sources, *speech.after_words))
    return Grammar(
        dash=any(speech.dash for speech in speeches),
        subject_first=any(speech.subject_first for speech in speeches),
        nouns_capital=any(each.language.nouns_capital for each in every),
        verbs=verbs,
        spoken=participles | verbs.keys(),
        particles_of_verbs=words(
            lambda speech: (phrase.split(" ", 1)[1] for phrase in speech.phrasal)
        ),
        participles=participles,
        endings=tuple(sorted(words(lambda speech: speech.endings))),
        pronouns={
            **dict.fromkeys(words(lambda speech: speech.masculine), MASCULINE),
            **dict.fromkeys(words(lambda speech: speech.feminine), FEMININE),
        },
        plural=words(lambda speech: speech.plural),
        nobody=words(lambda speech: speech.nobody),
        impersonal=words(lambda speech: speech.impersonal),
        complementizers=words(lambda speech: speech.complementizers),
        fillers=words(lambda speech: speech.fillers),
        stops=words(lambda speech: speech.stops),
        prepositions=words(lambda speech: speech.prepositions),
        articles=words(lambda speech: speech.articles),
        joiners=words(lambda speech: speech.joiners),
        particles=words(lambda speech: speech.particles),
        pointers=words(lambda speech: speech.pointers),
        definite=tuple(sorted(words(lambda speech: speech.definite), key=len, reverse=True)),
        spokespeople=words(lambda speech: speech.spokespeople),
        things=words(lambda speech: speech.things),
        abbreviations=words(lambda speech: speech.abbreviations),
        common=frozenset(word for each in every for word in each.language.function_words)
        | words(lambda speech: speech.sources),
        source=_phrase(words(lambda speech: speech.sources)),
        source_after=_phrase(sources_after),
        opens_source=frozenset(source.split()[0] for source in sources_after),
        run=_run(words(lambda speech: speech.particles)),
    )


def _verbs(alone: Iterable[str], phrasal: Iterable[str]) -> dict[str, frozenset[str]]:
    """Map each verb to the particles of which it needs one."""
    needs: dict[str, set[str]] = {}
    for phrase in phrasal:
        verb, particle = phrase.split(" ", 1)
        needs.setdefault(verb, set()).add(particle)
    verbs = {verb: frozenset(particles) for verb, particles in needs.items()}
    return verbs | dict.fromkeys(alone, frozenset[str]())


def _phrase(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = tuple(sorted(words, key=lambda word: (-len(word), word)))
    return re.compile(rf"\b(?:{lexicon.either(longest_first)})\s+(?=\w)", re.IGNORECASE)


def _run(particles: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of two to five capitalised words, with particles between them."""
    name = rf"[{UPPER}][\w'’.-]*+"
    within = lexicon.either(tuple(sorted(particles)))
    return re.compile(rf"{name}(?:[ ](?:(?:{within})[ ]){{0,2}}{name}){{1,4}}")
