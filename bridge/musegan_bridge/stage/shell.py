"""Sockets, a clock and the event loop around a show, which is pure: it says what to send and when to wake it.

Nothing musical is decided here.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import signal
import sys
import time
from collections.abc import Callable, Sequence
from typing import Protocol

from musegan_bridge.messages import is_continuous
from musegan_bridge.net import osc
from musegan_bridge.net.dirt import dirt_bundles
from musegan_bridge.net.outbox import Outbox
from musegan_bridge.net.ports import open_socket
from musegan_bridge.net.receiver import Datagram, Receiver
from musegan_bridge.show.events import Event, Sink
from musegan_bridge.show.outgoing import Output, Send, SendNotes, Target, Wanted
from musegan_models.notes import Note
from musegan_models.spec import BEATS_PER_MEASURE

logger = logging.getLogger(__name__)
traffic_in = logging.getLogger("musegan_bridge.osc.in")
traffic_out = logging.getLogger("musegan_bridge.osc.out")

NOBODY: Target = ("", 0)
"""Answers to it go nowhere: to what is set at the start, or played over MIDI."""


class Show(Protocol):
    """What a shell plays: a session, or one that is played again. Time comes in as Unix seconds."""

    def play(self, now: float) -> list[Output]:
        """Start."""

    def stop(self, reason: str, now: float) -> list[Output]:
        """Stop, and silence everybody."""

    def receive(
        self, address: str, values: Sequence[object], sender: Target, now: float, time: float | None = None
    ) -> list[Output]:
        """Take a message."""

    def reject(self, address: str, text: str, sender: Target, now: float) -> list[Output]:
        """Count and answer what is no message."""

    def poll(self, now: float) -> list[Output]:
        """Return what is due."""

    def wake(self) -> float | None:
        """Return when something is."""


class Shell:
    """A show on one UDP port. `open`, then `run` until `close`, then `shutdown`.

    The port is taken when it is made: what takes longer, like a model, is not loaded in vain behind a taken one.
    """

    def __init__(self, host: str, port: int, clock: Callable[[], float] = time.time) -> None:
        """Take the port; raise PortError."""
        self.show: Show | None = None  # None: it is not open yet
        self.sinks: list[Sink] = []
        self._clock = clock
        self._socket = open_socket(host, port)
        self.port: int = self._socket.getsockname()[1]
        self._loop = asyncio.get_running_loop()
        self._closing = asyncio.Event()
        self._timer: asyncio.TimerHandle | None = None
        self._packed: tuple[Sequence[tuple[str, Note]], osc.PackedNotes] | None = None
        self._outbox = Outbox(self._socket, self._loop)
        self._receiver = Receiver(self._socket, self._loop, self._received, is_continuous, clock=clock)

    # In order: open, run, shutdown

    def open(self, show: Show) -> None:
        """Begin to play, and to take messages."""
        self.show = show
        for signum in (signal.SIGINT, signal.SIGTERM):
            with contextlib.suppress(NotImplementedError, RuntimeError):  # Windows; not the main thread
                self._loop.add_signal_handler(signum, self.close)
        # Collecting all that was loaded takes 10 ms or more; and no thread must hold the interpreter for 5 ms.
        gc.collect()
        gc.freeze()
        sys.setswitchinterval(0.0005)
        self._receiver.start()
        self.send(show.play(self._clock()))
        self.tick()

    async def run(self) -> None:
        """Play until `close`."""
        await self._closing.wait()

    def shutdown(self) -> None:
        """Silence every client and let go of the port; also where it was never opened."""
        if self._timer is not None:
            self._timer.cancel()
        if self.show is not None:
            self._receiver.close()
            self._outbox.clear()
            self.send(self.show.stop("quit", self._clock()))
        self._outbox.close()
        for sink in self.sinks:
            sink.close()
        self._socket.close()

    def close(self) -> None:
        """End `run`."""
        self._closing.set()

    # What comes in

    def _received(self, datagrams: Sequence[Datagram]) -> None:
        for datagram in datagrams:
            self.take(datagram.data, datagram.sender, datagram.time)
        self.tick()

    def take(self, data: bytes, sender: Target, now: float) -> None:
        """Take a datagram; whatever is in it, the show goes on."""
        show = self.show
        assert show is not None
        try:
            for message in osc.decode(data):
                if traffic_in.isEnabledFor(logging.DEBUG):
                    traffic_in.debug("%s:%d %s %s", *sender, message.address, message.args)
                self.send(show.receive(message.address, message.args, sender, now, message.time))
        except osc.DecodeError as error:
            self.send(show.reject("", str(error), sender, now))
        except Exception:  # the one place: a bug in one message must not end the show
            logger.exception("a message from %s:%d failed", *sender)

    def from_thread(self, do: Callable[[], None]) -> None:
        """Do something on the loop's thread, asked for from another."""
        with contextlib.suppress(RuntimeError):  # the loop is closed: the show is over
            self._loop.call_soon_threadsafe(do)

    # What is due

    def tick(self) -> None:
        """Do what is due, and come back when something else is."""
        assert self.show is not None
        self.send(self.show.poll(self._clock()))
        self.due()
        if self._timer is not None:
            self._timer.cancel()
        wake = self.show.wake()
        self._timer = None if wake is None else self._loop.call_later(max(0.0, wake - self._clock()), self.tick)

    def due(self) -> None:
        """Do more of what is due."""

    # What goes out

    def send(self, outputs: Sequence[Output]) -> None:
        """Send messages, hand events to the sinks, do what is wanted."""
        for output in outputs:
            match output:
                case Send() | SendNotes():
                    if traffic_out.isEnabledFor(logging.DEBUG):
                        traffic_out.debug("%s:%d %s", *output.target, output)
                    if output.target != NOBODY:
                        self.deliver(self._datagrams(output), output.target)
                case Wanted():
                    self.do(output)
                case event:
                    self.happened(event)

    def deliver(self, datagrams: Sequence[bytes], target: Target) -> None:
        """Send datagrams to one client."""
        self._outbox.put(datagrams, target)

    def happened(self, event: Event) -> None:
        """Tell everything that keeps or sounds the show."""
        for sink in self.sinks:
            sink.take(event)

    def do(self, wanted: Wanted) -> None:
        """Do what only a shell can; this one does nothing."""

    def _datagrams(self, output: Send | SendNotes) -> list[bytes]:
        if isinstance(output, Send):
            message = osc.message(output.address, output.types, output.args)
            return [message if output.time is None else osc.bundle(output.time, [message])]
        if output.form == "dirt":
            beat = output.bar * BEATS_PER_MEASURE + output.notes[0][1].time
            return dirt_bundles(output.time, output.tempo, beat, output.notes)
        if self._packed is None or self._packed[0] is not output.notes:  # one onset goes to many, each at its own time
            self._packed = (output.notes, osc.PackedNotes(output.bar, output.notes))
        return self._packed[1].bundles(output.time, output.tempo)
