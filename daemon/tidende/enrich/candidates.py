"""Finds what may be a name: capital words that stand together, and what belongs to them.

The first step of `names`. One pattern finds runs of capital words in running text; a run is cut
where a sentence opens with a common word, behind a title or role, and between a genitive and a
first name; it is joined with an institution's lower-case tail.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from tidende.enrich.vocabulary import LOWER, Vocabulary, ending
from tidende.lexicon.gazetteer import FIRST_NAME, PERSON, PLACE
from tidende.model.article import Block, Span

RUNNING = frozenset({"headline", "standfirst", "paragraph", "subheading", "caption"})

_LEADS = frozenset(" \t\u00a0\"«»“”„'’‘–—-([•*")
_STOPS = frozenset(".!?:…\n;")
_MEMORY = 1 << 13  # words that are remembered: most come again
_MOST_JOINED = 8  # words of a name that may take more
_LONGEST_SYLLABLE = 4  # of a name like "Dae-jung"
_GLUE = frozenset("-‑'’")
_LOWER_WORD = rf" ([{LOWER}][\w-]{{0,40}})"
_FOLLOW = re.compile(rf"{_LOWER_WORD}(?:{_LOWER_WORD})?")
_SUBJECT = re.compile(rf"{_LOWER_WORD * 2}(?:{_LOWER_WORD * 2})?")
_Words: TypeAlias = list[Span]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What may be a name; `words` as printed, `opens` where a sentence opens with it."""

    start: int
    end: int
    words: tuple[str, ...]
    opens: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    spans: _Words
    opens: bool


def candidates(text: str, blocks: Sequence[Block], words: Vocabulary) -> list[Candidate]:
    """Return all that may be names in running text, in order, not overlapping."""
    runs = list(_runs(text, blocks, words))
    inside = {text[start:end] for run in runs for start, end in run.spans[1 if run.opens else 0 :]}
    found: list[Candidate] = []
    for run in runs:
        spans, opens = _open(text, run, words, inside)
        for part in _parts(text, spans, words, inside):
            if not found or part[0][0] >= found[-1].end:
                opening = opens and part[0] == run.spans[0]
                _add(text, part, opens=opening, words=words, found=found)
    return found


@lru_cache(maxsize=_MEMORY)
def is_compound(word: str, words: Vocabulary) -> bool:
    """Tell "Nato-landene" from "Bakke-Jensen" and "Jong-un": its last part is a common word."""
    head, hyphen, tail = word.rpartition("-")
    if not hyphen or not head or not tail.islower():
        return False
    if len(tail) > _LONGEST_SYLLABLE or head.isupper() or head in words.known:
        return True
    return len(tail) == _LONGEST_SYLLABLE and tail in words.common


def _runs(text: str, blocks: Sequence[Block], words: Vocabulary) -> Iterator[_Run]:
    for block in blocks:
        if block.role not in RUNNING:
            continue
        for match in words.run.finditer(text, block.start, block.end):
            start, end = match.span()
            surface = match[0]
            if opens := _opens(text, start, block.start):
                if surface.lower() in words.function and not surface.isupper():
                    continue
            elif text[start - 4 : start] in words.prefixes or text[start - 1] in _GLUE:
                start = _prefixed(text, start, words)
            spans = (
                [word.span() for word in words.word.finditer(text, start, end)]
                if " " in surface or "." in surface
                else [(start, end)]
            )
            spans[0] = (start, spans[0][1])
            yield _Run(spans=spans, opens=opens)


def _prefixed(text: str, start: int, words: Vocabulary) -> int:
    """Return where a name begins that a lower-case word opens: "al-Asad", "bin Laden"."""
    for prefix in words.prefixes:
        before = start - len(prefix)
        if text.startswith(prefix, max(0, before)) and not text[before - 1 : before].isalnum():
            return before
    return start


def _opens(text: str, start: int, first: int) -> bool:
    """Tell whether a sentence opens at `start`, in a block that begins at `first`."""
    at = start - 1
    while at >= first and text[at] in _LEADS:
        at -= 1
    return at < first or text[at] in _STOPS


def _open(text: str, run: _Run, words: Vocabulary, inside: set[str]) -> tuple[_Words, bool]:
    """Leave out the common word that opens a sentence, and say whether the run still opens it.

    Two common words with capitals are a name ("Norske Skog"), and so is what has a capital
    elsewhere too, within a sentence.
    """
    first = text[slice(*run.spans[0])]
    lower = first.lower()
    if not run.opens:
        return run.spans, False
    if len(run.spans) == 1:
        keep = lower not in words.common or (first in inside and not words.nouns)
        return (run.spans if keep and lower not in words.function else []), True
    second = text[slice(*run.spans[1])]
    if lower not in words.common:
        unknown = words.gazetteer.flags(second) & FIRST_NAME and not words.gazetteer.flags(first)
        bare = not first.endswith("s") and not first.isupper() and "-" not in first
        return (run.spans[1:], False) if unknown and bare else (run.spans, True)
    named = (
        words.gazetteer.flags(first) & FIRST_NAME
        and words.gazetteer.flags(second)
        and lower not in words.function
    )
    if named or (second.lower() in words.common and lower not in words.function):
        return run.spans, True
    return run.spans[1:], False


