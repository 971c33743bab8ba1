"""The band on stage: a session in its shell, the worker thread that makes bars, and what else a show needs."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path

from musegan_bridge.chords.chart import ChartError
from musegan_bridge.files.charts import read_chart
from musegan_bridge.files.recording import name_of
from musegan_bridge.files.tape import midi_of
from musegan_bridge.messages import BY_ADDRESS, INCOMING, MAX_SEED, MessageError, Value
from musegan_bridge.midi.input import MidiIn, touch_from_message
from musegan_bridge.net import oscquery
from musegan_bridge.net.discovery import Discovery, DiscoveryError
from musegan_bridge.net.pages import OWN, File, files_of
from musegan_bridge.net.ports import address_of
from musegan_bridge.net.web import PAGE, WEBSOCKET, Web
from musegan_bridge.show.band import Band, Draft
from musegan_bridge.show.clock import Fix
from musegan_bridge.show.events import Changed, Event
from musegan_bridge.show.outgoing import Send, Target, Wanted
from musegan_bridge.show.session import Session
from musegan_bridge.stage.clocks import ClockError, Clocks
from musegan_bridge.stage.config import VIRTUAL, Config, ConfigError
from musegan_bridge.stage.errands import Errands, own_folder, read_snapshots
from musegan_bridge.stage.loading import Loaded
from musegan_bridge.stage.recorder import Recorder
from musegan_bridge.stage.shell import NOBODY, Shell
from musegan_bridge.stage.sinks import folder_of, open_sinks
from musegan_models.spec import ModelSpec

logger = logging.getLogger(__name__)


class Server(Shell):
    """One band on one port; `serve` does it all."""

    def __init__(self, config: Config, band: Future[Loaded], *, clock: Callable[[], float] = time.time) -> None:
        """Take the port; raise PortError. Only inside of a running loop. `band` may be on its way still."""
        super().__init__(config.host, config.port, clock)
        self.config = config
        self._loading = band
        self.http: int | None = None  # the real one; None: none
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="band")
        self._web: Web | None = None
        self._discovery: Discovery | None = None
        self.midi_in: MidiIn | None = None
        self._errands: Errands | None = None
        self._recorder: Recorder | None = None
        self._clocks = Clocks(self._loop, clock, self._synced)

    # In order: startup, run, shutdown

    @classmethod
    async def serve(cls, config: Config, band: Future[Loaded], ready: Callable[[Server], None]) -> None:
        """Serve until SIGINT, SIGTERM or `close`; `ready` is called once the first bar can be made and sent."""
        server = cls(config, band)
        try:
            await server.startup()
            ready(server)
            await server.run()
        finally:
            await server.finish()

    async def startup(self) -> None:
        """Take the band, open what it plays on; raise LoadError, ConfigError, ClockError or OSError."""
        config, loaded = self.config, self._loading.result()
        spec = loaded.model.spec
        self.band = Band(loaded.model, loaded.density)
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
        if config.midi_in:
            self._open_midi(config.midi_in)
        if config.http >= 0:
            await self._open_web()
        self.sinks += open_sinks(config, spec, self.seed, self._clock)
        self._open_errands(spec)
        self._set_up()
        self.open(self.session)
        self._worker.submit(self.band.calibrate)  # after the first bar, which must not wait for it
        self._clocks.start()

    def _set_up(self) -> None:
        """Let in who is there from the start, and turn the controls of the set."""
        config, now = self.config, self._clock()
        for own in config.subscribers:
            target = (address_of(own.host), own.port)  # no name, which sending would wait for
            self.session.subscribers.subscribe(
                target, own.form, float("inf"), now, lookahead=own.lookahead, offset=own.offset / 1000
            )
        for address, values in config.controls.items():
            outputs = self.session.receive(address, values, NOBODY, now)
            for output in outputs:
                if isinstance(output, Send) and output.address == "/musegan/error":
                    raise ConfigError(f"controls: {address}: {output.args[1]}")
            self.send(outputs)
        if config.chart is not None:
            try:
                self.send(self.session.change_chart(read_chart(Path(config.chart)), now))
            except ChartError as error:
                raise ConfigError(f"chart: {error}") from error
        if config.clock != self.session.transport.source:
            self._keep(config.clock)

    async def run(self) -> None:
        """Play until `close`."""
        async with asyncio.TaskGroup() as tasks:
            if self.config.announce and self.http is not None:
                tasks.create_task(self._announce(self.http))
            await super().run()

    async def finish(self) -> None:
        """Silence every client, and let go of everything."""
        self.shutdown()
        self._clocks.close()
        if self.midi_in is not None:
            self.midi_in.close()
        for service in (self._discovery, self._web):
            if service is not None:
                await service.close()
        if self._errands is not None:
            self._errands.close()
        self._worker.shutdown(wait=False, cancel_futures=True)

    # Bars

    def due(self) -> None:
        """Ask the worker for a bar, if one is due."""
        request = self.session.request(self._clock())
        if request is not None:
            self._worker.submit(self.band.bar, request).add_done_callback(
                lambda future: self.from_thread(lambda: self._made(future))
            )

    def _made(self, future: Future[Draft]) -> None:
        if future.cancelled() or self._closing.is_set():
            return
        if error := future.exception():
            logger.error("a bar could not be made: the one before plays again", exc_info=error)
            self.session.failed()
        else:
            self.send(self.session.add(future.result(), self._clock()))
        self.tick()

    # Clocks and MIDI

    def _keep(self, source: str) -> None:
        """Keep another clock; raise ClockError where it cannot be had, and the one before is kept."""
        self._clocks.choose(source, self.session.transport.tempo)
        self.send(self.session.keep(source))
        if self.show is not None:  # else `startup` does, once there is something to tell
            self._clocks.start()

    def _synced(self, fix: Fix, now: float) -> None:
        self.send(self.session.sync(fix, now))
        self.tick()

    def _open_midi(self, port: str) -> None:
        self.midi_in = MidiIn(
            lambda message, when: self.from_thread(lambda: self._heard(message, when)),
            None if port == VIRTUAL else port,
            clock=self._clock,
        )
        self._clocks.has_midi = True

    def _heard(self, message: bytes, when: float) -> None:
        self._clocks.midi(message, when)
        if (touch := touch_from_message(message)) is not None:
            self.send(self.session.receive("/musegan/in/note", (touch.pitch, touch.velocity), NOBODY, when))
            self.tick()

    # The page and OSCQuery

    async def _open_web(self) -> None:
        namespace = oscquery.namespace(INCOMING, self.session.spec.track_names)
        config = self.config
        web = Web(
            namespace,
            self._value,
            self._from_web,
            osc_port=self.port,
            host=config.host,
            port=config.http,
            files=files_of(OWN, PAGE),
            downloads={f"{PAGE}export.mid": self._exported},
        )
        await web.start()
        self._web = web
        self.http = self.session.http = web.port

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
        self.take(packet, sender, self._clock())
        self.tick()

    async def _exported(self, query: Mapping[str, str]) -> File:
        """Return the last bars as a MIDI file, for a browser to keep."""
        told = query.get("bars", "")
        bars = BY_ADDRESS["/musegan/export"].fields[1].parse(int(told) if told.isdecimal() else told)
        session = self.session
        if not len(session.history):
            raise MessageError("nothing was played yet")
        last = session.history.last(int(bars))
        midi = await asyncio.to_thread(midi_of, last, session.spec.tracks, session.transport.tempo)
        return File(midi, "audio/midi", f"{name_of(session.spec.name, self._clock())}.mid")

    def _value(self, address: str) -> Sequence[Value] | None:
        """Return what a setting is set to; None: it is no setting."""
        for output in self.session.receive(address, (), NOBODY, self._clock()):
            if isinstance(output, Send) and output.address == address:
                return output.args
        return None

    def deliver(self, datagrams: Sequence[bytes], target: Target) -> None:
        """Send datagrams to one client, on a WebSocket or over UDP."""
        if target[0] != WEBSOCKET:
            super().deliver(datagrams, target)
        elif self._web is not None:
            for datagram in datagrams:
                self._web.send(target, datagram)

    def happened(self, event: Event) -> None:
        """Tell the sinks, and whoever listens to a setting."""
        super().happened(event)
        if isinstance(event, Changed) and self._web is not None:
            self._web.changed(event.address, event.values)

    # What only the shell can do

    def _open_errands(self, spec: ModelSpec) -> None:
        folder = Path(self.config.snapshots) if self.config.snapshots else own_folder() / "snapshots"
        self.session.shelf.snapshots.update(read_snapshots(folder, spec))
        self._errands = Errands(folder, self.config.device, self.from_thread)
        recordings = own_folder() / "recordings" if self.config.record is None else folder_of(self.config.record)
        self._recorder = Recorder(self.session, self.sinks, self._errands, recordings, self._recording)

    def do(self, wanted: Wanted) -> None:
        """Do what a session wants, and answer the client when it is done."""
        session, errands, target = self.session, self._errands, wanted.target
        assert errands is not None
        refuse = partial(self._refuse, wanted)
        match wanted.what:
            case "clock":
                try:
                    self._keep(wanted.value)
                except ClockError as error:
                    refuse(str(error))
            case "tempo":
                self._clocks.set_tempo(float(wanted.value))
            case "save":
                errands.save(wanted.value, wanted.data, refuse)
            case "delete":
                errands.delete(wanted.value, refuse)
            case "export":
                told = partial(self._answer, target, "/musegan/export/done")
                bars = session.history.last(wanted.n)
                errands.export(bars, session.spec, session.transport.tempo, wanted.value, told, refuse)
            case "record":
                assert self._recorder is not None
                self._recorder.turn(bool(wanted.n), partial(self._answer, target, "/musegan/record/done"), refuse)
            case "models":
                errands.names(lambda names: self._answer(target, "/musegan/model/names", " ".join(names)), refuse)
            case "model":
                errands.load(wanted.value, session.spec, lambda loaded: self._change_band(loaded, target), refuse)
            case what:
                raise AssertionError(f"nothing does {what}")

    def _recording(self, on: bool) -> None:
        self.send([Changed("/musegan/record", (int(on),))])

    def _answer(self, target: Target, address: str, *args: Value) -> None:
        self.send([Send(target, address, args)])

    def _refuse(self, wanted: Wanted, text: str) -> None:
        self.send(self.session.reject(wanted.address, text, wanted.target, self._clock()))

    def _change_band(self, loaded: Loaded, target: Target) -> None:
        """Let another band play from the next bar that is not committed."""
        model = loaded.model
        self.band = Band(model, loaded.density)
        self.send(self.session.change_model(model.spec, model.provider))
        for own in {target, *self.session.subscribers.targets}:
            self._answer(own, "/musegan/model/loaded", model.spec.name, model.provider, loaded.seconds * 1000)
        self.tick()
