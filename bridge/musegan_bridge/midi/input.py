"""Listens to a MIDI port: bytes and when they came, for whoever asks. It must not know rtmidi, sessions or sockets."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from musegan_bridge.midi.ports import PORT_NAME, Input, MidiError, require_rtmidi

logger = logging.getLogger(__name__)

PACE = 0.002  # seconds between looks for messages; their times do not depend on it
EVERY = 0.5  # seconds between looks after the port

_NOTE_OFF, _NOTE_ON, _CONTROL = 0x80, 0x90, 0xB0
_ENDS_ALL = (120, 123, 124, 125, 126, 127)  # controllers: all sound off, all notes off, and the modes, which imply it


@dataclass(frozen=True, slots=True)
class Touch:
    """A key went down or, with velocity 0, up."""

    channel: int  # 0..15
    pitch: int
    velocity: int


def touch_from_message(message: bytes) -> Touch | None:
    """Return what a message says of a key; None: nothing.

    >>> touch_from_message(bytes([0x92, 60, 100]))
    Touch(channel=2, pitch=60, velocity=100)
    """
    if len(message) != 3 or message[0] & 0xE0 != _NOTE_OFF:
        return None
    status, pitch, velocity = message
    return Touch(status & 0x0F, pitch, velocity if status & 0xF0 == _NOTE_ON else 0)


class MidiIn:
    """A port that is listened to: `take(message, time)` gets every message with its Unix time, on a thread of its own.

    `port` is part of the name of an input, or None for a virtual one called `name`. The port may come and go: it is
    looked for once a second. Keys that are down when it goes, or when all are to be let go, come up one by one: whoever
    listens needs to know notes alone.
    """

    def __init__(
        self,
        take: Callable[[bytes, float], None],
        port: str | None = None,
        *,
        name: str = PORT_NAME,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Begin to listen; a port that is not there is waited for. Raise MidiError where python-rtmidi is missing."""
        require_rtmidi()
        self.port: str | None = None  # whole name of the port; None: not open
        self._take, self._part, self._name, self._clock = take, port, name, clock
        self._input: Input | None = None
        self._down: set[tuple[int, int]] = set()  # (channel, pitch)
        self._time = 0.0  # Unix seconds of the last message
        self._read = 0.0  # and of the last look for more
        self._why = ""
        self._closing = threading.Event()
        self._opened = threading.Event()
        self._thread = threading.Thread(target=self._run, name="midi-in", daemon=True)
        self._thread.start()

    def wait_until_open(self, seconds: float) -> bool:
        """Wait for the port; return whether it is open."""
        return self._opened.wait(seconds)

    def close(self) -> None:
        """Stop listening; keys that are down come up."""
        self._closing.set()
        self._thread.join(5)

    def _run(self) -> None:
        looks = 0.0
        while not self._closing.wait(PACE):
            if time.monotonic() >= looks:
                self._look()
                looks = time.monotonic() + EVERY
            if self._input is not None:
                self._hear(self._input)
        self._let_go()

    def _look(self) -> None:
        """Close the port if it went, open it if it is not open."""
        if self._input is not None:
            if self._input.is_there():
                return
            self._complain(f"MIDI port {self.port!r} is gone")
            self._let_go()
        try:
            self._input = Input(self._part, self._name)
        except MidiError as error:
            self._complain(str(error))
            return
        self.port, self._why, self._read = self._input.name, "", self._clock()
        self._opened.set()
        logger.info("MIDI comes from %s", self.port)

    def _let_go(self) -> None:
        if self._input is not None:
            self._input.close()
        self._input = self.port = None
        self._opened.clear()
        self._time = self._clock()
        self._release(None)

    def _hear(self, port: Input) -> None:
        now = self._clock()
        for message, since in port.read():
            # It came between the last look and this one; the driver knows more exactly how long after the one before.
            self._time = min(max(self._time + since, self._read), now)
            self._heard(message)
        self._read = now

    def _heard(self, message: bytes) -> None:
        touch = touch_from_message(message)
        if touch is not None:
            key = touch.channel, touch.pitch
            if touch.velocity:
                self._down.add(key)
            else:
                self._down.discard(key)
        elif len(message) == 3 and message[0] & 0xF0 == _CONTROL and message[1] in _ENDS_ALL:
            self._release(message[0] & 0x0F)
        self._take(message, self._time)

    def _release(self, channel: int | None) -> None:
        """Let the keys of a channel, or of all, come up."""
        for key in sorted(self._down):
            if channel in (None, key[0]):
                self._down.discard(key)
                self._take(bytes([_NOTE_OFF | key[0], key[1], 0]), self._time)

    def _complain(self, why: str) -> None:
        if why != self._why:
            logger.warning("no MIDI comes in: %s; trying again every second", why)
        self._why = why
