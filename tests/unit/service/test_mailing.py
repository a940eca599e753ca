"""The mail's outbox: sent at least once, with one id, and its troubles told."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from desk import BRIDGE, FERRY, START, Desk
from post import Post, open_post
from tidende.errors import TransientError
from tidende.service.mailing import Mailing
from tidende.settings import DigestSettings, MailSettings
from tidende.store import mails
from tidende.store.editions import EditionRow
from tidende.store.mails import MailCounts

DAILY = DigestSettings(language="nb", title="Morgen", recipients=("a@example.org", "B <b@c.no>"))


@pytest.fixture
def post() -> Iterator[Post]:
    """Return a mail server that runs."""
    with open_post() as post:
        yield post


class Office:
    """A desk whose daily digest goes out by mail."""

    def __init__(self, desk: Desk, port: int, daily: DigestSettings = DAILY) -> None:
        self.desk = desk
        self.settings = MailSettings(
            host="127.0.0.1", port=port, security="none", sender="t@example.org"
        )
        self.digests = desk.digests_of(self.settings.sender, daily=daily)
        self.mailing = self.mailing_of(self.settings, daily)

    def mailing_of(self, settings: MailSettings, daily: DigestSettings = DAILY) -> Mailing:
        return Mailing(
            ledger=self.desk.ledger,
            directory=self.desk.data.editions,
            digests={"daily": daily},
            settings=settings,
            now=self.desk.clock.now,
        )

    def make(self, text: str = FERRY) -> EditionRow:
        self.desk.drop(f"{len(text)}", text)
        self.desk.take_all()
        (row,) = self.digests.make("daily")
        return row

    def counts(self) -> MailCounts:
        with self.desk.ledger.read() as connection:
            return mails.count(connection)


def test_an_edition_goes_to_each_recipient_once(desk: Desk, post: Post) -> None:
    office = Office(desk, post.port)
    row = office.make()
    for _ in range(3):
        office.mailing.deliver()
        desk.clock.pass_by(3600)
    assert [one.recipients for one in post.received] == [["a@example.org"], ["b@c.no"]]
    message = post.received[0].message
    assert message["Subject"] == "Morgen: Søndag 22. november 2026"
    page = message.get_body(("html",))
    assert page is not None
    assert page.get_content().split() == _page(office, row).split()
    assert "Storvik" in post.received[0].content.decode()
    assert office.counts() == MailCounts(sent=2, waiting=0, given_up=0, trouble=None)


def _page(office: Office, row: EditionRow) -> str:
    (file,) = (file for file in office.digests.files(row) if file.suffix == ".html")
    return file.read_text()


def test_mail_waits_for_a_server_that_is_down_and_has_the_id_it_had(desk: Desk) -> None:
    """The trouble is told as long as it lasts; the pause between two tries grows."""
    with open_post() as gone:
        port = gone.port
    office = Office(desk, port)
    office.make()
    for attempt in range(3):
        with pytest.raises(TransientError, match=r"^2 mails wait: 127\.0\.0\.1: Connection refus"):
            office.mailing.deliver()
        with pytest.raises(TransientError):  # also when nothing is due
            office.mailing.deliver()
        desk.clock.pass_by(60 * 2**attempt)
    assert office.counts().waiting == 2
    assert "refused" in str(office.counts().trouble)
    with desk.ledger.read() as connection:
        waiting = mails.due(connection, desk.clock.wall(), limit=9)
    assert [row.attempts for row in waiting] == [3, 3]
    with open_post(port) as post:
        office.mailing.deliver()
    assert post.ids() == [row.message_id for row in waiting]
    assert office.counts() == MailCounts(sent=2, waiting=0, given_up=0, trouble=None)


def test_a_mail_whose_answer_was_lost_is_sent_again_as_the_same(desk: Desk, post: Post) -> None:
    office = Office(desk, post.port, DAILY.model_copy(update={"recipients": ("a@example.org",)}))
    office.make()
    post.loses = True
    with pytest.raises(TransientError, match="1 mail waits"):
        office.mailing.deliver()
    post.loses = False
    desk.clock.pass_by(60)
    office.mailing.deliver()
    first, second = post.ids()
    assert first == second
    assert post.received[0].content == post.received[1].content


def test_a_ledger_that_cannot_be_written_has_no_mail_sent_again_and_again(
    desk: Desk, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The attempt is noted before it is made; that it went well waits for the ledger."""
    office = Office(desk, post.port, DAILY.model_copy(update={"recipients": ("a@example.org",)}))
    office.make()
    with monkeypatch.context() as patch:
        patch.setattr(office.mailing, "_note", _refuse)
        with pytest.raises(TransientError, match="full"):
            office.mailing.deliver()
        office.mailing.deliver()
        office.mailing.deliver()
    assert len(post.received) == 1
    desk.clock.pass_by(60)
    office.mailing.deliver()
    assert len(post.received) == 2
    assert len(set(post.ids())) == 1
    assert office.counts().sent == 1


