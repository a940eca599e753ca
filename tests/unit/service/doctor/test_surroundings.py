"""What the data directory stands on."""

from datetime import timedelta

import pytest

from desk import FERRY, Desk
from tidende.file_system import Mount
from tidende.service.doctor import surroundings
from tidende.service.doctor.surroundings import check_clock, check_place
from tidende.settings import Settings


def test_data_on_another_machine_is_a_problem(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Locks and databases come to harm there."""
    mount = Mount(type="nfs4", point="/srv")
    monkeypatch.setattr(surroundings, "mount_of", lambda _: mount)
    found = check_place(desk.data, Settings())
    [problem] = [each for each in found if each.about == "disk" and each.severity == "problem"]
    assert "network file system (nfs4)" in problem.message


def test_an_event_of_tomorrow_tells_of_a_clock_that_was_wrong(desk: Desk) -> None:
    """A minute more or less doesn't."""
    desk.drop("a.txt", FERRY)
    desk.take_all()
    assert check_clock(desk.ledger, desk.clock.now() - timedelta(seconds=30)) == []
    [finding] = check_clock(desk.ledger, desk.clock.now() - timedelta(days=1))
    assert finding.severity == "note"
    assert "2026-11-22T05:00:00.000Z, which is yet to come" in finding.message