def _parts(  # noqa: C901 - one loop with one choice a word
    text: str, spans: _Words, words: Vocabulary, inside: set[str]
) -> Iterator[_Words]:
    """Cut a run where one name ends and another begins."""
    if len(spans) < 2 and not words.nouns:  # noqa: PLR2004
        if spans:
            yield spans
        return
    part: _Words = []
    before, stop = "", 0
    for at, (start, end) in enumerate(spans):
        if start < stop:
            continue
        word = text[start:end]
        if stop := _whole(text, start, end, words):
            if part:
                yield part
            yield [(start, stop)]
            part, before = [], ""
            continue
        after = text[slice(*spans[at + 1])] if at + 1 < len(spans) else ""
        if _is_between(word, before, after, words):
            if part:
                yield part
            part, before = [], ""
            continue
        if part and (is_compound(before, words) or _parted(before, word, after, words, inside)):
            yield part
            part = []
        part.append((start, end))
        before = word
    if part:
        yield part


def _is_between(word: str, before: str, after: str, words: Vocabulary) -> bool:
    """Tell a word that is no part of a name: a title, a German noun, a capital "Det".

    `before` is the word before it in the same name, none for the first.
    """
    first, lower = not before, word.lower()
    flags = words.gazetteer.flags(word)
    if words.nouns:
        if word in words.common and not flags & PLACE:
            return first or not _describes(before.lower(), words)
        if after and not flags and words.gazetteer.flags(after) & (PLACE | FIRST_NAME):
            return not is_compound(after, words) and "-" not in word
    frequent = lower in words.function and not word.isupper() and not flags
    if not first and (frequent or (lower in words.calendar and not flags & PERSON)):
        return True
    if not after:
        return False
    title = lower.rstrip(".")
    if title in words.titles or (first and ending(title, words.roles)):
        return first or after.lower() not in words.common
    named = words.gazetteer.flags(after) & FIRST_NAME and not word.endswith("s")
    return bool(named and not flags and lower in words.common)


def _describes(word: str, words: Vocabulary) -> bool:
    """Tell an adjective, whose capital makes a name of the noun behind it: "Deutsche Bank"."""
    return word in words.common or words.gazetteer.demonym(word, words.tag) is not None


def _parted(
    before: str,
    word: str,
    after: str,
    words: Vocabulary,
    inside: set[str],
) -> bool:
    """Tell a name from the one before it: "Frps | Oskar Grimstad", "Oslo | Kari Nordmann"."""
    left = words.gazetteer.flags(before)
    if left & FIRST_NAME or words.gazetteer.flags(f"{before} {word}"):
        return False
    base = before[:-1] if before.endswith("s") else ""
    if words.gazetteer.flags(word) & FIRST_NAME:
        if base and (
            words.gazetteer.flags(base)
            or base.isupper()
            or "." in base
            or base in inside
            or base in words.known
        ):
            return True
        acronym = len(before) > 1 and before.isupper()
        return bool(after) and (acronym or bool(left & PLACE and not left & PERSON))
    return base in inside and not left and word.lower() not in words.common


def _add(
    text: str, part: _Words, *, opens: bool, words: Vocabulary, found: list[Candidate]
) -> None:
    """Add a candidate with all that belongs to it, joined with the one before if they are one."""
    start, end = part[0][0], part[-1][1]
    names = tuple(text[start:end].split())
    more = _whole(text, *part[-1], words) or _tail(text, end, names, words, opens=opens)
    if more > end:
        names, end = (*names, *text[end:more].split()), more
    if (
        found
        and found[-1].end + 2 < start <= found[-1].end + 5
        and len(found[-1].words) < _MOST_JOINED
    ):
        last = found[-1]
        if text[last.end + 1 : start - 1] in words.links and ending(
            last.words[-1].lower(), words.heads
        ):
            names = (*last.words, text[last.end + 1 : start - 1], *names)
            start, opens = last.start, last.opens
            found.pop()
    found.append(Candidate(start=start, end=end, words=names, opens=opens))


def _whole(text: str, start: int, end: int, words: Vocabulary) -> int:
    """Return where a name that is kept whole ends: "Sogn og Fjordane"; 0 for none."""
    for whole in words.wholes.get(text[start:end], ()):
        if text.startswith(whole, start):
            stop = start + len(whole)
            return stop + 1 if text[stop : stop + 1] == "s" else stop
    return 0


def _tail(text: str, end: int, names: tuple[str, ...], words: Vocabulary, *, opens: bool) -> int:
    """Return where the lower-case words end that belong to a name ending at `end`.

    "Bergen tingrett", "Trondheim økonomiske høyskole", "Statens institutt for
    rusmiddelforskning", "Den norske kirke", "Norsk danseforbund".
    """
    follow = _FOLLOW.match(text, end)
    if not follow:
        return end
    count, last = 0, names[-1].lower()
    first, second = follow[1], follow[2] or ""
    if _is_tail(first, words):
        count, last = 1, first
    elif second and first[-1] in "ea" and _is_tail(second, words):
        count, last = 2, second
    elif not opens and len(names) == 1 and last in words.common:
        count = _described(last, first, second, words)
    end = follow.end(count) if count else end
    if not ending(last, words.heads):
        return end
    subject = _SUBJECT.match(text, end)
    if not subject or subject[1] not in words.subjects:
        return end
    return subject.end(4 if subject[4] and subject[3] in words.conjunctions else 2)


def _is_tail(word: str, words: Vocabulary) -> bool:
    return word in words.tails or bool(ending(word.removesuffix("s"), words.long_tails))


def _described(last: str, first: str, second: str, words: Vocabulary) -> int:
    """Count the words behind "Den" ("Den norske kirke") or "Norsk" ("Norsk danseforbund")."""
    if last not in words.articles:
        return int(bool(ending(first, words.organisations)))
    return 2 if ending(second, words.organisations) or second in words.tails else 0
