"""Folds words so that cognates of the Nordic languages, English and German are spelled alike.

"forsvarsminister", "försvarsminister"; "koalisjon", "koalition", "Koalition"; "skib", "skip";
"rejse", "reise"; "Zelenskyj", "Selenskyj". Letters that one language writes for another's sound
become one, doubled letters single; `stem` keeps a word's beginning, so that endings fall away.
"""

import re
import unicodedata
from functools import lru_cache

# Letters first, then doubled ones, then what two letters write: "mission", "misjon".
_LETTERS = str.maketrans("æäøöüåâáàéèêëíîóôúûýjwvzçqcdbgß", "eeoouaaaaeeeeiioouuiiffskkktpks")
_SOUNDS = (("sion", "tion"), ("ks", "x"))
_BREATHED = (("kh", "k"), ("ph", "f"), ("th", "t"))
_DOUBLED = re.compile(r"(.)(?=\1)")
_CONSONANTS, _VOWELS = ("r", "n"), ("a", "e", "i", "o")  # of endings: a vowel, a consonant, or both
STEM = 6
_SHORTEST = 3  # letters that an ending may leave
_MEMORY = 1 << 14


def fold(word: str) -> str:
    """Return a word as all the languages would spell it, roughly."""
    word = _DOUBLED.sub("", word.lower().translate(_LETTERS))
    for written, sound in _SOUNDS if "h" not in word else _SOUNDS + _BREATHED:
        word = word.replace(written, sound)
    if not word.isascii():
        word = unicodedata.normalize("NFKD", word)
        word = "".join(letter for letter in word if not unicodedata.combining(letter))
    return word


def stem(word: str) -> str:
    """Return the beginning of a folded word, by which its forms and cognates meet."""
    bare = folded = fold(word)[:STEM]
    if bare.endswith(_CONSONANTS):
        bare = bare[:-1]
    if bare.endswith(_VOWELS):
        bare = bare[:-1]
    return bare if len(bare) >= _SHORTEST else folded


@lru_cache(_MEMORY)
def name_key(word: str) -> str:
    """Return a name's folded form without the genitive's -s: "Natos", "NATO", "Nato's"."""
    folded = fold(word)
    return folded.rstrip("s") if len(folded) > _SHORTEST else folded
