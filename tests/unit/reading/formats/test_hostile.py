"""Seeds that are odd enough to be misread or to lose something: nothing goes in silence."""

import io
import json
import tarfile
import zipfile

import pytest

from desk import START
from documents import FIRST, HEADLINE, SECOND, article, articles, read
from tidende.emit.envelope import prepare
from tidende.model.seed import Candidate, RawSeed, Rejected, Stamp


def _reasons(content: bytes, name: str) -> list[str]:
    """Return in a word what became of each part of a seed."""
    return [
        found.reason if isinstance(found, Rejected) else "article" for found in read(content, name)
    ]


def test_half_a_surrogate_pair_never_reaches_an_event() -> None:
    """UTF-7 can write one, and no event could hold it."""
    head = f"From: desk@example.org\nSubject: {HEADLINE}\nDate: Fri, 20 Nov 2026 10:30:00 +0100\n"
    mail = f"{head}Content-Type: text/plain; charset=utf-7\n\n{FIRST.split()[0]} +2AA- var der.\n"
    found = article(mail.encode("ascii", "replace"), "a.eml")
    stamp = Stamp(size=1, mtime_ns=1, ctime_ns=1, inode=1)
    candidate = Candidate(inbox="wire", path="a.eml", file="a.eml", source="wire", stamp=stamp)
    raw = RawSeed(candidate=candidate, content=b"", sha256="", received=START)
    assert b"\xef\xbf\xbd" in prepare(raw, found).text


@pytest.mark.parametrize("charset", ["unicode_escape", "raw_unicode_escape", "idna", "undefined"])
def test_a_codec_that_interprets_what_it_reads_is_no_encoding(charset: str) -> None:
    """A backslash in a text is a backslash."""
    head = "From: desk@example.org\nSubject: Sti\nDate: Fri, 20 Nov 2026 10:30:00 +0100\n"
    mail = (
        f"{head}Content-Type: text/plain; charset={charset}\n\nFilen lå i C:\\new\\table i går.\n"
    )
    assert "C:\\new\\table" in article(mail.encode(), "a.eml").text


def test_a_feed_in_json_is_its_entries_and_not_its_description() -> None:
    """Its title and description look like an article's."""
    entries = [{"title": f"Sak {n}", "content_text": f"{FIRST} Nummer {n}."} for n in (1, 2)]
    feed = {"title": "Min feed", "description": "Alle nyheter fra oss", "items": entries}
    found = articles(json.dumps(feed).encode(), "feed.json")
    assert [each.extraction.headline for each in found] == ["Sak 1", "Sak 2"]


def test_all_containers_of_an_object_are_read() -> None:
    """Not only the first that holds something."""
    entry = {"title": HEADLINE, "text": f"{FIRST}\n\n{SECOND}"}
    assert _reasons(json.dumps({"articles": [entry], "stories": [entry]}).encode(), "a.json") == [
        "article",
        "article",
    ]


def test_a_broken_first_line_takes_no_other_with_it() -> None:
    """As a broken line anywhere else."""
    line = json.dumps({"title": HEADLINE, "text": FIRST})
    assert _reasons(f'{{"title": "Bro\n{line}\n{line}\n'.encode(), "a.jsonl") == [
        "broken-json",
        "article",
        "article",
    ]


def test_a_corrupt_member_of_a_zip_is_refused_alone() -> None:
    """Whatever the packing that is broken."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_LZMA) as archive:
        for name in ("a", "b"):
            archive.writestr(f"{name}.txt", FIRST * 20 + name)
    content = bytearray(packed.getvalue())
    place = content.index(b"a.txt") + 30
    content[place : place + 20] = b"\xff" * 20
    assert _reasons(bytes(content), "a.zip") == ["broken-archive", "article"]


def test_a_member_of_a_zip_without_a_name_takes_no_other_with_it() -> None:
    """Damage leaves such ones."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in ("\0", "b.txt"):
            archive.writestr(zipfile.ZipInfo(name), FIRST)
    assert _reasons(packed.getvalue(), "a.zip") == ["article", "article"]


def test_what_lies_behind_a_tar_s_broken_header_is_told() -> None:
    """Tarfile takes it for the end."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name in ("a", "b"):
            content = f"{FIRST} {name}".encode()
            member = tarfile.TarInfo(f"{name}.txt")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    broken = bytearray(packed.getvalue())
    second = broken.index(b"b.txt")
    broken[second + 148 : second + 154] = b"999999"
    assert _reasons(bytes(broken), "a.tar") == ["article", "broken-archive"]


def test_a_page_too_deep_to_be_read_whole_is_refused() -> None:
    """The parser leaves out what lies deeper, without a word."""
    page = f"<html><body><article><h1>{HEADLINE}</h1>" + "<div>" * 400 + f"<p>{FIRST}</p>"
    assert _reasons(page.encode(), "a.html") == ["too-deep"]


@pytest.mark.parametrize(
    "hostile", ["# a" + " " * 20_000 + "b", "<!-- " * 50_000], ids=["heading", "comment"]
)
def test_markdown_s_patterns_do_not_search_for_ever(hostile: str) -> None:
    """The test's own time-out is what would fail."""
    assert read(hostile.encode(), "a.md")


def test_a_mail_s_head_may_be_cut_in_the_middle_of_a_field() -> None:
    """Only its beginning is looked at."""
    head = "From: desk@example.org\nSubject: Sak\nDate: Fri, 20 Nov 2026 10:30:00 +0100\nX-Seal: "
    seal = "x" * (4096 - len(head) - 6)
    mail = f"{head}{seal}\nReceived: from somewhere\n\n{FIRST}\n"
    assert article(mail.encode("utf-8"), "post").format == "mail"


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (202103121030, "2021-03-12T10:30"),
        (20210312103000, "2021-03-12T10:30"),
        (20210312, "2021-03-12"),
    ],
)
def test_a_number_that_reads_as_a_date_is_one(written: int, value: str) -> None:
    """Not seconds since 1970."""
    content = {"title": HEADLINE, "text": FIRST, "date": written}
    published = article(json.dumps(content).encode(), "a.json").extraction.published
    assert published is not None
    assert published.value == value


def test_a_page_that_never_closes_its_fonts_is_read_whole() -> None:
    """Each paragraph then lies in all the fonts before it."""
    lines = "".join(f"<p><font size=2>Avsnitt {n}. {FIRST}" for n in range(400))
    page = f"<html><body><article><h1>{HEADLINE}</h1>{lines}</article></body></html>"
    assert "Avsnitt 399." in article(page.encode(), "a.html").text
