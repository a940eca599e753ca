"""An edition as an e-mail: both parts, stable ids, one thread, nothing injected."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from tidende.digest.mail import Letter, message_id, thread_id, write_message

URN = "urn:tidende:edition:daily:2026-11-22T050000Z"
SENDER = "Tidende <tidende@example.org>"
DESK = "Skrivebordet på Ås <desk@example.org>"
LETTER = Letter(
    digest="daily",
    subject="Morgen: Søndag 22. november 2026",
    sender=SENDER,
    recipient=DESK,
    message_id=message_id(URN, DESK, SENDER),
    corrects=None,
    date=datetime(2026, 11, 22, 5, tzinfo=UTC),
    text="# Morgen\n\nFerja er innstilt.\n.\n" + "lang linje " * 300,
    html="<!DOCTYPE html>\n<title>Morgen</title>\n<p>Ferja er innstilt.",
)


def _read(letter: Letter) -> EmailMessage:
    content = write_message(letter).as_bytes()
    return message_from_bytes(content, policy=default)


def test_a_reader_finds_text_and_page() -> None:
    message = _read(LETTER)
    assert message.get_content_type() == "multipart/alternative"
    plain, page = message.iter_parts()
    assert plain.get_content().replace("\r\n", "\n") == LETTER.text + "\n"
    assert page.get_content_type() == "text/html"
    assert page.get_content().replace("\r\n", "\n").strip() == LETTER.html
    assert message["Subject"] == LETTER.subject
    assert message["To"].addresses[0].display_name == "Skrivebordet på Ås"
    assert message["Date"].datetime == LETTER.date
    assert message.defects == []
    assert [part.defects for part in message.walk()] == [[], [], []]


def test_its_lines_are_short_and_its_bytes_ascii() -> None:
    lines = write_message(LETTER).as_bytes().split(b"\r\n")
    assert max(map(len, lines)) <= 998
    assert all(line.isascii() and b"\n" not in line for line in lines)


def test_an_edition_without_a_page_is_one_text() -> None:
    assert _read(replace(LETTER, html=None)).get_content_type() == "text/plain"


def test_ids_are_the_editions_and_the_recipients() -> None:
    first = message_id(URN, DESK, SENDER)
    assert first == message_id(URN, DESK, SENDER)
    assert first.startswith("<edition.daily.2026-11-22T050000Z.")
    assert first.endswith("@example.org>")
    assert len({first, message_id(URN, "a@b", SENDER), message_id(f"{URN}.v2", DESK, SENDER)}) == 3


def test_all_mails_of_a_digest_refer_to_its_thread() -> None:
    thread = thread_id("daily", DESK, SENDER)
    message = _read(LETTER)
    assert (message["References"], message["In-Reply-To"]) == (thread, thread)
    assert message["List-Id"] == "<daily.tidende.example.org>"
    assert thread_id("weekly", DESK, SENDER) != thread


def test_a_correction_answers_what_it_corrects() -> None:
    message = _read(replace(LETTER, message_id="<v2@example.org>", corrects=LETTER.message_id))
    thread = thread_id("daily", DESK, SENDER)
    assert message["In-Reply-To"] == LETTER.message_id
    assert message["References"].split() == [thread, LETTER.message_id]


def test_a_title_cannot_add_a_header() -> None:
    message = _read(replace(LETTER, subject="Morgen\r\nBcc: all@example.org"))
    assert message["Bcc"] is None
    assert message["Subject"] == "Morgen Bcc: all@example.org"
