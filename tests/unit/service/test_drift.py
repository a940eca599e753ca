"""A clock that is set is noticed, once."""

import time

import pytest
from structlog.testing import capture_logs

from tidende.service.drift import JUMP_SECONDS, Drift


@pytest.mark.parametrize("jump", [-JUMP_SECONDS - 1, JUMP_SECONDS + 1])
def test_a_jump_is_told_once(monkeypatch: pytest.MonkeyPatch, jump: float) -> None:
    drift = Drift()
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + jump)
    with capture_logs() as logs:
        assert drift.has_jumped()
        assert not drift.has_jumped()
    assert [round(line["seconds"]) for line in logs] == [round(jump)]


def test_a_clock_that_is_slewed_is_none_that_jumped(monkeypatch: pytest.MonkeyPatch) -> None:
    drift = Drift()
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + 0.5)
    assert not drift.has_jumped()
