"""The process that sends MIDI on time, however busy the band is. It must not know bars, models or clients.

`midi_out.MidiOut` starts it and writes records into its standard input; it says what happens on its standard output, a
line each: `open NAME`, `closed WHY`, `late P50 P95 P99 MAX SENT DROPPED` (milliseconds, counts). It ends when its input
does, which is when its parent dies, with every note off.
"""

from __future__ import annotations

import contextlib
import gc
import heapq
import itertools
import os
import signal
import struct
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator
from queue import Empty, SimpleQueue

from musegan_bridge.midi.clock import ClockSender
from musegan_bridge.midi.ports import MidiError, Output
from musegan_bridge.show.clock import Timeline

RECORD = struct.Struct("<4B3d")
"""Kind, three bytes and three numbers, as the functions below fill them. Times are Unix seconds."""

NOTE, PROGRAM, SILENCE, MOVE = range(4)

LATEST = 0.1  # seconds that a note may be late; beyond, it is not played
LONGEST = 60.0  # seconds that a note may sound, and that it may be told ahead
SPIN = 0.0015  # seconds before a message that the process stops sleeping, for no system wakes it to the instant
SPIN_REALTIME = 0.0003  # the same where the system lets the process go first
PRIORITY = 1  # of SCHED_FIFO: above whatever computes, below the threads of audio
IDLE = 0.003  # seconds with nothing to do that are enough to look after the port
EVERY = 0.5  # seconds between looks after the port, and reports
KEPT = 1000  # messages whose lateness is reported

_NOTE_OFF, _NOTE_ON, _CONTROL, _PROGRAM = 0x80, 0x90, 0xB0, 0xC0
_ALL_SOUND_OFF, _ALL_NOTES_OFF = 120, 123


def note_record(channel: int, pitch: int, velocity: int, time: float, end: float) -> bytes:
    """Return a note to be played; channels are 0..15."""
    return RECORD.pack(NOTE, channel, pitch, velocity, time, end, 0.0)


def program_record(channel: int, program: int) -> bytes:
    """Return which sound a channel is to have, from now on."""
    return RECORD.pack(PROGRAM, channel, program, 0, 0.0, 0.0, 0.0)


def silence_record(*, at_once: bool) -> bytes:
    """Return that everything ends; `at_once`: without the release of the sounds too."""
    return RECORD.pack(SILENCE, at_once, 0, 0, 0.0, 0.0, 0.0)


def move_record(timeline: Timeline) -> bytes:
    """Return that the MIDI clock goes along a timeline, from its time on."""
    return RECORD.pack(MOVE, 0, 0, 0, timeline.beat, timeline.time, timeline.tempo)


