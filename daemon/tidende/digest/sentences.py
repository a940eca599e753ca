"""Sentences of news text: split where one ends, not at an abbreviation or inside a quotation.

A wrong split costs a digest more than a missed one (half a quotation stands there as the
newspaper's own words), so every doubt joins.
"""

import re
import tomllib
from functools import cache
from importlib import resources

# A sentence's end, its closing marks, then what a sentence may begin with: a capital, a digit,
# an opening mark, or a dash that opens a quotation.
_END = re.compile(r"""(?P<stop>[.!?…]+)[)\]»«”“"'’]*\s+(?=(?:[–—―-]\s*)?[(\[»«“”„"'‘¿¡]*[^\W_])""")
_QUOTATION = re.compile('«[^«»]*»|»[^«»]*«|“[^“”]*”|„[^„“”]*[“”]|”[^”]*”|"[^"]*"')
_LAST_WORD = re.compile(r"[^\W\d_](?:[\w.]*\w)?$|\d+$")
_WORD = re.compile(r"[^\W_]+")
_DASH = re.compile(r"\s*[–—―-]\s*[^\W\d_]")


def split_sentences(text: str, language: str | None = None) -> tuple[str, ...]:
    """Return the sentences of one paragraph, white space folded; joined, they are its text.

    `language` chooses the abbreviations; without one, those of all languages count.
    """
    line = " ".join(text.split())
    inside = [match.span() for match in _QUOTATION.finditer(line)]
    sentences, begin = [], 0
    for match in _END.finditer(line):
        if _ends(line, match, language) and not any(a < match.end() < b for a, b in inside):
            sentences.append(line[begin : match.end()].rstrip())
            begin = match.end()
    return (*sentences, line[begin:]) if line[begin:] else tuple(sentences)


def opens_quotation(text: str) -> bool:
    """Return whether a paragraph begins with a quotation dash: `– Vi kommer, sier hun`."""
    return _DASH.match(text) is not None


def is_speech(sentence: str) -> bool:
    """Return whether a sentence is hardly more than what stands between its quotation marks."""
    quoted = _QUOTATION.match(sentence)
    return quoted is not None and quoted.end() > len(sentence) / 2


def leans(sentence: str, language: str | None) -> bool:
    """Return whether a sentence begins with what takes up something said before it.

    Without a language, or in one that has no list, no sentence does.
    """
    words = _WORD.findall(sentence.lower())[:3]
    return any(" ".join(words[:length]) in _openers(language) for length in range(1, 4))


def shorten(text: str, length: int) -> str:
    """Return `text`, cut after a word and with an ellipsis if it has more characters."""
    if len(text) <= length:
        return text
    cut = text[:length]
    return (cut.rpartition(" ")[0] or cut).rstrip(",;:–- ") + "…"


def _ends(line: str, match: re.Match[str], language: str | None) -> bool:
    following = line[match.end() :].lstrip("–—―- ([»«“”„\"'‘¿¡")[:1]
    if following.islower():
        return False
    if match["stop"] != ".":
        return True
    word = _LAST_WORD.search(line, 0, match.start())
    if word is None:
        return True
    if word[0].isdigit():
        # German writes "am 3. Oktober", and its months and nouns are capitalised.
        return not (language in {"de", None} and len(word[0]) <= 2)  # noqa: PLR2004  # day, place
    last = word[0].rpartition(".")[2]
    return len(last) > 1 and word[0].lower() not in _abbreviations(language)


@cache
def _abbreviations(language: str | None) -> frozenset[str]:
    file = resources.files(__package__) / "abbreviations.toml"
    known: dict[str, list[str]] = tomllib.loads(file.read_text(encoding="utf-8"))
    lists = [known[language]] if language in known else list(known.values())
    return frozenset(word for words in lists for word in words)


@cache
def _openers(language: str | None) -> frozenset[str]:
    file = resources.files(__package__) / "openers.toml"
    known: dict[str, list[str]] = tomllib.loads(file.read_text(encoding="utf-8"))
    return frozenset(known.get(language or "", ()))
