"""The health of the daemon, as it is reported, logged, written and judged."""

from datetime import timedelta
from pathlib import Path

import orjson
import pytest
from structlog.testing import capture_logs

from desk import START, Clock
from tidende.errors import TidendeError
from tidende.service import health as module
from tidende.service import health_file
from tidende.service.health import BEAT_SECONDS, Health
from tidende.service.health_file import STALE_SECONDS, Remark, Vitals, judge, read

PID = 4711


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return where the health is written."""
    return tmp_path / "health.json"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Return the clock that the health goes by."""
    clock = Clock()
    monkeypatch.setattr(module, "monotonic", clock.monotonic)
    return clock


@pytest.fixture
def health(file: Path, clock: Clock) -> Health:
    """Return the health of a daemon that just started."""
    return Health(file, now=clock.now)


def _vitals(problems: tuple[Remark, ...] = ()) -> Vitals:
    return Vitals(
        pid=PID,
        started="2026-11-22T04:00:00.000Z",
        beat="2026-11-22T05:00:00.000Z",
        healthy=not problems,
        problems=problems,
        counters={},
    )


def test_what_is_reported_is_written(health: Health, file: Path) -> None:
    """With the notes and counters."""
    health.report("inbox wire", "gone")
    health.note("inbox desk watch", "limited")
    health.count("overflows")
    health.beat()
    said = orjson.loads(file.read_bytes())
    assert said.pop("pid") > 0
    assert said == {
        "started": "2026-11-22T05:00:00.000Z",
        "beat": "2026-11-22T05:00:00.000Z",
        "healthy": False,
        "problems": [{"part": "inbox wire", "message": "gone"}],
        "notes": [{"part": "inbox desk watch", "message": "limited"}],
        "counters": {"overflows": 1},
    }


def test_what_is_cleared_is_gone(health: Health, file: Path) -> None:
    """And clearing what wasn't reported is no news."""
    health.report("commits", None)
    health.report("inbox wire", "gone")
    health.report("inbox wire", None)
    health.beat()
    vitals = read(file)
    assert vitals is not None
    assert vitals.healthy
    assert vitals.problems == ()


def test_a_change_is_logged_once(health: Health) -> None:
    """With all that is wrong then."""
    with capture_logs() as logs:
        for message in ("gone", "gone", None, None):
            health.report("inbox wire", message)
            health.beat()
    assert [(line["event"], line["log_level"], line["problems"]) for line in logs] == [
        ("health_changed", "error", {"inbox wire": "gone"}),
        ("health_changed", "info", {}),
    ]


def test_it_is_written_at_the_start_on_changes_and_now_and_then(
    health: Health, file: Path, clock: Clock
) -> None:
    """And not every second."""

    def is_written() -> bool:
        file.unlink(missing_ok=True)
        health.beat()
        return file.exists()

    assert is_written()
    assert not is_written()
    health.count("overflows")
    assert is_written()
    clock.pass_by(BEAT_SECONDS)
    assert is_written()
    assert not is_written()


def test_a_full_disk_is_said_once(health: Health, file: Path) -> None:
    """The daemon goes on without the file."""
    file.mkdir()
    with capture_logs() as logs:
        for _ in range(3):
            health.count("overflows")
            health.beat()
    assert [line["event"] for line in logs] == ["health_not_written"]
    file.rmdir()
    health.count("overflows")
    health.beat()
    assert read(file) is not None


def test_it_goes_when_the_daemon_stops(health: Health, file: Path) -> None:
    """Stopping twice, or without ever having lived, is no error."""
    health.beat()
    for _ in range(2):
        health.close()
    assert read(file) is None


def test_systemd_is_told_the_first_problem(health: Health, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a change only."""
    told: list[str] = []
    monkeypatch.setattr(module, "notify", told.append)
    health.beat()
    health.report("inbox wire", "gone")
    health.report("ledger", "full")
    for _ in range(2):
        health.beat()
    health.report("inbox wire", None)
    health.report("ledger", None)
    health.beat()
    assert told == ["STATUS=inbox wire: gone (and 1 more)", "STATUS=healthy"]


def test_a_daemon_that_is_well_is_judged_healthy() -> None:
    """Its beat may be almost a minute old."""
    now = START + timedelta(seconds=STALE_SECONDS)
    assert judge(_vitals(), holder=PID, now=now) == []


def test_problems_are_what_is_wrong() -> None:
    """As the daemon says them."""
    problem = Remark(part="inbox wire", message="gone")
    assert judge(_vitals((problem,)), holder=PID, now=START) == [problem]


@pytest.mark.parametrize(
    ("holder", "vitals", "seconds", "message"),
    [
        (None, _vitals(), 0, "no daemon runs here"),
        (None, None, 0, "no daemon runs here"),
        (PID, None, 0, f"process {PID} is no daemon, or just starts"),
        (PID + 1, _vitals(), 0, f"process {PID + 1} is no daemon, or just starts"),
        (
            PID,
            _vitals(),
            STALE_SECONDS + 1,
            f"process {PID} hasn't been heard of since 2026-11-22T05:00:00.000Z",
        ),
    ],
    ids=["killed", "never", "ingest", "ingest_after_a_kill", "hangs"],
)
def test_without_a_living_daemon_it_is_unhealthy(
    holder: int | None, vitals: Vitals | None, seconds: float, message: str
) -> None:
    """Whatever the file says."""
    found = judge(vitals, holder=holder, now=START + timedelta(seconds=seconds))
    assert found == [Remark(part="daemon", message=message)]


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"problems": 1}'])
def test_a_file_that_makes_no_sense_is_named(file: Path, content: bytes) -> None:
    """It is ours, but anyone may write there."""
    file.write_bytes(content)
    with pytest.raises(TidendeError, match=str(file)):
        read(file)


def test_what_is_written_is_read(file: Path) -> None:
    """The same."""
    vitals = _vitals((Remark(part="inbox wire", message="gone"),))
    health_file.write(file, vitals)
    assert read(file) == vitals
    assert [entry.name for entry in file.parent.iterdir()] == [file.name]
