"""The sketch of an article: the few numbers by which candidates for a near-duplicate are found.

A bottom-k sketch (Broder 1997, "On the resemblance and containment of documents"): the K shingles
with the smallest hashes. Two articles' sketches share about as large a part as their shingles do,
and a copy that was cut keeps the part that falls into what is left.

Sketches are persisted and those of two recipes share nothing: a change of this one needs a
migration (docs/decisions/0010-recipes-of-what-is-kept.md).
"""

from zlib import crc32

from tidende.dedup.content import content, fold_words, words
from tidende.dedup.shingles import shingles
from tidende.model.article import Article

KEYS = 16
LEAST_WORDS = 12
"""Below, any two notes of a kind share their shingles; they match by fingerprint only."""

_ORDER = (1 << 32) - 1  # the low half of a shingle's number says which ones are drawn


def sketch(article: Article) -> tuple[int, ...]:
    """Return up to `KEYS` numbers of 32 bits, none twice; none at all for a very short text."""
    text = article.text
    blocks = content([(block.role, block.start, block.end) for block in article.extraction.blocks])
    return sketch_of(words(fold_words("\n".join(text[start:end] for _, start, end in blocks))))


def sketch_of(said: list[str]) -> tuple[int, ...]:
    """Return the sketch of a content's words."""
    if len(said) < LEAST_WORDS:
        return ()
    all_of_them = shingles(said)
    # The smallest alone are sorted: three times as many as are wanted lie below this, on average.
    bound = (_ORDER + 1) * 3 * KEYS // len(all_of_them)
    drawn = {each for each in all_of_them if each & _ORDER < bound}
    if len(drawn) < KEYS:
        drawn = set(all_of_them)
    # Drawn halves are small numbers; the hash spreads the keys over all 32 bits again.
    return tuple(crc32(each.to_bytes(8, "little")) for each in sorted(drawn, key=_half)[:KEYS])


def _half(shingle: int) -> int:
    return shingle & _ORDER
