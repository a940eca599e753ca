"""Photo credits: the words that open them, and where the names behind them end.

A pattern of sixty words tried at every character would cost more than all else in a parse, so
a credit word is looked for only beside a colon, or at a unit's end.
"""

import re
from collections.abc import Iterator

from tidende import lexicon

_CREDITS = lexicon.union(lambda known: known.caption.credits)
_CREDIT_ENDS = frozenset(word.rpartition(" ")[2] for word in _CREDITS)
_PICTURES = lexicon.union(lambda known: known.caption.pictures)
_HOUSES = lexicon.either(
    lexicon.union(
        lambda known: (*known.caption.pictures, *known.caption.houses, *known.agency.names)
    )
)
_CAPITAL = "A-ZÆØÅÄÖÜÉÁÓÍČŠŽ"

BY_WORDS = frozenset(lexicon.union(lambda known: known.caption.by))
BY = lexicon.either(tuple(BY_WORDS))
WORDS = lexicon.either(_CREDITS)
WORD_ENDS = _CREDIT_ENDS
PICTURES = re.compile(rf"(?<!\w)(?:{lexicon.either(_PICTURES)})(?!\w)", re.IGNORECASE)
HOUSE = re.compile(rf"(?<!\w)(?:{_HOUSES})(?!\w)", re.IGNORECASE)
NAMES = re.compile(
    rf"(?:©\s?)?[{_CAPITAL}][\w.'’@-]*"
    rf"(?:\s?[/,&|]\s?[\w.'’@-]+|\s[{_CAPITAL}][\w.'’-]*|\s(?:{_HOUSES})(?!\w))*"
)
CREDIT = re.compile(
    rf"(?P<open>[(\[])?(?P<word>(?<!\w)(?:{WORDS})(?:\s(?:{BY}))?)\s?:\s{{0,3}}"
    rf"(?:(?:{WORDS})\s?:\s{{0,3}}){{0,2}}(?:©\s?)?",
    re.IGNORECASE,
)

_COLON_WORDS = _CREDIT_ENDS | BY_WORDS
# It goes to the end first and back from there: a search would try every letter as a beginning.
_LAST_WORD = re.compile(r"(?:.*[^\w-])?([\w-]+)\s?$", re.DOTALL)
_LONGEST_WORD = 40
_LONGEST_OPENING = 200  # of a credit, from the colon to the first name
_ASIDE = re.compile(r"\s?\([^()\n]{2,20}\)")
_SENTENCE = re.compile(r"[a-zæøåäöüß]{2,}\s+(?:[\w,'’-]+\s+){2,}[^\n]*[.!?\"”»:]$")


def credit_words(text: str) -> Iterator[re.Match[str]]:
    """Yield the credit words with a colon, in order; "Foto: Foto:" is one."""
    colon, done = text.find(":"), 0
    while colon >= 0:
        start = max(done, colon - _LONGEST_WORD)
        word = _LAST_WORD.match(text, start, colon)
        if word and word[1].lower() in _COLON_WORDS:
            start = max(done, text.rfind(" ", 0, start) + 1)
            for hit in CREDIT.finditer(text, start, colon + _LONGEST_OPENING):
                if hit.start() > colon:
                    break
                if hit.end() > colon:
                    yield hit
                    done = hit.end()
                    break
        colon = text.find(":", max(colon + 1, done))


def is_only_names(tail: str) -> bool:
    """Tell a credit from a credit with a sentence behind it."""
    return not _SENTENCE.search(tail)


def is_mostly_names(tail: str) -> bool:
    """Tell a credit from a text that a word such as "Symbolbild:" opens."""
    names = NAMES.match(tail)
    return names is not None and names.end() * 2 > len(tail)


def credit_length(tail: str) -> int:
    """Return how much of `tail` is names: up to the last agency, or to the next sentence."""
    names = NAMES.match(tail)
    if not names:
        return 0
    end = _house_end(tail, names.end()) or _names_end(tail, names)
    aside = _ASIDE.match(tail, end)
    return aside.end() if aside else end


def _house_end(tail: str, limit: int) -> int:
    """Return the end of the first agency that no further name is joined to; 0 for none."""
    for hit in HOUSE.finditer(tail, 0, limit + 1):
        rest = tail[hit.end() :].lstrip()
        if rest[:1] not in tuple("/,|&-") and not HOUSE.match(rest):
            return hit.end()
    return 0


def _names_end(tail: str, names: re.Match[str]) -> int:
    """Without an agency, take two names: the next capital belongs to the sentence behind them."""
    if tail[names.end() - 1] == "." or not tail[names.end() :].strip():
        return names.end()
    words = names[0].split(" ")
    loud = next((at for at, word in enumerate(words) if not word.isupper()), len(words))
    if loud > 1:
        return len(" ".join(words[:loud]))
    return len(" ".join(words[:2])) if len(words) > 2 else len(words[0])  # noqa: PLR2004
