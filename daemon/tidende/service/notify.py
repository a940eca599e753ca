"""Tells systemd how the daemon is: the sd_notify protocol, nothing where there is no systemd."""

import os
import socket

from tidende.logs import get_logger


def notify(state: str) -> None:
    """Send a state like READY=1, WATCHDOG=1 or STOPPING=1 to the service manager, if any.

    It never waits, and never fails: a manager that doesn't read can't hold up the news.
    """
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return
    if address.startswith("@"):
        address = "\0" + address[1:]
    kind = socket.SOCK_DGRAM | socket.SOCK_CLOEXEC | socket.SOCK_NONBLOCK
    with socket.socket(socket.AF_UNIX, kind) as connection:
        try:
            connection.sendto(state.encode(), address)
        except OSError as error:
            get_logger().warning("manager_not_told", state=state, message=error.strerror)