def _refuse(*_: object) -> None:
    raise TransientError("the disk is full")


def test_a_message_over_which_the_server_hangs_up_holds_up_nobody_else(
    desk: Desk, post: Post
) -> None:
    """The others go at once, over another connection."""
    office = Office(desk, post.port)
    office.make()
    post.drops.add("a@example.org")
    for _ in range(2):
        with pytest.raises(TransientError, match="1 mail waits"):
            office.mailing.deliver()
    assert [one.recipients for one in post.received] == [["b@c.no"]]


def test_a_start_sends_what_the_last_run_did_not(tmp_path: Path, post: Post) -> None:
    with Desk(tmp_path) as desk:
        Office(desk, post.port).make()
    with Desk(tmp_path) as desk:
        Office(desk, post.port).mailing.deliver()
    assert len(set(post.ids())) == 2


def test_a_refused_recipient_is_tried_again_and_given_up_in_the_end(desk: Desk, post: Post) -> None:
    """The other has it at once; what was given up is no trouble any more, but counted."""
    office = Office(desk, post.port)
    post.refusals["a@example.org"] = "550 no such person"
    office.make()
    with pytest.raises(TransientError, match=r"1 mail waits: .*550 no such person"):
        office.mailing.deliver()
    assert [one.recipients for one in post.received] == [["b@c.no"]]
    desk.clock.pass_by(3 * 86_400)
    office.mailing.deliver()
    assert office.counts() == MailCounts(sent=1, waiting=0, given_up=1, trouble=None)


def test_who_is_no_recipient_any_more_gets_nothing(desk: Desk, post: Post) -> None:
    office = Office(desk, post.port)
    office.make()
    fewer = DAILY.model_copy(update={"recipients": ("B <b@c.no>",)})
    office.mailing_of(office.settings, fewer).deliver()
    assert [one.recipients for one in post.received] == [["b@c.no"]]
    assert office.counts().given_up == 1


def test_what_somebody_removed_is_not_sent(desk: Desk, post: Post) -> None:
    """After a takedown, say: the words are read from the edition's files."""
    office = Office(desk, post.port)
    for file in office.digests.files(office.make()):
        file.unlink()
    with pytest.raises(TransientError, match=r"2 mails wait: .*No such file"):
        office.mailing.deliver()
    assert post.received == []


def test_a_correction_is_sent_as_an_answer_to_what_it_corrects(desk: Desk, post: Post) -> None:
    office = Office(desk, post.port)
    office.make()
    office.mailing.deliver()
    office.digests.make_again("daily", START)
    office.mailing.deliver()
    assert len(set(post.ids())) == 4
    corrected = post.received[2].message
    assert corrected["In-Reply-To"] == post.ids()[0]
    assert corrected["Subject"].endswith("(v2)")


def test_an_edition_of_a_past_window_is_sent_to_nobody(desk: Desk, post: Post) -> None:
    """Who asked for it reads it here; the others have had its news."""
    office = Office(desk, post.port)
    office.make()
    office.mailing.deliver()
    assert office.digests.make_past("daily", START - timedelta(days=1), START) is not None
    office.mailing.deliver()
    assert len(post.received) == 2


def test_the_next_edition_is_in_the_same_thread(desk: Desk, post: Post) -> None:
    office = Office(desk, post.port)
    office.make()
    desk.clock.pass_by(86_400)
    office.make(BRIDGE)
    office.mailing.deliver()
    threads = {one.message["References"] for one in post.received if "a@" in one.recipients[0]}
    assert len(post.received) == 4
    assert len(threads) == 1


def test_the_password_is_read_from_its_file_each_time(
    desk: Desk, post: Post, tmp_path: Path
) -> None:
    office = Office(desk, post.port)
    office.make()
    file = tmp_path / "password"
    chosen = {"user": "tidende", "password": SecretStr("no"), "password_file": file}
    mailing = office.mailing_of(office.settings.model_copy(update=chosen))
    with pytest.raises(TransientError, match=r"mail\.password_file = .*: No such file"):
        mailing.deliver()
    file.write_text("hemmelig\n")
    desk.clock.pass_by(60)
    mailing.deliver()
    assert post.logins == ["\0tidende\0hemmelig"]
