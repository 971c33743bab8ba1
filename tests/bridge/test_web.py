"""OSCQuery over real HTTP and WebSocket connections, as controllers and browsers make them."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import json
import socket
from collections.abc import AsyncIterator, Coroutine, Sequence

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from musegan_bridge.messages import INCOMING, Value
from musegan_bridge.net import osc, oscquery, web
from musegan_bridge.net.discovery import local_name
from musegan_bridge.net.web import Web
from musegan_bridge.show.outgoing import Target

TEMPO = "/musegan/tempo"
DENSITY = "/musegan/track/bass/density"


class Stage:
    """A web server over a dictionary of values."""

    def __init__(self) -> None:
        self.values: dict[str, Sequence[Value]] = {TEMPO: [120.0], DENSITY: [1.0]}
        self.heard: asyncio.Queue[tuple[bytes, Target]] = asyncio.Queue()
        self.web = Web(
            oscquery.namespace(INCOMING, ("bass", "drums")),
            self.values.get,
            lambda packet, target: self.heard.put_nowait((packet, target)),
            osc_port=57120,
            port=0,
        )

    def change(self, address: str, value: Value) -> None:
        self.values[address] = [value]
        self.web.changed(address, [value])

    async def get(self, path: str, method: str = "GET", **headers: str) -> tuple[int, bytes, dict[str, str]]:
        """Return status, body and headers (their names small) of a request."""

        def request() -> tuple[int, bytes, dict[str, str]]:
            with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.web.port, timeout=20)) as client:
                client.request(method, path, headers=headers)
                response = client.getresponse()
                return response.status, response.read(), {k.lower(): v for k, v in response.getheaders()}

        return await asyncio.to_thread(request)

    async def raw(self, request: bytes) -> bytes:
        """Return all that comes back for some bytes."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.web.port)
        writer.write(request)
        answer = await reader.read()
        writer.close()
        await writer.wait_closed()
        return answer

    def connect(self, **options: str | None) -> connect:
        return connect(f"ws://127.0.0.1:{self.web.port}/", proxy=None, **options)  # type: ignore[arg-type]


@contextlib.asynccontextmanager
async def opened() -> AsyncIterator[Stage]:
    stage = Stage()
    await stage.web.start()
    try:
        yield stage
    finally:
        await stage.web.close()


def run(test: Coroutine[object, object, None]) -> None:
    asyncio.run(asyncio.wait_for(test, 30))


async def command(client: ClientConnection, name: str, address: str) -> None:
    await client.send(json.dumps({"COMMAND": name, "DATA": address}))


async def received(client: ClientConnection) -> tuple[str, list[object]]:
    """Return the next OSC message."""
    packet = await client.recv()
    assert isinstance(packet, bytes)
    (message,) = osc.decode(packet)
    return message.address, list(message.args)


def test_requests_are_answered_with_json_or_a_status() -> None:
    async def test() -> None:
        async with opened() as stage:
            status, body, headers = await stage.get(f"{TEMPO}?VALUE")
            assert (status, json.loads(body)) == (200, {"VALUE": [120.0]})
            assert headers["content-type"] == "application/json"
            assert "access-control-allow-origin" not in headers
            status, body, _ = await stage.get("/?HOST_INFO")
            assert (status, json.loads(body)["OSC_PORT"]) == (200, 57120)
            status, body, _ = await stage.get("/")
            assert status == 200
            assert json.loads(body)["CONTENTS"]["musegan"]["CONTENTS"]["tempo"]["VALUE"] == [120.0]
            stage.values[TEMPO] = [90.0]
            assert json.loads((await stage.get("/"))[1])["CONTENTS"]["musegan"]["CONTENTS"]["tempo"]["VALUE"] == [90.0]
            assert (await stage.get("/musegan/panic?VALUE"))[:2] == (204, b"")
            assert (await stage.get(f"{TEMPO}?LOUDNESS"))[0] == 400
            assert (await stage.get("/nothing"))[0] == 404
            assert (await stage.get("/%2e%2e/etc/passwd"))[0] == 404
            assert (await stage.get("//musegan/te%6dpo?VA%4cUE"))[0] == 200

    run(test())


