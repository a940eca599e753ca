"""The last resort of decoding: bytes that are neither Unicode nor plausible cp1252.

The old encodings of DOS and the Macintosh put Western letters where cp1252 has symbols; they are
told by their letters. All others (Cyrillic, Greek, Asian ...) are charset-normalizer's to name.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """A text and the encoding that gave it; `evidence` says who guessed."""

    text: str
    encoding: str
    evidence: str


_UNDEFINED = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_HIGH = re.compile(rb"[\x80-\xff]")
# In cp1252 these are symbols (an apostrophe and a soft hyphen may stand inside a word), or
# capitals, which don't follow a small letter.
_SYMBOL_IN_WORD = re.compile(
    rb"(?<=[A-Za-z])[\x80\x82\x84-\x89\x8b\x91\x93-\x95\x98\x99\x9b"
    rb"\xa0-\xac\xae-\xb3\xb5\xb6\xb8\xb9\xbb-\xbf\xd7\xf7](?=[A-Za-z])"
    rb"|(?<=[a-z])[\x86\x87\x8a\x8c\x8e\x9f\xc0-\xd6\xd8-\xde]"
)
_RUN = re.compile(rb"[\x80-\xff]{4,}")
_SEVEN_BITS = bytes(range(0x80))
# What Western text in cp1252 is nearly all made of; it saves most texts the closer look.
_USUAL = "åäæøöüßéèêëàáóôçñÅÄÆØÖÜÉ“”‘’„–—…•«»§°€\u00a0´·".encode("cp1252")
_UNUSUAL_SHARE = 0.05
_SAMPLE = 1 << 16
_SYMBOL_SHARE = 0.12
_RUN_SHARE = 0.5
_WESTERN = ("mac_roman", "cp865", "cp850", "cp437")
_LETTERS = frozenset("æøåäöüßéèêëàáâóòôíìúùûçñïîÆØÅÄÖÜÉÈÊÀÁÓÍÚÇÑðþýÐÞÝœŒ")
_MARKS = frozenset("“”‘’„‚«»‹›–—…•§°€£©®´·½¿¡\u00a0")
_LETTER_SHARE = 0.4
_FITTING_SHARE = 0.95
_OTHERS = (
    "cp1251", "koi8_r", "iso8859_5", "cp866", "mac_cyrillic", "cp1250", "iso8859_2", "cp852",
    "cp1253", "iso8859_7", "cp1254", "cp1255", "cp1256", "iso8859_6", "cp1257", "iso8859_13",
    "gb18030", "big5", "cp932", "euc_jp", "cp949", "cp874",
)  # fmt: skip


def implausible(content: bytes) -> bool:
    """Tell whether `content` can hardly be cp1252: bytes that it lacks, symbols inside words."""
    sample = _sample(content)
    beyond = sample.translate(None, _SEVEN_BITS)
    high = len(beyond)
    if len(beyond.translate(None, _USUAL)) <= high * _UNUSUAL_SHARE:
        return False
    inside = len(_SYMBOL_IN_WORD.findall(sample))
    runs = sum(map(len, _RUN.findall(sample)))
    return (
        _UNDEFINED.search(sample) is not None
        or inside > high * _SYMBOL_SHARE
        or runs > high * _RUN_SHARE
    )


def guess(content: bytes) -> Guess | None:
    """Return the most plausible reading of bytes that aren't cp1252, or None."""
    return _western(content) or _detected(content)


def _sample(content: bytes) -> bytes:
    """Take the bytes around the first one beyond ASCII."""
    hit = _HIGH.search(content)
    start = max(0, hit.start() - 64) if hit else 0
    return content[start : start + _SAMPLE]


def _western(content: bytes) -> Guess | None:
    """Try the encodings of old Western systems: nearly all they give must be letters or quotes."""
    sample = _sample(content)
    rated = [(_fit(sample, encoding), -at) for at, encoding in enumerate(_WESTERN)]
    fit, at = max(rated)
    if fit < _FITTING_SHARE:
        return None
    encoding = _WESTERN[-at]
    return Guess(text=content.decode(encoding), encoding=encoding, evidence="letters")


def _fit(sample: bytes, encoding: str) -> float:
    """Return the share of what `encoding` makes of the high bytes that is Western."""
    found = sample.translate(None, _SEVEN_BITS).decode(encoding)
    letters = sum(letter in _LETTERS for letter in found)
    if letters < len(found) * _LETTER_SHARE:
        return 0.0
    lower = sum(letter.islower() for letter in found)
    marks = sum(letter in _MARKS for letter in found)
    # Text is mostly lower case: it parts two encodings that both give letters.
    return (letters + marks) / len(found) + 0.01 * lower / len(found) - 0.01


def _detected(content: bytes) -> Guess | None:
    from charset_normalizer import from_bytes  # noqa: PLC0415  # 60 ms that few seeds need

    for match in from_bytes(_sample(content), cp_isolation=list(_OTHERS)):
        try:
            text = content.decode(match.encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        return Guess(text=text, encoding=match.encoding, evidence="detected")
    return None
