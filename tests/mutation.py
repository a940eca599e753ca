"""Damage to documents, as transfers, editors and enemies do it."""

from collections.abc import Callable, Sequence
from random import Random

_PIECES: Sequence[bytes] = (
    b"\0",
    b"\xff",
    b"\xc3",
    b"\xed\xa0\x80",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"<",
    b">",
    b"</p>",
    b"&",
    b"&#0;",
    b"&#xD800;",
    b"&oslash;",
    b"<![CDATA[",
    b"]]>",
    b"<!--",
    b"<!DOCTYPE x [",
    b"{",
    b"}",
    b"[",
    b"]",
    b'"',
    b"\\",
    b"\\ud800",
    b"\\u0000",
    b"null",
    b"1e999",
    b"--",
    b"---\n",
    b"\r",
    b"\n\n",
    b"\t",
    b"\x1a",
    b"\x85",
    b"=?utf-8?b?",
    b"=\n",
    b"\xe2\x80\xa8",
    b"\xf0\x9f\x87\xb3",
    b"Foto: ",
    b"(NTB)",
    b"\x1b$B",
    b"+AGE-",
    b"%PDF-",
)
_MOST = 6


def mutate(content: bytes, random: Random) -> bytes:
    """Return `content` after one to six random changes."""
    changes: Sequence[Callable[[bytes, Random], bytes]] = (
        _cut, _flip, _insert, _insert, _double, _drop, _swap,
    )  # fmt: skip
    for _ in range(random.randint(1, _MOST)):
        content = random.choice(changes)(content, random)
    return content


def _place(content: bytes, random: Random) -> int:
    return random.randint(0, len(content))


def _cut(content: bytes, random: Random) -> bytes:
    return content[: _place(content, random)] if random.random() < 0.3 else content


def _flip(content: bytes, random: Random) -> bytes:
    at = _place(content, random)
    return content[:at] + bytes([random.randint(0, 255)]) + content[at + 1 :]


def _insert(content: bytes, random: Random) -> bytes:
    at = _place(content, random)
    return content[:at] + random.choice(_PIECES) * random.choice((1, 1, 1, 3, 50)) + content[at:]


def _stretch(content: bytes, random: Random) -> tuple[int, int]:
    start = _place(content, random)
    return start, min(len(content), start + random.choice((1, 8, 64, 512)))


def _double(content: bytes, random: Random) -> bytes:
    start, end = _stretch(content, random)
    return content[:end] + content[start:end] * random.choice((1, 2, 20)) + content[end:]


def _drop(content: bytes, random: Random) -> bytes:
    start, end = _stretch(content, random)
    return content[:start] + content[end:]


def _swap(content: bytes, random: Random) -> bytes:
    start, end = _stretch(content, random)
    return content[end:] + content[start:end] + content[:start]
