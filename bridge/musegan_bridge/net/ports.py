"""UDP ports, and whom to blame for one that cannot be had; it must not know what comes in on them."""

from __future__ import annotations

import contextlib
import socket

SCLANG_PORT = 57120
"""Where SuperCollider listens, and what we take if it is not there."""

HTTP_PORT = 7480
"""No instrument's own port, and below those that systems lend to outgoing connections: free as a rule."""

RECEIVE_BUFFER = 4 << 20  # bytes; the system's default holds some 90 small datagrams


class PortError(OSError):
    """The port cannot be had; the text says why and what to do."""


def open_socket(host: str, port: int) -> socket.socket:
    """Return a bound UDP socket; raise PortError that says who holds the port and what to do."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER)
        sock.bind((host, port))
    except OSError as error:
        sock.close()
        raise PortError(_port_advice(host, port, error)) from error
    sock.setblocking(False)
    return sock


def address_of(host: str) -> str:
    """Return the IPv4 address of a host; raise PortError where its name is not known. It may take seconds."""
    try:
        return socket.gethostbyname(host)
    except (OSError, UnicodeError) as error:  # UnicodeError: no host is named so
        raise PortError(f"{host}: no such address ({getattr(error, 'strerror', None) or error})") from error


def _port_advice(host: str, port: int, error: OSError) -> str:
    if isinstance(error, socket.gaierror):
        return f"--host {host}: no such address; use 127.0.0.1, or the address of one of this machine's networks"
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind((host, 0))
        other = probe.getsockname()[1] if port != SCLANG_PORT else 57130
        advice = f"port {port} on {host} is taken or not allowed ({error.strerror})."
        if port == SCLANG_PORT:
            advice += (
                " Does a band play already? If not: 57120 is sclang's own port, and a SuperCollider that started first"
                " holds it; `musegan-bridge doctor` says who."
                f" Either start with `--port {other}` and, in SuperCollider, `MuseGAN.connect(port: {other})`; or"
                " start the band first: sclang then takes 57121 by itself."
            )
        else:
            advice += f" Use another, e.g. `--port {other}`, or `--port 0` for any free one."
        return advice
    return f"--host {host}: this machine has no such address ({error.strerror}); use 127.0.0.1"
