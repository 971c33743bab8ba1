"""Those who listen to a show: subscribers of each form, a MIDI port, a member of the Link session, sclang."""

from __future__ import annotations

import contextlib
import socket
import struct
import subprocess
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from musegan_bridge.messages import types_of
from musegan_bridge.net import osc

NoteKey = tuple[int, float, str, int, int]  # bar, position, track, pitch, velocity
UNINTERRUPTED = 0.004  # seconds that a question about the beat may take to count
SO_TIMESTAMPNS = 35  # of Linux: when a datagram came, however late it is read


class Ear:
    """A subscriber. `offset` in ms, `lookahead` in beats."""

    def __init__(self, server: int, form: str, lookahead: float = 0.0, offset: float = 0.0) -> None:
        self.form, self.lookahead, self.offset, self.server = form, lookahead, offset, server
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        self.socket.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        self.socket.bind(("127.0.0.1", 0))
        self.least = float("inf")  # seconds that anything came before its time
        self.silences: list[str] = []
        self.n = 0
        self.since = float("inf")  # Unix seconds from which on it must be told in time
        self.replies: dict[str, tuple[Any, float]] = {}  # the last of each address that is no music
        self.errors: list[str] = []

    @property
    def name(self) -> str:
        return f"{self.form}, lookahead {self.lookahead:g}, offset {self.offset:+g} ms"

    def subscribe(self, port: int = 0) -> None:
        self.send("/musegan/subscribe", self.form, port, 30.0, self.lookahead, self.offset)

    def send(self, address: str, *values: object) -> None:
        self.socket.sendto(osc.message(address, types_of(address, len(values)), values), ("127.0.0.1", self.server))

    def read(self) -> None:
        """Take all that has come."""
        with contextlib.suppress(BlockingIOError):
            while True:
                data, control, _, _ = self.socket.recvmsg(65536, 64, socket.MSG_DONTWAIT)
                seconds, nanoseconds = struct.unpack("qq", control[0][2])
                for message in osc.decode(data):
                    self.take(message, seconds + nanoseconds / 1e9)

    def take(self, message: osc.Received, at: float) -> None:
        address = message.address
        if address == "/musegan/silence":
            self.silences.append(str(message.args[0]))
        elif address == "/musegan/error":
            self.errors.append(f"{message.args[0]}: {message.args[1]}")
        else:
            self.replies[address] = message.args, at

    def lead(self, message: osc.Received, at: float) -> None:
        assert message.time is not None
        self.n += 1
        if at > self.since:
            self.least = min(self.least, message.time - self.offset / 1000 - at)


