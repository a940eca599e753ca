"""Turns the stems of a lexicon into every form in which a country's adjective or people appear.

"IQ irakisk iraker" and the rules "sk: sk ske" and "er: er ere eren erne" give irakisk, irakiske,
iraker, irakere, irakeren, irakerne. Stems and rules are data: [names] in the language's TOML.
"""

from collections.abc import Iterator, Mapping
from functools import cache

from tidende.lexicon.loader import of


@cache
def demonyms(tag: str) -> Mapping[str, str]:
    """Return codes, ISO 3166-1 alpha-2 or ISO 3166-2 ("GB-SCT"), by every inflected form.

    Genitives are among them. Forms are written as within a sentence: "irakiske", but "Polish", and
    "Iraker" in German.
    """
    names = of(tag).names
    rules = [_rule(rule) for rule in names.demonym_endings]
    return {
        form: country
        for country, stems in names.demonyms.items()
        for stem in stems.split()
        for form in _forms(stem, rules)
    }


def _rule(said: str) -> tuple[str, tuple[str, ...]]:
    """Read "er: er ere eren": a stem's ending, and what can stand for it; "-" is nothing."""
    ending, _, forms = said.partition(":")
    return ending, tuple(form.strip("-") for form in forms.split())


def _forms(stem: str, rules: list[tuple[str, tuple[str, ...]]]) -> Iterator[str]:
    """Inflect a stem by the first rule that fits; "finnene!" stands for itself."""
    stem, shout, _ = stem.partition("!")
    if shout:
        yield stem
        return
    ending, forms = next(rule for rule in rules if stem.endswith(rule[0]))
    for form in forms:
        yield stem[: len(stem) - len(ending)] + form


def country_of(word: str, forms: Mapping[str, str]) -> str | None:
    """Return the country of a demonym as printed, be it with the capital of a sentence's opening.

    Of two words, "South African", the forms have a hyphen between.
    """
    printed = word.replace(" ", "-")
    code = forms.get(printed) or forms.get(printed.lower())
    return code and code[:2]
