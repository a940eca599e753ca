"""Mail: subject, date, text, and attachments as seeds of their own."""

import pytest

from documents import FIRST, HEADLINE, SECOND, TEXT, article, articles, body, mail, ninjs, read
from tidende.model.article import Article
from tidende.model.seed import Rejected

_HEAD = b"From: desk@example.org\r\nTo: vakt@example.org\r\n"


@pytest.mark.parametrize("opening", ["Re: ", "SV: Fwd:  ", "AW: ", "VB:"])
def test_what_an_answer_puts_before_the_subject_is_no_part_of_the_headline(opening: str) -> None:
    """In any language that has a lexicon."""
    letter = mail()
    letter.replace_header("Subject", f"{opening}{HEADLINE}")

    assert article(letter.as_bytes(), "a.eml").extraction.headline == HEADLINE


def test_an_attachment_is_an_article_of_its_own() -> None:
    letter = mail()
    letter.add_attachment(ninjs(), maintype="application", subtype="json", filename="sak æ.json")

    assert [found.format for found in articles(letter.as_bytes(), "a.eml")] == ["mail", "ninjs"]


def test_a_mail_within_a_mail_is_read() -> None:
    letter = mail()
    letter.add_attachment(mail())

    assert [found.format for found in articles(letter.as_bytes(), "a.eml")] == ["mail", "mail"]


def test_plain_text_is_preferred_to_markup() -> None:
    letter = mail()
    letter.add_alternative("<p>Se e-posten i nettleseren.</p>", subtype="html")

    assert "nettleseren" not in article(letter.as_bytes(), "a.eml").text


def test_markup_alone_is_read() -> None:
    letter = mail()
    letter.set_content(f"<h1>{HEADLINE}</h1><p>{FIRST}</p><p>{SECOND}</p>", subtype="html")

    assert body(article(letter.as_bytes(), "a.eml")) == [FIRST, SECOND]


def test_an_inline_picture_belongs_to_the_letter_and_an_attached_one_is_refused_alone() -> None:
    letter = mail()
    letter.add_attachment(
        b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", disposition="inline", cid="<1>"
    )
    letter.add_attachment(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", filename="a.png")

    found = read(letter.as_bytes(), "a.eml")

    assert isinstance(found[0], Article)
    assert isinstance(found[1], Rejected)
    assert (len(found), found[1].reason, found[1].ordinal) == (2, "not-text", 1)


def test_the_senders_signature_is_no_body() -> None:
    letter = mail()
    letter.set_content(f"{FIRST}\n\n{SECOND}\n\n-- \nHilsen\nSiri\n")

    assert body(article(letter.as_bytes(), "a.eml")) == [FIRST, SECOND]


def test_a_text_in_several_parts_is_one_letter() -> None:
    """Some mail programs break a text where a picture stood."""
    content = (
        _HEAD + b"Subject: Broer\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\n"
        + FIRST.encode()
        + b"\r\n--x\r\n\r\n"
        + SECOND.encode()
        + b"\r\n--x--\r\n"
    )

    assert body(article(content, "a.eml")) == [FIRST, SECOND]


def test_lines_that_flow_are_joined() -> None:
    flowed = FIRST.replace("neste", "\r\nneste").replace("Det", "\r\nDet")
    content = (
        _HEAD + b"Subject: Broer\r\nContent-Type: text/plain; charset=utf-8; format=flowed\r\n\r\n"
    )

    assert body(article(content + flowed.encode(), "a.eml")) == [FIRST]


def test_broken_headers_are_tolerated() -> None:
    content = (
        b"From: \xff\xfe<<>>\r\nSubject: =?utf-8?b?!!?= Br\xf8er\r\nDate: i g\xe5r\r\n"
        b"Content-Type: text/plain; charset=nowhere\r\n\r\n" + TEXT.encode()
    )
    found = article(content, "a.eml")

    assert found.extraction.published is None
    assert "Brøer" in (found.extraction.headline or "")
    assert FIRST in body(found)


def test_a_reply_mark_is_taken_off_the_subject() -> None:
    content = mail().as_bytes().replace(b"Subject: ", b"Subject: SV: Fwd: ")

    assert article(content, "a.eml").extraction.headline == HEADLINE


def test_a_long_field_costs_no_more_than_a_short_one() -> None:
    """The library's own parsers take time and memory squared in a field's length."""
    content = _HEAD + b"Subject: " + b"=?utf-8?q?a?= " * 100_000 + b"\r\n\r\n" + TEXT.encode()

    assert FIRST in body(article(content, "a.eml"))