def test_head_is_a_get_without_its_body() -> None:
    async def test() -> None:
        async with opened() as stage:
            _, body, headers = await stage.get(TEMPO)
            status, nothing, same = await stage.get(TEMPO, "HEAD")
            assert (status, nothing) == (200, b"")
            assert same["content-length"] == headers["content-length"] == str(len(body))
            status, _, headers = await stage.get(TEMPO, "DELETE")
            assert (status, headers["allow"]) == (405, "GET, HEAD")

    run(test())


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},  # another server of this machine
        {"Host": "evil.example"},  # a name that was made to point here
        {"Host": "evil.example:{port}", "Origin": "http://evil.example:{port}"},
        {"Host": "localhost.evil.example"},
        {"Host": "[::1"},
    ],
)
def test_a_page_of_another_origin_neither_reads_nor_plays(headers: dict[str, str]) -> None:
    async def test() -> None:
        async with opened() as stage:
            sent = {name: value.format(port=stage.web.port) for name, value in headers.items()}
            status, body, _ = await stage.get(f"{TEMPO}?VALUE", **sent)
            assert status == 403
            assert b"120" not in body
            handshake = {"Host": f"127.0.0.1:{stage.web.port}", **sent}
            lines = "".join(f"{name}: {value}\r\n" for name, value in handshake.items())
            answer = await stage.raw(
                f"GET / HTTP/1.1\r\n{lines}Upgrade: websocket\r\nConnection: Upgrade\r\n"
                "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n".encode()
            )
            assert answer.startswith(b"HTTP/1.1 403 ")

    run(test())


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST", "192.168.1.7", "[::1]", local_name()])
def test_its_own_page_reads_and_plays(host: str) -> None:
    async def test() -> None:
        async with opened() as stage:
            own = f"{host}:{stage.web.port}"
            assert (await stage.get(TEMPO, Host=own, Origin=f"http://{own.lower()}"))[0] == 200
            assert (await stage.get(TEMPO, Host=host))[0] == 200

    run(test())


def test_a_websocket_takes_no_foreign_origin_and_the_own_one() -> None:
    async def test() -> None:
        async with opened() as stage:
            with pytest.raises(InvalidStatus) as refused:
                async with stage.connect(origin="http://evil.example"):
                    pass
            assert refused.value.response.status_code == 403
            async with stage.connect(origin=f"http://127.0.0.1:{stage.web.port}") as client:
                await command(client, "LISTEN", TEMPO)
                assert await received(client) == (TEMPO, [120.0])

    run(test())


def test_what_is_listened_to_is_told_until_it_is_ignored() -> None:
    async def test() -> None:
        async with opened() as stage, stage.connect() as client, stage.connect() as other:
            await command(client, "LISTEN", TEMPO)
            assert await received(client) == (TEMPO, [120.0])
            await command(other, "LISTEN", DENSITY)
            assert await received(other) == (DENSITY, [1.0])
            stage.change(TEMPO, 90.0)
            assert await received(client) == (TEMPO, [90.0])
            await command(client, "IGNORE", TEMPO)
            await command(client, "LISTEN", DENSITY)
            assert await received(client) == (DENSITY, [1.0])
            stage.change(TEMPO, 100.0)
            stage.change(DENSITY, 0.5)
            assert await received(client) == (DENSITY, [0.5])  # not the tempo
            assert await received(other) == (DENSITY, [0.5])

    run(test())


def test_of_values_that_wait_only_the_last_one_is_sent() -> None:
    async def test() -> None:
        async with opened() as stage, stage.connect() as client:
            await command(client, "LISTEN", TEMPO)
            await received(client)
            for tempo in range(60, 160):  # in one go: nothing is sent meanwhile
                stage.change(TEMPO, float(tempo))
            assert await received(client) == (TEMPO, [159.0])
            stage.change(TEMPO, 20.0)
            assert await received(client) == (TEMPO, [20.0])

    run(test())


def test_a_packet_from_a_websocket_is_played_and_answered_there() -> None:
    async def test() -> None:
        async with opened() as stage, stage.connect() as client, stage.connect() as other:
            panic = osc.message("/musegan/panic", "", [])
            await client.send(panic)
            packet, target = await stage.heard.get()
            assert packet == panic
            assert target[0] == web.WEBSOCKET
            assert target[1] > 65535  # no UDP port that a client may name
            replies = [osc.message("/musegan/pong", "i", [i]) for i in range(3)]
            for reply in replies:
                stage.web.send(target, reply)
            assert [await client.recv() for _ in replies] == replies
            await other.send(panic)
            assert (await stage.heard.get())[1] != target
            stage.web.send((web.WEBSOCKET, 1), panic)  # nobody is there

    run(test())


