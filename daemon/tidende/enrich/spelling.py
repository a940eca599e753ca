"""A name's words taken together, as `forms` and `name_facts` ask for them."""

from typing import NamedTuple

from tidende.enrich.vocabulary import Vocabulary
from tidende.enrich.word_forms import WordForm, bare, word_form

LONG = 4  # words; more say no more


class Spelling(NamedTuple):
    """A name's words taken together: `full` as printed, `key` without what may be a genitive.

    `flags` and `key_flags` are the gazetteer's for the two; `known` tells a well-known name. The
    `shape` has how many words there are, and the shapes of the first and the last.
    """

    words: tuple[str, ...]
    first: WordForm
    last: WordForm
    shape: str
    full: str
    key: str
    flags: int
    key_flags: int
    known: bool


def spelling(name: tuple[str, ...], words: Vocabulary) -> Spelling:
    """Take the words of a name together."""
    last, full = word_form(name[-1], words), " ".join(name)
    first, key = word_form(name[0], words), bare(full)
    if name[1:]:
        shape = f"{min(len(name), LONG)} {first.shape} {last.shape}"
        flags = words.gazetteer.flags(full)
        key_flags = flags if key == full else words.gazetteer.flags(key)
    else:
        shape, flags, key_flags = last.shape, last.flags, last.stem_flags
    known = key in words.known or full in words.known
    return Spelling(name, first, last, shape, full, key, flags, key_flags, known)
