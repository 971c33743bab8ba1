"""The shell of HTTP and WebSocket: OSCQuery for controllers, and the page. It must not know what a message does.

`websockets` does both on one port: a request that is no WebSocket handshake is answered by `_respond`.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import ipaddress
import itertools
import json
import logging
import socket
from collections.abc import Awaitable, Callable, Mapping, Sequence
from http import HTTPStatus
from types import MappingProxyType
from urllib.parse import parse_qsl, unquote, urlsplit

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from musegan_bridge.messages import MessageError, Value
from musegan_bridge.net import osc, oscquery
from musegan_bridge.net.discovery import NAME, local_name
from musegan_bridge.net.oscquery import Node, Values
from musegan_bridge.net.pages import POLICY, File, wants_page
from musegan_bridge.net.ports import HTTP_PORT
from musegan_bridge.show.outgoing import Target

logger = logging.getLogger(__name__)

WEBSOCKET = "websocket"
"""Host in the `Target` of a client on a WebSocket; its port is a number of ours, beyond all UDP ports."""

PAGE = "/page/"
"""Under this lies the page; a browser that asks for / gets it, too."""

Download = Callable[[Mapping[str, str]], Awaitable[File]]
"""Makes a file of what the query of a request says; raises MessageError where it cannot be."""

_TRIES = 16  # ports after the wanted one
_OUTBOX = 4096  # packets that wait for a client; one with more does not read, and is let go
_LONGEST = 1 << 16  # bytes of a packet from a client
_ANY = "0.0.0.0"  # noqa: S104 # compared with, not bound to


class WebError(OSError):
    """No port can be had for HTTP; the text says why and what to do."""


class Web:
    """OSCQuery on one port. `start`, then `changed` whenever a value did; `close` at the end."""

    def __init__(
        self,
        namespace: Node,
        values: Values,
        received: Callable[[bytes, Target], None],
        *,
        osc_port: int,
        host: str = "127.0.0.1",
        port: int = HTTP_PORT,
        files: Mapping[str, File] = MappingProxyType({}),
        downloads: Mapping[str, Download] = MappingProxyType({}),
    ) -> None:
        """Take what to serve. `received` takes each OSC packet that comes over a WebSocket; answer with `send`.

        Args:
            namespace: Of `oscquery.namespace`.
            values: Called on the loop's thread, for each readable address of a request.
            received: Called on the loop's thread.
            osc_port: UDP port of the OSC server, on the same host.
            host: Address to listen on.
            port: TCP port; if it is taken, one of the next; 0: any free one.
            files: The page, by path; where there is one under `PAGE`, a browser gets it for /, too.
            downloads: By path; called on the loop's thread.

        """
        self.host = host
        self.port = port  # the real one, after `start`
        self._root = namespace
        self._values = values
        self._received = received
        self._files, self._downloads = files, downloads
        self._info = oscquery.host_info(NAME, None if host == _ANY else host, osc_port)
        self._names = {"localhost", host.lower(), local_name()}
        self._readable = {node.path: node for node in namespace.walk() if node.readable}
        self._clients: dict[int, _Client] = {}
        self._numbers = itertools.count(1 << 16)

    async def start(self) -> None:
        """Open the port; raise WebError if there is none."""
        sock = _open_socket(self.host, self.port)
        self.port = sock.getsockname()[1]
        self._server: Server = await serve(
            self._serve,
            sock=sock,
            process_request=self._respond,
            server_header=None,
            compression=None,  # small packets, and the loop has better to do
            max_size=_LONGEST,
            logger=logger,
        )

    async def close(self) -> None:
        """Say goodbye to every client and let go of the port."""
        self._server.close()
        await self._server.wait_closed()

    def changed(self, address: str, values: Sequence[Value]) -> None:
        """Tell whoever listens to `address` its value; at once, on the loop's thread. Unread ones are replaced."""
        listeners = [client for client in self._clients.values() if address in client.listening]
        if listeners:
            packet = self._packet(address, values)
            for client in listeners:
                client.put(address, packet)

    def send(self, target: Target, packet: bytes) -> None:
        """Send an OSC packet to a client on a WebSocket; one that has gone hears nothing. Returns at once."""
        if (client := self._clients.get(target[1])) is not None:
            client.put(None, packet)

    # WebSocket

    async def _serve(self, connection: ServerConnection) -> None:
        number, client = next(self._numbers), _Client(connection)
        self._clients[number] = client
        try:
            async with asyncio.TaskGroup() as tasks:
                sender = tasks.create_task(client.run())
                with contextlib.suppress(ConnectionClosed):
                    async for message in connection:
                        if isinstance(message, str):
                            self._command(client, message)
                        else:
                            self._received(message, (WEBSOCKET, number))
                sender.cancel()
        finally:
            del self._clients[number]

    def _command(self, client: _Client, text: str) -> None:
        match _parsed(text):
            case {"COMMAND": "LISTEN", "DATA": str(address)} if (node := self._readable.get(address)) is not None:
                client.listening.add(address)
                # Told at once: it may have changed since the client read it.
                if (values := self._values(node.path)) is not None:
                    client.put(address, self._packet(address, values))
            case {"COMMAND": "IGNORE", "DATA": str(address)}:
                client.listening.discard(address)
            case _:
                logger.debug("not a command for us: %.200s", text)

    def _packet(self, address: str, values: Sequence[Value]) -> bytes:
        return osc.message(address, self._readable[address].types[: len(values)], values)

    # HTTP

    async def _respond(self, connection: ServerConnection, request: Request) -> Response | None:
        """Answer a request; None: it is a WebSocket handshake, and may go on."""
        if reason := self._refusal(request.headers):
            return _response(HTTPStatus.FORBIDDEN, reason.encode(), "text/plain; charset=utf-8")
        if "Upgrade" in request.headers:
            return None
        if request.method not in ("GET", "HEAD"):
            return _response(HTTPStatus.METHOD_NOT_ALLOWED, allow="GET, HEAD")
        # Not urlsplit: it takes what follows // for a host.
        path, _, query = request.path.partition("#")[0].partition("?")
        path, is_head = unquote(path), request.method == "HEAD"
        if path == "/" and not query and wants_page(",".join(request.headers.get_all("Accept"))):
            path = PAGE
        if (file := self._files.get(path)) is not None:
            return _file(file, request.headers.get_all("If-None-Match"), head=is_head)
        if (download := self._downloads.get(path)) is not None:
            try:
                return _file(await download(dict(parse_qsl(query))), head=is_head)
            except MessageError as error:
                return _response(HTTPStatus.BAD_REQUEST, str(error).encode(), "text/plain; charset=utf-8")
        answer = oscquery.answer(self._root, self._info, self._values, path, unquote(query))
        body = b"" if answer.body is None else json.dumps(answer.body).encode()
        response = _response(HTTPStatus(answer.status), body, head=is_head)
        response.headers["Vary"] = "Accept"
        return response

    def _refusal(self, headers: Headers) -> str:
        """Return why a page of another origin sends this: it may neither read nor play. Empty: none does.

        A page whose name was made to point here (DNS rebinding) shows in Host, every other one in Origin.
        """
        hosts, origins = headers.get_all("Host"), headers.get_all("Origin")
        if len(hosts) != 1 or not self._is_own(hosts[0]):
            return f"open this by its IP address or as localhost, not as {', '.join(hosts)}"
        if any(origin.lower() != f"http://{hosts[0].lower()}" for origin in origins):
            return f"pages of {', '.join(origins)} may not play with the band"
        return ""

    def _is_own(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        if name in self._names:
            return True
        with contextlib.suppress(ValueError):
            ipaddress.ip_address(name)  # no name was looked up, so none was made to point here
            return True
        return False


class _Client:
    """Whoever is at the other end of a WebSocket, and what waits to be sent there."""

    def __init__(self, connection: ServerConnection) -> None:
        self.listening: set[str] = set()  # addresses
        self._connection = connection
        self._outbox: dict[str | int, bytes] = {}  # values by address: of those waiting only the last one counts
        self._numbers = itertools.count()
        self._filled = asyncio.Event()

    def put(self, address: str | None, packet: bytes) -> None:
        """Let a packet be sent: in the place of the one of `address` that waits, or behind all others."""
        if len(self._outbox) >= _OUTBOX:
            self._connection.transport.abort()
            return
        self._outbox[next(self._numbers) if address is None else address] = packet
        self._filled.set()

    async def run(self) -> None:
        """Send, as fast as the client reads."""
        with contextlib.suppress(ConnectionClosed):
            while await self._filled.wait():
                while self._outbox:
                    await self._connection.send(self._outbox.pop(next(iter(self._outbox))))
                self._filled.clear()


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _response(
    status: HTTPStatus, body: bytes = b"", kind: str = "application/json", *, head: bool = False, allow: str = ""
) -> Response:
    headers = Headers({"Connection": "close", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"})
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    if allow:
        headers["Allow"] = allow
    if status != HTTPStatus.NO_CONTENT:
        headers["Content-Length"] = str(len(body))
    if body:
        headers["Content-Type"] = kind
    return Response(status.value, status.phrase, headers, b"" if head else body)


def _file(file: File, known: Sequence[str] = (), *, head: bool = False) -> Response:
    """Return a file; `known`: the If-None-Match of a browser that has it already, perhaps."""
    if file.etag in ",".join(known):
        response = _response(HTTPStatus.NOT_MODIFIED)
        del response.headers["Content-Length"]
    else:
        response = _response(HTTPStatus.OK, file.body, file.kind, head=head)
    headers = response.headers
    headers["Content-Security-Policy"] = POLICY
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Referrer-Policy"] = "no-referrer"
    if file.name:
        headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    else:
        # Asked for anew each time, and sent only where it is another one: a new version is seen at once.
        del headers["Cache-Control"]
        headers["Cache-Control"], headers["ETag"], headers["Vary"] = "no-cache", file.etag, "Accept"
    return response


def _open_socket(host: str, port: int) -> socket.socket:
    """Return a listening TCP socket on the port, or on the first free one after it."""
    last = min(port + _TRIES, 65535) if port else 0
    for candidate in range(port, last + 1):
        try:
            return socket.create_server((host, candidate))
        except OSError as error:
            reason = error
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                break
    raise WebError(
        f"no port for HTTP on {host}, from {port} to {last}: {reason.strerror}; choose another with --http"
    ) from reason
