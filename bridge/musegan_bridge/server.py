"""The shell around a session: sockets, a clock, one worker thread, and what else keeps or sounds the show.

Nothing musical is decided here.
"""

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
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path

from musegan_bridge import osc, oscquery
from musegan_bridge.band import Band, Draft
from musegan_bridge.clock import Fix
from musegan_bridge.clocks import ClockError, Clocks
from musegan_bridge.config import SCLANG_PORT, VIRTUAL, Config
from musegan_bridge.dirt import dirt_bundles
from musegan_bridge.discovery import Discovery, DiscoveryError
from musegan_bridge.errands import Errands, own_folder, read_snapshots
from musegan_bridge.events import Changed, Sink
from musegan_bridge.loading import Loaded, load
from musegan_bridge.messages import INCOMING, MAX_SEED, Value, is_continuous
from musegan_bridge.midi_in import MidiIn, touch_from_message
from musegan_bridge.outbox import Outbox
from musegan_bridge.outgoing import Output, Send, SendNotes, Target, Wanted
from musegan_bridge.receiver import Datagram, Receiver
from musegan_bridge.session import Session
from musegan_bridge.sinks import open_sinks
from musegan_bridge.web import WEBSOCKET, Web
from musegan_models import bundle as bundles
from musegan_models.spec import BEATS_PER_MEASURE

logger = logging.getLogger(__name__)
traffic_in = logging.getLogger("musegan_bridge.osc.in")
traffic_out = logging.getLogger("musegan_bridge.osc.out")

__all__ = ["SCLANG_PORT", "Config", "PortError", "Server", "open_socket"]

RECEIVE_BUFFER = 4 << 20  # bytes; the system's default holds some 90 small datagrams
NOBODY: Target = ("", 0)
"""Answers to it go nowhere: what is set at the start, or played over MIDI."""


class PortError(OSError):
    """The port cannot be had; the text says why and what to do."""


