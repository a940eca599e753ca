"""Bytes to text: byte order mark, UTF-8, UTF-16 and UTF-32 by shape, what is declared, cp1252.

A detector costs 800 times what strict UTF-8 does, and errs more: it is asked only where cp1252
gives no plausible text (`guess`). Whatever was decoded is then looked at for letters that were
decoded wrongly before they came here (`mojibake`).
"""

import codecs
import re
from dataclasses import dataclass, replace

from tidende.errors import SeedError
from tidende.reading.guess import guess, implausible
from tidende.reading.mojibake import repair

# Bytes of control characters that no text holds; the tab, line ends, form feed and escape stay.
_CONTROL = bytes(set(range(0x20)) - set(b"\t\n\v\f\r\x1a\x1b\x1c\x1d\x1e\x1f"))
_BINARY_SHARE = 0.02
# UTF-32's little-endian mark begins with UTF-16's, so it is tried first.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MARK_STARTS = frozenset(mark[0] for mark, _ in _MARKS)
_UNITS = {"utf-16-le": 2, "utf-16-be": 2, "utf-32-le": 4, "utf-32-be": 4}
_SHAPE_SAMPLE = 4096
_SHAPE_SHARE = 0.4
_STRAY = re.compile("[\udc80-\udcff]")
_ASCII = re.compile("[\x00-\x7f]+")
_LATIN = frozenset(("latin-1", "iso8859-1", "ascii", "cp1252"))
_REPLACED = "�"
_FORMER_CONTROLS = re.compile(rb"\xc2[\x80-\x84\x86-\x9f]")

