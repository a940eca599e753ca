"""Who and where: people, organisations and places, each with all its mentions.

Candidates are found by their capitals, weighed by a linear model, made to agree within the article
and gathered. Pure; the entry to `candidates`, `features`, `classifier`, `consistency`, `genitive`,
`people` and `organisations`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tidende.enrich import classifier, vocabulary
from tidende.enrich.bodies import is_compound
from tidende.enrich.candidates import Candidate, candidates
from tidende.enrich.certainty import certain
from tidende.enrich.consistency import kinds
from tidende.enrich.features import features
from tidende.enrich.forms import Form, form_of, own_features
from tidende.enrich.genitive import base_names
from tidende.enrich.organisations import organisations
from tidende.enrich.people import people
from tidende.enrich.places import places
from tidende.enrich.spelling import spelling
from tidende.enrich.vocabulary import Vocabulary
from tidende.model.article import Block, Organisation, Person, Place, Span

_MEMORY = 1 << 14  # names that are remembered
_NONE, _PERSON, _ORGANISATION, _PLACE = range(len(classifier.KINDS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """All that an article names, each list in the order of the first mentions."""

    people: tuple[Person, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    places: tuple[Place, ...] = ()


def names(text: str, blocks: Sequence[Block], tag: str | None) -> Names:
    """Return who and what the running text of an article names; `tag` is its language's."""
    words = vocabulary.of(tag)
    found = candidates(text, blocks, words)
    if not found:
        return Names()
    model = classifier.shipped(tag)
    judged = [_by_itself(each.words, words, model) for each in found]
    forms = [form for form, _ in judged]
    seen = features(text, found, forms, words)
    scores = [
        classifier.score(model, context, said)
        for context, (_, said) in zip(seen, judged, strict=True)
    ]
    decided = certain(text, found, forms, kinds(found, forms, scores), words)
    named: list[list[tuple[Span, tuple[str, ...]]]] = [[] for _ in classifier.KINDS]
    for each, base, kind in zip(found, base_names(text, found, words), decided, strict=True):
        named[kind].append(((each.start, each.end), base))
    compounds = _compounds(found, decided, words)
    return Names(
        people=people(text, named[_PERSON], compounds, words),
        organisations=organisations(text, named[_ORGANISATION], compounds, words),
        places=places(
            text,
            blocks,
            tag,
            [span for span, _ in named[_PLACE]],
            words.genitive,
            nouns=words.nouns,
        ),
    )


@lru_cache(maxsize=_MEMORY)
def _by_itself(
    name: tuple[str, ...], words: Vocabulary, model: classifier.Model
) -> tuple[Form, int]:
    """Return what is true of a name wherever it stands, and what that says of its kind.

    Names come again, within an article and from one to the next.
    """
    spelled = spelling(name, words)
    said = classifier.said_by_name(model, own_features(spelled, words))
    return form_of(spelled, words), said


def _compounds(found: Sequence[Candidate], decided: Sequence[int], words: Vocabulary) -> list[Span]:
    """Return where words stand that only refer to a name: "Nato-landene"."""
    return [
        (each.start, each.end)
        for each, kind in zip(found, decided, strict=True)
        if kind == _NONE and is_compound(each.words[-1], words)
    ]
