"""Whether there is room for more events."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from tidende.emit.backlog import Waiting
from tidende.emit.backpressure import Backpressure
from tidende.errors import TransientError


class Consumers:
    """Say how much waits for them, and how often they were asked."""

    def __init__(self) -> None:
        self.waiting = Waiting()
        self.asked = 0

    def count(self) -> Waiting:
        self.asked += 1
        return self.waiting


def test_a_disk_below_its_reserve_takes_nothing(tmp_path: Path) -> None:
    """The message names the setting and what is free."""
    pressure = Backpressure(path=tmp_path, count=Waiting, reserve_bytes=2**60)
    with pytest.raises(TransientError, match=r"bytes free, under queue\.reserve_bytes"):
        pressure.check()


def test_the_reserve_is_of_what_is_free_for_everybody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """File systems keep a part for root."""
    disk = SimpleNamespace(f_bavail=100, f_bfree=1000, f_frsize=4, f_bsize=9)
    monkeypatch.setattr("os.statvfs", lambda _path: disk)
    Backpressure(path=tmp_path, count=Waiting, reserve_bytes=400).check()
    with pytest.raises(TransientError, match="400 bytes free"):
        Backpressure(path=tmp_path, count=Waiting, reserve_bytes=401).check()


def test_without_bounds_nothing_is_counted(tmp_path: Path) -> None:
    """Counting reads the whole queue."""
    consumers = Consumers()
    Backpressure(path=tmp_path, count=consumers.count).check()
    assert consumers.asked == 0


@pytest.mark.parametrize(
    ("bounds", "published", "said"),
    [
        ({"max_events": 10}, Waiting(events=10), r"10 events wait, queue\.max_events = 10"),
        ({"max_bytes": 500}, Waiting(bytes=600), r"600 bytes wait, queue\.max_bytes = 500"),
    ],
)
def test_a_queue_at_its_bound_takes_nothing_until_consumers_have_taken_some(
    tmp_path: Path, bounds: dict[str, int], published: Waiting, said: str
) -> None:
    """What was published is added to the last count; only at the bound it is counted anew."""
    consumers = Consumers()
    pressure = Backpressure(path=tmp_path, count=consumers.count, **bounds)
    pressure.check()
    consumers.waiting = published
    pressure.note(published)
    with pytest.raises(TransientError, match=said):
        pressure.check()
    consumers.waiting = Waiting()
    pressure.check()
    pressure.check()
    assert consumers.asked == 3


def test_what_waited_before_the_start_is_counted_at_once(tmp_path: Path) -> None:
    """Then no more until a bound is near."""
    consumers = Consumers()
    consumers.waiting = Waiting(events=10)
    with pytest.raises(TransientError, match="10 events wait"):
        Backpressure(path=tmp_path, count=consumers.count, max_events=10).check()
    pressure = Backpressure(path=tmp_path, count=consumers.count, max_events=11)
    pressure.check()
    pressure.check()
    assert consumers.asked == 2
