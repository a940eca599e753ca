"""Which sentences tell a story best: the first that stand alone and say something of their own.

News leads with what matters, so the place of a sentence counts most (the lead is what extractive
summaries of news are measured against, and rarely beat). Then what other articles of the story
say too, what takes up the headline, and how much a sentence says. Sentences are added one at a
time, each marked down for what has been told (maximal marginal relevance, Carbonell and Goldstein
1998).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from tidende.digest.phrasebook import readable
from tidende.digest.sentences import is_speech, leans, opens_quotation, split_sentences
from tidende.digest.telling import Telling
from tidende.model.edition import Passage

SENTENCES = 3
CHARACTERS = 420
"""A sentence after the first is told only if all stay below this: five lines of a page."""
_ARTICLES = 6  # of a story that may be told from; the rest are behind it
_LOOKED_AT = 12  # sentences of each
_STEM = 5  # letters that inflections, and Nordic languages, mostly have in common
_SHORT = 3  # letters of words that say little by themselves
_NAMED = 2.0  # a name or a number says so much more than another word
_SHORTEST, _LONGEST = 5, 45  # words
_REPEATS = 0.5  # of a sentence's words in another: the same thing again
_FULL = 16.0  # weight of words from which a sentence has substance enough

# What a sentence gains and loses. Chosen on the judged stories of `training/digest.py`: a quarter
# more or less of any one moves their score by two stories of eighteen at most.
_PLACE, _SHARED, _TOPIC, _SUBSTANCE = 1.0, 0.6, 0.4, 0.4
_OTHER_LANGUAGE, _NEIGHBOUR = 0.5, 0.3  # as nobody reads it, and as Danish in a Norwegian digest
_SPEECH, _TOLD = 1.5, 1.2  # speech has its own place, among the quotations
_ODD = 0.4  # very short or long, or without an end
_LEANING, _CARRIED = 0.8, 0.3  # without the sentence before it, and with it

_WORD = re.compile(r"\w+")
_FINISHED = re.compile(r"[.!?…]\W*$")
_THOUSANDS = re.compile(r"(?<=\d)[.,\s](?=\d{3}\b)")

Words: TypeAlias = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence that may be told.

    `position` is its article's among the story's, and its own in that; `place` how many sentences
    of the article stand before it that aren't speech.
    """

    passage: Passage
    position: tuple[int, int]
    place: int
    words: Words
    leaning: bool
    speech: bool


def summarise_story(
    tellings: Sequence[Telling], language: str, known: Sequence[Telling] = ()
) -> tuple[Passage, ...]:
    """Return the sentences that follow the headline of the first of `tellings`.

    They stand in the order of their articles; none stands word for word in a `known` article.
    `language` is the digest's, and preferred.
    """
    before = {one.passage.text for one in candidate_sentences(known)}
    candidates = [one for one in candidate_sentences(tellings) if one.passage.text not in before]
    title = tellings[0].headline.text
    headline = content_words(title)
    # A sentence that was cut to make a title is told whole.
    told = [] if title.endswith("…") else [headline]
    chosen: list[Sentence] = []
    room = CHARACTERS
    marks = {id(one): _mark(one, candidates, headline, language) for one in candidates}
    while candidates and len(chosen) < SENTENCES:
        best = max(candidates, key=lambda one: _worth(one, marks[id(one)], told, chosen))
        candidates.remove(best)
        if _repeats(best.words, told) or (chosen and len(best.passage.text) > room):
            continue
        if chosen and _worth(best, marks[id(best)], told, chosen) <= 0:
            break
        chosen.append(best)
        told.append(best.words)
        room -= len(best.passage.text)
    return tuple(one.passage for one in sorted(chosen, key=lambda one: one.position))


def candidate_sentences(tellings: Sequence[Telling]) -> Iterable[Sentence]:
    """Yield the first sentences of the first articles."""
    for rank, telling in enumerate(tellings[:_ARTICLES]):
        place = number = 0
        for paragraph in telling.paragraphs:
            speech = opens_quotation(paragraph)
            for text in split_sentences(paragraph, telling.article.language):
                yield _sentence(telling, text, (rank, number), place, speech=speech)
                place += not speech
                number += 1
            if place >= _LOOKED_AT:
                break


def content_words(text: str) -> Words:
    """Return what a text's longer words and numbers begin with, in lower case, and their weight.

    Names and numbers weigh more; a first word isn't known to be a name.
    """
    found: dict[str, float] = {}
    for number, word in enumerate(_WORD.findall(_THOUSANDS.sub("", text))):
        if len(word) > _SHORT or word.isdigit():
            named = word[0].isdigit() or (number > 0 and word[0].isupper())
            found.setdefault(word[:_STEM].lower(), _NAMED if named else 1.0)
    return found


def overlap(one: Words, other: Words) -> float:
    """Return the share of one's words, by weight, that the other has too."""
    common = sum(weight for word, weight in one.items() if word in other)
    return common / sum(one.values()) if one else 0.0


def _sentence(
    telling: Telling, text: str, position: tuple[int, int], place: int, *, speech: bool
) -> Sentence:
    article = telling.article
    return Sentence(
        passage=Passage(
            text=text,
            language=article.language,
            article=article.subject,
            sources=article.sources,
        ),
        position=position,
        place=place,
        words=content_words(text),
        leaning=leans(text, article.language),
        speech=speech or is_speech(text),
    )


def _mark(one: Sentence, all_of_them: Sequence[Sentence], headline: Words, language: str) -> float:
    """Return what a sentence is worth by itself."""
    others = [each for each in all_of_them if each.position[0] != one.position[0]]
    shared = max((overlap(one.words, each.words) for each in others), default=0.0)
    length = len(_WORD.findall(one.passage.text))
    return (
        _PLACE / (1 + one.place / 2)
        + _SHARED * shared
        + _TOPIC * overlap(headline, one.words)
        + _SUBSTANCE * min(sum(one.words.values()) / _FULL, 1.0)
        - _SPEECH * one.speech
        - _foreignness(one.passage.language, language)
        - _ODD * (not _SHORTEST <= length <= _LONGEST or not _FINISHED.search(one.passage.text))
    )


def _foreignness(language: str | None, own: str) -> float:
    if language == own:
        return 0.0
    return _NEIGHBOUR if language in readable(own) else _OTHER_LANGUAGE


def _worth(one: Sentence, mark: float, told: Sequence[Words], chosen: Sequence[Sentence]) -> float:
    """Return what a sentence adds to those that are chosen."""
    article, number = one.position
    carried = any(each.position == (article, number - 1) for each in chosen)
    again = max((overlap(one.words, words) for words in told), default=0.0)
    leaning = one.leaning and (_CARRIED if carried else _LEANING)
    return mark - _TOLD * again - leaning


def _repeats(words: Words, told: Iterable[Words]) -> bool:
    return any(overlap(words, each) > _REPEATS for each in told)
