"""Tells systemd how the daemon is: the sd_notify protocol, nothing where there is no systemd."""

import os
import socket


def notify(state: str) -> None:
    """Send a state like READY=1, WATCHDOG=1 or STOPPING=1 to the service manager, if any."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return
    if address.startswith("@"):
        address = "\0" + address[1:]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as connection:
        connection.sendto(state.encode(), address)
