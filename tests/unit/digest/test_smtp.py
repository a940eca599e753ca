"""Handing messages to a mail server."""

from collections.abc import Iterator
from email.message import EmailMessage

import pytest

from post import Post, open_post
from tidende.digest.smtp import MailServer, send
from tidende.errors import TransientError


@pytest.fixture
def post() -> Iterator[Post]:
    """Return a mail server that runs."""
    with open_post() as post:
        yield post


WORD = "seagull"


def _server(post: Post, **given: str) -> MailServer:
    chosen = {"host": "127.0.0.1", "port": post.port, "security": "none", "timeout_seconds": 5}
    return MailServer(**(chosen | given))  # type: ignore[arg-type]


def _messages(*names: str) -> list[EmailMessage]:
    made = []
    for name in names:
        message = EmailMessage()
        message["From"], message["To"] = "tidende@example.org", f"{name}@example.org"
        message["Message-ID"] = f"<{name}@example.org>"
        message.set_content(f"Til {name}\n.\n")
        made.append(message)
    return made


def test_messages_go_over_one_connection(post: Post) -> None:
    assert list(send(_server(post), _messages("a", "b"))) == [None, None]
    assert [one.recipients for one in post.received] == [["a@example.org"], ["b@example.org"]]
    assert post.received[0].message.get_content() == "Til a\r\n.\r\n"


def test_a_recipient_who_is_refused_holds_up_nobody_else(post: Post) -> None:
    post.refusals["a@example.org"] = "550 no such person"
    trouble, taken = send(_server(post), _messages("a", "b"))
    assert (trouble, taken) == ("127.0.0.1: 550 no such person", None)
    assert post.ids() == ["<b@example.org>"]


def test_a_message_over_which_the_server_hangs_up_is_the_last(post: Post) -> None:
    """The others are left for the next time."""
    post.drops.add("b@example.org")
    answers = list(send(_server(post), _messages("a", "b", "c")))
    assert (answers[0], len(answers)) == (None, 2)
    assert answers[1] is not None
    assert answers[1].startswith("127.0.0.1: ")


def test_who_has_a_name_logs_in(post: Post) -> None:
    list(send(_server(post, user="tidende", password=WORD), _messages("a")))
    assert post.logins == [f"\0tidende\0{WORD}"]


def test_a_password_beyond_ascii_is_said_to_be_one_and_not_shown(post: Post) -> None:
    """The library can't send it."""
    server = _server(post, user="tidende", password=f"{WORD}-måke")
    with pytest.raises(TransientError, match=r"^127\.0\.0\.1: user or password") as raised:
        list(send(server, _messages("a")))
    assert raised.value.__cause__ is None
    assert post.received == []


def test_a_server_without_encryption_gets_nothing_where_it_is_asked_for(post: Post) -> None:
    with pytest.raises(TransientError, match=r"127\.0\.0\.1: STARTTLS"):
        list(send(_server(post, security="starttls", user="u", password=WORD), _messages("a")))
    assert (post.received, post.logins) == ([], [])


def test_a_server_that_is_not_there_is_named() -> None:
    with open_post() as gone:
        server = _server(gone)
    with pytest.raises(TransientError, match=r"^127\.0\.0\.1: Connection refused"):
        list(send(server, _messages("a")))


def test_a_password_is_not_shown() -> None:
    assert WORD not in repr(MailServer(host="x", password=WORD))