MOJIBAKE = "mojibake"
STRAY_BYTES = "stray-bytes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A seed's text; `encoding` is Python's name for it, `evidence` says what it rests on.

    `repairs` are constant words for what was not taken as it stood.
    """

    text: str
    encoding: str
    evidence: str
    repairs: tuple[str, ...] = ()


def decode(content: bytes, declared: str | None = None) -> Decoded:
    """Return the text of `content`, without its byte order mark and with newlines as they came.

    `declared` is the character set that a format names; it is believed where the bytes don't say
    otherwise. Raises SeedError "not-text" where NUL or control bytes say that it is none.
    """
    if content[:1] and content[0] in _MARK_STARTS:
        for mark, encoding in _MARKS:
            if content.startswith(mark):
                return _mended(_marked(content[len(mark) :], encoding))
    if b"\0" in content:
        return _mended(_shaped(content))
    controls = len(content) - len(content.translate(None, _CONTROL))
    if controls > len(content) * _BINARY_SHARE:
        raise SeedError("not-text", f"it holds {controls} control bytes: it is no text")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        return _mended(_not_utf8(content, declared, f"not UTF-8 at byte {error.start}"))
    if text.isascii():
        return _ascii(content, text, declared)
    return _mended(Decoded(text=text, encoding="utf-8", evidence="strict"), content)


def _ascii(content: bytes, text: str, declared: str | None) -> Decoded:
    """Seven bits are the same in nearly every encoding, but not in those that shift by escape."""
    named = _known(declared)
    if named and (b"\x1b" in content or named in {"utf-7", "hz"}) and named not in _UNITS:
        try:
            return Decoded(text=content.decode(named), encoding=named, evidence="declared")
        except (UnicodeDecodeError, ValueError):
            pass
    return Decoded(text=text, encoding="utf-8", evidence="ascii")


def _mended(decoded: Decoded, utf8: bytes = b"") -> Decoded:
    """Repair what was decoded wrongly before it came here, and say so.

    `utf8` is searched for C1 control characters, which were once the quotation marks of cp1252.
    """
    controls = bool(b"\xc2" in utf8 and _FORMER_CONTROLS.search(utf8))
    text = repair(decoded.text, controls=controls)
    if text == decoded.text:
        return decoded
    return replace(decoded, text=text, repairs=(*decoded.repairs, MOJIBAKE))


def _marked(content: bytes, encoding: str) -> Decoded:
    if encoding == "utf-8":
        return _eight_bits(content, "byte order mark")
    return _wide(content, encoding, "byte order mark")


def _eight_bits(content: bytes, evidence: str) -> Decoded:
    if b"\0" in content:
        raise SeedError("not-text", "it holds NUL bytes: it is no text")
    raw = content.decode("utf-8", errors="surrogateescape")
    text = _STRAY.sub(_stray_as_windows, raw)
    repairs = (STRAY_BYTES,) if text != raw else ()
    return Decoded(text=text, encoding="utf-8", evidence=evidence, repairs=repairs)


def _wide(content: bytes, encoding: str, evidence: str) -> Decoded:
    """Decode UTF-16 or UTF-32; a half character at the end and a few lone halves are forgiven."""
    whole = len(content) - len(content) % _UNITS[encoding]
    text = content[:whole].decode(encoding, errors="replace")
    bad = text.count(_REPLACED) - _count_replaced(content[:whole], encoding)
    bad += whole < len(content) and content[whole:].strip(b"\r\n\0") != b""
    if "\0" in text or bad > max(1, len(text) * _BINARY_SHARE):
        raise SeedError("not-text", f"it looks like {encoding.upper()} and is no text in it")
    _refuse_controls(text)
    repairs = (STRAY_BYTES,) if bad else ()
    return Decoded(text=text, encoding=encoding, evidence=evidence, repairs=repairs)


def _count_replaced(content: bytes, encoding: str) -> int:
    """Count the replacement characters that the text itself holds."""
    return content.decode(encoding, errors="ignore").count(_REPLACED)


def _refuse_controls(text: str) -> None:
    controls = sum(map(text.count, map(chr, _CONTROL)))
    if controls > len(text) * _BINARY_SHARE:
        raise SeedError("not-text", f"it holds {controls} control characters: it is no text")


def _shaped(content: bytes) -> Decoded:
    """Tell UTF-16 and UTF-32 by where their NUL bytes stand; any other NUL is binary."""
    sample = content[:_SHAPE_SAMPLE]
    share = [sample[at::4].count(0) / max(1, len(sample[at::4])) for at in range(4)]
    high = [part > _SHAPE_SHARE for part in share]
    shapes = {
        (False, True, True, True): "utf-32-le",
        (True, True, True, False): "utf-32-be",
        (False, True, False, True): "utf-16-le",
        (True, False, True, False): "utf-16-be",
    }
    encoding = shapes.get((high[0], high[1], high[2], high[3]))
    if encoding is None:
        raise SeedError("not-text", "it holds NUL bytes: it is no text")
    return _wide(content, encoding, "shape")


def _not_utf8(content: bytes, declared: str | None, evidence: str) -> Decoded:
    named = _known(declared)
    text = content.decode("utf-8", errors="surrogateescape")
    good, bad = _counted(text)
    if good > bad or (good and named == "utf-8"):
        return Decoded(
            text=_STRAY.sub(_stray_as_windows, text),
            encoding="utf-8",
            evidence=f"{good} of {good + bad}",
            repairs=(STRAY_BYTES,),
        )
    if named and named not in _LATIN and named != "utf-8" and named not in _UNITS:
        try:
            return Decoded(text=content.decode(named), encoding=named, evidence="declared")
        except (UnicodeDecodeError, ValueError):
            pass
    if implausible(content) and (found := guess(content)):
        return Decoded(text=found.text, encoding=found.encoding, evidence=found.evidence)
    return _windows(content, "declared" if named in _LATIN else evidence)


_NO_ENCODINGS = frozenset(
    {"unicode-escape", "raw-unicode-escape", "unicode_escape", "raw_unicode_escape"}
    | {"punycode", "idna", "undefined", "mbcs", "oem"}
)


def _known(declared: str | None) -> str | None:
    """Return Python's name of a text encoding, None for a name that it doesn't know."""
    if not declared:
        return None
    try:
        found = codecs.lookup(declared.strip().strip("\"'"))
    except (LookupError, ValueError):
        return None
    # `hex` and `zlib` are codecs too, and some text codecs interpret what they read: none of them
    # may be named from outside.
    if found.name in _NO_ENCODINGS:
        return None
    return found.name if getattr(found, "_is_text_encoding", True) else None


def _counted(text: str) -> tuple[int, int]:
    """Count the sequences of UTF-8 that hold, and the stray bytes."""
    beyond = _ASCII.sub("", text)
    bad = len(_STRAY.findall(beyond))
    return len(beyond) - bad, bad


def _stray_as_windows(hit: re.Match[str]) -> str:
    return hit[0].encode("utf-8", "surrogateescape").decode("cp1252", errors=_AS_C1)


def _windows(content: bytes, evidence: str) -> Decoded:
    """Read the five bytes that cp1252 leaves open as what Windows itself makes of them."""
    text = content.decode("cp1252", errors=_AS_C1)
    return Decoded(text=text, encoding="cp1252", evidence=evidence)


def _as_c1(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


_AS_C1 = "tidende-c1"
codecs.register_error(_AS_C1, _as_c1)
