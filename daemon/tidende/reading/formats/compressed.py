"""Compressed streams, .gz .bz2 .xz .zst: unpacked in memory, within the seed's bounds."""

import bz2
import io
import lzma
import zlib
from collections.abc import Callable, Iterator
from typing import Any, Protocol

from tidende.errors import SeedError
from tidende.reading.formats.budget import Budget
from tidende.reading.formats.document import Found, Source

_CHUNK = 1 << 20
_MEMORY = 1 << 28
_WINDOW = 1 << 27
_GZIP = b"\x1f\x8b\x08"
_BZIP2 = b"BZh"
_XZ = b"\xfd7zXZ\x00"
_ZSTD = b"\x28\xb5\x2f\xfd"
_SUFFIXES = (".gz", ".bz2", ".xz", ".zst", ".zstd")
_TAR_SUFFIXES = {".tgz": ".tar", ".tbz2": ".tar", ".tbz": ".tar", ".txz": ".tar", ".tzst": ".tar"}


class _Stream(Protocol):
    """What bz2's and lzma's decompressors have in common."""

    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    @property
    def needs_input(self) -> bool: ...
    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


def looks_like(head: bytes, _name: str) -> bool:
    """Tell by the first bytes."""
    return head.startswith((_GZIP, _XZ, _ZSTD)) or (
        head.startswith(_BZIP2) and head[4:10] in _BZIP2_BLOCKS
    )


_BZIP2_BLOCKS = (b"\x31\x41\x59\x26\x53\x59", b"\x17\x72\x45\x38\x50\x90")


def read(source: Source, budget: Budget) -> Iterator[Found]:
    """Yield what the stream holds, under its name without the suffix."""
    head = source.content[:6]
    try:
        if head.startswith(_GZIP):
            content = _unpacked(_gzip(source.content), source, budget)
        elif head.startswith(_ZSTD):
            content = _unpacked(_zstandard(source.content), source, budget)
        else:
            make: Callable[[], Any] = bz2.BZ2Decompressor if head.startswith(_BZIP2) else _lzma
            content = _unpacked(_streams(source.content, make), source, budget)
    except (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError) as error:
        raise SeedError("broken-archive", f"it can't be unpacked: {error}") from error
    yield Source(content=content, name=inner_name(source.name))


def inner_name(name: str) -> str:
    """Return the name of what is in a compressed file: "a.txt.gz" holds "a.txt"."""
    lower = name.lower()
    for suffix, inner in _TAR_SUFFIXES.items():
        if lower.endswith(suffix):
            return name[: -len(suffix)] + inner
    suffix = next((each for each in _SUFFIXES if lower.endswith(each)), "")
    return name[: len(name) - len(suffix)]


def _unpacked(chunks: Iterator[bytes], source: Source, budget: Budget) -> bytes:
    parts: list[bytes] = []
    size = 0
    for chunk in chunks:
        size += len(chunk)
        budget.unpack(len(chunk), member=size, packed=len(source.content))
        parts.append(chunk)
    return b"".join(parts)


def _lzma() -> lzma.LZMADecompressor:
    return lzma.LZMADecompressor(memlimit=_MEMORY)


def _gzip(content: bytes) -> Iterator[bytes]:
    """Unpack gzip members one after another; zeros behind the last are padding."""
    rest = content
    while rest.startswith(_GZIP[:2]):
        stream = zlib.decompressobj(wbits=31)
        data = rest
        while not stream.eof:
            chunk = stream.decompress(data, _CHUNK)
            if not chunk and not stream.unconsumed_tail and not stream.eof:
                raise EOFError("the compressed data ends in the middle")
            data = stream.unconsumed_tail
            yield chunk
        rest = stream.unused_data


def _streams(content: bytes, make: Callable[[], _Stream]) -> Iterator[bytes]:
    rest = content
    while rest:
        stream = make()
        data = rest
        while not stream.eof:
            chunk = stream.decompress(data, _CHUNK)
            data = b""
            if not chunk and stream.needs_input:
                raise EOFError("the compressed data ends in the middle")
            yield chunk
        rest = stream.unused_data.lstrip(b"\0")


def _zstandard(content: bytes) -> Iterator[bytes]:
    import zstandard  # noqa: PLC0415  # costly, and few seeds need it

    unpacker = zstandard.ZstdDecompressor(max_window_size=_WINDOW)
    try:
        with unpacker.stream_reader(io.BytesIO(content), read_across_frames=True) as reader:
            while chunk := reader.read(_CHUNK):
                yield chunk
    except zstandard.ZstdError as error:
        raise ValueError(str(error)) from error
