"""Tell the program that started us, if it is systemd or the like, that we are ready; nothing else is known of it."""

from __future__ import annotations

import contextlib
import os
import socket


def tell_supervisor(state: str) -> None:
    """Send a state, as READY=1, to the socket in NOTIFY_SOCKET (sd_notify(3)); without one, or on failure, nothing."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
        notify.sendto(state.encode(), f"\0{address[1:]}" if address.startswith("@") else address)
