"""The settings: where each may be set, which place wins, and what an error says."""

import os
from pathlib import Path

import pytest

from tidende.errors import ConfigError
from tidende.settings import load


@pytest.fixture(autouse=True)
def _no_settings_around(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.upper().startswith("TIDENDE_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return where a test may write its configuration."""
    return tmp_path / "desk.toml"


def test_the_shipped_configuration_holds_the_defaults(root: Path) -> None:
    """Every option of config/tidende.toml is set to what holds without a file."""
    assert load(root / "config" / "tidende.toml").settings == load().settings


def test_the_shipped_configuration_names_every_option(root: Path) -> None:
    """Someone who reads config/tidende.toml has seen all there is to set."""
    shown = (root / "config" / "tidende.toml").read_text()
    settings = load().settings
    tables = (
        settings,
        settings.inboxes[0],
        settings.intake,
        settings.workers,
        settings.limits,
        settings.queue,
        settings.extraction,
        settings.dedup,
        settings.retention,
        settings.digests["daily"],
        settings.digests["daily"].only,
        settings.mail,
        settings.log,
    )
    keys = {key for table in tables for key in type(table).model_fields}
    keys -= {"inboxes", "intake", "workers", "limits", "queue", "retention", "digests", "log"}
    keys -= {"only", "mail", "dedup", "extraction"}
    assert [key for key in sorted(keys) if f"\n{key} = " not in shown.replace("# ", "")] == []


def test_each_later_place_wins_over_the_one_before(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file overrides the defaults, the environment the file, and --set the environment."""
    file.write_text("[intake]\nsettle_seconds = 3\nrescan_seconds = 30\n[workers]\ncount = 4\n")
    monkeypatch.setenv("TIDENDE_INTAKE__SETTLE_SECONDS", "5")
    monkeypatch.setenv("TIDENDE_INTAKE__RESCAN_SECONDS", "50")
    loaded = load(file, ["intake.settle_seconds=7"])
    intake = loaded.settings.intake
    chosen = [intake.settle_seconds, intake.rescan_seconds, loaded.settings.workers.count]
    assert chosen == [7, 50, 4]
    assert [
        loaded.origin(key)
        for key in (
            ("intake", "settle_seconds"),
            ("intake", "rescan_seconds"),
            ("workers", "count"),
            ("shutdown_seconds",),
        )
    ] == ["--set", "environment", str(file), "default"]


def test_inbox_and_data_of_the_command_line_win_over_all(file: Path) -> None:
    """--inbox and --data override every other place, and keep what else was said of the inbox."""
    file.write_text('data = "x"\n[[inboxes]]\nname = "wire"\npath = "y"\nsource = "post"\n')
    loaded = load(file, ["data=z"]).placed_at(inbox=Path("/in"), data=Path("/out"))
    (inbox,) = loaded.settings.inboxes
    assert loaded.settings.data == Path("/out")
    assert (inbox.name, inbox.path, inbox.source) == ("wire", Path("/in"), "post")
    assert loaded.origin(("data",)) == "command line"
    assert loaded.origin(("inboxes", 0, "path")) == "command line"


def test_an_inbox_of_the_command_line_takes_the_place_of_several(file: Path) -> None:
    """Where several inboxes are configured, --inbox is a new one and the only one."""
    file.write_text('inboxes = [{name = "a", path = "a"}, {name = "b", path = "b"}]')
    (inbox,) = load(file).placed_at(inbox=Path("/in"), data=None).settings.inboxes
    assert (inbox.name, inbox.path) == ("inbox", Path("/in"))


def test_no_command_line_leaves_all_as_it_was() -> None:
    """Without --inbox and --data nothing changes."""
    loaded = load()
    assert loaded.placed_at(inbox=None, data=None).settings == loaded.settings


@pytest.mark.parametrize(
    ("assignment", "value"),
    [
        ("title", "title"),
        ('"a = b"', "a = b"),
        ("Morgen, kl. 6", "Morgen, kl. 6"),
        (" x ", "x"),
        ("", ""),
    ],
)
def test_an_assigned_word_needs_no_quotes(assignment: str, value: str) -> None:
    """What is no TOML value stands for itself."""
    loaded = load(None, [f"digests.daily.title={assignment}"])
    assert loaded.settings.digests["daily"].title == value


def test_assignments_of_one_table_add_up() -> None:
    """A second --set for a table leaves what the first one set."""
    intake = load(None, ["intake.settle_seconds=1", "intake.rescan_seconds=9"]).settings.intake
    assert (intake.settle_seconds, intake.rescan_seconds) == (1, 9)


def test_the_environment_may_hold_a_table_as_json(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list of tables fits into one variable."""
    monkeypatch.setenv("TIDENDE_INBOXES", '[{"name": "a", "path": "b"}]')
    assert load().settings.inboxes[0].path == Path("b")


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("setle = 1", "setle = 1: unknown key; known: data, source, "),
        ("[intake]\nsetle = 1", "intake.setle = 1: unknown key; known: settle_seconds, "),
        (
            "[intake]\nsettle_second = 1",
            "intake.settle_second = 1: unknown key; did you mean settle_seconds?",
        ),
        ("[intak]", "intak = {}: unknown key; did you mean intake?"),
        (
            "[intake]\nsettle_seconds = 'soon'",
            "intake.settle_seconds = 'soon': expected a valid number",
        ),
        (
            "[intake]\nsettle_seconds = -1",
            "intake.settle_seconds = -1: expected greater than or equal to 0",
        ),
        ("[intake]\nsettle_seconds = nan", "intake.settle_seconds = nan: "),
        ("intake = 3", "intake = 3: expected a table"),
        ("data = 3", "data = 3: expected a path"),
        ("source = 'to ord'", "source = 'to ord': no URI-reference (expected like /tidende"),
        ("source = '/ø'", "source = '/ø': "),
        ("shutdown_seconds = 0", "shutdown_seconds = 0: "),
        ("[digests.x]\ntimezone = 'Oslo'", "digests.x.timezone = 'Oslo': no such time zone"),
        ("[digests.x]\nquiet_hours = '22-6'", "digests.x.quiet_hours = '22-6': no hours"),
        ("[digests.x]\nquiet_hours = '06:00-06:00'", "digests.x.quiet_hours = '06:00-06:00': "),
        ("[digests.x]\nweekdays = ['monday']", "digests.x.weekdays.0 = 'monday': "),
        ("[digests.x]\nweekdays = []", "digests.x.weekdays = []: "),
        ("[digests.x]\ncatch_up = 'all'", "digests.x.catch_up = 'all': "),
        ("[digests.x]\nquiet = 'no'", "digests.x.quiet = 'no': "),
        ("[digests.x]\ninterval_minutes = -5", "digests.x.interval_minutes = -5: "),
        ("[digests.x]\nrecipients = ['desk']", "digests.x.recipients.0 = 'desk': no address"),
        (
            "[digests.x]\nrecipients = ['a@b', 'A <A@b>']",
            "digests.x.recipients = ['a@b', 'A <A@b>']: one",
        ),
        (
            "[digests.x.only]\nplace = ['NO']",
            "digests.x.only.place = ['NO']: unknown key; did you mean places?",
        ),
        ("[mail]\nsecurity = 'ssl'", "mail.security = 'ssl': "),
        ("[mail]\nsender = 'x\\ny@z'", "mail.sender = "),
        ("[mail]\npassword = 12", "mail.password = ...: "),
        ("[digests.'A B']", "digests.A B = 'A B': no name (expected up to 64 of a-z"),
        ("[[inboxes]]\nname = 'x'", "inboxes.0.path: it must be set"),
        (
            "[[inboxes]]\nname = 'x'\npath = 'x'\non_don = 1",
            "inboxes.0.on_don = 1: unknown key; did you mean on_done?",
        ),
        ("[inboxes]\nname = 'x'", "inboxes = {'name': 'x'}: expected a list"),
        ("[[inboxes]]\nname = '../x'\npath = 'x'", "inboxes.0.name = '../x': "),
        ("inboxes = []", "inboxes = []: expected at least one"),
        ("[log]\nlevel = 'loud'", "log.level = 'loud': "),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_with_its_file_and_value(
    file: Path, written: str, message: str
) -> None:
    """The message says in which file, which key has which value."""
    file.write_text(written)
    with pytest.raises(ConfigError) as raised:
        load(file)
    (line,) = str(raised.value).splitlines()
    assert line.startswith(f"{file}: {message}")


def test_a_password_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not with the settings in force, nor beside one that can't be used."""
    monkeypatch.setenv("TIDENDE_MAIL__PASSWORD", "hemmelig")
    settings = load().settings
    assert settings.mail.password.get_secret_value() == "hemmelig"
    assert "hemmelig" not in str(settings.model_dump(mode="json"))
    with pytest.raises(ConfigError) as raised:
        load(None, ["mail=5", "mail.port=no"])
    assert "hemmelig" not in str(raised.value)


def test_two_inboxes_of_one_name_are_refused(file: Path) -> None:
    """An inbox's name is part of every identity, so it can't stand for two."""
    file.write_text('inboxes = [{name = "a", path = "a"}, {name = "a", path = "b"}]')
    with pytest.raises(ConfigError, match=r"desk\.toml: inboxes = .*two inboxes are named 'a'"):
        load(file)


def test_all_problems_are_told_at_once(file: Path) -> None:
    """One message lists every setting that can't be used."""
    file.write_text("[intake]\nsettle_seconds = 'x'\nsetle = 1\n[workers]\ncount = -1\n")
    with pytest.raises(ConfigError) as raised:
        load(file)
    assert len(str(raised.value).splitlines()) == 3


@pytest.mark.parametrize(
    ("content", "message"),
    [(None, "can't be read"), (b"[intake\n", "no valid TOML"), (b"a = '\xff'", "can't be read")],
)
def test_a_file_that_cannot_be_read_is_named(
    file: Path, content: bytes | None, message: str
) -> None:
    """A missing or broken file is an error with the file's name."""
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ConfigError) as raised:
        load(file)
    assert str(raised.value).startswith(f"{file}: {message}")


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("TIDENDE_INTAK__SETTLE_SECONDS", "1", "TIDENDE_INTAK__SETTLE_SECONDS = '1': unknown key"),
        ("TIDENDE_", "1", "TIDENDE_ = '1': unknown key"),
        ("TIDENDE_DATA__DIR", "x", "TIDENDE_DATA__DIR = 'x': unknown key"),
        ("TIDENDE_INTAKE__SETLE", "1", "intake.setle = '1': unknown key"),
        ("TIDENDE_WORKERS__COUNT", "many", "workers.count = 'many': "),
        ("TIDENDE_INBOXES", "[{", "TIDENDE_INBOXES = '[{': no valid JSON"),
        ("TIDENDE_QUEUE", "none", "TIDENDE_QUEUE = 'none': no valid JSON"),
    ],
)
def test_a_variable_that_cannot_be_used_is_named_with_its_value(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, message: str
) -> None:
    """The message says that it was set in the environment, and what to."""
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError) as raised:
        load()
    assert str(raised.value).startswith(f"environment: {message}")


@pytest.mark.parametrize(
    ("assignment", "message"),
    [
        ("workers", "--set workers: expected key=value"),
        ("=1", "--set =1: expected key=value"),
        ("intake..x=1", "--set intake..x=1: expected key=value"),
        ("worker.count=1", "--set: worker = {'count': 1}: unknown key"),
        ("workers.count=0.5", "--set: workers.count = 0.5: "),
    ],
)
def test_an_assignment_that_cannot_be_used_is_named(assignment: str, message: str) -> None:
    """The message repeats what was said with --set."""
    with pytest.raises(ConfigError) as raised:
        load(None, [assignment])
    assert str(raised.value).startswith(message)
