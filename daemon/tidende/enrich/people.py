"""Gathers a person's mentions: the full name, the surname alone, and words for what he or she is.

The step of `names` behind the classifier.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from tidende.enrich import roles as around
from tidende.enrich.roles_apart import introduced, roles_apart
from tidende.enrich.vocabulary import Vocabulary, ending
from tidende.model.article import Person, Span

_MOST_FORMS = 40  # words for people that are looked for: keeps long texts linear


@dataclass(slots=True, kw_only=True, eq=False)
class _Known:
    """A person as far as the article has told."""

    words: tuple[str, ...]
    mentions: list[Span] = field(default_factory=list)
    roles: dict[str, str] = field(default_factory=dict)
    party: str | None = None
    references: list[Span] = field(default_factory=list)


def people(
    text: str,
    named: Sequence[tuple[Span, tuple[str, ...]]],
    compounds: Sequence[Span],
    words: Vocabulary,
) -> tuple[Person, ...]:
    """Return the article's people in the order of their first mention.

    `named` holds the mentions with the names' words, `compounds` capital words such as
    "Nato-sjefen" that may speak of one of them.
    """
    found = _gather(named)
    for person in found:
        for mention in person.mentions:
            for role in chain(
                around.roles(text, mention, words), roles_apart(text, mention, words)
            ):
                person.roles.setdefault(role.lower(), role)
            person.party = person.party or around.party(text, mention[1], words)
    _introduce(text, found, words)
    _refer(text, found, compounds, words)
    return tuple(
        Person(
            name=" ".join(person.words),
            roles=tuple(person.roles.values()),
            party=person.party,
            mentions=tuple(sorted(person.mentions)),
            references=tuple(sorted(person.references)),
        )
        for person in sorted(found, key=lambda person: min(person.mentions))
    )


def _introduce(text: str, found: Sequence[_Known], words: Vocabulary) -> None:
    """Give who has no role the one that the sentence above the first quote speaks of."""
    above = [
        (person, role)
        for person in found
        if person.words[1:] and not person.roles
        if (role := introduced(text, min(person.mentions)[0], words))
    ]
    if not above:
        return
    held = {around.head(role, words) for person in found for role in person.roles.values()}
    for person, role in above:
        if not any(noun and role.lower().startswith(noun) for noun in held):
            person.roles[role.lower()] = role


def _gather(named: Sequence[tuple[Span, tuple[str, ...]]]) -> list[_Known]:
    """Give each mention to a person: full names first, then those that a full name contains."""
    found: dict[tuple[str, ...], _Known] = {}
    by_part: dict[tuple[str, ...], list[_Known]] = {name: [] for _, name in named}
    for span, words in sorted(named, key=lambda each: (-len(each[1]), each[0])):
        person = found.get(words) or _nearest(by_part[words], span)
        if person is None:
            person = found[words] = _Known(words=words)
            for part in _parts(words):
                if part in by_part:
                    by_part[part].append(person)
        person.mentions.append(span)
    return list(found.values())


def _parts(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Yield what else the person is called: last words, first word, a middle name, no initials."""
    for start in range(1, len(words)):
        yield words[start:]
    for middle in words[1:-1]:
        if middle[:1].isupper() and not middle.endswith("."):
            yield (middle,)
    if len(words) > 1:
        yield words[:1]
    if len(words) > 2:  # noqa: PLR2004
        yield (words[0], words[-1])


def _nearest(choice: Sequence[_Known], span: Span) -> _Known | None:
    """Return the person mentioned last before `span`, or the first to come."""
    if len(choice) < 2:  # noqa: PLR2004
        return choice[0] if choice else None
    choice = choice[:_MOST_FORMS]
    before = [person for person in choice if person.mentions[0] < span]
    return max(before, key=lambda person: person.mentions[0]) if before else choice[0]


def _refer(
    text: str, found: Sequence[_Known], compounds: Sequence[Span], words: Vocabulary
) -> None:
    """Add "forsvarsministeren" and "Nato-sjefen" to the one person they can mean."""
    holders: dict[str, list[_Known]] = {}
    for person in found:
        forms = (form for role in person.roles.values() for form in _forms(role, words))
        for form in dict.fromkeys(forms):
            holders.setdefault(form, []).append(person)
    for form in list(holders)[:_MOST_FORMS]:
        if len(holders[form]) == 1:
            holders[form][0].references += _places_of(text, form)
    by_head = _by_head(found, words) if compounds else {}
    for span in compounds:
        owner = _chief(text[slice(*span)], by_head, words)
        if owner and span not in owner.references:
            owner.references.append(span)


def _by_head(found: Sequence[_Known], words: Vocabulary) -> dict[str, list[_Known]]:
    """Arrange people by the nouns of their roles, and all who are chiefs under no noun."""
    by_head: dict[str, list[_Known]] = {}
    for person in found:
        nouns = [around.head(role, words) for role in person.roles.values()]
        held = dict.fromkeys(each for noun in nouns for each in (noun, ending(noun, words.roles)))
        chief = [""] if not words.tops.isdisjoint(held) else []
        for noun in (*chief, *filter(None, held)):
            by_head.setdefault(noun, []).append(person)
    return by_head


def _forms(role: str, words: Vocabulary) -> Iterator[str]:
    """Yield the definite forms of a role's noun, and of its last part: "ministeren"."""
    noun = around.head(role, words)
    if not noun or "-" in noun:
        return
    for each in filter(None, (noun, ending(noun, words.roles))):
        for end in words.definite:
            if not _doubles(each, end):
                yield each + end
        if not words.definite:
            yield from (f"{article} {each}" for article in sorted(words.articles))


def _doubles(noun: str, end: str) -> bool:
    """Leave out what no noun takes: "-en" behind a vowel "e", "-n" behind a consonant but r."""
    return (noun[-1] == "e") == (end[0] == "e") or (end == "n" and noun[-1] not in "er")


def _places_of(text: str, form: str) -> list[Span]:
    """Find a word in the text, whole and not in the plural, in any place of a sentence."""
    found = []
    first, rest = form[0], form[1:]
    at = text.find(rest, 1)
    while at >= 0:
        start, end = at - 1, at + len(rest)
        whole = not text[start - 1 : start].isalnum() and text[start - 1 : start] != "-"
        if (
            text[start].lower() == first
            and (whole or not start)
            and not text[end : end + 1].isalnum()
        ):
            found.append((start, end))
        at = text.find(rest, end)
    return found


def _chief(
    compound: str, by_head: Mapping[str, Sequence[_Known]], words: Vocabulary
) -> _Known | None:
    """Return who "Nato-sjefen" is: the one with a role of Nato's, or the article's only chief."""
    owner, _, tail = compound.lower().rpartition("-")
    noun = next((tail.removesuffix(end) for end in words.definite if tail.endswith(end)), tail)
    chiefly = ending(noun, words.chiefs)
    if not chiefly and not ending(noun, words.roles):
        return None
    fits = list(by_head.get(noun, ()))[:_MOST_FORMS]
    if chiefly:
        fits += [person for person in by_head.get("", ())[:_MOST_FORMS] if person not in fits]
    owned = [
        person for person in fits if any(owner in role.lower() for role in person.roles.values())
    ]
    choice = owned or fits
    return choice[0] if len(choice) == 1 else None
