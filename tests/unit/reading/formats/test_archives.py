"""Archives and compressed seeds: members as articles, within bounds, never on the disk."""

import gzip
import io
import lzma
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from documents import FIRST, TEXT, article, articles, body, ninjs, read, refusal, tarred, zipped
from tidende.model.article import Article
from tidende.model.limits import Limits
from tidende.model.seed import Rejected

_TEXT = TEXT.encode()


@pytest.fixture(autouse=True)
def _stays_off_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
    yield
    assert not list(tmp_path.iterdir())


def test_a_members_path_is_only_a_name() -> None:
    found = articles(zipped({"../../etc/passwd": _TEXT, "/abs/c.json": ninjs()}), "a.zip")

    assert [each.format for each in found] == ["text", "ninjs"]


def test_what_systems_leave_beside_files_is_passed_over() -> None:
    files = {"__MACOSX/._a.txt": b"\0\5", ".DS_Store": b"\0", "sub/": b"", "sub/a.txt": _TEXT}

    assert len(articles(zipped(files), "a.zip")) == 1


def test_a_bad_member_is_refused_alone() -> None:
    found = read(zipped({"a.jpg": b"\xff\xd8\xff\xe0", "b.txt": _TEXT}), "a.zip")

    assert isinstance(found[0], Rejected)
    assert isinstance(found[1], Article)
    assert (found[0].reason, found[0].ordinal, found[1].ordinal) == ("not-text", 0, 1)
    assert "a.jpg" in found[0].message


def test_archives_may_lie_in_archives() -> None:
    inner = zipped({"a.txt": _TEXT})
    found = articles(
        gzip.compress(tarred({"b.zip": inner, "c.txt.gz": gzip.compress(_TEXT)})), "a.tgz"
    )

    assert len(found) == 2


def test_links_in_an_archive_are_refused_and_not_followed() -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        link = tarfile.TarInfo("lenke.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)

    assert refusal(buffer.getvalue(), "a.tar").reason == "not-a-file"


def test_an_archive_that_holds_itself_ends() -> None:
    content = zipped({"a.txt": _TEXT})
    for _ in range(9):
        content = zipped({"r.zip": content})

    assert refusal(content, "r.zip").reason == "nested-too-deep"


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (gzip.compress(b"a" * 3_000_000), "a.gz", "suspicious-ratio"),
        (lzma.compress(b"a" * 3_000_000), "a.xz", "suspicious-ratio"),
        (zipped({"a.txt": b"a" * 3_000_000}), "a.zip", "suspicious-ratio"),
        (zipped({f"{n}.txt": _TEXT for n in range(40)}), "a.zip", "too-many-members"),
        (tarred({f"{n}.txt": _TEXT for n in range(40)}), "a.tar", "too-many-members"),
        (b'{"text":"hei du"}\n' * 60, "a.jsonl", "too-many-articles"),
        (tarred({"a.txt": b"nei " * 1_300_000}), "a.tar", "too-large-unpacked"),
        (gzip.compress(_TEXT)[:-20], "a.gz", "broken-archive"),
        (zipped({"a.txt": _TEXT})[:-20], "a.zip", "broken-archive"),
        (zipped({}), "a.zip", "empty-archive"),
        (zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), "a.docx",
         "unsupported-format"),
    ],
)  # fmt: skip
def test_what_goes_beyond_a_bound_is_refused_whole(content: bytes, name: str, reason: str) -> None:
    limits = Limits(unpacked_bytes=5_000_000, members=30, articles=50)

    assert refusal(content, name, limits).reason == reason


def test_a_bound_takes_the_whole_seed_and_not_its_beginning() -> None:
    """Half a seed would be decided now, and the other half after the bound was raised."""
    files = {"a.txt": _TEXT, "b.txt": b"a" * 3_000_000}

    assert refusal(zipped(files), "a.zip").ordinal is None


def test_several_streams_in_one_file_are_one_text() -> None:
    half = len(_TEXT) // 2
    content = gzip.compress(_TEXT[:half]) + gzip.compress(_TEXT[half:])

    assert FIRST in body(article(content, "a.txt.gz"))
