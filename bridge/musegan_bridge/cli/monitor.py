"""`musegan-bridge monitor`: watch a band in the terminal."""

from __future__ import annotations

import sys

import click

from musegan_bridge.net.ports import SCLANG_PORT


@click.command(short_help="Watch a band in the terminal.")
@click.argument("address", metavar="[HOST:PORT]", default=f"127.0.0.1:{SCLANG_PORT}")
def monitor(address: str) -> None:
    """Watch the band at HOST:PORT (127.0.0.1:57120): its bars and its plan, who is followed, and how it keeps its time.

    q quits. If the band ends, the monitor waits for it to come back.
    """
    host, _, port = address.rpartition(":")
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise click.UsageError(f"HOST:PORT must end in a port, 1..65535, got {address!r}")
    try:
        from musegan_bridge.tools.monitor import MonitorError, watch
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in ("textual", "rich"):  # textual brings rich
            raise
        raise click.ClickException(
            f"the monitor needs textual: {sys.executable} -m pip install 'musegan-bridge[monitor]'"
        ) from error
    try:
        watch(host or "127.0.0.1", int(port))
    except MonitorError as error:
        raise click.ClickException(str(error)) from error
