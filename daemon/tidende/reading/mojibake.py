"""Text that was decoded wrongly before it came here: "bÃ¸r", "â€“".

ftfy knows what such text looks like and what it was; it is asked only about lines that hold a
telltale character. What is merely rare stays: a text about mojibake, "SÃO PAULO", straight quotes.
"""

import re

# What UTF-8's first bytes become in cp1252, Mac Roman and DOS, and are seldom in themselves.
_TELLTALES = ("Ã", "Â", "â€", "ï»¿", "Ð", "Ñ", "├", "√")
_C1 = re.compile("[\x80-\x84\x86-\x9f]")
_CONTINUATION = (
    "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"  # 0x80 to 0xBF, as latin-1 and as cp1252 write them
)
_SEQUENCE = re.compile(
    f"[ÂÃ][{_CONTINUATION}]|â[{_CONTINUATION}]{{2}}|[√¬][^\x00-\x7f]|‚Ä[^\x00-\x7f]|[├┬][^\x00-\x7f]"
)
_DOS = ("cp437", "cp850")
_FEW = 3
_LONGEST_PASS = 20_000
_PIECES = re.compile(rf"[^\n]{{1,{_LONGEST_PASS}}}|\n")


def repair(text: str, *, controls: bool) -> str:
    """Return `text` with its mojibake decoded once more, or `text` itself where there is none.

    `controls` says that it holds C1 control characters, which no text does on purpose.
    """
    if text.isascii() or not (controls or any(mark in text for mark in _TELLTALES)):
        return text
    if controls:
        text = _C1.sub(_as_windows, text)
    if not _is_mojibake(text):
        return text
    return "".join(_repaired(piece) for piece in _PIECES.findall(text))


def _is_mojibake(text: str) -> bool:
    """Tell mojibake from a text that quotes some: that one has right letters, too."""
    found = sum(1 for hit in _SEQUENCE.finditer(text) if _decoded(hit) != hit[0])
    if found >= _FEW:
        return True
    if not found and not any(mark in text for mark in ("Ð", "Ñ")):
        return False
    rest = _SEQUENCE.sub("", text)
    return not any(letter.isalpha() for letter in rest if letter > "\x7f") or _is_bad(rest)


def _is_bad(text: str) -> bool:
    from ftfy.badness import is_bad  # noqa: PLC0415  # 40 ms that clean text needn't spend

    return any(is_bad(piece) for piece in _PIECES.findall(text) if not piece.isascii())


def _repaired(piece: str) -> str:
    if piece.isascii() or not any(mark in piece for mark in _TELLTALES):
        return piece
    from ftfy import fix_encoding  # noqa: PLC0415  # costly, and few seeds need it

    # ftfy leaves alone what alone is no proof ("ogsÃ¥"); within a text that has some, it is.
    return _SEQUENCE.sub(_decoded, fix_encoding(piece))


def _decoded(hit: re.Match[str]) -> str:
    """Decode one sequence; what is no UTF-8 stays."""
    first = hit[0][0]
    codecs = ("mac_roman",) if first in "√¬‚" else _DOS if first in "├┬" else ("",)
    for codec in codecs:
        try:
            return b"".join(_bytes(letter, codec) for letter in hit[0]).decode("utf-8")
        except UnicodeError:
            continue
    return hit[0]


def _bytes(letter: str, codec: str) -> bytes:
    """Encode a letter; cp1252 and latin-1 are mixed freely, as browsers do."""
    return letter.encode(codec or ("latin-1" if letter <= "\xff" else "cp1252"))


def _as_windows(hit: re.Match[str]) -> str:
    try:
        return hit[0].encode("latin-1").decode("cp1252")
    except UnicodeDecodeError:
        return hit[0]