class Player:
    """What sounds, and what is due when. Its times are seconds of a clock that nobody sets."""

    def __init__(self) -> None:
        self.dropped = 0  # notes that came, or were sent, too late
        self._programs: dict[int, int] = {}  # of channels
        self._due: list[tuple[float, bool, int, tuple[int, int, int], float]] = []  # (time, starts, name, note, end)
        self._names = itertools.count()  # of notes, in the order in which they came
        self._sounding: dict[tuple[int, int], int] = {}  # name of the note on (channel, pitch)
        self._moves: deque[Timeline] = deque()  # of the clock, to come
        self._clock = ClockSender()
        self._silent = True

    def take(self, record: bytes, now: float, unix: float) -> list[bytes]:
        """Take one record, at `now` and at `unix`, which are the same moment; return what to send at once."""
        kind, a, b, c, x, y, z = RECORD.unpack(record)
        if kind == NOTE:
            return self._take_note((a, b, c), now + x - unix, now + y - unix, now)
        if kind == PROGRAM:
            self._programs[a] = b
            return [bytes([_PROGRAM | a, b])]
        if kind == SILENCE:
            return self.silence(at_once=bool(a))
        return self._move(Timeline(x, now + y - unix, z), now)

    def begin(self, now: float) -> list[bytes]:
        """Return what to send to a port that was just opened: silence, sounds of channels, where the clock is."""
        self._sounding.clear()
        return [*self._quiet(at_once=False), *self._sounds(), *self._clock.begin(now)]

    def next_time(self) -> float | None:
        """Return when `pop` has something; None: never, as it stands."""
        times = [time for time in (self._clock.next_time(),) if time is not None]
        if self._due:
            times.append(self._due[0][0])
        if self._moves:
            times.append(self._moves[0].time)
        return min(times, default=None)

    def pop(self, now: float) -> Iterator[tuple[float, bytes]]:
        """Yield what is due, and when it was. The clock goes first, and ends before starts."""
        while self._moves and self._moves[0].time <= now:
            yield from ((now, message) for message in self._clock.move(self._moves.popleft(), now))
        yield from self._clock.due(now)
        while self._due and self._due[0][0] <= now:
            time, starts, name, (channel, pitch, velocity), end = heapq.heappop(self._due)
            key = channel, pitch
            if not starts:
                if self._sounding.get(key) == name:  # else its pitch was struck again: it has ended
                    del self._sounding[key]
                    yield time, bytes([_NOTE_OFF | channel, pitch, 0])
            elif time < now - LATEST:
                self.dropped += 1
            else:
                if key in self._sounding:
                    yield time, bytes([_NOTE_OFF | channel, pitch, 0])
                self._sounding[key] = name
                heapq.heappush(self._due, (end, False, name, (channel, pitch, 0), end))
                yield time, bytes([_NOTE_ON | channel, pitch, velocity])

    def silence(self, *, at_once: bool = False) -> list[bytes]:
        """End everything, forget what was due; return what to send at once."""
        self._due.clear()
        self._moves.clear()
        self._silent = True
        ends = [bytes([_NOTE_OFF | channel, pitch, 0]) for channel, pitch in self._sounding]
        self._sounding.clear()
        return [*self._clock.stop(), *ends, *self._quiet(at_once=at_once)]

    def _take_note(self, note: tuple[int, int, int], time: float, end: float, now: float) -> list[bytes]:
        if not now - LATEST < time < now + LONGEST:  # late, or the wall clock was set meanwhile
            self.dropped += 1
            return []
        heapq.heappush(self._due, (time, True, next(self._names), note, min(end, time + LONGEST)))
        first, self._silent = self._silent, False
        return self._sounds() if first else []  # whatever was plugged in since the last time knows them now

    def _move(self, timeline: Timeline, now: float) -> list[bytes]:
        if not self._clock.ticks or timeline.time <= now:
            self._moves.clear()
            return self._clock.move(timeline, now)
        while self._moves and self._moves[-1].time >= timeline.time:  # the newest word counts
            self._moves.pop()
        self._moves.append(timeline)
        return []

    def _sounds(self) -> list[bytes]:
        return [bytes([_PROGRAM | channel, program]) for channel, program in self._programs.items()]

    def _quiet(self, *, at_once: bool) -> list[bytes]:
        controllers = (_ALL_NOTES_OFF, _ALL_SOUND_OFF) if at_once else (_ALL_NOTES_OFF,)
        return [bytes([_CONTROL | channel, number, 0]) for channel in self._programs for number in controllers]


class _Outlet:
    """A port that is opened again whenever it went."""

    def __init__(self, port: str | None, name: str) -> None:
        self._port, self._name = port, name
        self._output: Output | None = None
        self._why = ""

    def look(self) -> bool:
        """Open the port if it is not open, close it if it went; return whether it was just opened."""
        if self._output is not None and not self._output.is_there():
            self._lose(f"MIDI port {self._output.name!r} is gone")
        if self._output is not None:
            return False
        try:
            self._output = Output(self._port, self._name)
        except MidiError as error:
            self._lose(str(error))
            return False
        self._why = ""
        _say(f"open {self._output.name}")
        return True

    def send(self, message: bytes) -> None:
        if self._output is not None:
            try:
                self._output.send(message)
            except MidiError as error:
                self._lose(str(error))

    def close(self) -> None:
        if self._output is not None:
            self._output.close()
            self._output = None

    def _lose(self, why: str) -> None:
        self.close()
        if why != self._why:  # it is said once
            _say(f"closed {why}")
        self._why = why


