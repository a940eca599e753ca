"""Reads quotes between quotation marks: whole sentences, and fragments that a sentence attributes.

What nothing attributes is a title, a ship or a word of scorn, and no quote.
"""

import re
from collections.abc import Sequence

from tidende.enrich.quotes.dashed import pointed
from tidende.enrich.quotes.grammar import WORD
from tidende.enrich.quotes.marks import Stretch
from tidende.enrich.quotes.record import HEADINGS, STOPS, Attribution, Record, Said
from tidende.enrich.quotes.tags import (
    Subject,
    Tag,
    first_tag,
    pronoun_before,
    source_in,
    subject_after,
    tag_after,
    verbs_in,
)
from tidende.model.article import Block

_COMMA = re.compile(r"[\s,]*+")
_BEFORE_SUBJECT = ",?!…—–-"
_FEWEST_WORDS = 2
_MOST_WORDS_OF_TITLE = 5
_FEWEST_WORDS_ALONE = 4
_LONGEST_PREFIX = 400
_LONGEST_TAG = 200
_LONGEST_GAP = 40  # between a tag and the words that it broke off
_LONGEST_PAUSE = 150  # between two quotes of one speaker in a paragraph


def read_marks(
    record: Record, block: Block, following: Block | None, parts: Sequence[Stretch]
) -> None:
    """Add one quote in marks, each paragraph's part by itself, where something attributes it."""
    first, last = parts[0], parts[-1]
    by = _tag_after(record, last)
    if by is None or (by.tag and by.tag.verb is None):
        by = _attribution(record, first) or by
    if by is None and block.role not in HEADINGS:
        by = _goes_on(record, first, block, following)
    if by is None:
        return
    at_end = by.tag is not None and by.tag.start >= last.closes
    for part in parts:
        tagged = part is (last if at_end else first)
        own = Attribution(speaker=by.speaker, tag=by.tag if tagged else None)
        record.add(part.start, part.end, own, closes=part.closes)


def _attribution(record: Record, mark: Stretch) -> Attribution | None:
    """Return what the rest of its sentence says of a stretch."""
    sentence = record.sentences.start(mark.opens)
    if not _quotable(record, mark, sentence):
        return None
    return (
        _broken_off(record, mark)
        or _introduced(record, mark, sentence)
        or _tagged_later(record, mark, sentence)
    )


def _tag_after(record: Record, mark: Stretch) -> Attribution | None:
    """Read the tag straight after the words: sier Nordmann; Smith said."""
    if not mark.closed:
        return None
    gap = _COMMA.match(record.text, mark.closes)
    at = gap.end() if gap else mark.closes
    first_subject = record.grammar.subject_first and _breathes(record, mark)
    if not (first_subject or record.text[at : at + 1].islower()):
        return None  # most marks; a verb is no capital, so the sentence's end needn't be found
    limit = record.limit(mark.closes)
    tag = tag_after(record.text, at, limit, record.grammar)
    if tag is None and first_subject:
        tag = _subject_first(record, at, min(limit, at + _LONGEST_TAG))
    if tag is None:
        return None
    start = record.sentences.start(mark.opens)
    return Attribution(speaker=record.name(tag.subject, start), tag=tag)


def _breathes(record: Record, mark: Stretch) -> bool:
    """Say whether a comma or the like parts the words from what follows."""
    after = record.text[mark.closes : mark.closes + 1]
    return after == "," or record.text[mark.end - 1] in _BEFORE_SUBJECT


def _subject_first(record: Record, at: int, limit: int) -> Tag | None:
    """Read a tag that begins at a position with its speaker: Smith said, he told reporters."""
    for verb, word in verbs_in(record.text, at, limit, record.grammar):
        subject = pronoun_before(record.text, at, word.start(), record.grammar)
        subject = subject or subject_after(record.text, at, word.start(), record.grammar)
        if subject is not None:
            return Tag(verb=verb, subject=subject, start=at, end=word.end())
        break
    return None


def _broken_off(record: Record, mark: Stretch) -> Attribution | None:
    """Return the attribution of the first part where a tag alone parts this one from it."""
    first = record.last
    if first is None or first.tag is None or not first.quote.end < first.tag.start < mark.opens:
        return None
    if mark.opens - first.end > _LONGEST_GAP:
        return None
    if any(stop in record.text[first.end : mark.opens] for stop in STOPS):
        return None
    return Attribution(speaker=first.quote.speaker, tag=first.tag)


