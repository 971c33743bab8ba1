"""The shell around a session: a UDP socket, a clock, one worker thread. Nothing musical is decided here."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import random
import signal
import socket
import sys
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from musegan_bridge import osc
from musegan_bridge.band import Band, Bar, Request
from musegan_bridge.ideas import Ideas
from musegan_bridge.messages import MAX_SEED
from musegan_bridge.outgoing import Output, Send, Target
from musegan_bridge.session import Session
from musegan_models import bundle as bundles
from musegan_models.model import Model

logger = logging.getLogger(__name__)
traffic_in = logging.getLogger("musegan_bridge.osc.in")
traffic_out = logging.getLogger("musegan_bridge.osc.out")

SCLANG_PORT = 57120
RECEIVE_BUFFER = 4 << 20  # bytes; the system's default holds some 90 small datagrams
BURST = 16  # datagrams sent at once; a longer burst overruns clients' buffers
PAUSE = 0.001  # seconds between bursts


class PortError(OSError):
    """The port cannot be had; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Config:
    """How to serve; made by the command line, passed whole."""

    host: str = "127.0.0.1"
    port: int = SCLANG_PORT  # 0: any free one
    tempo: float = 120.0  # beats a minute
    device: str = "auto"
    bundle: str | None = None  # folder; None: the one in the wheel
    seed: int | None = None  # None: a new one
    key: str = "C"  # of `musegan_bridge.key.KEYS`


class Server:
    """One band on one port. `startup`, then `run` until `close`; `serve` does all three."""

    def __init__(self, config: Config, *, clock: Callable[[], float] = time.time) -> None:
        self.config = config
        self.port = config.port  # the real one, after `startup`
        self._clock = clock
        self._outbox: deque[tuple[bytes, Target]] = deque()
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="band")

    # In order: startup, run, shutdown

    async def serve(self, ready: Callable[[Server], None] = lambda _: None) -> None:
        """Serve until SIGINT, SIGTERM or `close`; `ready` is called once the first bar can be made and sent."""
        await self.startup()
        try:
            ready(self)
            await self.run()
        finally:
            await self.shutdown()

    async def startup(self) -> None:
        """Load and warm the band, open the port; raise BundleError, DeviceError or PortError."""
        self._loop = asyncio.get_running_loop()
        self._closing = asyncio.Event()
        self._timer: asyncio.TimerHandle | None = None
        self._flushing: asyncio.TimerHandle | None = None
        # The port first: it is the likeliest to fail, and a model loads for nothing behind a taken one.
        sock = open_socket(self.config.host, self.config.port)
        try:
            model = Model(bundles.load(self.config.bundle or bundles.pretrained()), self.config.device)
            self.band = Band(model)
            self._warm()
        except BaseException:
            sock.close()
            raise
        seed = random.SystemRandom().randint(0, MAX_SEED) if self.config.seed is None else self.config.seed
        self.session = Session(
            model.spec, seed=seed, tempo=self.config.tempo, key=self.config.key, provider=model.provider
        )
        self.seed = seed
        self.port = sock.getsockname()[1]
        self._transport, _ = await self._loop.create_datagram_endpoint(lambda: _Protocol(self), sock=sock)
        for signum in (signal.SIGINT, signal.SIGTERM):
            with contextlib.suppress(NotImplementedError, RuntimeError):  # Windows; not the main thread
                self._loop.add_signal_handler(signum, self.close)
        # Collecting all that was loaded takes 10 ms or more; and the worker must not hold the interpreter for 5 ms.
        gc.collect()
        gc.freeze()
        sys.setswitchinterval(0.0005)
        self.session.play(self._clock())

    async def run(self) -> None:
        """Play until `close`."""
        self._tick()
        await self._closing.wait()

    async def shutdown(self) -> None:
        """Silence every client and let go of the port."""
        for handle in (self._timer, self._flushing):
            if handle is not None:
                handle.cancel()
        self._outbox.clear()
        self._send(self.session.stop("quit"))
        while self._outbox:
            self._transport.sendto(*self._outbox.popleft())
        self._transport.close()
        self._worker.shutdown(wait=False, cancel_futures=True)
        await asyncio.sleep(0)  # let the transport close its socket

    def close(self) -> None:
        """End `run`."""
        self._closing.set()

    def _warm(self) -> None:
        """Make a bar, so that the first one of the show does not pay for what is done once."""
        ideas = Ideas(0, self.band.model.spec.n_measures)
        self.band.bar(Request(0, ideas.next()))

    # Events

    def received(self, datagram: bytes, sender: Target) -> None:
        """Take a datagram; whatever is in it, the show goes on."""
        now = self._clock()
        try:
            for message in osc.decode(datagram):
                traffic_in.debug("%s:%d %s %s", *sender, message.address, message.args)
                self._send(self.session.receive(message.address, message.args, sender, now, message.time))
        except osc.DecodeError as error:
            self._send(self.session.reject("", str(error), sender, now))
        except Exception:  # the one place: a bug in one message must not end the show
            logger.exception("a message from %s:%d failed", *sender)
        self._tick()

    def _tick(self) -> None:
        """Do what is due, and come back when something else is."""
        now = self._clock()
        self._send(self.session.poll(now))
        request = self.session.request(now)
        if request is not None:
            self._worker.submit(self.band.bar, request).add_done_callback(self._made)
        if self._timer is not None:
            self._timer.cancel()
        wake = self.session.wake()
        self._timer = None if wake is None else self._loop.call_later(max(0.0, wake - self._clock()), self._tick)

    def _made(self, future: Future[Bar]) -> None:
        """Hand a bar from the worker's thread to the loop's."""
        with contextlib.suppress(RuntimeError):  # the loop is closed: the show is over
            self._loop.call_soon_threadsafe(self._add, future)

    def _add(self, future: Future[Bar]) -> None:
        if future.cancelled() or self._closing.is_set():
            return
        if error := future.exception():
            logger.error("a bar could not be made: the one before plays again", exc_info=error)
            return
        self._send(self.session.add(future.result(), self._clock()))
        self._tick()

    # Sending

    def _send(self, outputs: Sequence[Output]) -> None:
        for output in outputs:
            for datagram in _datagrams(output):
                self._outbox.append((datagram, output.target))
            if traffic_out.isEnabledFor(logging.DEBUG):
                traffic_out.debug("%s:%d %s", *output.target, output)
        if self._outbox and self._flushing is None:
            self._flush()

    def _flush(self) -> None:
        for _ in range(min(BURST, len(self._outbox))):
            datagram, target = self._outbox.popleft()
            try:
                self._transport.sendto(datagram, target)
            except (
                OSError,
                ValueError,
                OverflowError,
            ) as error:  # an address that cannot be sent to is that client's loss
                logger.warning("cannot send to %s:%d: %s", *target, error)
        self._flushing = self._loop.call_later(PAUSE, self._flush) if self._outbox else None


