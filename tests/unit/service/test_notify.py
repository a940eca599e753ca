"""What the service manager is told, and that it can't hold us up."""

import socket
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from tidende.service.notify import notify


@pytest.fixture
def manager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> socket.socket:
    """Return the manager's socket."""
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    listening.bind(str(tmp_path / "notify"))
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
    return listening


def test_a_state_is_sent_as_it_is(manager: socket.socket) -> None:
    with manager:
        notify("READY=1")
        assert manager.recv(64) == b"READY=1"


def test_a_manager_that_reads_nothing_is_not_waited_for(manager: socket.socket) -> None:
    with manager, capture_logs() as logs:
        for _ in range(1000):
            notify("WATCHDOG=1")
            if logs:
                break
    assert logs[0]["event"] == "manager_not_told"


def test_a_manager_that_is_gone_is_no_reason_to_end(manager: socket.socket) -> None:
    manager.close()
    with capture_logs() as logs:
        notify("STOPPING=1")
    assert logs[0]["state"] == "STOPPING=1"