def _introduced(record: Record, mark: Stretch, sentence: int) -> Attribution | None:
    """Read a tag before the words: Nordmann sier at ...; I går sa Nordmann: ..."""
    start = max(sentence, mark.opens - _LONGEST_PREFIX)
    if _begins(record, mark, sentence):
        return None
    for verb, word in reversed(verbs_in(record.text, start, mark.opens, record.grammar)):
        subject, speaker = _subject_of(record, start, word, mark.opens)
        if subject is not None or speaker is not None:
            subject = subject or Subject(start=start, head=start, end=start)
            tag = Tag(verb=verb, subject=subject, start=word.start(), end=word.end())
            return Attribution(speaker=speaker, tag=tag)
    source = source_in(record.text, start, mark.opens, record.grammar)
    if source is None:
        return None
    return Attribution(speaker=record.name(source.subject, start), tag=source)


def _subject_of(
    record: Record, start: int, verb: re.Match[str], limit: int
) -> tuple[Subject | None, str | None]:
    """Return a verb's subject and whom it means: after the verb, before it, or first of all."""
    text, grammar = record.text, record.grammar
    after = subject_after(text, verb.end(), limit, grammar)
    speaker = record.name(after, start) if after else None
    if speaker is not None:
        return after, speaker
    pronoun = pronoun_before(text, start, verb.start(), grammar)
    if pronoun is not None:
        return pronoun, record.name(pronoun, start)
    speaker = record.speakers.subject_before(start, verb.start())
    if speaker is not None:
        return after, speaker
    before = subject_after(text, start, verb.start(), grammar)
    speaker = record.name(before, start) if before else None
    return (before, speaker) if speaker else (after or before, None)


def _tagged_later(record: Record, mark: Stretch, sentence: int) -> Attribution | None:
    """Read a tag that ends the sentence: ... «slik», og at det haster, sier Nordmann."""
    limit = min(record.limit(mark.closes), mark.closes + _LONGEST_TAG)
    found = first_tag(record.text, mark.closes, limit, record.grammar)
    tag = found[1] if found else source_in(record.text, mark.closes, limit, record.grammar)
    if tag is None and record.grammar.subject_first:
        comma = record.text.rfind(",", mark.closes, limit)
        tag = _subject_first(record, comma + 1, limit) if comma >= 0 else None
    if tag is None or "(" in record.text[mark.closes : tag.start]:
        return None
    return Attribution(speaker=record.name(tag.subject, sentence), tag=tag)


def _goes_on(
    record: Record, mark: Stretch, block: Block, following: Block | None
) -> Attribution | None:
    """Attribute whole sentences without a tag by what stands before or after them."""
    words = _whole_sentences(record, mark)
    previous = record.last
    if words >= _FEWEST_WORDS and previous is not None and _adjoins(record, previous, mark, block):
        return Attribution(speaker=previous.quote.speaker, tag=None)
    if words < _FEWEST_WORDS_ALONE:
        return None
    if mark.opens == block.start and following and (tag := pointed(record, following)):
        return Attribution(speaker=record.name(tag.subject, mark.opens), tag=tag)
    before = record.sentences.before(mark.opens)
    if before is None or not _speaks(record, *before):
        return None
    return Attribution(speaker=record.speakers.discourse.salient(mark.opens), tag=None)


def _adjoins(record: Record, previous: Said, mark: Stretch, block: Block) -> bool:
    """Say whether the last quote's sentence, or its paragraph, is the one before these words."""
    since = min(record.limit(previous.end), mark.opens)
    if mark.opens - since >= _LONGEST_PAUSE:
        return False
    return previous.quote.start >= block.start or not record.text[since : mark.opens].strip()


def _speaks(record: Record, start: int, end: int) -> bool:
    """Say whether a sentence announces words: by a colon at its end, or a verb of speech."""
    if record.text[start:end].rstrip().endswith(":"):
        return True
    return bool(verbs_in(record.text, start, end, record.grammar))


def _begins(record: Record, mark: Stretch, sentence: int) -> bool:
    """Say whether nothing of a sentence stands before the marks."""
    return WORD.search(record.text, sentence, mark.opens) is None


def _quotable(record: Record, mark: Stretch, sentence: int) -> bool:
    """Say whether words could be said: no title, no ship, no single word of scorn."""
    words = record.text[mark.start : mark.end].split()
    before = record.text[sentence : mark.opens].split()
    if not before or before[-1].endswith((":", ",")):
        return len(words) >= _FEWEST_WORDS or record.text[mark.end - 1] in STOPS
    if len(words) < _FEWEST_WORDS or before[-1].lower() in record.grammar.things:
        return False
    if before[-1].lower() in record.grammar.complementizers:
        return True
    return not (words[0][:1].isupper() and len(words) <= _MOST_WORDS_OF_TITLE)


def _whole_sentences(record: Record, mark: Stretch) -> int:
    """Return how many words the marks hold, 0 where they don't hold whole sentences."""
    if not _begins(record, mark, record.sentences.start(mark.opens)):
        return 0
    ended = record.text[mark.end - 1] in STOPS or not mark.closed
    ended = ended or record.text[mark.closes : mark.closes + 1] in tuple(STOPS)
    return len(record.text[mark.start : mark.end].split()) if ended else 0
