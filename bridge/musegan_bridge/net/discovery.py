"""Announce the band on the network (zeroconf), so that controllers find it by themselves. It must not know OSC.

What is served to this machine only is announced on its loopback only.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zeroconf.asyncio import AsyncServiceInfo

NAME = "MuseGAN Bridge"
"""What controllers show; announced with the OSC port behind it."""

_OSC, _OSCQUERY = "_osc._udp.local.", "_oscjson._tcp.local."


class DiscoveryError(RuntimeError):
    """The band cannot be announced; the text says why and what to do."""


class Discovery:
    """The announcement of one band. `start`, and `close` at the end."""

    def __init__(self, *, host: str, osc_port: int, http_port: int) -> None:
        """Take where the band is: the address it listens on, its UDP and its TCP port."""
        self._host = host
        # zeroconf hears of a name taken on another machine, but not on this one: two programs share its UDP port, and
        # the answer goes to either. Two bands on one machine differ in their port.
        self._name = f"{NAME} {osc_port}"
        self._ports = {_OSC: osc_port, _OSCQUERY: http_port}

    async def start(self) -> None:
        """Announce, on the running loop; returns when the name is known to be free, after about a second.

        Where a band of another machine has the name already, this one gets a "-2" behind it.

        Raises:
            DiscoveryError: zeroconf is not installed, or the network does not let it.

        """
        try:
            from zeroconf import Error as ZeroconfError
            from zeroconf.asyncio import AsyncServiceInfo, AsyncZeroconf
        except ImportError as error:
            raise DiscoveryError(
                f"zeroconf is not installed: {sys.executable} -m pip install 'musegan-bridge[discovery]', "
                "or serve without --announce"
            ) from error
        try:
            address = socket.gethostbyname(self._host)
            addresses = _addresses() if ipaddress.ip_address(address).is_unspecified else [address]
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
                probe.bind((address, 0))  # where this fails zeroconf would, too, and leave a socket open
            self._zeroconf = AsyncZeroconf(interfaces=addresses)
        except (OSError, ZeroconfError) as error:
            raise DiscoveryError(f"the band cannot be announced on {self._host}: {error}") from error
        self._services: list[AsyncServiceInfo] = [
            AsyncServiceInfo(kind, f"{self._name}.{kind}", port, server=f"{local_name()}.", parsed_addresses=addresses)
            for kind, port in self._ports.items()
        ]
        try:
            announced = await asyncio.gather(
                *(self._zeroconf.async_register_service(s, allow_name_change=True) for s in self._services)
            )
            await asyncio.gather(*announced)
        except (OSError, ZeroconfError) as error:
            await self._zeroconf.async_close()
            raise DiscoveryError(f"the band cannot be announced on {self._host}: {error}") from error

    async def close(self) -> None:
        """Take the announcement back."""
        await self._zeroconf.async_unregister_all_services()
        await self._zeroconf.async_close()


def local_name() -> str:
    """Return the name under which this machine is announced: not its own, which its system announces.

    >>> local_name().endswith(".local")
    True
    """
    name = f"musegan-{socket.gethostname().partition('.')[0].lower()}"
    return f"{name[:63]}.local"


def _addresses() -> list[str]:
    """Return the IPv4 addresses of this machine on its networks; where it has none, its loopback."""
    import ifaddr

    all_of_them = [str(ip.ip) for adapter in ifaddr.get_adapters() for ip in adapter.ips if ip.is_IPv4]
    return [a for a in all_of_them if not ipaddress.ip_address(a).is_loopback] or ["127.0.0.1"]
