"""Plays the band on a MIDI port, by way of the process that does it on time. It must not know rtmidi or a model."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from queue import SimpleQueue

from musegan_bridge.midi.player import move_record, note_record, program_record, silence_record
from musegan_bridge.midi.ports import PORT_NAME, require_rtmidi
from musegan_bridge.show.clock import Timeline
from musegan_bridge.show.events import Due, Event, Moved, Silenced
from musegan_models.spec import Track

logger = logging.getLogger(__name__)

DRUMS = 9
"""The channel of drums in General MIDI, counted from 0."""

AGAIN = 1.0  # seconds after which a process that ended is started again
MOST = 20_000  # records that may wait; a process that takes none for that long hangs


@dataclass(frozen=True, slots=True)
class Lateness:
    """How long after their time the last 1,000 messages were handed to the system, in milliseconds."""

    p50: float
    p95: float
    p99: float
    max: float
    sent: int  # messages so far
    dropped: int  # notes that came too late to be played


def channels_of(tracks: Sequence[Track]) -> dict[str, int]:
    """Return the channel of each track, counted from 0: drums have their own, the others come in order.

    >>> from musegan_models.spec import TRACKS
    >>> channels_of(TRACKS)
    {'bass': 0, 'drums': 9, 'guitar': 1, 'piano': 2, 'strings': 3}
    """
    free = [channel for channel in range(16) if channel != DRUMS]
    melodic = [track.name for track in tracks if not track.is_drum]
    own = {name: free[i % len(free)] for i, name in enumerate(melodic)}
    return {track.name: own.get(track.name, DRUMS) for track in tracks}


class MidiOut:
    """A sink that plays: notes, their ends, programs and, if asked for, MIDI clock.

    `port` is part of the name of an output, or None for a virtual one called `name`. The port may come and go: it is
    looked for once a second. `offset` (milliseconds) comes onto every time: less than 0 is earlier.
    """

    def __init__(
        self,
        tracks: Sequence[Track],
        port: str | None = None,
        *,
        sends_clock: bool = False,
        offset: float = 0.0,
        name: str = PORT_NAME,
    ) -> None:
        """Start the process that plays; raise MidiError where python-rtmidi is missing."""
        require_rtmidi()
        self.offset = offset
        self.port: str | None = None  # whole name of the port; None: not open
        self.lateness: Lateness | None = None  # None: not yet known
        self._sends_clock = sends_clock
        self._move = b""  # record of where the clock is; empty: stopped
        self._said = ""  # the last complaint
        self._command = [sys.executable, "-P", "-m", "musegan_bridge.midi.player", port or "", name]
        self._records: SimpleQueue[bytes | None] = SimpleQueue()
        self._process: subprocess.Popen[bytes] | None = None
        self._closing = threading.Event()
        self._opened = threading.Event()
        self.set_tracks(tracks)
        self._thread = threading.Thread(target=self._run, name="midi-out", daemon=True)
        self._thread.start()

    def set_tracks(self, tracks: Sequence[Track]) -> None:
        """Play these tracks from now on, each on a channel of its own, with its program."""
        self._channels = channels_of(tracks)
        programs = {self._channels[t.name]: t.program for t in tracks}
        self._programs = [program_record(channel, program) for channel, program in programs.items()]
        self._tell(b"".join(self._programs))

    def take(self, event: Event) -> None:
        """Take one event: at once, on the loop's thread."""
        late = self.offset / 1000
        match event:
            case Due(time=time, tempo=tempo, notes=notes):
                start = time + late
                self._tell(
                    b"".join(
                        note_record(channel, note.pitch, note.velocity, start, start + note.duration * 60 / tempo)
                        for track, note in notes
                        if (channel := self._channels.get(track)) is not None
                    )
                )
            case Moved(beat=beat, time=time, tempo=tempo) if self._sends_clock:
                self._move = move_record(Timeline(beat, time + late, tempo))
                self._tell(self._move)
            case Silenced(reason=reason):
                self._move = b""
                self._tell(silence_record(at_once=reason == "panic"))

    @property
    def process(self) -> int | None:
        """Its number in the system; None: it does not run."""
        return None if self._process is None else self._process.pid

    def wait_until_open(self, seconds: float) -> bool:
        """Wait for the port; return whether it is open."""
        return self._opened.wait(seconds)

    def close(self) -> None:
        """End every note, and the process."""
        self._closing.set()
        self._records.put(None)
        self._thread.join(5)

    def _tell(self, records: bytes) -> None:
        if self._records.qsize() < MOST:
            self._records.put(records)
        elif self._process is not None:  # it hangs: another takes over
            self._process.kill()

    # The threads of the process: one starts it, and writes what it is told; one reads what it says.

    def _run(self) -> None:
        while not self._closing.is_set():
            try:
                with subprocess.Popen(  # noqa: S603 # our own module, and a name it only looks for
                    self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
                ) as self._process:
                    self._serve(self._process)
            except OSError as error:
                self._complain(f"cannot start the process that plays: {error}")
            self.port = self._process = None
            self._opened.clear()
            self._closing.wait(AGAIN)

    def _serve(self, process: subprocess.Popen[bytes]) -> None:
        """Feed a process until it ends, or is to end."""
        listener = threading.Thread(target=self._listen, args=(process,), name="midi-out-said", daemon=True)
        listener.start()
        assert process.stdin is not None
        try:
            records: bytes | None = b"".join((*self._programs, self._move))
            while records is not None and process.returncode is None:
                process.stdin.write(records)
                records = self._records.get()
            process.stdin.close()
        except OSError:  # it has ended
            pass
        try:
            process.wait(3)
        except subprocess.TimeoutExpired:
            process.kill()
        listener.join()
        if not self._closing.is_set():
            self._complain(f"the process that plays ended ({process.returncode}): starting it again")

    def _listen(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        with open(process.stdout.fileno(), encoding="utf-8", closefd=False) as lines:
            for line in lines:
                word, _, rest = line.rstrip().partition(" ")
                if word == "open":
                    self._said, self.port = "", rest
                    logger.info("MIDI goes to %s", rest)
                    self._opened.set()
                elif word == "closed":
                    self.port = None
                    self._opened.clear()
                    self._complain(rest)
                elif word == "late":
                    *figures, sent, dropped = rest.split()
                    p50, p95, p99, most = map(float, figures)
                    self.lateness = Lateness(p50, p95, p99, most, int(sent), int(dropped))
        process.wait()
        self._records.put(b"")  # wakes up the other thread

    def _complain(self, why: str) -> None:
        """Say it, unless it was what was said last."""
        if why != self._said:
            logger.warning("no MIDI goes out: %s; trying again every second", why)
        self._said = why
