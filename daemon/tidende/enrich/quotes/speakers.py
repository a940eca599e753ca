"""Says who a speech tag's subject is: a person's fullest name, else an organisation, else None.

A name that the article's people have comes first, then one that only its capitals give away, then
a role, then whom the article was just speaking of. What stays doubtful stays None.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from tidende.enrich.quotes.cast import Appearance, Cast, is_genitive
from tidende.enrich.quotes.discourse import Discourse
from tidende.enrich.quotes.grammar import WORD
from tidende.enrich.quotes.page import Page
from tidende.enrich.quotes.roles import Holders, holders
from tidende.enrich.quotes.runs import Runs
from tidende.enrich.quotes.tags import Subject
from tidende.model.article import Organisation, Person

_FULL_NAME = 2  # words
_WIDEST_GAP = 25  # between a name and its verb: "(Ap) har også "
_LONGEST_ROLE = 60  # between a comma and the name in apposition to a role
_ACRONYM_COMPOUND = re.compile(r"[A-ZÆØÅÄÖÜ]{2,}-\w")


class Speakers:
    """Resolves subjects in one article, in reading order."""

    def __init__(
        self,
        page: Page,
        people: Sequence[Person],
        organisations: Iterable[Organisation],
    ) -> None:
        self._text = page.text
        self._people = people
        self._grammar = page.grammar
        self._sentences = page.sentences
        self._cast = Cast(page.text, people, organisations)
        self.discourse = Discourse(page, self._cast)
        self._runs = Runs(page.text, page.grammar)

    def name(self, subject: Subject, at: int) -> str | None:
        """Return whom a subject means; `at` is where the words begin that it is said to say."""
        if subject.plural:
            return None
        if subject.pronoun is not None:
            return self.discourse.pronoun(subject.pronoun, min(at, subject.start))
        return (
            self._known(subject)
            or self._capitalised(subject)
            or self._by_role(subject, min(at, subject.start))
        )

    def subject_before(self, start: int, verb: int) -> str | None:
        """Return who stands as a subject between a sentence's beginning and its verb."""
        near = far = None
        for each in self._cast.within(start, verb):
            if each.genitive or self.discourse.oblique(each.start):
                continue
            far = far or each
            if each.end <= verb and self._touches(each.end, verb):
                near = each
        chosen = near or far
        return chosen.name if chosen else None

    def _known(self, subject: Subject) -> str | None:
        """Return whom the article's people and organisations have in the subject's place."""
        found = [
            each for each in self._cast.within(subject.start, subject.end) if not each.genitive
        ]
        if subject.oblique:
            return next((each.name for each in sorted(found, key=lambda one: not one.person)), None)
        head = [
            each
            for each in found
            if each.start < subject.head
            and (each.start == subject.start or not self.discourse.oblique(each.start))
        ]
        people = [each for each in head if each.person]
        named = next((each for each in people if not each.reference), None)
        named = named or self._apposition(found, subject) or next(iter(people), None)
        named = named or next((each for each in head if self._whole(each, subject)), None)
        return named.name if named else self._spokesperson(found, subject)

    def _apposition(self, found: Iterable[Appearance], subject: Subject) -> Appearance | None:
        """Return the person named after the comma: "lederen i Partiet, Kari Nordmann"."""
        for each in found:
            near = subject.head <= each.start <= subject.head + _LONGEST_ROLE
            if each.person and near and not self.discourse.oblique(each.start):
                return each
        return None

    def _whole(self, each: Appearance, subject: Subject) -> bool:
        """Say whether an organisation is what the subject is, not only a part of what it names."""
        between = self._text[subject.start : each.start]
        if any(word[0] in self._grammar.prepositions for word in WORD.finditer(between)):
            return False
        follows = WORD.match(self._text, each.end + 1, subject.head)
        grammar = self._grammar
        return follows is None or any(
            follows[0].lower() in words
            for words in (grammar.prepositions, grammar.stops, grammar.fillers, grammar.common)
        )

    def _spokesperson(self, found: Iterable[Appearance], subject: Subject) -> str | None:
        """Return the organisation for which an unnamed spokesperson speaks."""
        words = WORD.finditer(self._text[subject.start : subject.head])
        if not any(word[0].lower() in self._grammar.spokespeople for word in words):
            return None
        return next((each.name for each in found if not each.person), None)

    def _capitalised(self, subject: Subject) -> str | None:
        """Return the name that only its capitals give away, in its longest form."""
        words = self._run(subject.start, subject.head)
        if not words and subject.head < subject.end:
            words = self._run(subject.head, subject.end)
            words = words if len(words) > 1 else []
        if not words:
            return None
        known = self._cast.names.get(words[-1]) or self._runs.fullest(" ".join(words))
        return None if known == words[0] and self._common_noun(subject.start, known) else known

    def _common_noun(self, start: int, word: str) -> bool:
        """Say whether a capital may say nothing: at a sentence's start, and in German anywhere."""
        if not word[1:].islower():
            return False
        return self._grammar.nouns_capital or self._sentences.start(start) == start

    def _run(self, start: int, end: int) -> list[str]:
        """Return the first capitalised words of a stretch that follow no preposition."""
        grammar, run, particles = self._grammar, list[str](), list[str]()
        article = False
        for word in WORD.finditer(self._text, start, end):
            surface = word[0]
            if not run and surface[0].isupper() and surface.lower() in grammar.common:
                article = article or surface.lower() in grammar.articles
            elif surface[0].isupper() and not surface.rpartition("-")[2][:1].islower():
                run += [*particles, surface]
                particles = []
            elif run and surface in grammar.particles:
                particles.append(surface)
            elif surface in grammar.prepositions or (run and not self._owns(run, surface)):
                break
            else:
                run, particles = [], []
                article = article or surface in grammar.articles
        return self._bare(run, article=article)

    def _owns(self, run: Sequence[str], follows: str) -> bool:
        """Say whether a name is a genitive before a role: "Norges stjernespiller Kari Nordmann"."""
        owner = run[-1]
        if not owner.endswith("s"):
            return False
        return follows not in self._grammar.fillers or not owner[1:].islower()

    def _bare(self, run: list[str], *, article: bool) -> list[str]:
        """Leave out a party or employer in the genitive before a name, and German role nouns."""
        while len(run) > 1 and self._not_part(run[0]):
            run = run[1:]
        if not self._grammar.nouns_capital or not run:
            return run
        if len(run) > _FULL_NAME and not any(word.islower() for word in run):
            return run[-_FULL_NAME:]
        return run[1:] if article else run

    def _not_part(self, word: str) -> bool:
        if _ACRONYM_COMPOUND.match(word):
            return True
        bare = word.rstrip("s").rstrip("'’:")
        if bare == word:
            return False
        return not bare[1:].islower() or bare in self._houses

    @cached_property
    def _houses(self) -> frozenset[str]:
        return frozenset(each.name for each in self._cast.all() if not each.person)

    def _by_role(self, subject: Subject, at: int) -> str | None:
        """Return whom a role's noun means: its last holder, or the one person without a role."""
        nouns = list[str]()
        for word in WORD.finditer(self._text, subject.start, subject.head):
            if nouns and word[0].lower() in self._grammar.prepositions:
                break
            nouns.append(word[0])
        if not nouns:
            return None
        found = self._holder(nouns, at)
        if found is not None or not self._definite(nouns):
            return found
        if "-" in nouns[-1] and nouns[-1][0].isupper():
            return self._only_person
        name = self.discourse.salient(at)
        return None if name in self._holders.names else name

    def _holder(self, nouns: Sequence[str], at: int) -> str | None:
        """Return who holds the role of the last noun that is one: "ministeren tørt"."""
        for noun in reversed(nouns):
            if noun.lower() not in self._grammar.common and (found := self._holders.of(noun, at)):
                return found
        return None

    @cached_property
    def _only_person(self) -> str | None:
        """The one person that the running text names: "Nato-sjefen" can mean nobody else."""
        names = {
            each.name
            for each in self._cast.all()
            if each.person and not self.discourse.in_caption(each.start)
        }
        return names.pop() if len(names) == 1 else None

    def _definite(self, nouns: Sequence[str]) -> bool:
        if len(nouns) > 1:
            return is_genitive(nouns[-2], frozenset({nouns[-2].removesuffix("s")}))
        return any(nouns[-1].endswith(end) for end in self._grammar.definite if len(end) > 1)

    @cached_property
    def _holders(self) -> Holders:
        return holders(self._text, self._people, self._cast, self._grammar)

    def _touches(self, end: int, verb: int) -> bool:
        """Say whether only words like "også" or a party in brackets part a name from its verb."""
        return verb - end <= _WIDEST_GAP and "," not in self._text[end:verb]