class _Process:
    """The player, its port and its clocks."""

    def __init__(self, port: str | None, name: str) -> None:
        self._player = Player()
        self._outlet = _Outlet(port, name)
        self._inbox: SimpleQueue[bytes] = SimpleQueue()
        self._late: deque[float] = deque(maxlen=KEPT)  # seconds, of each message that had a time
        self._sent = self._reported = 0
        self._spin = SPIN_REALTIME if _go_first() else SPIN

    def run(self) -> None:
        threading.Thread(target=_read, args=(self._inbox,), daemon=True).start()
        gc.collect()
        gc.freeze()
        rest = b""
        looked = -EVERY
        try:
            while True:
                now = time.perf_counter()
                due = self._player.next_time()
                free = EVERY if due is None else due - now - self._spin
                if now - looked > EVERY and free > IDLE:
                    looked = now
                    self._look(now)
                    continue
                if free > 0:
                    with contextlib.suppress(Empty):
                        data = self._inbox.get(timeout=min(free, EVERY))
                        if not data:
                            return
                        rest = self._take(rest + data)
                    continue
                assert due is not None
                while time.perf_counter() < due:
                    pass
                self._send_due()
        finally:
            for message in self._player.silence():
                self._outlet.send(message)
            self._outlet.close()

    def _take(self, data: bytes) -> bytes:
        """Take the records in what was read; return the rest of it."""
        whole = len(data) // RECORD.size * RECORD.size
        for i in range(0, whole, RECORD.size):
            for message in self._player.take(data[i : i + RECORD.size], time.perf_counter(), time.time()):
                self._outlet.send(message)
        return data[whole:]

    def _send_due(self) -> None:
        for due, message in self._player.pop(time.perf_counter()):
            self._late.append(time.perf_counter() - due)
            self._sent += 1
            self._outlet.send(message)

    def _look(self, now: float) -> None:
        """Do what can wait."""
        if self._outlet.look():
            for message in self._player.begin(now):
                self._outlet.send(message)
        if self._sent + self._player.dropped > self._reported:
            self._reported = self._sent + self._player.dropped
            late = sorted(self._late) or [0.0]
            figures = [1000 * late[int(q * (len(late) - 1))] for q in (0.5, 0.95, 0.99, 1)]
            _say("late " + " ".join(f"{figure:.4f}" for figure in figures), self._sent, self._player.dropped)


def _go_first() -> bool:
    """Ask the system to let this process go before others; return whether it does."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.winmm.timeBeginPeriod(1)  # else it wakes up every 15.6 ms
        return False
    try:
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(PRIORITY))
    except (AttributeError, OSError):  # not Linux; not allowed
        return False
    return True


def _read(inbox: SimpleQueue[bytes]) -> None:
    """Hand on what comes; nothing comes any more: empty bytes."""
    data = b" "
    while data:
        try:
            data = os.read(0, 1 << 16)
        except OSError:
            data = b""
        inbox.put(data)
    time.sleep(2)
    os._exit(1)  # a driver hangs


def _say(*words: object) -> None:
    with contextlib.suppress(OSError):  # nobody listens any more
        os.write(1, (" ".join(map(str, words)) + "\n").encode())


def _end(*_: object) -> None:
    raise SystemExit


def main() -> None:
    """Play until standard input ends. Arguments: part of a port's name, or nothing for a virtual one; its name."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of the terminal: the parent decides
    signal.signal(signal.SIGTERM, _end)
    _, port, name = sys.argv
    _Process(port or None, name).run()


if __name__ == "__main__":
    main()