class Server:
    """One band on one port. `startup`, then `run` until `close`; `serve` does all three."""

    def __init__(self, config: Config, *, clock: Callable[[], float] = time.time) -> None:
        self.config = config
        self.port = config.port  # the real one, after `startup`
        self.http: int | None = None  # the real one; None: none
        self.sinks: list[Sink] = []
        self._clock = clock
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="band")
        self._web: Web | None = None
        self._midi_in: MidiIn | None = None
        self._discovery: Discovery | None = None
        self._timer: asyncio.TimerHandle | None = None

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
        """Load and warm the band, open the ports; raise BundleError, DeviceError, PortError or what a sink raises."""
        self._loop = asyncio.get_running_loop()
        self._closing = asyncio.Event()
        config = self.config
        # The port first: it is the likeliest to fail, and a model loads for nothing behind a taken one.
        self._socket = open_socket(config.host, config.port)
        try:
            await self._open(config)
        except BaseException:
            self._socket.close()
            raise
        for signum in (signal.SIGINT, signal.SIGTERM):
            with contextlib.suppress(NotImplementedError, RuntimeError):  # Windows; not the main thread
                self._loop.add_signal_handler(signum, self.close)
        # Collecting all that was loaded takes 10 ms or more; and the worker must not hold the interpreter for 5 ms.
        gc.collect()
        gc.freeze()
        sys.setswitchinterval(0.0005)
        self._receiver.start()
        self._send(self.session.play(self._clock()))
        self._clocks.start()

    async def _open(self, config: Config) -> None:
        path = Path(config.bundle) if config.bundle else bundles.pretrained()
        loaded = load(path, config.device)
        self.band = Band(loaded.model, loaded.density)
        spec = loaded.model.spec
        self.seed = random.SystemRandom().randint(0, MAX_SEED) if config.seed is None else config.seed
        self.session = Session(
            spec,
            seed=self.seed,
            tempo=config.tempo,
            key=config.key,
            provider=loaded.model.provider,
            lookahead=config.lookahead,
            commit=config.commit,
        )
        self.port = self._socket.getsockname()[1]
        self._outbox = Outbox(self._socket, self._loop)
        self._receiver = Receiver(self._socket, self._loop, self._received, is_continuous, clock=self._clock)
        folder = Path(config.snapshots) if config.snapshots else own_folder() / "snapshots"
        self.session.shelf.snapshots.update(read_snapshots(folder, spec))
        self._errands = Errands(folder, config.device, self._from_thread)
        self._clocks = Clocks(self._loop, self._clock, self._synced)
        self.sinks = open_sinks(config, spec, self.seed, self._clock)
        if config.midi_in:
            self._open_midi(config.midi_in)
        if config.http >= 0:
            await self._open_web(config)
        now = self._clock()
        for own in config.subscribers:
            self.session.subscribers.subscribe(
                (own.host, own.port), own.form, float("inf"), now, lookahead=own.lookahead, offset=own.offset / 1000
            )
        for address, values in config.controls.items():
            self._send(self.session.receive(address, values, NOBODY, now))
        if config.clock != self.session.transport.source:
            self._keep(config.clock)

    async def run(self) -> None:
        """Play until `close`."""
        self._tick()
        async with asyncio.TaskGroup() as tasks:
            if self.config.announce and self.http is not None:
                tasks.create_task(self._announce(self.http))
            await self._closing.wait()

    async def shutdown(self) -> None:
        """Silence every client and let go of the ports."""
        if self._timer is not None:
            self._timer.cancel()
        self._receiver.close()
        self._outbox.clear()
        self._send(self.session.stop("quit", self._clock()))
        self._outbox.close()
        self._clocks.close()
        if self._midi_in is not None:
            self._midi_in.close()
        for service in (self._discovery, self._web):
            if service is not None:
                await service.close()
        for sink in self.sinks:
            sink.close()
        self._errands.close()
        self._socket.close()
        self._worker.shutdown(wait=False, cancel_futures=True)

    def close(self) -> None:
        """End `run`."""
        self._closing.set()

    # What comes in

    def _received(self, datagrams: Sequence[Datagram]) -> None:
        for datagram in datagrams:
            self._take(datagram.data, datagram.sender, datagram.time)
        self._tick()

    def _take(self, data: bytes, sender: Target, now: float) -> None:
        """Take a datagram; whatever is in it, the show goes on."""
        try:
            for message in osc.decode(data):
                if traffic_in.isEnabledFor(logging.DEBUG):
                    traffic_in.debug("%s:%d %s %s", *sender, message.address, message.args)
                self._send(self.session.receive(message.address, message.args, sender, now, message.time))
        except osc.DecodeError as error:
            self._send(self.session.reject("", str(error), sender, now))
        except Exception:  # the one place: a bug in one message must not end the show
            logger.exception("a message from %s:%d failed", *sender)

    def _heard_midi(self, message: bytes, when: float) -> None:
        """Take a MIDI message on the loop's thread."""
        self._clocks.midi(message, when)
        if (touch := touch_from_message(message)) is not None:
            self._send(self.session.receive("/musegan/in/note", (touch.pitch, touch.velocity), NOBODY, when))
            self._tick()

    def _synced(self, fix: Fix, now: float) -> None:
        self._send(self.session.sync(fix, now))
        self._tick()

    def _from_thread(self, do: Callable[[], None]) -> None:
        """Do something on the loop's thread, asked for from another."""
        with contextlib.suppress(RuntimeError):  # the loop is closed: the show is over
            self._loop.call_soon_threadsafe(do)

    # Bars

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

    def _made(self, future: Future[Draft]) -> None:
        """Hand a bar from the worker's thread to the loop's."""
        self._from_thread(lambda: self._add(future))

    def _add(self, future: Future[Draft]) -> None:
        if future.cancelled() or self._closing.is_set():
            return
        if error := future.exception():
            logger.error("a bar could not be made: the one before plays again", exc_info=error)
            self.session.failed()
        else:
            self._send(self.session.add(future.result(), self._clock()))
        self._tick()

    # What goes out

    def _send(self, outputs: Sequence[Output]) -> None:
        for output in outputs:
            match output:
                case Send() | SendNotes():
                    self._send_to(output)
                case Wanted():
                    self._do(output)
                case event:
                    for sink in self.sinks:
                        sink.take(event)
                    if self._web is not None and isinstance(event, Changed):
                        self._web.changed(event.address, event.values)

    def _send_to(self, output: Send | SendNotes) -> None:
        if traffic_out.isEnabledFor(logging.DEBUG):
            traffic_out.debug("%s:%d %s", *output.target, output)
        datagrams = _datagrams(output)
        if output.target[0] == WEBSOCKET:
            assert self._web is not None
            for datagram in datagrams:
                self._web.send(output.target, datagram)
        elif output.target != NOBODY:
            self._outbox.put(datagrams, output.target)

    # What only the shell can do

    def _do(self, wanted: Wanted) -> None:
        target = wanted.target

        def refuse(address: str) -> Callable[[str], None]:
            return lambda text: self._send(self.session.reject(address, text, target, self._clock()))

        def answer(address: str, *args: Value) -> None:
            self._send([Send(target, address, args)])

        match wanted.what:
            case "clock":
                try:
                    self._keep(wanted.value)
                except ClockError as error:
                    refuse("/musegan/clock/source")(str(error))
            case "tempo":
                self._clocks.set_tempo(float(wanted.value))
            case "save":
                self._errands.save(wanted.value, wanted.data, refuse("/musegan/snapshot/save"))
            case "delete":
                self._errands.delete(wanted.value, refuse("/musegan/snapshot/delete"))
            case "export":
                bars, tempo = self.session.history.last(wanted.n), self.session.transport.tempo
                done = partial(answer, "/musegan/export/done")
                self._errands.export(bars, self.session.spec, tempo, wanted.value, done, refuse("/musegan/export"))
            case "models":
                self._errands.names(
                    lambda names: answer("/musegan/model/names", " ".join(names)), refuse("/musegan/model/list")
                )
            case "model":
                self._errands.load(
                    wanted.value, self.session.spec, lambda loaded: self._change_band(loaded, target),
                    refuse("/musegan/model/load"),
                )  # fmt: skip
            case what:
                raise AssertionError(f"nothing does {what}")

    def _keep(self, source: str) -> None:
        """Keep another clock; raise ClockError where it cannot be had, and the one before is kept."""
        self._clocks.choose(source, self.session.transport.tempo)
        self._send(self.session.keep(source))
        self._clocks.start()

    def _change_band(self, loaded: Loaded, target: Target) -> None:
        """Let another band play from the next bar that is not committed."""
        model = loaded.model
        self.band = Band(model, loaded.density)
        self._send(self.session.change_model(model.spec, model.provider))
        args = (model.spec.name, model.provider, loaded.seconds * 1000)
        told = {target, *self.session.subscribers.targets}
        self._send([Send(own, "/musegan/model/loaded", args) for own in told])
        self._tick()

    def _open_midi(self, port: str) -> None:
        self._midi_in = MidiIn(
            lambda message, when: self._from_thread(lambda: self._heard_midi(message, when)),
            None if port == VIRTUAL else port,
            clock=self._clock,
        )
        self._clocks.has_midi = True

    async def _open_web(self, config: Config) -> None:
        namespace = oscquery.namespace(INCOMING, self.session.spec.track_names)
        web = Web(namespace, self._value, self._from_web, osc_port=self.port, host=config.host, port=config.http)
        await web.start()
        self._web, self.http = web, web.port
        self.session.http = web.port

    async def _announce(self, http: int) -> None:
        """Tell the network; it takes a second, and a network that does not let it is no reason not to play."""
        discovery = Discovery(host=self.config.host, osc_port=self.port, http_port=http)
        try:
            await discovery.start()
        except DiscoveryError as error:
            logger.warning("%s", error)
        else:
            self._discovery = discovery

    def _from_web(self, packet: bytes, sender: Target) -> None:
        self._take(packet, sender, self._clock())
        self._tick()

    def _value(self, address: str) -> Sequence[Value] | None:
        """Return what a setting is set to; None: it is no setting."""
        for output in self.session.receive(address, (), NOBODY, self._clock()):
            if isinstance(output, Send) and output.address == address:
                return output.args
        return None


def _datagrams(output: Send | SendNotes) -> list[bytes]:
    if isinstance(output, Send):
        message = osc.message(output.address, output.types, output.args)
        return [message if output.time is None else osc.bundle(output.time, [message])]
    if output.form == "dirt":
        beat = output.bar * BEATS_PER_MEASURE + output.notes[0][1].time
        return dirt_bundles(output.time, output.tempo, beat, output.notes)
    return osc.note_bundles(output.time, output.bar, output.tempo, output.notes)


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
