"""Articles of a few sentences for tests of quotes, and the people that other parts would find."""

import re
from collections.abc import Sequence
from typing import TypeAlias

from tidende.enrich.quotes import quotes
from tidende.model.article import Block, Organisation, Person, Quote, Role, Span

Gold: TypeAlias = tuple[str, str | None, str | None]


def read(
    text: str,
    tag: str | None,
    people: Sequence[Person] = (),
    organisations: Sequence[Organisation] = (),
) -> tuple[Quote, ...]:
    return quotes(text, paragraphs(text), tag, people, organisations)


def answers(found: Sequence[Quote]) -> list[Gold]:
    return [(quote.text, quote.speaker, quote.verb) for quote in found]


def paragraphs(text: str, role: Role = "paragraph") -> tuple[Block, ...]:
    """Return each line of a text as a block."""
    return tuple(
        Block(role=role, start=line.start(), end=line.end())
        for line in re.finditer(r"[^\n]+", text)
    )


def person(text: str, name: str, *roles: str, references: Sequence[str] = ()) -> Person:
    """Return a person with every mention of the name or its last word in the text."""
    return Person(
        name=name,
        roles=roles,
        mentions=spans(text, name, name.rsplit(maxsplit=1)[-1]),
        references=spans(text, *references),
    )


def organisation(text: str, name: str, *aliases: str) -> Organisation:
    return Organisation(name=name, aliases=aliases, mentions=spans(text, name, *aliases))


def spans(text: str, *names: str) -> tuple[Span, ...]:
    if not names:
        return ()
    longest_first = sorted(names, key=len, reverse=True)
    any_of = "|".join(re.escape(name) for name in longest_first)
    return tuple(found.span() for found in re.finditer(rf"\b(?:{any_of})(?:'?s)?\b", text))
