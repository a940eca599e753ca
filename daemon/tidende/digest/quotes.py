"""Who said what: the quotations of a story that an edition shows, each with its speaker."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from unicodedata import combining, normalize

from tidende.digest.sentences import split_sentences
from tidende.digest.telling import Telling
from tidende.model.edition import DigestQuote

STORY_QUOTES = 3
QUOTE_CHARACTERS = 280
_FRAGMENT = 5  # words: what is shorter is rather a phrase in quotation marks than a statement
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "đ": "d", "ł": "l"})  # no accents to Unicode


def choose_quotes(
    current: Sequence[Telling], said: list[str], known: Collection[str]
) -> Iterator[DigestQuote]:
    """Yield attributed quotations: a second voice before a second word of the first; no repeats.

    None that is `known`, or stands in what is `said`, to which they are added.
    """
    heard: Counter[str] = Counter()
    waiting = [
        _shortened(quote) for one in current for quote in one.quotes if quote.text not in known
    ]
    for _ in range(STORY_QUOTES):
        new = [q for q in waiting if len(q.text) <= QUOTE_CHARACTERS and not is_among(q.text, said)]
        if not new:
            return
        quote = min(
            new, key=lambda one: (heard[_plain(one.speaker)], len(one.text.split()) < _FRAGMENT)
        )
        waiting.remove(quote)
        heard[_plain(quote.speaker)] += 1
        said.append(quote.text)
        yield quote


def is_among(text: str, said: Iterable[str]) -> bool:
    """Return whether a text was told, or is mostly what was."""
    return any(text in other or (other in text and len(other) > len(text) / 2) for other in said)


def _shortened(quote: DigestQuote) -> DigestQuote:
    """Return a long quotation's first sentences, as many as there is room for; never a part."""
    if len(quote.text) <= QUOTE_CHARACTERS:
        return quote
    kept = ""
    for sentence in split_sentences(quote.text, quote.language):
        if kept and len(kept) + len(sentence) >= QUOTE_CHARACTERS:
            break
        kept = f"{kept} {sentence}".strip()
    return replace(quote, text=kept)


def _plain(name: str | None) -> str:
    """Return a name as those spell it who lack its letters: Møklebust and Moklebust are one."""
    letters = normalize("NFKD", (name or "").casefold().translate(_LETTERS))
    return "".join(letter for letter in letters if not combining(letter))