def _datagrams(output: Output) -> list[bytes]:
    if isinstance(output, Send):
        message = osc.message(output.address, output.types, output.args)
        return [message if output.time is None else osc.bundle(output.time, [message])]
    return osc.note_bundles(output.time, output.bar, output.tempo, output.notes)


class _Protocol(asyncio.DatagramProtocol):
    def __init__(self, server: Server) -> None:
        self._server = server

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self._server.received(data, (addr[0], addr[1]))

    def error_received(self, exc: Exception) -> None:
        logger.debug("a client is gone: %s", exc)  # its lease will end


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


def _port_advice(host: str, port: int, error: OSError) -> str:
    if isinstance(error, socket.gaierror):
        return f"--host {host}: no such address; use 127.0.0.1, or the address of one of this machine's networks"
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind((host, 0))
        other = probe.getsockname()[1] if port != SCLANG_PORT else 57130
        advice = f"port {port} on {host} is taken or not allowed ({error.strerror})."
        if port == SCLANG_PORT:
            advice += (
                " 57120 is sclang's own port: a SuperCollider that started first holds it."
                f" Either start with `--port {other}` and, in SuperCollider, `MuseGAN(port: {other})`;"
                " or start the band first: sclang then takes 57121 by itself."
            )
        else:
            advice += f" Use another, e.g. `--port {other}`, or `--port 0` for any free one."
        return advice
    return f"--host {host}: this machine has no such address ({error.strerror}); use 127.0.0.1"
