"""Checks of settings against the file system and the calendar."""

import os
from pathlib import Path

import pytest

from tidende.errors import ConfigError
from tidende.file_system import Mount
from tidende.service import checks
from tidende.service.checks import check, check_inboxes, check_password
from tidende.settings import Loaded, load


@pytest.fixture(autouse=True)
def _somewhere_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.upper().startswith("TIDENDE_")]:
        monkeypatch.delenv(name)


def _loaded(*assignments: str, inbox: str | None = None, data: str | None = None) -> Loaded:
    return load(None, assignments).placed_at(
        inbox=Path(inbox) if inbox else None, data=Path(data) if data else None
    )


def test_directories_that_are_not_there_yet_can_be_made(tmp_path: Path) -> None:
    """A check makes nothing."""
    check(_loaded(inbox="deep/in/side", data="other/data"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("inbox", ["inbox", "../wire", "data/in/side"])
def test_an_inbox_can_be_made_beside_something_or_in_the_data_directory(inbox: str) -> None:
    check_inboxes(_loaded(inbox=inbox))


def test_an_inbox_that_would_stand_in_nothing_is_named(tmp_path: Path) -> None:
    """Mistyped, or not mounted; what was dropped elsewhere would wait for ever."""
    with pytest.raises(ConfigError) as raised:
        check_inboxes(_loaded(inbox="wrie/ntb"))
    assert str(raised.value) == (
        "command line: inboxes.0.path = 'wrie/ntb': there is no such directory, "
        f"and no {tmp_path / 'wrie'} to make it in"
    )


@pytest.mark.parametrize(("option", "key"), [("data", "data"), ("inbox", "inboxes.0.path")])
def test_a_file_in_a_directory_s_place_is_named(tmp_path: Path, option: str, key: str) -> None:
    """With the setting that it is in the way of."""
    (tmp_path / "file").write_text("")
    loaded = _loaded(**{option: "file/below"})
    with pytest.raises(ConfigError) as raised:
        check(loaded)
    assert str(raised.value) == (
        f"command line: {key} = 'file/below': {tmp_path / 'file'} is no directory"
    )


@pytest.mark.parametrize(
    ("inbox", "data"), [("x", "x"), (".", "data"), ("x", "x/y/z"), ("link", "x/data")]
)
def test_a_data_directory_in_an_inbox_is_refused(tmp_path: Path, inbox: str, data: str) -> None:
    """Our own events would come in as seeds, without an end."""
    (tmp_path / "x").mkdir()
    (tmp_path / "link").symlink_to("x")
    with pytest.raises(ConfigError, match=r"inboxes\.0\.path = .*the data directory .* lies in it"):
        check(_loaded(inbox=inbox, data=data))


def test_an_inbox_may_lie_in_the_data_directory() -> None:
    """Nothing is written into it."""
    check(_loaded(inbox="data/inbox", data="data"))


def test_a_schedule_that_is_none_is_named() -> None:
    """With the digest that it is for."""
    loaded = _loaded("digests.daily.schedule=daily")
    with pytest.raises(ConfigError, match=r"^--set: digests\.daily\.schedule = 'daily': "):
        check(loaded)


def test_a_language_that_no_digest_is_written_in_is_named_beside_those_that_are() -> None:
    """What has phrases is known, wherever that is listed."""
    loaded = _loaded("digests.daily.language=tlh")
    with pytest.raises(
        ConfigError, match=r"^--set: digests\.daily\.language = 'tlh': .*da, de, en"
    ):
        check(loaded)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_directory_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """Found out before the daemon starts."""
    (tmp_path / "data").mkdir(mode=0o500)
    with pytest.raises(ConfigError, match=r"data = 'data': .* can't be written"):
        check(_loaded())


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "9p", "fuse.sshfs"])
def test_a_data_directory_on_a_network_file_system_is_named(
    monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """SQLite's locks and the queue's renames need a local one; an inbox may lie there."""
    monkeypatch.setattr(checks, "mount_of", lambda _: Mount(type=kind, point="/mnt/news"))
    with pytest.raises(ConfigError) as raised:
        check(_loaded(data="not/there/yet"))
    assert str(raised.value) == (
        f"command line: data = 'not/there/yet': lies on {kind}, mounted at /mnt/news; "
        "the ledger and the queue need a local file system"
    )


@pytest.mark.parametrize("kind", ["ext4", "fuse", "fuse.bindfs", "overlay", ""])
def test_a_data_directory_on_a_file_system_that_may_be_local_is_taken(
    monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """What can't be known isn't refused."""
    monkeypatch.setattr(checks, "mount_of", lambda _: Mount(type=kind, point="/"))
    check(_loaded())


def test_templates_are_tried_and_their_setting_is_named(tmp_path: Path) -> None:
    file = tmp_path / "mine" / "edition.md.j2"
    file.parent.mkdir()
    file.write_text("\n{{ nothing }}", encoding="utf-8")
    with pytest.raises(ConfigError) as raised:
        check(_loaded("digests.daily.templates=mine"))
    assert str(raised.value) == (
        "--set: digests.daily.templates = 'mine': a digest template can't be used: "
        "mine/edition.md.j2, line 2: 'nothing' is undefined"
    )


def test_templates_that_are_not_there_are_refused() -> None:
    with pytest.raises(ConfigError, match=r"digests\.daily\.templates = 'mine': mine is no dir"):
        check(_loaded("digests.daily.templates=mine"))


def test_a_password_that_nobody_logs_in_with_is_not_read() -> None:
    """Its file may hold anything, or be gone."""
    file = "mail.password_file=/no/such"
    check_password(_loaded(file))
    with pytest.raises(ConfigError, match="No such file"):
        check_password(_loaded(file, "mail.user=tidende"))
