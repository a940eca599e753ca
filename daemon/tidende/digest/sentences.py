"""Sentences of news text: split where one ends, not at an abbreviation or inside a quotation.

A wrong split costs a digest more than a missed one (half a quotation stands there as the
newspaper's own words), so every doubt joins.
"""

import re
from functools import cache

from tidende import lexicon
from tidende.lexicon import Lexicon

# A sentence's end, its closing marks, then what a sentence may begin with: a capital, a digit,
# an opening mark, or a dash that opens a quotation.
_END = re.compile(r"""(?P<stop>[.!?…]+)[)\]»«”“"'’]*\s+(?=(?:[–—―-]\s*)?[(\[»«“”„"'‘¿¡]*[^\W_])""")
_QUOTATION = re.compile('«[^«»]*»|»[^«»]*«|“[^“”]*”|„[^„“”]*[“”]|”[^”]*”|"[^"]*"')
_LAST_WORD = re.compile(r"[^\W\d_](?:[\w.]*\w)?$|\d+$")
_WORD = re.compile(r"[^\W_]+")
_LONGEST_ORDINAL = 2  # digits: a day, a place in a table
_DASH = re.compile(r"\s*[–—―-]\s*[^\W\d_]")


def split_sentences(text: str, language: str | None) -> tuple[str, ...]:
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
        return len(word[0]) > _LONGEST_ORDINAL or not _capitals_follow_ordinals(language)
    last = word[0].rpartition(".")[2]
    return len(last) > 1 and word[0].lower() not in _abbreviations(language)


@cache
def _abbreviations(language: str | None) -> frozenset[str]:
    return frozenset(word for each in _read(language) for word in each.sentences.abbreviations)


@cache
def _openers(language: str | None) -> frozenset[str]:
    known = language is not None and language in lexicon.tags()
    return frozenset(lexicon.of(language).sentences.openers if known else ())


@cache
def _capitals_follow_ordinals(language: str | None) -> bool:
    """Return whether nouns have capitals: German writes "am 3. Oktober"."""
    return any(each.language.nouns_capital for each in _read(language))


def _read(language: str | None) -> tuple[Lexicon, ...]:
    """Return the language's lexicon; those of all where it has none."""
    tags = (language,) if language in lexicon.tags() else lexicon.tags()
    return tuple(lexicon.of(tag) for tag in tags if tag)
