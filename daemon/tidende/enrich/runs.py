"""Finds runs of capital words in running text, of which `candidates` makes what may be names.

One pattern finds them. What stands by itself and is surely no name is left out at once: a word of
every text that opens a sentence, a German noun that everybody uses.
"""

from collections.abc import Sequence
from typing import TypeAlias

from tidende.enrich.vocabulary import Vocabulary
from tidende.model.article import Block

RUNNING = frozenset({"headline", "standfirst", "paragraph", "subheading", "caption"})
Word: TypeAlias = tuple[int, int, str]  # start, end, as printed
Words: TypeAlias = list[Word]
Run: TypeAlias = tuple[Words, bool]  # with whether a sentence opens with it

_LEADS = frozenset(" \t\u00a0\"«»“”„'’‘–—-([•*")
_STOPS = frozenset(".!?:…\n;")
_GLUE = frozenset("-‑'’")


def runs_of(text: str, blocks: Sequence[Block], words: Vocabulary) -> tuple[list[Run], set[str]]:
    """Return the runs in order, and all capital words that open no sentence."""
    found, inside = list[Run](), set[str]()
    for block in blocks:
        if block.role not in RUNNING:
            continue
        for match in words.run.finditer(text, block.start, block.end):
            (start, end), surface = match.span(), match[0]
            within = (
                start > block.start + 1 and text[start - 1] == " " and text[start - 2].isalnum()
            )
            opens = not within and _opens(text, start, block.start)
            if surface in words.common_nouns and surface not in words.wholes:
                if not opens:
                    inside.add(surface)
                continue
            if opens:
                if surface.lower() in words.function and not surface.isupper():
                    continue
            elif text[start - 1] in _GLUE or text[start - 4 : start] in words.prefixes:
                start = _prefixed(text, start, words)
                surface = text[start:end]
            several = " " in surface or "." in surface
            run = _parted(text, start, end, words) if several else [(start, end, surface)]
            found.append((run, opens))
    inside |= {word for run, opens in found for _, _, word in run[opens:]}
    return found, inside


def _parted(text: str, start: int, end: int, words: Vocabulary) -> Words:
    """Part a run into its words; the first begins with the run, be it in lower case."""
    run = [(*word.span(), word[0]) for word in words.word.finditer(text, start, end)]
    if run[0][0] > start:
        run[0] = (start, run[0][1], text[start : run[0][1]])
    return run


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
