"""Archives, .zip and .tar: each file in them is read as a seed of its own, in memory alone.

Members' paths are names and nothing more: nothing is written anywhere, and links aren't followed.
Folders and what systems leave beside files (`__MACOSX`, `.DS_Store`) are passed over.
"""

import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator

from tidende.errors import SeedError
from tidende.reading.formats.budget import Budget
from tidende.reading.formats.document import Found, Source, printable, rejected

_CHUNK = 1 << 20
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_ZIP_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1
_USTAR = (b"ustar\x0000", b"ustar  \x00")
_LEFT_BESIDE = frozenset(("__macosx", ".ds_store", "thumbs.db", "desktop.ini"))
_OFFICE = frozenset(("[content_types].xml", "mimetype"))


def looks_like_zip(head: bytes, _name: str) -> bool:
    """Tell a zip file by its first bytes."""
    return head.startswith(_ZIP)


def looks_like_tar(head: bytes, name: str) -> bool:
    """Tell a tar file by its mark, or by its name and a header that checks."""
    if head[257:265] in _USTAR:
        return True
    if not name.lower().endswith(".tar") or len(head) < tarfile.BLOCKSIZE:
        return False
    try:
        tarfile.TarInfo.frombuf(head[: tarfile.BLOCKSIZE], "utf-8", "surrogateescape")
    except tarfile.HeaderError:
        return False
    return True


def read_zip(source: Source, budget: Budget) -> Iterator[Found]:
    """Yield the files of a zip archive, in its order."""
    # zipfile reads the whole directory at once, so it is counted before.
    if source.content.count(_ZIP_ENTRY) > budget.limits.members:
        budget.member(source.content.count(_ZIP_ENTRY))
    try:
        archive = zipfile.ZipFile(io.BytesIO(source.content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise SeedError("broken-archive", f"it is no readable zip archive: {error}") from error
    members = archive.infolist()
    if any(member.filename.lower() in _OFFICE for member in members[:3]):
        raise SeedError("unsupported-format", "it is an office document, which is not read")
    count = 0
    for member in members:
        # Not `is_dir`, which raises at an empty name in Python 3.11.
        if member.filename.endswith("/") or _is_left_beside(member.filename):
            continue
        count += 1
        budget.member()
        yield _zipped(archive, member, source, budget)
    if not count:
        yield rejected("empty-archive", "the archive holds no files")


_BROKEN = (
    zipfile.BadZipFile,
    lzma.LZMAError,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
)


def _zipped(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, source: Source, budget: Budget
) -> Found:
    name = _inside(source, member.filename)
    if member.flag_bits & _ENCRYPTED:
        return rejected("encrypted", f"{name}: it is encrypted")
    parts: list[bytes] = []
    size = 0
    try:
        with archive.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                budget.unpack(len(chunk), member=size, packed=member.compress_size)
                parts.append(chunk)
    except NotImplementedError as error:
        return rejected("unsupported-format", f"{name}: {error}")
    except _BROKEN as error:
        return rejected("broken-archive", f"{name}: {error}")
    return Source(content=b"".join(parts), name=name)


def read_tar(source: Source, budget: Budget) -> Iterator[Found]:
    """Yield the files of a tar archive, in its order; links and devices are refused alone."""
    count = 0
    try:
        with tarfile.open(fileobj=io.BytesIO(source.content), mode="r:") as archive:
            for member in archive:
                if member.isdir() or _is_left_beside(member.name):
                    continue
                count += 1
                budget.member()
                yield _tarred(archive, member, source, budget)
            # tarfile takes a broken header for the end, without a word.
            if source.content[archive.offset :].strip(b"\0"):
                yield rejected("broken-archive", "there is more behind the last readable file")
    except (tarfile.TarError, EOFError, ValueError, OSError, OverflowError) as error:
        if not count:
            raise SeedError("broken-archive", f"it is no readable tar archive: {error}") from error
        yield rejected("broken-archive", f"the archive breaks off after {count} files: {error}")
    if not count:
        yield rejected("empty-archive", "the archive holds no files")


def _tarred(
    archive: tarfile.TarFile, member: tarfile.TarInfo, source: Source, budget: Budget
) -> Found:
    name = _inside(source, member.name)
    stream = archive.extractfile(member) if member.isreg() else None
    if stream is None:
        return rejected("not-a-file", f"{name}: it is a link or a device")
    parts: list[bytes] = []
    size = 0
    packed = len(source.content)
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        budget.unpack(len(chunk), member=size, packed=packed)
        parts.append(chunk)
    if size < member.size:
        return rejected("broken-archive", f"{name}: the archive ends in the middle of it")
    return Source(content=b"".join(parts), name=name)


def _inside(source: Source, name: str) -> str:
    """Name a member; a name that is no text is printed with its bytes escaped."""
    return f"{source.name}/{printable(name)}"


def _is_left_beside(name: str) -> bool:
    parts = name.lower().replace("\\", "/").split("/")
    return any(part in _LEFT_BESIDE or part.startswith("._") for part in parts)
