"""The shape of a lexicon: one frozen value for each table of a language's TOML file.

Words are in lower case, except the agencies' names, which are written as they are printed.
What each list is for is said beside it in `nb.toml`. A language's file is one declaration, and so
is its shape: the module is long and has no logic.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

Words: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Months (January first), weekdays (Monday first), and what stands around a date or time."""

    months: tuple[Words, ...]
    weekdays: tuple[Words, ...]
    clock: Words
    day_prefixes: Words
    ordinals: Words
    zones: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What may open a crawl header, beside a bare ISO date."""

    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """What opens a byline, and the words in it that belong to no name."""

    openers: Words
    joiners: Words
    places: Words
    particles: Words
    titles: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """News agencies as they are printed, and what "(NTB)" only explains when it follows."""

    names: Words
    spelled_out: Words
    sources: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """Lower-case words within a place's name, places, and capital labels that are none."""

    particles: Words
    places: Words
    labels: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """What stands before a photographer's name or opens a picture's text."""

    credits: Words
    bare: Words
    by: Words
    labels: Words
    pictures: Words
    houses: Words
    wires: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What the article says when it tells its own date."""

    published: Words
    updated: Words
    inline: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What is said to the reader and is no part of the article."""

    related: Words
    continued: Words
    whole: Words
    subscribe: Words
    follow: Words
    networks: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Withholding:
    """What forbids publication: until a moment, or for good."""

    embargo: Words
    kill: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Subheading:
    """Headings that may end in a colon."""

    labels: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageWords:
    """What tells the language from its neighbours, and that all its nouns have a capital."""

    nouns_capital: bool
    function_words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Formats:
    """What files and pages call the parts of an article, and what stands beside it on a page.

    `answers` open the subject of a mail that was answered or forwarded.
    """

    headlines: Words
    standfirsts: Words
    texts: Words
    bylines: Words
    dates: Words
    languages: Words
    articles: Words
    captions: Words
    credits: Words
    beside: Words
    answers: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentences:
    """Abbreviations that no sentence ends with, and openers that lean on the sentence before."""

    abbreviations: Words
    openers: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What tells people, organisations and places, and their roles.

    `definite` are the endings that make a role noun definite ("sjef", "sjefen"); `genitive` what
    a name's genitive adds; `parties` the short names that stand in brackets behind a politician.
    `agents`, `agents_like_verbs` and `not_roles` widen `roles`: see `tidende.enrich.role_nouns`.
    `becomes` and `is_named` are the verbs of `tidende.enrich.roles_apart`; `against`, `contests`,
    `club_nouns` and `club_marks` tell clubs, `institutions`, `municipalities`, `named_bodies`,
    `sites` and `others` what `tidende.enrich.certainty` is sure of.
    `home` are the countries, ISO 3166-1 alpha-2, where the language is spoken. `demonyms` has the
    stems of each country's adjective and people, `demonym_endings` how they inflect: see
    `tidende.lexicon.demonyms`; `demonym_articles` may stand before them. `compass` are the points
    that stand before a name, `place_articles` what does so in some sentences and is no part of it.
    """

    particles: Words
    doubtful_particles: Words
    prefixes: Words
    abbreviations: Words
    wholes: Words
    articles: Words
    determiners: Words
    conjunctions: Words
    links: Words
    subjects: Words
    heads: Words
    tails: Words
    organisations: Words
    known: Words
    others: Words
    places: Words
    place_links: Words
    home_places: Words
    titles: Words
    roles: Words
    agents: Words
    agents_like_verbs: Words
    not_roles: Words
    who_is: Words
    becomes: Words
    is_named: Words
    passives: Words
    common_gender: Words
    institutions: Words
    municipalities: Words
    sites: Words
    named_bodies: Words
    against: Words
    contests: Words
    club_nouns: Words
    club_marks: Words
    role_verbs: Words
    definite: Words
    chiefs: Words
    tops: Words
    role_links: Words
    role_adjectives: Words
    genitive: Words
    names_in_s: Words
    clitic: bool
    parties: Words
    also_called: Words
    home: Words
    compass: Words
    place_articles: Words
    demonym_articles: Words
    demonym_endings: Words
    demonyms: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """Verbs of speech, and what else tells who said something."""

    dash: bool
    subject_first: bool
    verbs: Words
    phrasal: Words
    participles: Words
    sources: Words
    after_words: Words
    endings: Words
    masculine: Words
    feminine: Words
    plural: Words
    nobody: Words
    fillers: Words
    stops: Words
    prepositions: Words
    articles: Words
    joiners: Words
    definite: Words
    impersonal: Words
    complementizers: Words
    pointers: Words
    spokespeople: Words
    things: Words
    particles: Words
    abbreviations: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How numbers are written and said, what is counted, and what makes a number approximate."""

    decimal: str
    thousands: str
    compounds: Words
    between: Words
    joiners: Words
    spans: Words
    changes: Words
    halves: Words
    bare_adjectives: bool
    shares: Words
    articles: Words
    minus: Words
    many: Words
    approximate: Words
    labels: Words
    currencies: Words
    units: Words
    heads: Words
    head_endings: Words
    modifiers: Words
    modifier_endings: Words
    nouns_marked: bool
    stops: Words
    words: Mapping[str, float]
    tens: Mapping[str, int]
    ones: Mapping[str, float]
    scales: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """Words for dates beyond the calendar's: relative ones, seasons, feasts."""

    openers: Words
    year_openers: Words
    parts: Words
    part_joint: str
    weekday_endings: Words
    decades: Words
    quarters: tuple[Words, ...]
    ages: Words
    ago_openers: Words
    ago: Words
    ahead_openers: Words
    ahead_sure: bool
    later: Words
    future: Words
    present: Words
    past: Words
    infinitive: Words
    articles: Words
    hour_words: Words
    hour_halves: Words
    ranges: Words
    joints: Words
    month_first: bool
    weekday_openers: Mapping[str, int]
    cases: Mapping[str, str]
    phrases: Mapping[str, str]
    shifts: Mapping[str, int]
    periods: Mapping[str, str]
    counted: Mapping[str, str]
    seasons: Mapping[str, str]
    feasts: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offices:
    """Offices that one person holds at a time, and what they are called.

    `names` are words for an office with what it is called in every language: "defence-minister".
    A bare word for an office in `home` means the country where the language is spoken; beside a
    word of `not_now` whoever is named doesn't hold the office when the article appears.
    """

    home: Words
    not_now: Words
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """All that is known of one language; `tag` is its BCP 47 tag, `timezone` an IANA name.

    `aliases` are names as this language prints them with the one that stands for it in all.
    """

    tag: str
    name: str
    timezone: str
    calendar: Calendar
    header: Header
    byline: Byline
    agency: Agency
    dateline: Dateline
    caption: Caption
    publication: Publication
    notice: Notice
    withholding: Withholding
    subheading: Subheading
    language: LanguageWords
    formats: Formats
    sentences: Sentences
    names: Names
    speech: Speech
    figures: Figures
    time: Time
    offices: Offices
    aliases: Mapping[str, str]