@pytest.mark.parametrize(
    "junk",
    ["", "{", "[" * 9999, "[]", '{"COMMAND": "LISTEN"}', '{"COMMAND": "LISTEN", "DATA": ["/"]}',
     '{"COMMAND": "LISTEN", "DATA": "/musegan/panic"}', '{"COMMAND": "LISTEN", "DATA": "/nothing"}',
     '{"COMMAND": "IGNORE", "DATA": "/nothing"}', '{"COMMAND": "DANCE", "DATA": "/musegan/tempo"}'],
)  # fmt: skip
def test_what_is_no_command_changes_nothing(junk: str) -> None:
    async def test() -> None:
        async with opened() as stage, stage.connect() as client:
            await client.send(junk)
            await command(client, "LISTEN", TEMPO)
            assert await received(client) == (TEMPO, [120.0])

    run(test())


@pytest.mark.parametrize(
    "junk",
    [b"\r\n\r\n", b"\x16\x03\x01\x02", b"GET\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"POST / HTTP/1.1\r\nHost: localhost"
     b"\r\nContent-Length: 3\r\n\r\nabc", b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\n\r\n"],
)  # fmt: skip
def test_what_is_no_request_ends_only_its_connection(junk: bytes, caplog: pytest.LogCaptureFixture) -> None:
    async def test() -> None:
        async with opened() as stage:
            reader, writer = await asyncio.open_connection("127.0.0.1", stage.web.port)
            writer.write(junk)
            writer.write_eof()
            answer = await reader.read()
            writer.close()
            await writer.wait_closed()
            assert b"200" not in answer
            assert (await stage.get(TEMPO))[0] == 200

    run(test())
    assert not [record for record in caplog.records if record.levelname in ("WARNING", "ERROR")]


def test_a_client_that_does_not_read_is_let_go_and_the_others_hear() -> None:
    async def test() -> None:
        async with opened() as stage, stage.connect() as client:
            deaf = await asyncio.wait_for(
                connect(f"ws://127.0.0.1:{stage.web.port}/", proxy=None, max_queue=1, compression=None), 10
            )
            await deaf.send(b"/here\0\0\0,\0\0\0")
            _, target = await stage.heard.get()
            deaf.transport.pause_reading()
            packet = osc.message("/musegan/pong", "s", ["x" * 60000])
            for i in range(web._OUTBOX + 400):
                stage.web.send(target, packet)
                if i % 100 == 0:
                    await asyncio.sleep(0)
            deaf.transport.resume_reading()
            with contextlib.suppress(ConnectionClosed):
                async for _ in deaf:
                    pass
            assert deaf.close_code == 1006  # without a word
            await command(client, "LISTEN", TEMPO)
            assert await received(client) == (TEMPO, [120.0])

    run(test())


def test_clients_are_told_of_the_end_and_the_port_is_free_again() -> None:
    async def test() -> None:
        async with opened() as stage:
            client = await stage.connect()
        with pytest.raises(ConnectionClosed) as end:
            await client.recv()
        assert end.value.rcvd is not None
        assert end.value.rcvd.code == 1001
        stage.web.changed(TEMPO, [1.0])
        socket.create_server(("127.0.0.1", stage.web.port)).close()

    run(test())


def test_a_taken_port_means_the_next_free_one() -> None:
    async def test() -> None:
        taken = Stage()
        await taken.web.start()
        next_one = Web(oscquery.namespace((), ()), lambda _: None, lambda *_: None, osc_port=1, port=taken.web.port)
        await next_one.start()
        assert taken.web.port < next_one.port <= taken.web.port + 16
        await next_one.close()
        await taken.web.close()

    run(test())


@pytest.mark.parametrize("host", ["192.0.2.1", "no.such.host.invalid"])
def test_an_address_that_is_not_ours_is_refused_in_words(host: str) -> None:
    server = Web(oscquery.namespace((), ()), lambda _: None, lambda *_: None, osc_port=1, host=host)
    with pytest.raises(web.WebError, match=f"no port for HTTP on {host}, from 7480 to 7496: .*--http"):
        run(server.start())