class BarEar(Ear):
    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.came: dict[int, float] = {}  # committed bars in the order in which they came, and when
        self.twice: list[int] = []
        self.repeated = self.incomplete = self.planned = 0
        self._open: tuple[int, bool, int] | None = None  # bar that is coming, whether committed, its notes so far

    def take(self, message: osc.Received, at: float) -> None:
        args: Any = message.args
        if message.address == "/musegan/bar/begin":
            number, is_committed = args[0], bool(args[8])
            self._open = number, is_committed, 0
            if not is_committed:
                self.planned += 1
                return
            self.lead(message, at)
            self.repeated += args[-2]
            if number in self.came:
                self.twice.append(number)
            self.came[number] = at
        elif message.address == "/musegan/bar/notes":
            if self._open is not None:
                self._open = (*self._open[:2], self._open[2] + (len(args) - 3) // 4)
        elif message.address == "/musegan/bar/end":
            if self._open is None or (self._open[0], self._open[2]) != (args[0], args[1]):
                self.incomplete += 1
            self._open = None
        else:
            super().take(message, at)


class NoteEar(Ear):
    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.notes: Counter[NoteKey] = Counter()

    def take(self, message: osc.Received, at: float) -> None:
        if message.address == "/musegan/note":
            track, pitch, velocity, _, _, bar, position, _ = message.args
            self.notes[bar, round(position, 3), track, pitch, velocity] += 1  # type: ignore[call-overload, index]
        elif message.address != "/dirt/play":
            return super().take(message, at)
        return self.lead(message, at)


@dataclass
class Touch:
    """A note that was heard on a MIDI port."""

    time: float  # Unix seconds at which it was read
    channel: int
    pitch: int
    velocity: int
    seconds: float = float("inf")  # until its note off


@dataclass
class MidiEar:
    """Hears the band's port."""

    client: Any
    touches: list[Touch] = field(default_factory=list)
    down: dict[tuple[int, int], Touch] = field(default_factory=dict)
    ticks: int = 0

    def read(self) -> None:
        now = time.time()
        while (event := self.client.get_message()) is not None:
            message = event[0]
            if message[0] == 0xF8:
                self.ticks += 1
            elif message[0] & 0xE0 == 0x80:
                key = message[0] & 0x0F, message[1]
                if (was := self.down.pop(key, None)) is not None:
                    was.seconds = now - was.time
                if message[0] & 0x10 and message[2]:
                    self.down[key] = Touch(now, *key, message[2])
                    self.touches.append(self.down[key])


def midi_api() -> int:
    """Return the kind of MIDI that the band takes here."""
    import rtmidi

    return int(rtmidi.API_LINUX_ALSA if Path("/dev/snd/seq").exists() else rtmidi.API_UNIX_JACK)


def open_midi_ear(part: str, seconds: float) -> MidiEar:
    """Return what hears the first port with `part` in its name, once it is there."""
    import rtmidi

    client = rtmidi.MidiIn(midi_api(), "soak ear", queue_size_limit=1 << 16)
    client.ignore_types(sysex=True, timing=False, active_sense=True)
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        for i, name in enumerate(client.get_ports()):
            if part in name:
                client.open_port(i)
                return MidiEar(client)
        time.sleep(0.1)
    raise SystemExit(f"the MIDI port {part!r} did not appear")


class LinkPeer:
    """A member of the Link session."""

    def __init__(self, tempo: float) -> None:
        import link

        self._link = link.Link(tempo)
        self._clock = self._link.clock()
        self._link.enabled = True
        self.moved = 0.0  # Unix seconds at which the tempo was set last
        self.n_moves = 0

    @property
    def peers(self) -> int:
        return int(self._link.numPeers())

    @property
    def tempo(self) -> float:
        return float(self._link.captureSessionState().tempo())

    def set_tempo(self, tempo: float) -> None:
        state = self._link.captureSessionState()
        state.setTempo(tempo, self._clock.micros())
        self._link.commitSessionState(state)
        self.moved = time.time()
        self.n_moves += 1

    def late(self, beat: float, unix: float) -> float:
        """Return how many seconds a beat that somebody had at a Unix time is behind ours, modulo the bar."""
        readings = [(time.time(), self._clock.micros(), time.time()) for _ in range(5)]
        before, micros, after = min(readings, key=lambda reading: reading[2] - reading[0])
        state = self._link.captureSessionState()
        own = state.beatAtTime(round(micros + (unix - (before + after) / 2) * 1e6), 4)
        return float((own - beat + 2) % 4 - 2) * 60 / float(state.tempo())


class Sclang:
    """SuperCollider's word on Link and on the notes that it hears."""

    def __init__(self, process: subprocess.Popen[str], peer: LinkPeer) -> None:
        self.process, self._peer = process, peer
        self.n, self.least = 0, float("inf")
        self.apart: list[float] = []  # seconds from our Link beat
        self.posted: list[str] = []
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            word, *values = line.split() or [""]
            if word == "link" and len(values) == 3:
                _, beats, when = map(float, values)
                if self._peer.peers > 1 and not self._peer.moved - 0.1 < when < self._peer.moved + 1:
                    self.apart.append(self._peer.late(beats, when))
            elif word == "heard" and len(values) == 2:
                self.n, self.least = int(values[0]), float(values[1])
            elif "ERROR" in line:
                self.posted.append(line.strip())
