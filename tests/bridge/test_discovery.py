"""Announced by us, found by others: zeroconf's own browser, and another author's OSCQuery client."""

from __future__ import annotations

import asyncio
import contextlib
import random
import re
import sys
from collections.abc import AsyncIterator, Collection, Sequence

import pytest
from pythonoscquery.osc_query_client import OSCQueryClient
from pythonoscquery.shared.osc_access import OSCAccess
from zeroconf import ServiceStateChange, Zeroconf
from zeroconf.asyncio import AsyncServiceBrowser, AsyncServiceInfo, AsyncZeroconf

from musegan_bridge.messages import INCOMING, Value
from musegan_bridge.net import oscquery
from musegan_bridge.net.discovery import NAME, Discovery, DiscoveryError, local_name
from musegan_bridge.net.web import Web

OSC, OSCQUERY = "_osc._udp.local.", "_oscjson._tcp.local."


class Browser:
    """What is announced on the loopback of this machine."""

    def __init__(self, zeroconf: AsyncZeroconf) -> None:
        self._zeroconf = zeroconf
        self._seen: asyncio.Queue[tuple[ServiceStateChange, str, str]] = asyncio.Queue()

    def change(self, zeroconf: Zeroconf, service_type: str, name: str, state_change: ServiceStateChange) -> None:
        self._seen.put_nowait((state_change, service_type, name))

    async def find(self, ports: Collection[int]) -> dict[int, AsyncServiceInfo]:
        """Wait until all these ports are announced. There may be other bands: another test's, a musician's."""
        found: dict[int, AsyncServiceInfo] = {}
        while len(found) < len(ports):
            _, kind, name = await self._seen.get()
            info = await self._zeroconf.async_get_service_info(kind, name)
            if info is not None and info.port is not None and info.port in ports:
                found[info.port] = info
        return found

    async def gone(self, name: str) -> None:
        while True:
            change, _, seen = await self._seen.get()
            if (change, seen) == (ServiceStateChange.Removed, name):
                return


@contextlib.asynccontextmanager
async def looking() -> AsyncIterator[Browser]:
    async with AsyncZeroconf(interfaces=["127.0.0.1"]) as zeroconf:
        browser = Browser(zeroconf)
        async with AsyncServiceBrowser(zeroconf.zeroconf, [OSC, OSCQUERY], handlers=[browser.change]):
            yield browser


@contextlib.asynccontextmanager
async def announced(osc_port: int, http_port: int) -> AsyncIterator[None]:
    band = Discovery(host="127.0.0.1", osc_port=osc_port, http_port=http_port)
    await band.start()
    try:
        yield
    finally:
        await band.close()


def some_ports(n: int) -> list[int]:
    """Return numbers; nobody listens there."""
    return random.SystemRandom().sample(range(20000, 60000), n)


def test_a_band_is_announced_with_its_ports_and_taken_back() -> None:
    async def test() -> None:
        osc_port, http_port = some_ports(2)
        async with looking() as browser:
            async with announced(osc_port, http_port):
                found = await browser.find((osc_port, http_port))
            assert {port: info.type for port, info in found.items()} == {osc_port: OSC, http_port: OSCQUERY}
            for info in found.values():
                assert info.name == f"{NAME} {osc_port}.{info.type}"
                assert info.server == f"{local_name()}."
                assert info.parsed_addresses() == ["127.0.0.1"]
            await browser.gone(found[http_port].name)

    asyncio.run(asyncio.wait_for(test(), 60))


def test_a_second_band_has_another_name() -> None:
    async def test() -> None:
        ports = some_ports(4)
        async with looking() as browser, announced(*ports[:2]), announced(*ports[2:]):
            found = await browser.find(ports)
        assert len({info.name for info in found.values()}) == 4

    asyncio.run(asyncio.wait_for(test(), 60))


def test_somebody_elses_client_reads_the_settings() -> None:
    values: dict[str, Sequence[Value]] = {"/musegan/tempo": [120.0], "/musegan/key": ["Am"]}
    web = Web(oscquery.namespace(INCOMING, ("bass", "drums")), values.get, lambda *_: None, osc_port=57120, port=0)

    def read(client: OSCQueryClient) -> None:
        host = client.get_host_info()
        assert host is not None
        assert (host.name, host.osc_ip, host.osc_port, host.osc_transport) == (NAME, "127.0.0.1", 57120, "UDP")
        for address, value in values.items():
            node = client.query_node(address)
            assert node is not None
            assert (node.full_path, node.value, node.access) == (address, value, OSCAccess.READWRITE_VALUE)
            assert node.description
        assert client.query_node("/musegan/nothing") is None

    async def test() -> None:
        await web.start()
        try:
            async with looking() as browser, announced(57120, web.port):
                client = OSCQueryClient((await browser.find([web.port]))[web.port])
                await asyncio.to_thread(read, client)
        finally:
            await web.close()

    asyncio.run(asyncio.wait_for(test(), 60))


def test_without_zeroconf_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "zeroconf", None)
    with pytest.raises(
        DiscoveryError, match=rf"{re.escape(sys.executable)} -m pip install 'musegan-bridge\[discovery\]'"
    ):
        asyncio.run(Discovery(host="127.0.0.1", osc_port=1, http_port=2).start())


def test_an_address_that_is_not_ours_is_refused_in_words() -> None:
    with pytest.raises(DiscoveryError, match=r"cannot be announced on 192\.0\.2\.1: "):
        asyncio.run(Discovery(host="192.0.2.1", osc_port=1, http_port=2).start())
